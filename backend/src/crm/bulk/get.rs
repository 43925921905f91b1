//! `GET /api/bulk/{id}`

use super::entity::{Entity, refusal};
use super::info;
use crate::auth::{AnyMember, TenantScope};
use crate::crm::merge::{Contacts, Corporations, Kind};
use crate::db::TenantOwned;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use ebenezer_shared::crm::bulk::{BulkInfo, BulkReason, BulkRefusal, BulkReport, NamedRefusal};
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::ids::BulkId;
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::{ColumnTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use std::collections::HashMap;
use uuid::Uuid;

/// So many records are named.
const NAMED: u64 = 500;

/// A change of many records: how far it is, and which records it left as they are.
#[utoipa::path(get, path = "/api/bulk/{id}", tag = "bulk", params(("id" = BulkId, Path)),
    responses((status = 200, body = BulkReport), (status = 404, body = Problem)))]
pub async fn get_bulk_action(scope: AnyMember, Path(id): Path<BulkId>) -> Result<Answer, ApiError> {
    let row = scope.by_id::<Entity>(id).one(scope.db()).await?;
    let info = info::of_all(&scope, row.into_iter().collect()).await?.pop();
    let info = info.ok_or(ApiError::from(ProblemCode::NotFound))?;
    let refused = refused(&scope, &info).await?;
    Answer::ok(&BulkReport { info, refused })
}

async fn refused(scope: &TenantScope, info: &BulkInfo) -> Result<Vec<NamedRefusal>, ApiError> {
    let Some(run) = &info.run else { return Ok(Vec::new()) };
    let rows = scope
        .select::<refusal::Entity>()
        .filter(refusal::Column::BulkId.eq(Uuid::from(info.id)))
        .filter(refusal::Column::Undoing.eq(run.undoing))
        .order_by_asc(refusal::Column::RecordId)
        .limit(NAMED)
        .all(scope.db())
        .await?;
    let ids = rows.iter().map(|row| row.record_id).collect();
    let mut names = match info.resource {
        ListName::Contacts => names::<Contacts>(scope, ids).await?,
        ListName::Corporations => names::<Corporations>(scope, ids).await?,
    };
    let refused = rows.into_iter().filter_map(|row| {
        let reason = BulkReason::ALL.into_iter().find(|it| it.as_str() == row.reason)?;
        let fields = serde_json::from_value(row.fields).unwrap_or_default();
        let refusal = BulkRefusal { id: row.record_id, reason, fields };
        Some(NamedRefusal { name: names.remove(&row.record_id), refusal })
    });
    Ok(refused.collect())
}

async fn names<K: Kind>(
    scope: &TenantScope,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, String>, ApiError> {
    let key = <K::Entity as TenantOwned>::id_column();
    let rows = scope.select::<K::Entity>().filter(key.is_in(ids)).all(scope.db()).await?;
    Ok(rows.iter().map(|row| (K::id(row), K::name(row))).collect())
}
