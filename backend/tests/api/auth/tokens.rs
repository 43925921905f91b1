//! Which access tokens are believed.

use crate::support::mail::python;
use crate::support::tokens::bad_tokens;
use crate::support::{TestApp, Value};

db_tests! {
    tokens_that_are_not_ours_are_refused,
    the_scheme_is_bearer,
    other_programs_verify_a_token,
}

async fn tokens_that_are_not_ours_are_refused(app: TestApp) {
    let owner = app.owner().await;
    for (what, token) in bad_tokens(&app, &owner) {
        for path in ["/api/auth/me", "/api/contacts"] {
            let reply = app.client.bearer(&token).get(path).await;
            assert_eq!(reply.status, 401, "a token {what}");
            reply.problem(401, "authentication_required");
        }
    }
    owner.get("/api/auth/me").await.ok();
}

async fn the_scheme_is_bearer(app: TestApp) {
    let owner = app.owner().await;
    let with = |value: String| app.client.with("Authorization", value);
    for value in ["", "Bearer", "Bearer ", &owner.token, &format!("Basic {}", owner.token)] {
        let reply = with(value.to_owned()).get("/api/auth/me").await;
        reply.problem(401, "authentication_required");
    }
    with(format!("bearer {}", owner.token)).get("/api/auth/me").await.ok();
    let in_query = format!("/api/auth/me?access_token={}", owner.token);
    app.client.get(&in_query).await.problem(401, "authentication_required");
}

/// Checks the signature with the key and prints the claims.
const VERIFY: &str = r"
import json, jwt, sys
token, key = sys.argv[1:]
claims = jwt.decode(token, key, algorithms=['HS256'], audience='staff', issuer='ebenezer',
    options={'require': ['exp', 'iat', 'iss', 'aud', 'sub']})
assert jwt.get_unverified_header(token)['alg'] == 'HS256'
try:
    jwt.decode(token, key + 'x', algorithms=['HS256'], audience='staff', issuer='ebenezer')
    raise SystemExit('another key will do')
except jwt.InvalidSignatureError:
    print(json.dumps(claims))
";

async fn other_programs_verify_a_token(app: TestApp) {
    let owner = app.owner().await;
    let key = app.variable("JWT_SIGNING_KEY");
    let output = python().args(["-c", VERIFY, &owner.token, key]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let claims: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(claims["sub"], owner.user.to_string());
    assert_eq!(claims["sid"], owner.session.to_string());
    assert_eq!(claims["tid"], owner.tenant.to_string());
    let life = claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap();
    assert_eq!(life, 15 * 60);
}
