//! Sessions and the rotation of their refresh tokens.

#![expect(
    clippy::disallowed_methods,
    reason = "rows of the platform plane belong to no firm; the lint guards the tenant plane"
)]

use super::principal::{ACTIVITY_GRAIN, IDLE, LIFETIME};
use super::tokens::{hash_token, new_token};
use crate::db::begin_write;
use crate::error::ApiError;
use crate::http::request::RequestInfo;
use crate::platform::activity::Activity;
use crate::platform::session::{self, refresh_token};
use crate::state::AppState;
use chrono::{DateTime, TimeDelta, Utc};
use ebenezer_shared::problem::ProblemCode;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Set,
};
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

/// How long the last refresh token is still good after it was used: two tabs that wake at
/// the same time both send it.
const GRACE: TimeDelta = TimeDelta::seconds(10);

/// Starts a session and makes its first refresh token.
pub async fn open(
    db: &impl ConnectionTrait,
    user: Uuid,
    tenant: Option<Uuid>,
    info: &RequestInfo,
    now: DateTime<Utc>,
) -> Result<(session::Model, SecretString), DbErr> {
    let model = session::Model {
        id: Uuid::now_v7(),
        user_id: user,
        tenant_id: tenant,
        generation: 1,
        rotated_at: now,
        created_at: now,
        last_active_at: now,
        ended_at: None,
        end_reason: None,
        ip: info.ip.to_string(),
        user_agent: info.user_agent.clone(),
    };
    let row: session::ActiveModel = sea_orm::ActiveModelTrait::reset_all(model.clone().into());
    session::Entity::insert(row).exec_without_returning(db).await?;
    let token = add_token(db, model.id, 1, now).await?;
    Ok((model, token))
}

async fn add_token(
    db: &impl ConnectionTrait,
    session: Uuid,
    generation: i32,
    now: DateTime<Utc>,
) -> Result<SecretString, DbErr> {
    let token = new_token();
    let row = refresh_token::ActiveModel {
        hash: Set(hash_token(token.expose_secret())),
        session_id: Set(session),
        generation: Set(generation),
        created_at: Set(now),
    };
    refresh_token::Entity::insert(row).exec_without_returning(db).await?;
    Ok(token)
}

/// The session, when it is not ended, idle or too old.
pub async fn alive(
    db: &impl ConnectionTrait,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<session::Model>, DbErr> {
    let found = session::Entity::find_by_id(id).one(db).await?;
    Ok(found.filter(|session| is_alive(session, now)))
}

fn is_alive(session: &session::Model, now: DateTime<Utc>) -> bool {
    session.ended_at.is_none()
        && now - session.last_active_at <= IDLE + ACTIVITY_GRAIN
        && now - session.created_at <= LIFETIME
}

/// The same of rows in the database.
fn alive_at(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(session::Column::EndedAt.is_null())
        .add(session::Column::LastActiveAt.gte(now - IDLE - ACTIVITY_GRAIN))
        .add(session::Column::CreatedAt.gte(now - LIFETIME))
}

/// The user's sessions that are not ended, idle or too old, the last used first.
pub async fn all_alive(
    db: &impl ConnectionTrait,
    user: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<session::Model>, DbErr> {
    session::Entity::find()
        .filter(session::Column::UserId.eq(user))
        .filter(alive_at(now))
        .order_by_desc(session::Column::LastActiveAt)
        .order_by_desc(session::Column::Id)
        .all(db)
        .await
}

/// Notes that the user did something.
pub async fn touch(db: &impl ConnectionTrait, id: Uuid, now: DateTime<Utc>) -> Result<(), DbErr> {
    session::Entity::update_many()
        .filter(session::Column::Id.eq(id))
        .filter(session::Column::LastActiveAt.lt(now))
        .col_expr(session::Column::LastActiveAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(())
}

/// The session works in another firm from now on.
pub async fn enter(db: &impl ConnectionTrait, id: Uuid, tenant: Uuid) -> Result<(), DbErr> {
    session::Entity::update_many()
        .filter(session::Column::Id.eq(id))
        .col_expr(session::Column::TenantId, Expr::value(tenant))
        .exec(db)
        .await?;
    Ok(())
}

/// Ends a session.
pub async fn end(
    db: &impl ConnectionTrait,
    id: Uuid,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    end_where(db, Condition::all().add(session::Column::Id.eq(id)), reason, now).await?;
    Ok(())
}

/// Ends a session of the user's. False when they have none of that id that is alive.
pub async fn end_own(
    db: &impl ConnectionTrait,
    user: Uuid,
    id: Uuid,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let own = alive_at(now).add(session::Column::UserId.eq(user)).add(session::Column::Id.eq(id));
    Ok(end_where(db, own, reason, now).await? > 0)
}

/// Ends the user's sessions, all but one, and answers how many were alive.
pub async fn end_others(
    db: &impl ConnectionTrait,
    user: Uuid,
    keep: Uuid,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let others =
        alive_at(now).add(session::Column::UserId.eq(user)).add(session::Column::Id.ne(keep));
    end_where(db, others, reason, now).await
}

/// Ends all of the user's sessions.
pub async fn end_all(
    db: &impl ConnectionTrait,
    user: Uuid,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let all = Condition::all().add(session::Column::UserId.eq(user));
    end_where(db, all, reason, now).await.map(|_| ())
}

/// Ends the user's sessions in a firm; those in others go on.
pub async fn end_in_tenant(
    db: &impl ConnectionTrait,
    user: Uuid,
    tenant: Uuid,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let there = Condition::all()
        .add(session::Column::UserId.eq(user))
        .add(session::Column::TenantId.eq(tenant));
    end_where(db, there, reason, now).await.map(|_| ())
}

/// Forgets sessions, and their tokens, that ended or were left before then.
pub async fn forget(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<(), DbErr> {
    let over = Condition::any()
        .add(session::Column::EndedAt.lt(before))
        .add(session::Column::LastActiveAt.lt(before));
    session::Entity::delete_many().filter(over).exec(db).await?;
    Ok(())
}

async fn end_where(
    db: &impl ConnectionTrait,
    which: Condition,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let done = session::Entity::update_many()
        .filter(which)
        .filter(session::Column::EndedAt.is_null())
        .col_expr(session::Column::EndedAt, Expr::value(now))
        .col_expr(session::Column::EndReason, Expr::value(reason))
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// The session that a refresh token belongs to, whatever its state.
pub async fn of_token(
    db: &impl ConnectionTrait,
    token: &SecretString,
) -> Result<Option<Uuid>, DbErr> {
    let hash = hash_token(token.expose_secret());
    Ok(refresh_token::Entity::find_by_id(hash).one(db).await?.map(|row| row.session_id))
}

/// Exchanges a refresh token for the next one.
///
/// The present token starts a new generation. Its direct predecessor is good for ten more
/// seconds and yields another token of the present generation. Any other re-use means that
/// a token was copied: the session ends, for thief and owner alike.
pub async fn rotate(
    state: &AppState,
    token: &SecretString,
    info: &RequestInfo,
    now: DateTime<Utc>,
) -> Result<(session::Model, SecretString), ApiError> {
    let expired = || ApiError::from(ProblemCode::SessionExpired);
    let hash = hash_token(token.expose_secret());
    let tx = begin_write(state.planes.platform()).await?;
    let known = refresh_token::Entity::find_by_id(hash).one(&tx).await?.ok_or_else(expired)?;
    let session = session::Entity::find_by_id(known.session_id)
        .lock_exclusive()
        .one(&tx)
        .await?
        .filter(|session| is_alive(session, now))
        .ok_or_else(expired)?;
    let present = known.generation == session.generation;
    let predecessor =
        known.generation == session.generation - 1 && now - session.rotated_at <= GRACE;
    if !present && !predecessor {
        end(&tx, session.id, "refresh_token_reused", now).await?;
        Activity::new("session.refresh_token_reused", Some(session.user_id), session.tenant_id)
            .record(&tx, state, info, now)
            .await?;
        tx.commit().await?;
        return Err(expired());
    }
    let mut next = session;
    if present {
        next.generation += 1;
        next.rotated_at = now;
        session::Entity::update_many()
            .filter(session::Column::Id.eq(next.id))
            .col_expr(session::Column::Generation, Expr::value(next.generation))
            .col_expr(session::Column::RotatedAt, Expr::value(now))
            .exec(&tx)
            .await?;
    }
    let token = add_token(&tx, next.id, next.generation, now).await?;
    tx.commit().await?;
    Ok((next, token))
}
