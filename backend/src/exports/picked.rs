//! Which rows are exported.

use super::asked::Asked;
use super::list::List;
use crate::auth::TenantScope;
use crate::db::TenantOwned as _;
use crate::error::ApiError;
use crate::http::input::parse_query;
use ebenezer_shared::export::ExportFormat;
use futures_util::TryStreamExt as _;
use sea_orm::{ColumnTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

/// Their ids, in the order of the list. 422 naming `format` for more than such a file holds: a
/// part of them would look like all.
pub(super) async fn ids<L: List>(
    scope: &TenantScope,
    asked: &Asked<L>,
) -> Result<Vec<Uuid>, ApiError> {
    let limits = &scope.state.config.limits;
    let most = match asked.format {
        ExportFormat::Csv => limits.export_csv_rows,
        ExportFormat::Xlsx => limits.export_xlsx_rows,
    };
    let id = L::Entity::id_column();
    let mut select = L::meant(scope, parse_query(&asked.query)?).await?;
    if let Some(ids) = &asked.ids {
        select = select.filter(id.is_in(ids.iter().copied()));
    }
    let select = select.select_only().column(id).limit(u64::from(most) + 1).into_tuple::<Uuid>();
    // One by one: as rows half a million of them would take a hundred megabytes.
    let ids: Vec<Uuid> = select.stream(scope.db()).await?.try_collect().await?;
    if ids.len() > usize::try_from(most).unwrap_or(usize::MAX) {
        return Err(ApiError::invalid("format", "too_many_rows"));
    }
    Ok(ids)
}
