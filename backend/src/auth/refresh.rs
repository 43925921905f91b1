//! Refresh and logout: what the refresh token is for.

use super::access::bearer;
use super::login::session_answer;
use super::{Public, cookie, sessions};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::MaybeJson;
use crate::http::limits::Quota;
use crate::platform::activity::Activity;
use crate::platform::user;
use crate::routes::Routes;
use ebenezer_shared::auth::{RefreshRequest, SessionAnswer};
use ebenezer_shared::problem::{Problem, ProblemCode};
use secrecy::SecretString;

/// Where refresh tokens are exchanged.
pub(super) const REFRESH_PATH: &str = "/api/auth/refresh";

/// Exchanges a refresh token for an access token and the next refresh token.
///
/// The cookie is used unless the body names a token; then the request must come from a
/// page of ours (`Origin`, `X-Ebenezer-Client`).
#[utoipa::path(post, path = "/api/auth/refresh", tag = "auth", request_body = Option<RefreshRequest>,
    responses(
        (status = 200, body = SessionAnswer),
        (status = 401, description = "`session_expired`: log in again", body = Problem),
        (status = 403, description = "`origin_not_allowed`", body = Problem),
    ))]
pub async fn refresh(
    public: Public,
    MaybeJson(body): MaybeJson<RefreshRequest>,
) -> Result<Answer, ApiError> {
    let Public { state, info, request } = &public;
    let in_body = body.refresh_token.is_some();
    let Some(token) = presented(&public, body)? else {
        return Err(ProblemCode::AuthenticationRequired.into());
    };
    let db = state.planes.platform();
    let now = state.clock.now();
    let known = sessions::of_token(db, &token).await?;
    let (name, key) = match known {
        Some(session) => ("refresh", session.to_string()),
        None => ("refresh-unknown", info.ip.to_string()),
    };
    let quota = Quota::per_minute(state.config.limits.anonymous_per_minute);
    state.limiter.check(request, name, &key, quota).await?;
    let (session, next) = sessions::rotate(state, &token, info, now).await.inspect_err(|_| {
        state.principals.clear();
    })?;
    let user = user::by_id(db, session.user_id).await?.filter(|user| user.is_active);
    let user = user.ok_or(ApiError::from(ProblemCode::SessionExpired))?;
    session_answer(state, &user, &session, Some((next, !in_body))).await
}

/// The refresh token of the body, else of the cookie, whose sender is checked.
fn presented(public: &Public, body: RefreshRequest) -> Result<Option<SecretString>, ApiError> {
    if let Some(token) = body.refresh_token {
        return Ok(Some(token.into()));
    }
    let token = cookie::read(&public.request);
    if token.is_some() {
        cookie::check_origin(&public.state, &public.request)?;
    }
    Ok(token)
}

/// Ends the session of the bearer or refresh token. It answers 204 whether there was one.
#[utoipa::path(post, path = "/api/auth/logout", tag = "auth", request_body = Option<RefreshRequest>,
    responses(
        (status = 204),
        (status = 403, description = "`origin_not_allowed`", body = Problem),
    ))]
pub async fn logout(
    public: Public,
    MaybeJson(body): MaybeJson<RefreshRequest>,
) -> Result<Answer, ApiError> {
    let state = &public.state;
    let db = state.planes.platform();
    let now = state.clock.now();
    let claims = bearer(&public.request).and_then(|token| state.tokens.open(token, now));
    let session = match claims {
        Some(claims) => Some(claims.sid),
        None => match presented(&public, body)? {
            Some(token) => sessions::of_token(db, &token).await?,
            None => None,
        },
    };
    if let Some(id) = session
        && let Some(session) = sessions::alive(db, id, now).await?
    {
        let tx = crate::db::begin_write(db).await?;
        sessions::end(&tx, id, "logout", now).await?;
        Activity::new("logout", Some(session.user_id), session.tenant_id)
            .record(&tx, state, &public.info, now)
            .await?;
        tx.commit().await?;
        state.principals.clear();
    }
    Ok(Answer::no_content().header("Set-Cookie", cookie::clear(state)))
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_refresh, refresh);
    routes.add(__path_logout, logout);
}
