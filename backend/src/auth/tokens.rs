//! Access tokens (JWT, RFC 7519, HS256) and refresh tokens.

use crate::config::Keys;
use crate::platform::download_link;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// How long an access token is good for.
pub const ACCESS_LIFETIME: TimeDelta = TimeDelta::minutes(15);

const ISSUER: &str = "ebenezer";
const STAFF: &str = "staff";

/// What an access token says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    pub iss: String,
    pub aud: String,
    /// The user.
    pub sub: Uuid,
    /// The session.
    pub sid: Uuid,
    /// The firm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tid: Option<Uuid>,
    pub iat: i64,
    pub exp: i64,
}

impl Claims {
    /// What the link says of whoever follows it.
    pub fn of_link(link: &download_link::Model) -> Self {
        Self {
            iss: ISSUER.to_owned(),
            aud: STAFF.to_owned(),
            sub: link.user_id,
            sid: link.session_id,
            tid: Some(link.tenant_id),
            iat: link.created_at.timestamp(),
            exp: link.expires_at.timestamp(),
        }
    }
}

/// Signs and checks access tokens of staff users.
pub struct TokenKeys {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

impl TokenKeys {
    pub fn new(keys: &Keys) -> Self {
        let secret = keys.jwt_signing_key.expose_secret().as_bytes();
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[STAFF]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // The clock of the process decides, which tests can set; see `open`.
        validation.validate_exp = false;
        Self {
            encoding: EncodingKey::from_secret(secret),
            decoding: DecodingKey::from_secret(secret),
            validation,
        }
    }

    pub fn issue(
        &self,
        user: Uuid,
        session: Uuid,
        tenant: Option<Uuid>,
        now: DateTime<Utc>,
    ) -> anyhow::Result<SecretString> {
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: STAFF.to_owned(),
            sub: user,
            sid: session,
            tid: tenant,
            iat: now.timestamp(),
            exp: (now + ACCESS_LIFETIME).timestamp(),
        };
        Ok(jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)?.into())
    }

    /// The claims of a token that we signed for staff and that is not over.
    pub fn open(&self, token: &str, now: DateTime<Utc>) -> Option<Claims> {
        let claims =
            jsonwebtoken::decode::<Claims>(token, &self.decoding, &self.validation).ok()?.claims;
        (claims.exp > now.timestamp()).then_some(claims)
    }
}

/// A new secret for a cookie or a link: 32 random bytes.
pub fn new_token() -> SecretString {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()).into()
}

/// What is stored of such a secret.
pub fn hash_token(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}
