//! One's own second factor: setting it up, taking it away, recovery codes.

#![expect(
    clippy::disallowed_methods,
    reason = "rows of the platform plane belong to no firm; the lint guards the tenant plane"
)]

mod proof;
pub mod recovery_codes;
mod standing;
mod totp;

pub use proof::{Proof, at_login, wrong_at_login};
pub use standing::{Standing, must_enrol};

use super::account::check_password;
use super::{SignedIn, sessions};
use crate::db::begin_write;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use crate::jobs::{self, Job};
use crate::mail::{Content, Letter};
use crate::platform::activity::Activity;
use crate::platform::second_factor::{self, ActiveModel, Column, Entity, Model};
use crate::platform::user;
use crate::routes::Routes;
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::two_factor::{
    EnableTwoFactor, ProveTwoFactor, RecoveryCodes, SetupTwoFactor, TwoFactorSetup, TwoFactorState,
};
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, QueryFilter as _,
    QuerySelect as _, Set,
};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

/// Whether the caller logs in with a second factor, and how many recovery codes are left.
#[utoipa::path(get, path = "/api/auth/2fa", tag = "auth",
    responses((status = 200, body = TwoFactorState)))]
pub async fn get_two_factor(signed_in: SignedIn) -> Result<Answer, ApiError> {
    let SignedIn { state, principal, .. } = &signed_in;
    let db = state.planes.platform();
    let user = &principal.user;
    let standing = Standing::of(state, user, principal.place.as_ref()).await?;
    let factor = second_factor::enabled(db, user.id).await?;
    Answer::ok(&TwoFactorState {
        enabled: standing.enabled,
        required: standing.required,
        enabled_at: factor.and_then(|factor| factor.enabled_at),
        recovery_codes_left: recovery_codes::left(db, user.id).await?,
    })
}

/// Makes a secret for an authenticator app. Nothing changes until a code proves that the
/// app knows it; another setup takes the place of this one.
#[utoipa::path(post, path = "/api/auth/2fa/setup", tag = "auth", request_body = SetupTwoFactor,
    responses(
        (status = 200, body = TwoFactorSetup),
        (status = 409, description = "`mfa_enabled`", body = Problem),
        (status = 422, description = "`password_wrong`", body = Problem),
    ))]
pub async fn set_up_two_factor(
    signed_in: SignedIn,
    Json(body): Json<SetupTwoFactor>,
) -> Result<Answer, ApiError> {
    check_password(&signed_in, "password", &body.password).await?;
    let SignedIn { state, info, principal, .. } = &signed_in;
    let now = state.clock.now();
    let secret = totp::new_secret();
    let row = ActiveModel {
        user_id: Set(principal.user.id),
        secret_sealed: Set(state.sealer.seal(secret.expose_secret())),
        enabled_at: Set(None),
        last_step: Set(0),
        created_at: Set(now),
    };
    let tx = begin_write(state.planes.platform()).await?;
    let is_pending = Expr::col((Entity, Column::EnabledAt)).is_null();
    let replace = OnConflict::column(Column::UserId)
        .update_columns([Column::SecretSealed, Column::LastStep, Column::CreatedAt])
        .action_and_where(is_pending)
        .to_owned();
    let written = Entity::insert(row).on_conflict(replace).exec_without_returning(&tx).await?;
    if written == 0 {
        return Err(ProblemCode::MfaEnabled.into());
    }
    entry(&signed_in, "2fa.setup").record(&tx, state, info, now).await?;
    let otpauth_url = totp::otpauth_url(&secret, &principal.user.email)?;
    let answer = Answer::ok(&TwoFactorSetup {
        secret: secret.expose_secret().to_owned(),
        qr_svg: totp::qr_svg(&otpauth_url)?,
        otpauth_url,
    })?;
    tx.commit().await?;
    Ok(answer)
}

/// Proves by a code that an app knows the secret: from now on logins ask for one. It ends
/// the user's other sessions, which began with a password alone.
#[utoipa::path(post, path = "/api/auth/2fa/enable", tag = "auth", request_body = EnableTwoFactor,
    responses(
        (status = 200, description = "Recovery codes, shown this once", body = RecoveryCodes),
        (status = 409, description = "`mfa_enabled`, `mfa_not_enabled`: nothing was set up", body = Problem),
        (status = 422, description = "`code_wrong`", body = Problem),
    ))]
pub async fn enable_two_factor(
    signed_in: SignedIn,
    Json(body): Json<EnableTwoFactor>,
) -> Result<Answer, ApiError> {
    let SignedIn { state, request, principal, .. } = &signed_in;
    let user = principal.user.id;
    proof::throttle(state, request, user).await?;
    let now = state.clock.now();
    let tx = begin_write(state.planes.platform()).await?;
    // A login of this moment is judged before or after, never between.
    user::lock(&tx, user).await?;
    let factor = locked(&tx, user).await?;
    if factor.enabled_at.is_some() {
        return Err(ProblemCode::MfaEnabled.into());
    }
    let secret = state.sealer.open(&factor.secret_sealed)?.into();
    let digits: String = body.code.chars().filter(|letter| !letter.is_whitespace()).collect();
    let step = totp::matching_step(&secret, &digits, now)?;
    let step = step.ok_or_else(|| ApiError::invalid("code", "code_wrong"))?;
    Entity::update_many()
        .filter(Column::UserId.eq(user))
        .col_expr(Column::EnabledAt, Expr::value(now))
        .col_expr(Column::LastStep, Expr::value(step))
        .exec(&tx)
        .await?;
    let codes = recovery_codes::renew(&tx, user, now).await?;
    let session = principal.session.id;
    let ended = sessions::end_others(&tx, user, session, "two_factor_enabled", now).await?;
    let details = json!({ "sessions_ended": ended });
    finish(&signed_in, tx, "2fa.enabled", details, Content::TwoFactorEnabled).await?;
    Answer::ok(&RecoveryCodes { codes })
}

/// Takes the second factor away: logins ask for the password alone.
#[utoipa::path(post, path = "/api/auth/2fa/disable", tag = "auth", request_body = ProveTwoFactor,
    responses(
        (status = 204),
        (status = 409, description = "`mfa_not_enabled`", body = Problem),
        (status = 422, description = "`password_wrong`, `code_wrong`", body = Problem),
    ))]
pub async fn disable_two_factor(
    signed_in: SignedIn,
    Json(body): Json<ProveTwoFactor>,
) -> Result<Answer, ApiError> {
    let user = signed_in.principal.user.id;
    let tx = proved(&signed_in, &body).await?;
    Entity::delete_many().filter(Column::UserId.eq(user)).exec(&tx).await?;
    recovery_codes::forget(&tx, user).await?;
    finish(&signed_in, tx, "2fa.disabled", json!({}), Content::TwoFactorDisabled).await?;
    Ok(Answer::no_content())
}

/// Makes new recovery codes; the old ones open nothing any more.
#[utoipa::path(post, path = "/api/auth/2fa/recovery-codes", tag = "auth",
    request_body = ProveTwoFactor,
    responses(
        (status = 200, description = "Recovery codes, shown this once", body = RecoveryCodes),
        (status = 409, description = "`mfa_not_enabled`", body = Problem),
        (status = 422, description = "`password_wrong`, `code_wrong`", body = Problem),
    ))]
pub async fn renew_recovery_codes(
    signed_in: SignedIn,
    Json(body): Json<ProveTwoFactor>,
) -> Result<Answer, ApiError> {
    let (user, now) = (signed_in.principal.user.id, signed_in.state.clock.now());
    let tx = proved(&signed_in, &body).await?;
    let codes = recovery_codes::renew(&tx, user, now).await?;
    let letter = Content::RecoveryCodesRenewed;
    finish(&signed_in, tx, "2fa.recovery_codes_renewed", json!({}), letter).await?;
    Answer::ok(&RecoveryCodes { codes })
}

/// The user's second factor; nobody else changes it until the transaction ends.
async fn locked(tx: &DatabaseTransaction, user: uuid::Uuid) -> Result<Model, ApiError> {
    let found = Entity::find_by_id(user).lock_exclusive().one(tx).await?;
    found.ok_or_else(|| ProblemCode::MfaNotEnabled.into())
}

/// A transaction in which password and code were right and the code was taken.
async fn proved(
    signed_in: &SignedIn,
    body: &ProveTwoFactor,
) -> Result<DatabaseTransaction, ApiError> {
    let SignedIn { state, request, principal, .. } = signed_in;
    let (user, now) = (principal.user.id, state.clock.now());
    check_password(signed_in, "password", &body.password).await?;
    proof::throttle(state, request, user).await?;
    let tx = begin_write(state.planes.platform()).await?;
    // A login of this moment is judged before or after, never between.
    user::lock(&tx, user).await?;
    let factor = locked(&tx, user).await?;
    if factor.enabled_at.is_none() {
        return Err(ProblemCode::MfaNotEnabled.into());
    }
    let wrong = || ApiError::invalid("code", "code_wrong");
    let proof = Proof::of(state, &tx, &factor, &body.code).await?.ok_or_else(wrong)?;
    if !proof.take(&tx, user, now).await? {
        return Err(wrong());
    }
    Ok(tx)
}

/// Notes what happened, tells the user by mail and makes it true.
async fn finish(
    signed_in: &SignedIn,
    tx: DatabaseTransaction,
    action: &'static str,
    details: Value,
    letter: Content,
) -> Result<(), ApiError> {
    let SignedIn { state, info, principal, .. } = signed_in;
    entry(signed_in, action).details(details).record(&tx, state, info, state.clock.now()).await?;
    mail(&tx, signed_in, letter).await?;
    tx.commit().await?;
    tracing::info!(user = %principal.user.id, action, "a second factor changed");
    state.principals.clear();
    state.bell.ring();
    Ok(())
}

async fn mail(
    db: &impl ConnectionTrait,
    signed_in: &SignedIn,
    content: Content,
) -> Result<(), ApiError> {
    let user = &signed_in.principal.user;
    let letter = Letter::to(user, user.language(), content);
    jobs::enqueue(db, &signed_in.state, &Job::Mail(letter), None).await?;
    Ok(())
}

fn entry(signed_in: &SignedIn, action: &'static str) -> Activity {
    let principal = &signed_in.principal;
    let tenant = principal.place.as_ref().map(|place| place.tenant.id);
    Activity::new(action, Some(principal.user.id), tenant)
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_get_two_factor, get_two_factor);
    routes.add(__path_set_up_two_factor, set_up_two_factor);
    routes.add(__path_enable_two_factor, enable_two_factor);
    routes.add(__path_disable_two_factor, disable_two_factor);
    routes.add(__path_renew_recovery_codes, renew_recovery_codes);
}
