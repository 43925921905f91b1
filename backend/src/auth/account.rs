//! One's own account: who am I, where do I work, which password.

use super::login::{session_answer, tenant_refs};
use super::principal::Place;
use super::two_factor::Standing;
use super::{SignedIn, passwords, recovery, sessions};
use crate::db::begin_write;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use crate::http::limits::Quota;
use crate::jobs::{self, Job};
use crate::mail::{Content, Letter};
use crate::platform::activity::Activity;
use crate::platform::{membership, user};
use crate::routes::Routes;
use crate::state::AppState;
use ebenezer_shared::auth::{ChangePasswordRequest, Me, SessionAnswer, SwitchRequest};
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::tenant::TenantStatus;

/// The logged-in user, the firm of the request and all their firms.
#[utoipa::path(get, path = "/api/auth/me", tag = "auth", responses((status = 200, body = Me)))]
pub async fn me(signed_in: SignedIn) -> Result<Answer, ApiError> {
    let SignedIn { state, principal, .. } = &signed_in;
    Answer::ok(&me_of(state, &principal.user, principal.place.as_ref()).await?)
}

/// The user as they see themself, in a firm or in none.
pub(super) async fn me_of(
    state: &AppState,
    user: &user::Model,
    place: Option<&Place>,
) -> Result<Me, ApiError> {
    let now = state.clock.now();
    Ok(Me {
        user: user.to_current(Standing::of(state, user, place).await?),
        tenant: place.map(|place| {
            place.to_access(place.tenant.effective_status(now), &state.config.storage)
        }),
        tenants: tenant_refs(state, user.id).await?,
    })
}

/// Enters another of one's firms: the session works there from now on.
#[utoipa::path(post, path = "/api/auth/switch", tag = "auth", request_body = SwitchRequest,
    responses(
        (status = 200, body = SessionAnswer),
        (status = 403, description = "`not_a_member`, `tenant_suspended`, `tenant_cancelled`", body = Problem),
    ))]
pub async fn switch_tenant(
    signed_in: SignedIn,
    Json(body): Json<SwitchRequest>,
) -> Result<Answer, ApiError> {
    let SignedIn { state, info, principal, .. } = &signed_in;
    let db = state.planes.platform();
    let now = state.clock.now();
    let found = membership::of_user_in(db, principal.user.id, body.tenant_id.into()).await?;
    let (_, tenant) = found.ok_or(ApiError::from(ProblemCode::NotAMember))?;
    match tenant.effective_status(now) {
        TenantStatus::Suspended if !principal.user.is_staff => {
            return Err(ProblemCode::TenantSuspended.into());
        }
        TenantStatus::Cancelled if !principal.user.is_staff => {
            return Err(ProblemCode::TenantCancelled.into());
        }
        _ => {}
    }
    let tx = begin_write(db).await?;
    sessions::enter(&tx, principal.session.id, tenant.id).await?;
    user::visited(&tx, principal.user.id, Some(tenant.id)).await?;
    membership::entered(&tx, principal.user.id, tenant.id, now).await?;
    Activity::new("session.switched", Some(principal.user.id), Some(tenant.id))
        .record(&tx, state, info, now)
        .await?;
    tx.commit().await?;
    state.principals.clear();
    let mut session = principal.session.clone();
    session.tenant_id = Some(tenant.id);
    session_answer(state, &principal.user, &session, None).await
}

/// Changes the password and ends the user's other sessions.
#[utoipa::path(post, path = "/api/auth/password/change", tag = "auth",
    request_body = ChangePasswordRequest,
    responses(
        (status = 204),
        (status = 422, description = "`password_wrong`, `password_weak`", body = Problem),
    ))]
pub async fn change_password(
    signed_in: SignedIn,
    Json(body): Json<ChangePasswordRequest>,
) -> Result<Answer, ApiError> {
    check_password(&signed_in, "current_password", &body.current_password).await?;
    let SignedIn { state, info, principal, .. } = &signed_in;
    if body.new_password == body.current_password {
        return Err(ApiError::invalid("new_password", "password_same"));
    }
    let own = own_data(state, &principal.user).await?;
    passwords::judge("new_password", &body.new_password, &own)?;
    let new_hash = passwords::hash(&body.new_password).await?;
    let now = state.clock.now();
    let tx = begin_write(state.planes.platform()).await?;
    user::set_password(&tx, principal.user.id, new_hash, now).await?;
    recovery::use_up(&tx, principal.user.id, now).await?;
    let session = principal.session.id;
    sessions::end_others(&tx, principal.user.id, session, "password_changed", now).await?;
    let tenant = principal.place.as_ref().map(|place| place.tenant.id);
    Activity::new("password.changed", Some(principal.user.id), tenant)
        .record(&tx, state, info, now)
        .await?;
    let letter = Letter::to(&principal.user, info.locale, Content::PasswordChanged);
    jobs::enqueue(&tx, state, &Job::Mail(letter), None).await?;
    tx.commit().await?;
    state.principals.clear();
    state.bell.ring();
    Ok(Answer::no_content())
}

/// Asks for the caller's password before something that a stranger at their desk must not do.
///
/// 422 `password_wrong` on the field; 429 after as many tries as a login has.
pub(super) async fn check_password(
    signed_in: &SignedIn,
    field: &str,
    password: &str,
) -> Result<(), ApiError> {
    let SignedIn { state, request, principal, .. } = signed_in;
    let quota = Quota::per_minute(state.config.limits.login_per_minute);
    let key = principal.user.id.to_string();
    state.limiter.check(request, "password-check", &key, quota).await?;
    let hash = Some(principal.user.password_hash.as_str());
    if passwords::verify(password, hash).await? {
        Ok(())
    } else {
        Err(ApiError::invalid(field, "password_wrong"))
    }
}

/// What somebody would try first: name, email, and the firms of the user.
pub(super) async fn own_data(
    state: &AppState,
    user: &user::Model,
) -> Result<Vec<String>, ApiError> {
    let mut own = vec![user.email.clone(), user.full_name.clone()];
    for (_, tenant) in membership::of_user(state.planes.platform(), user.id).await? {
        own.extend([tenant.company, tenant.subdomain]);
    }
    Ok(own)
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_me, me);
    routes.add(__path_switch_tenant, switch_tenant);
    routes.add(__path_change_password, change_password);
}
