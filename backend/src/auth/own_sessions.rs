//! One's own sessions: which are open, and ending them.

use super::{SignedIn, cookie, sessions, user_agent};
use crate::db::begin_write;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use crate::platform::activity::Activity;
use crate::platform::session;
use crate::routes::Routes;
use ebenezer_shared::ids::SessionId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::session::SessionInfo;
use serde_json::json;
use uuid::Uuid;

/// The caller's open sessions, the last used first.
#[utoipa::path(get, path = "/api/auth/sessions", tag = "auth",
    responses((status = 200, body = Page<SessionInfo>)))]
pub async fn list_sessions(signed_in: SignedIn) -> Result<Answer, ApiError> {
    let SignedIn { state, principal, .. } = &signed_in;
    let db = state.planes.platform();
    let rows = sessions::all_alive(db, principal.user.id, state.clock.now()).await?;
    let current = principal.session.id;
    Answer::ok(&Page::whole(rows.into_iter().map(|row| view(row, current)).collect()))
}

fn view(row: session::Model, current: Uuid) -> SessionInfo {
    SessionInfo {
        id: row.id.into(),
        created_at: row.created_at,
        last_active_at: row.last_active_at,
        ip: row.ip,
        browser: user_agent::browser(&row.user_agent).map(str::to_owned),
        system: user_agent::system(&row.user_agent).map(str::to_owned),
        user_agent: row.user_agent,
        is_current: row.id == current,
    }
}

/// Ends one of the caller's sessions. Ending the present one logs out.
#[utoipa::path(delete, path = "/api/auth/sessions/{id}", tag = "auth",
    params(("id" = SessionId, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn end_session(
    signed_in: SignedIn,
    Path(id): Path<SessionId>,
) -> Result<Answer, ApiError> {
    let SignedIn { state, principal, .. } = &signed_in;
    let (user, now) = (principal.user.id, state.clock.now());
    let tx = begin_write(state.planes.platform()).await?;
    if !sessions::end_own(&tx, user, id.into(), "ended_by_user", now).await? {
        return Err(ProblemCode::NotFound.into());
    }
    entry(&signed_in, "session.ended")
        .details(json!({ "session": id }))
        .record(&tx, state, &signed_in.info, now)
        .await?;
    tx.commit().await?;
    state.principals.clear();
    let answer = Answer::no_content();
    Ok(if principal.session.id == Uuid::from(id) {
        answer.header("Set-Cookie", cookie::clear(state))
    } else {
        answer
    })
}

/// Ends all of the caller's sessions but the present one.
#[utoipa::path(delete, path = "/api/auth/sessions", tag = "auth", responses((status = 204)))]
pub async fn end_other_sessions(signed_in: SignedIn) -> Result<Answer, ApiError> {
    let SignedIn { state, principal, .. } = &signed_in;
    let (user, now) = (principal.user.id, state.clock.now());
    let tx = begin_write(state.planes.platform()).await?;
    let keep = principal.session.id;
    let ended = sessions::end_others(&tx, user, keep, "ended_by_user", now).await?;
    entry(&signed_in, "sessions.ended_others")
        .details(json!({ "count": ended }))
        .record(&tx, state, &signed_in.info, now)
        .await?;
    tx.commit().await?;
    state.principals.clear();
    Ok(Answer::no_content())
}

fn entry(signed_in: &SignedIn, action: &'static str) -> Activity {
    let principal = &signed_in.principal;
    let tenant = principal.place.as_ref().map(|place| place.tenant.id);
    Activity::new(action, Some(principal.user.id), tenant)
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_list_sessions, list_sessions);
    routes.add(__path_end_session, end_session);
    routes.add(__path_end_other_sessions, end_other_sessions);
}
