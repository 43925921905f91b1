//! `GET /api/departments`

use super::store;
use crate::auth::{Scope, permissions::DepartmentsView};
use crate::db::short::{self, Compare};
use crate::db::{Words, normalize, since};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Query;
use chrono::{DateTime, Utc};
use ebenezer_shared::crm::department::Department;
use ebenezer_shared::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DepartmentQuery {
    page: Option<u64>,
    /// Without page and size all departments are answered.
    page_size: Option<u64>,
    /// `order`, `name`, `code`, `created_at`, `updated_at`; `-` before it turns it round.
    ordering: Option<String>,
    /// Words in name and code.
    search: Option<String>,
    is_active: Option<bool>,
    /// Changed at that time or later (RFC 3339). Ask from a minute before the last answer: a change
    /// is seen when its transaction ends, a little after the time that it carries.
    updated_since: Option<DateTime<Utc>>,
}

const KEYS: [(&str, Compare<Department>); 5] = [
    ("order", |a, b| a.order.cmp(&b.order)),
    ("name", |a, b| normalize(&a.name).cmp(&normalize(&b.name))),
    ("code", |a, b| normalize(&a.code).cmp(&normalize(&b.code))),
    ("created_at", |a, b| a.created_at.cmp(&b.created_at)),
    ("updated_at", |a, b| a.updated_at.cmp(&b.updated_at)),
];

/// The departments, in their order.
#[utoipa::path(get, path = "/api/departments", tag = "departments", params(DepartmentQuery),
    responses((status = 200, body = Page<Department>)))]
pub async fn list_departments(
    scope: Scope<DepartmentsView>,
    Query(query): Query<DepartmentQuery>,
) -> Result<Answer, ApiError> {
    let words = Words::of_query(query.search.as_deref())?;
    let since = since("updated_since", query.updated_since)?;
    let mut items = store::list(&scope, query.is_active).await?;
    items.retain(|item| {
        since.is_none_or(|time| item.updated_at >= time)
            && words.as_ref().is_none_or(|words| words.are_in(&[&item.name, &item.code]))
    });
    short::sort(&mut items, query.ordering.as_deref(), &KEYS)?;
    Answer::ok(&short::cut(items, query.page, query.page_size)?)
}
