//! `Idempotency-Key`: a request sent twice is carried out once.
//!
//! The key is reserved in the command's own transaction, so that of two requests at once
//! the second waits for the first and then finds its answer. Nothing is remembered of a
//! request that failed.

use super::TenantScope;
use crate::db;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::BodyDigest;
use actix_web::http::Method;
use actix_web::{HttpMessage as _, HttpRequest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use ebenezer_shared::problem::ProblemCode;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _, Set};
use sha2::{Digest as _, Sha256};

/// How long an answer is remembered.
const KEPT: TimeDelta = TimeDelta::hours(24);

mod entity {
    use crate::db::TenantOwned;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency_keys")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub fingerprint: String,
        pub status: i32,
        pub headers: Json,
        pub body: String,
        pub created_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl TenantOwned for Entity {
        fn tenant_column() -> Column {
            Column::TenantId
        }

        fn id_column() -> Column {
            Column::Key
        }
    }
}

/// A key that this request holds.
pub(super) struct Reservation {
    key: String,
}

/// Reserves the request's key, if it has one; ends with the earlier answer when the same
/// request was carried out, with 422 when the key stands for another one.
pub(super) async fn reserve(
    scope: &TenantScope,
    tx: &DatabaseTransaction,
) -> Result<Option<Reservation>, ApiError> {
    let Some(request) = &scope.request else { return Ok(None) };
    let Some(value) = request.headers().get("Idempotency-Key") else { return Ok(None) };
    if request.method() != Method::POST {
        return Ok(None);
    }
    let key = value.to_str().ok().map(str::trim).filter(|key| (1..=255).contains(&key.len()));
    let key = key.ok_or(ApiError::from(ProblemCode::InvalidHeader))?.to_owned();
    let now = scope.now();
    db::delete_by::<entity::Entity>(scope.tenant_id())
        .filter(entity::Column::CreatedAt.lt(now - KEPT))
        .exec(tx)
        .await?;
    let fingerprint = fingerprint(request);
    let row = entity::ActiveModel {
        tenant_id: Set(scope.tenant_id()),
        user_id: Set(scope.user_id()),
        key: Set(key.clone()),
        fingerprint: Set(fingerprint.clone()),
        status: Set(0),
        headers: Set(serde_json::json!([])),
        body: Set(String::new()),
        created_at: Set(now),
    };
    #[expect(clippy::disallowed_methods, reason = "the row carries the scope's firm")]
    let inserted = entity::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    if inserted == 1 {
        return Ok(Some(Reservation { key }));
    }
    let known = scope
        .select::<entity::Entity>()
        .filter(entity::Column::UserId.eq(scope.user_id()))
        .filter(entity::Column::Key.eq(&key))
        .one(tx)
        .await?
        .ok_or_else(|| anyhow::anyhow!("an idempotency key vanished"))?;
    if known.fingerprint != fingerprint {
        return Err(ProblemCode::IdempotencyKeyReused.into());
    }
    Err(ApiError::Replayed(Box::new(Answer {
        status: u16::try_from(known.status).unwrap_or(200),
        headers: serde_json::from_value(known.headers)?,
        body: known.body,
    })))
}

impl Reservation {
    /// Stores the answer with what it reports.
    pub(super) async fn remember(
        &self,
        scope: &TenantScope,
        tx: &DatabaseTransaction,
        answer: &Answer,
    ) -> Result<(), ApiError> {
        use sea_orm::sea_query::Expr;
        db::update_by::<entity::Entity>(scope.tenant_id())
            .filter(entity::Column::UserId.eq(scope.user_id()))
            .filter(entity::Column::Key.eq(&self.key))
            .col_expr(entity::Column::Status, Expr::value(i32::from(answer.status)))
            .col_expr(entity::Column::Headers, Expr::value(serde_json::to_value(&answer.headers)?))
            .col_expr(entity::Column::Body, Expr::value(answer.body.clone()))
            .exec(tx)
            .await?;
        Ok(())
    }
}

/// Method, path, query and body together.
fn fingerprint(request: &HttpRequest) -> String {
    let mut hash = Sha256::new();
    hash.update(request.method().as_str());
    hash.update(request.path());
    hash.update("?");
    hash.update(request.query_string());
    if let Some(BodyDigest(body)) = request.extensions().get::<BodyDigest>() {
        hash.update(body);
    }
    URL_SAFE_NO_PAD.encode(hash.finalize())
}
