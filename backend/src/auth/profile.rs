//! One's own name, language and email.

#![expect(
    clippy::disallowed_methods,
    reason = "rows of the platform plane belong to no firm; the lint guards the tenant plane"
)]

use super::account::{check_password, me_of};
use super::tokens::{hash_token, new_token};
use super::{Public, SignedIn, recovery};
use crate::db::begin_write;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use crate::http::limits::Quota;
use crate::jobs::{self, Job};
use crate::mail::{Content, Letter};
use crate::platform::activity::Activity;
use crate::platform::email_change::{ActiveModel, Column, Entity, Model};
use crate::platform::user;
use crate::routes::Routes;
use crate::team::news;
use chrono::{DateTime, TimeDelta, Utc};
use ebenezer_shared::auth::Me;
use ebenezer_shared::patch::Patch;
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::profile::{ChangeEmailRequest, ConfirmEmailRequest, UpdateProfile};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, Set, SqlErr,
};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use uuid::Uuid;

/// How long a link is good.
const LIFETIME: TimeDelta = TimeDelta::hours(1);

/// Changes one's own name and language. Every firm of the user shows the new name.
#[utoipa::path(patch, path = "/api/auth/me", tag = "auth", request_body = UpdateProfile,
    responses((status = 200, body = Me)))]
pub async fn update_profile(
    signed_in: SignedIn,
    Json(body): Json<UpdateProfile>,
) -> Result<Answer, ApiError> {
    let SignedIn { state, info, principal, .. } = &signed_in;
    let now = state.clock.now();
    let tx = begin_write(state.planes.platform()).await?;
    let before = locked(&tx, principal.user.id).await?;
    let mut after = before.clone();
    if let Patch::Value(name) = body.full_name {
        after.full_name = name;
    }
    if let Some(locale) = body.locale {
        locale.tag().clone_into(&mut after.locale);
    }
    let mut told = Vec::new();
    if after != before {
        after.updated_at = now;
        user::save(&tx, &after).await?;
        told = news::account_changed(&tx, state, after.id).await?;
        Activity::new("profile.changed", Some(after.id), None)
            .details(differences(&before, &after))
            .record(&tx, state, info, now)
            .await?;
    }
    tx.commit().await?;
    state.principals.clear();
    for news in &told {
        news::tell_now(state, news).await;
    }
    state.bell.ring();
    Answer::ok(&me_of(state, &after, principal.place.as_ref()).await?)
}

/// Sends a link to another email of the caller's; following it makes it the one to log in
/// with. The answer is the same when the email has an account: then no link is sent.
#[utoipa::path(post, path = "/api/auth/email/change", tag = "auth",
    request_body = ChangeEmailRequest,
    responses(
        (status = 204),
        (status = 422, description = "`password_wrong`, `email_same`", body = Problem),
    ))]
pub async fn change_email(
    signed_in: SignedIn,
    Json(body): Json<ChangeEmailRequest>,
) -> Result<Answer, ApiError> {
    check_password(&signed_in, "password", &body.password).await?;
    let SignedIn { state, info, request, principal } = &signed_in;
    let user = &principal.user;
    let quota = Quota::per_hour(state.config.limits.password_reset_per_hour);
    state.limiter.check(request, "email-change", &user.id.to_string(), quota).await?;
    if body.new_email == user.email {
        return Err(ApiError::invalid("new_email", "email_same"));
    }
    let now = state.clock.now();
    let tx = begin_write(state.planes.platform()).await?;
    locked(&tx, user.id).await?;
    use_up(&tx, user.id, now).await?;
    let owner = user::by_email(&tx, &body.new_email).await?;
    if owner.is_none_or(|owner| owner.id == user.id) {
        let token = new_token();
        let row = ActiveModel {
            hash: Set(hash_token(token.expose_secret())),
            user_id: Set(user.id),
            new_email: Set(body.new_email.clone()),
            created_at: Set(now),
            expires_at: Set(now + LIFETIME),
            used_at: Set(None),
        };
        Entity::insert(row).exec_without_returning(&tx).await?;
        // Behind the hash sign, which no server or proxy gets to see.
        let link = state.link(&format!("/confirm-email#{}", token.expose_secret()));
        let mut letter = Letter::to(user, user.language(), Content::EmailChange { link });
        letter.email.clone_from(&body.new_email);
        jobs::enqueue(&tx, state, &Job::Mail(letter), None).await?;
    }
    let notice = Letter::to(user, user.language(), Content::EmailChangeAsked);
    jobs::enqueue(&tx, state, &Job::Mail(notice), None).await?;
    let tenant = principal.place.as_ref().map(|place| place.tenant.id);
    Activity::new("email.change_asked", Some(user.id), tenant)
        .record(&tx, state, info, now)
        .await?;
    tx.commit().await?;
    state.bell.ring();
    Ok(Answer::no_content())
}

/// Follows the link to another email, once. The one of before is told.
#[utoipa::path(post, path = "/api/auth/email/confirm", tag = "auth",
    request_body = ConfirmEmailRequest,
    responses(
        (status = 204),
        (status = 410, description = "`link_expired`: used, too old, or not ours", body = Problem),
    ))]
pub async fn confirm_email(
    public: Public,
    Json(body): Json<ConfirmEmailRequest>,
) -> Result<Answer, ApiError> {
    let Public { state, info, request } = &public;
    let quota = Quota::per_minute(state.config.limits.login_per_address_per_minute);
    state.limiter.check(request, "login-address", &info.ip.to_string(), quota).await?;
    let expired = || ApiError::from(ProblemCode::LinkExpired);
    let now = state.clock.now();
    let tx = begin_write(state.planes.platform()).await?;
    let hash = hash_token(&body.token);
    let change = Entity::find_by_id(hash.clone()).one(&tx).await?.ok_or_else(expired)?;
    let before = user::lock(&tx, change.user_id).await?.filter(|user| user.is_active);
    let before = before.ok_or_else(expired)?;
    // Read again: what another request made of it stands now.
    let change = Entity::find_by_id(hash).one(&tx).await?;
    let change = change.filter(|change| is_good(change, now)).ok_or_else(expired)?;
    let mut after = before.clone();
    after.email_key = user::email_key(&change.new_email);
    after.email = change.new_email;
    after.updated_at = now;
    user::save(&tx, &after).await.map_err(taken_meanwhile)?;
    // A link to a new password, too, lies in a mailbox that opens the account no longer.
    recovery::use_up(&tx, after.id, now).await?;
    let told = news::account_changed(&tx, state, after.id).await?;
    let notice = Letter::to(&before, before.language(), Content::EmailChanged);
    jobs::enqueue(&tx, state, &Job::Mail(notice), None).await?;
    Activity::new("email.changed", Some(after.id), None)
        .details(differences(&before, &after))
        .record(&tx, state, info, now)
        .await?;
    tx.commit().await?;
    state.principals.clear();
    for news in &told {
        news::tell_now(state, news).await;
    }
    state.bell.ring();
    Ok(Answer::no_content())
}

/// What changed of the account, for the log.
fn differences(before: &user::Model, after: &user::Model) -> Value {
    let fields = [
        ("full_name", &before.full_name, &after.full_name),
        ("locale", &before.locale, &after.locale),
        ("email", &before.email, &after.email),
    ];
    let changed = fields.into_iter().filter(|(_, before, after)| before != after);
    changed
        .map(|(name, before, after)| (name.to_owned(), json!({ "before": before, "after": after })))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// Somebody else took the email since the link was sent.
fn taken_meanwhile(error: DbErr) -> ApiError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => ProblemCode::LinkExpired.into(),
        _ => error.into(),
    }
}

/// Whether a link would change an email now.
pub async fn opens(
    db: &impl ConnectionTrait,
    hash: String,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let change = Entity::find_by_id(hash).one(db).await?;
    Ok(change.is_some_and(|change| is_good(&change, now)))
}

fn is_good(change: &Model, now: DateTime<Utc>) -> bool {
    change.used_at.is_none() && now < change.expires_at
}

/// The user; nobody else changes them until the transaction ends.
async fn locked(db: &impl ConnectionTrait, id: Uuid) -> Result<user::Model, ApiError> {
    user::lock(db, id).await?.ok_or_else(|| ProblemCode::SessionExpired.into())
}

/// Makes every link of the user useless: whoever asked for one may not be the owner.
pub async fn use_up(
    db: &impl ConnectionTrait,
    user: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .filter(Column::UserId.eq(user))
        .filter(Column::UsedAt.is_null())
        .col_expr(Column::UsedAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets links that are a day past their time.
pub async fn forget(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    let before = now - TimeDelta::days(1);
    Entity::delete_many().filter(Column::ExpiresAt.lt(before)).exec(db).await?;
    Ok(())
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_update_profile, update_profile);
    routes.add(__path_change_email, change_email);
    routes.add(__path_confirm_email, confirm_email);
}
