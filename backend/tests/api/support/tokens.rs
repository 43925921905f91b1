//! Access tokens that the server must not believe.

use super::app::TestApp;
use super::fixtures::Member;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ebenezer::auth::tokens::Claims;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};

fn claims(app: &TestApp, member: &Member) -> Claims {
    app.state.tokens.open(&member.token, app.clock.now()).unwrap()
}

fn signed(algorithm: Algorithm, claims: &Claims, key: &str) -> String {
    encode(&Header::new(algorithm), claims, &EncodingKey::from_secret(key.as_bytes())).unwrap()
}

/// The member's own claims in tokens that are not good, each with what is wrong with it.
pub fn bad_tokens(app: &TestApp, member: &Member) -> Vec<(&'static str, String)> {
    let claims = claims(app, member);
    let own = app.variable("JWT_SIGNING_KEY");
    let portal = app.variable("PORTAL_JWT_SIGNING_KEY");
    let expired = Claims { exp: app.clock.now().timestamp() - 1, ..claims.clone() };
    let for_portal = Claims { aud: "portal".to_owned(), ..claims.clone() };
    let issued_elsewhere = Claims { iss: "somebody".to_owned(), ..claims.clone() };
    vec![
        ("forged", signed(Algorithm::HS256, &claims, "a key of somebody else's, long enough")),
        ("expired", signed(Algorithm::HS256, &expired, own)),
        ("without algorithm", unsigned(&claims)),
        ("with the portal's key", signed(Algorithm::HS256, &claims, portal)),
        ("for the portal, with its key", signed(Algorithm::HS256, &for_portal, portal)),
        ("for the portal", signed(Algorithm::HS256, &for_portal, own)),
        ("of another issuer", signed(Algorithm::HS256, &issued_elsewhere, own)),
        ("of another algorithm", signed(Algorithm::HS512, &claims, own)),
        ("with another's claims", tampered(&member.token)),
        ("that is no token", "x.y.z".to_owned()),
    ]
}

fn part(json: &serde_json::Value) -> String {
    URL_SAFE_NO_PAD.encode(json.to_string())
}

/// `alg: none` and no signature (RFC 7519, 6).
fn unsigned(claims: &Claims) -> String {
    let header = serde_json::json!({ "alg": "none", "typ": "JWT" });
    format!("{}.{}.", part(&header), part(&serde_json::to_value(claims).unwrap()))
}

/// The signature of one set of claims under another.
fn tampered(token: &str) -> String {
    let parts: Vec<&str> = token.split('.').collect();
    let mut claims: serde_json::Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
    claims["sub"] = uuid::Uuid::now_v7().to_string().into();
    format!("{}.{}.{}", parts[0], part(&claims), parts[2])
}
