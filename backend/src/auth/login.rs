//! Login, and the answer that starts or continues a session.

#![expect(
    clippy::disallowed_methods,
    reason = "rows of the platform plane belong to no firm; the lint guards the tenant plane"
)]

use super::principal::Place;
use super::tokens::ACCESS_LIFETIME;
use super::two_factor::{self, Standing};
use super::{Public, cookie, passwords, principal, sessions};
use crate::db::begin_write;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use crate::http::limits::Quota;
use crate::platform::activity::Activity;
use crate::platform::{membership, second_factor, session, tenant, user};
use crate::routes::Routes;
use crate::state::AppState;
use ebenezer_shared::auth::{LoginRequest, SessionAnswer};
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::tenant::{TenantRef, TenantStatus};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

/// Logs a user in with email and password and, where one was set up, a second factor.
#[utoipa::path(post, path = "/api/auth/login", tag = "auth", request_body = LoginRequest,
    responses(
        (status = 200, body = SessionAnswer),
        (status = 401, description = "`invalid_credentials`; the password is right: `mfa_required` without, `mfa_code_wrong` with a wrong `totp_code`", body = Problem),
        (status = 403, description = "`not_a_member`, `tenant_suspended`, `tenant_cancelled`", body = Problem),
    ))]
pub async fn login(public: Public, Json(body): Json<LoginRequest>) -> Result<Answer, ApiError> {
    let Public { state, info, .. } = &public;
    let now = state.clock.now();
    throttle(&public, &body.email).await?;
    let db = state.planes.platform();
    let user = recognize(&public, &body.email, &body.password).await?;
    let proof = two_factor::at_login(&public, &user, body.totp_code.as_deref()).await?;
    let memberships = membership::of_user(db, user.id).await?;
    // On a firm's own address it is that firm that one enters.
    let asked = body.tenant.as_deref().or_else(|| state.config.network.subdomain(&info.host));
    let chosen = choose(state, &user, &memberships, asked)?;
    let tenant = chosen.as_ref().map(|(_, tenant)| tenant.id);
    let tx = begin_write(db).await?;
    still_right(&tx, &user, proof.is_some()).await?;
    let mut codes_left = None;
    if let Some(proof) = &proof {
        if !proof.take(&tx, user.id, now).await? {
            drop(tx);
            return Err(two_factor::wrong_at_login(&public, &user).await?);
        }
        codes_left = proof.tell(state, &tx, info, &user).await?;
    }
    let (session, token) = sessions::open(&tx, user.id, tenant, info, now).await?;
    remember_login(&tx, user.id, tenant, now).await?;
    Activity::new("login", Some(user.id), tenant).record(&tx, state, info, now).await?;
    tx.commit().await?;
    state.bell.ring();
    let refresh = Some((token, body.cookie));
    session_answer_with(state, &user, &session, refresh, codes_left).await
}

/// Whose email and password these are. All that is wrong is answered alike.
async fn recognize(public: &Public, email: &str, password: &str) -> Result<user::Model, ApiError> {
    let Public { state, info, .. } = public;
    let db = state.planes.platform();
    let found = user::by_email(db, email).await?;
    let hash = found.as_ref().map(|user| user.password_hash.as_str());
    let right = passwords::verify(password, hash).await?;
    match found {
        Some(user) if right && user.is_active => Ok(user),
        other => {
            Activity::new("login.failed", other.map(|user| user.id), None)
                .record(db, state, info, state.clock.now())
                .await?;
            Err(ProblemCode::InvalidCredentials.into())
        }
    }
}

/// Locks the user, and refuses what was right when it was judged and is not any more: a session
/// that begins after a new password or a second factor must not come from before.
pub(crate) async fn still_right(
    tx: &impl ConnectionTrait,
    judged: &user::Model,
    is_proved: bool,
) -> Result<(), ApiError> {
    let user = user::lock(tx, judged.id).await?;
    let same = |user: &user::Model| user.is_active && user.password_hash == judged.password_hash;
    if !user.as_ref().is_some_and(same) {
        return Err(ProblemCode::InvalidCredentials.into());
    }
    if !is_proved && second_factor::enabled(tx, judged.id).await?.is_some() {
        return Err(ProblemCode::MfaRequired.into());
    }
    Ok(())
}

/// Five a minute per email and address, thirty a minute per address.
pub(crate) async fn throttle(public: &Public, email: &str) -> Result<(), ApiError> {
    let Public { state, info, request } = public;
    let limits = &state.config.limits;
    let per_address = Quota::per_minute(limits.login_per_address_per_minute);
    state.limiter.check(request, "login-address", &info.ip.to_string(), per_address).await?;
    let key = format!("{}|{}", info.ip, user::email_key(email));
    let per_account = Quota::per_minute(limits.login_per_minute);
    state.limiter.check(request, "login", &key, per_account).await
}

type Membership = (membership::Seat, tenant::Model);

/// The firm to enter: the one asked for, else the last one, else the first that is open.
fn choose(
    state: &AppState,
    user: &user::Model,
    memberships: &[Membership],
    asked: Option<&str>,
) -> Result<Option<Membership>, ApiError> {
    let now = state.clock.now();
    let status = |(_, tenant): &Membership| tenant.effective_status(now);
    let open = |entry: &&Membership| {
        user.is_staff || !matches!(status(entry), TenantStatus::Suspended | TenantStatus::Cancelled)
    };
    let chosen = match asked {
        Some(asked) => {
            let named = memberships.iter().find(|(_, tenant)| {
                tenant.id.to_string() == asked || tenant.subdomain.eq_ignore_ascii_case(asked)
            });
            Some(named.ok_or(ApiError::from(ProblemCode::NotAMember))?)
        }
        None => memberships
            .iter()
            .find(|entry| Some(entry.1.id) == user.last_tenant_id && open(entry))
            .or_else(|| memberships.iter().find(open))
            .or(memberships.first()),
    };
    match chosen {
        None if user.is_staff => Ok(None),
        None => Err(ProblemCode::NotAMember.into()),
        Some(entry) if !open(&entry) => Err(match status(entry) {
            TenantStatus::Cancelled => ProblemCode::TenantCancelled.into(),
            _ => ProblemCode::TenantSuspended.into(),
        }),
        Some(entry) => Ok(Some(entry.clone())),
    }
}

/// Keeps when the user last came and where they went.
pub(crate) async fn remember_login(
    db: &impl ConnectionTrait,
    user: Uuid,
    tenant: Option<Uuid>,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), ApiError> {
    user::Entity::update_many()
        .filter(user::Column::Id.eq(user))
        .col_expr(user::Column::LastLoginAt, Expr::value(now))
        .col_expr(user::Column::LastTenantId, Expr::value(tenant))
        .exec(db)
        .await?;
    if let Some(tenant) = tenant {
        membership::entered(db, user, tenant, now).await?;
    }
    Ok(())
}

/// The firms to switch between.
pub(super) async fn tenant_refs(state: &AppState, user: Uuid) -> Result<Vec<TenantRef>, ApiError> {
    let now = state.clock.now();
    let memberships = membership::of_user(state.planes.platform(), user).await?;
    let to_ref = |(seat, tenant): Membership| TenantRef {
        status: tenant.effective_status(now),
        id: tenant.id.into(),
        company: tenant.company,
        subdomain: tenant.subdomain,
        product: tenant.product_key,
        role: seat.role().to_string(),
    };
    Ok(memberships.into_iter().map(to_ref).collect())
}

/// The user's place in the session's firm, if they still have one.
async fn place_of(state: &AppState, session: &session::Model) -> Result<Option<Place>, ApiError> {
    let Some(id) = session.tenant_id else { return Ok(None) };
    let found = membership::of_user_in(state.planes.platform(), session.user_id, id).await?;
    match found {
        None => Ok(None),
        Some((seat, tenant)) => Ok(Some(principal::place(state, &seat, tenant).await?)),
    }
}

/// An access token and who it is for. A refresh token goes into the cookie or the body,
/// as the caller chose.
pub(crate) async fn session_answer(
    state: &AppState,
    user: &user::Model,
    session: &session::Model,
    refresh: Option<(SecretString, bool)>,
) -> Result<Answer, ApiError> {
    session_answer_with(state, user, session, refresh, None).await
}

/// The same after a recovery code was taken, with how many are left.
async fn session_answer_with(
    state: &AppState,
    user: &user::Model,
    session: &session::Model,
    refresh: Option<(SecretString, bool)>,
    recovery_codes_left: Option<u64>,
) -> Result<Answer, ApiError> {
    let now = state.clock.now();
    let place = place_of(state, session).await?;
    let tenant = place.as_ref().map(|place| place.tenant.id);
    let standing = Standing::of(state, user, place.as_ref()).await?;
    let token = state.tokens.issue(user.id, session.id, tenant, now)?;
    let (cookie, body_token) = match refresh {
        None => (None, None),
        Some((token, true)) => (Some(cookie::set(state, &token)), None),
        Some((token, false)) => (None, Some(token.expose_secret().to_owned())),
    };
    let answer = Answer::ok(&SessionAnswer {
        access_token: token.expose_secret().to_owned(),
        token_type: "Bearer".to_owned(),
        expires_in: u64::try_from(ACCESS_LIFETIME.num_seconds()).unwrap_or_default(),
        refresh_token: body_token,
        user: user.to_current(standing),
        tenant: place.map(|place| {
            place.to_access(place.tenant.effective_status(now), &state.config.storage)
        }),
        tenants: tenant_refs(state, user.id).await?,
        recovery_codes_left,
    })?;
    Ok(match cookie {
        Some(cookie) => answer.header("Set-Cookie", cookie),
        None => answer,
    })
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_login, login);
}
