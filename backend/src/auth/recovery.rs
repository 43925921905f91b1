//! A new password for somebody who forgot the old one, by a link in a mail.

#![expect(
    clippy::disallowed_methods,
    reason = "rows of the platform plane belong to no firm; the lint guards the tenant plane"
)]

use super::account::own_data;
use super::tokens::{hash_token, new_token};
use super::{Public, passwords, profile, sessions};
use crate::db::begin_write;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use crate::http::limits::Quota;
use crate::jobs::{self, Failure, Job, Lease};
use crate::mail::{Content, Letter};
use crate::platform::activity::Activity;
use crate::platform::password_reset::{ActiveModel, Column, Entity, Model};
use crate::platform::{invitation, membership, user};
use crate::routes::Routes;
use crate::state::AppState;
use chrono::{DateTime, TimeDelta, Utc};
use ebenezer_shared::auth::{ForgotPasswordRequest, ResetPasswordRequest};
use ebenezer_shared::locale::Locale;
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    Set,
};
use secrecy::ExposeSecret as _;

/// How long a link is good.
const LIFETIME: TimeDelta = TimeDelta::hours(1);

/// Sends a link to set a new password, if the email has an account that opens something. The
/// answer is the same in any case.
#[utoipa::path(post, path = "/api/auth/password/forgot", tag = "auth",
    request_body = ForgotPasswordRequest, responses((status = 204)))]
pub async fn forgot_password(
    public: Public,
    Json(body): Json<ForgotPasswordRequest>,
) -> Result<Answer, ApiError> {
    let Public { state, info, request } = &public;
    let quota = Quota::per_hour(state.config.limits.password_reset_per_hour);
    let key = format!("{}|{}", info.ip, user::email_key(&body.email));
    state.limiter.check(request, "password-reset", &key, quota).await?;
    let job = Job::PasswordForgotten { email: body.email, locale: info.locale };
    let now = state.clock.now();
    let tx = begin_write(state.planes.platform()).await?;
    jobs::enqueue(&tx, state, &job, None).await?;
    Activity::new("password.forgotten", None, None).record(&tx, state, info, now).await?;
    tx.commit().await?;
    state.bell.ring();
    Ok(Answer::no_content())
}

/// Looks up who asked and writes them the link.
pub async fn send_link(
    state: &AppState,
    lease: &Lease,
    email: &str,
    locale: Locale,
) -> Result<(), Failure> {
    let db = state.planes.platform();
    let now = state.clock.now();
    let found = user::by_email(db, email).await?;
    let tx = begin_write(db).await?;
    if let Some(user) = found
        && opens_something(&tx, &user, now).await?
    {
        let token = new_token();
        let row = ActiveModel {
            hash: Set(hash_token(token.expose_secret())),
            user_id: Set(user.id),
            created_at: Set(now),
            expires_at: Set(now + LIFETIME),
            used_at: Set(None),
        };
        Entity::insert(row).exec_without_returning(&tx).await?;
        // Behind the hash sign, which no server or proxy gets to see.
        let link = state.link(&format!("/reset-password#{}", token.expose_secret()));
        let content = Content::PasswordReset { link };
        jobs::enqueue(&tx, state, &Job::Mail(Letter::to(&user, locale, content)), None).await?;
    }
    lease.finish(&tx, now).await?;
    tx.commit().await?;
    state.bell.ring();
    Ok(())
}

/// Sets a new password by the token of a link, once; all sessions of the user end.
#[utoipa::path(post, path = "/api/auth/password/reset", tag = "auth",
    request_body = ResetPasswordRequest,
    responses(
        (status = 204),
        (status = 410, description = "`link_expired`: used, too old, not ours, or of somebody whom no firm lets in any more", body = Problem),
        (status = 422, description = "`password_weak`", body = Problem),
    ))]
pub async fn reset_password(
    public: Public,
    Json(body): Json<ResetPasswordRequest>,
) -> Result<Answer, ApiError> {
    let Public { state, info, request } = &public;
    let quota = Quota::per_minute(state.config.limits.login_per_address_per_minute);
    state.limiter.check(request, "login-address", &info.ip.to_string(), quota).await?;
    let expired = || ApiError::from(ProblemCode::LinkExpired);
    let db = state.planes.platform();
    let now = state.clock.now();
    let hash = hash_token(&body.token);
    // A weak password leaves the link good for another try.
    let reset = Entity::find_by_id(hash.clone()).one(db).await?;
    let reset = reset.filter(|reset| is_good(reset, now)).ok_or_else(expired)?;
    let user = user::by_id(db, reset.user_id).await?.ok_or_else(expired)?;
    if !opens_something(db, &user, now).await? {
        return Err(expired());
    }
    let own = own_data(state, &user).await?;
    passwords::judge("password", &body.password, &own)?;
    let password_hash = passwords::hash(&body.password).await?;
    let tx = begin_write(db).await?;
    user::lock(&tx, user.id).await?;
    let reset = Entity::find_by_id(hash).lock_exclusive().one(&tx).await?;
    let is_good = reset.is_some_and(|reset| is_good(&reset, now));
    if !is_good || !opens_something(&tx, &user, now).await? {
        return Err(expired());
    }
    use_up(&tx, user.id, now).await?;
    user::set_password(&tx, user.id, password_hash, now).await?;
    sessions::end_all(&tx, user.id, "password_reset", now).await?;
    let letter = Letter::to(&user, info.locale, Content::PasswordChanged);
    jobs::enqueue(&tx, state, &Job::Mail(letter), None).await?;
    Activity::new("password.reset", Some(user.id), None).record(&tx, state, info, now).await?;
    tx.commit().await?;
    state.principals.clear();
    state.bell.ring();
    Ok(Answer::no_content())
}

/// Whether the account leads anywhere: to a firm, to one that asks its owner to join (which
/// takes the password), or to the platform.
async fn opens_something(
    db: &impl ConnectionTrait,
    user: &user::Model,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    if !user.is_active || user.is_staff {
        return Ok(user.is_active);
    }
    Ok(membership::has_any(db, user.id).await?
        || invitation::is_asked(db, &user.email, now).await?)
}

/// Whether a link would set a new password now.
pub async fn opens(
    db: &impl ConnectionTrait,
    hash: String,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let reset = Entity::find_by_id(hash).one(db).await?;
    let Some(reset) = reset.filter(|reset| is_good(reset, now)) else { return Ok(false) };
    match user::by_id(db, reset.user_id).await? {
        Some(user) => opens_something(db, &user, now).await,
        None => Ok(false),
    }
}

fn is_good(reset: &Model, now: DateTime<Utc>) -> bool {
    reset.used_at.is_none() && now < reset.expires_at
}

/// Makes every link of the user useless: whoever has a new password needs none of them, and
/// whoever asked for another email may have been somebody else.
pub async fn use_up(
    db: &impl ConnectionTrait,
    user: uuid::Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .filter(Column::UserId.eq(user))
        .filter(Column::UsedAt.is_null())
        .col_expr(Column::UsedAt, Expr::value(now))
        .exec(db)
        .await?;
    profile::use_up(db, user, now).await
}

/// Forgets links that are a day past their time.
pub async fn forget(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    let before = now - TimeDelta::days(1);
    Entity::delete_many().filter(Column::ExpiresAt.lt(before)).exec(db).await?;
    profile::forget(db, now).await
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_forgot_password, forgot_password);
    routes.add(__path_reset_password, reset_password);
}
