//! `GET /api/cases/board`

use super::entity::{Column, Entity};
use super::list::CaseQuery;
use super::store;
use crate::auth::{Scope, permissions::CasesView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Query;
use ebenezer_shared::crm::case::{Board, BoardColumn, CaseStatus};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, Order, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use std::collections::HashMap;

/// So many cases are shown in a column; the list has them all.
const SHOWN: u64 = 50;
/// So many of those with which there is nothing left to do.
const SHOWN_OF_DONE: u64 = 10;

/// The cases by their status: a column for each, with its most pressing ones, and of accepted
/// and closed cases the latest. It takes the filters of the list.
#[utoipa::path(get, path = "/api/cases/board", tag = "cases", params(CaseQuery),
    responses((status = 200, body = Board)))]
pub async fn get_case_board(
    scope: Scope<CasesView>,
    Query(query): Query<CaseQuery>,
) -> Result<Answer, ApiError> {
    // Pages are for the list; a wrong one is named all the same.
    query.listing()?;
    let filter = query.filter(&scope)?;
    let matching = || scope.select::<Entity>().filter(store::condition(&scope, &filter));
    let counts = matching()
        .select_only()
        .column(Column::Status)
        .expr_as(Expr::cust("count(*)"), "total")
        .group_by(Column::Status)
        .into_tuple::<(String, i64)>()
        .all(scope.db())
        .await?;
    let counts: HashMap<String, i64> = counts.into_iter().collect();
    let mut rows = Vec::new();
    for status in CaseStatus::ALL.iter().filter(|status| counts.contains_key(status.as_str())) {
        let column = matching().filter(Column::Status.eq(status.as_str()));
        let column = if status.is_open() {
            // What has no day presses least.
            let pressing = column.order_by(Column::DueOn.is_null(), Order::Asc);
            let pressing = pressing.order_by_asc(Column::DueOn).order_by_desc(Column::PriorityRank);
            pressing.order_by_asc(Column::Id).limit(SHOWN)
        } else {
            let latest = column.order_by_desc(Column::StatusSince).order_by_desc(Column::Id);
            latest.limit(SHOWN_OF_DONE)
        };
        rows.extend(column.all(scope.db()).await?);
    }
    let mut all = store::summaries(&scope, rows).await?.into_iter().peekable();
    let columns = CaseStatus::ALL.iter().map(|status| BoardColumn {
        status: *status,
        total: counts.get(status.as_str()).and_then(|it| u64::try_from(*it).ok()).unwrap_or(0),
        items: std::iter::from_fn(|| all.next_if(|it| it.status == *status)).collect(),
    });
    Answer::ok(&Board { columns: columns.collect() })
}
