//! `GET /api/views`

use super::{rules, store};
use crate::auth::AnyMember;
use crate::db::short::{self, Compare};
use crate::db::{Words, normalize, since};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Query;
use chrono::{DateTime, Utc};
use ebenezer_shared::crm::view::{ListName, SavedView};
use ebenezer_shared::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ViewQuery {
    /// Of which list; contacts without it.
    resource: Option<ListName>,
    page: Option<u64>,
    /// Without page and size all views are answered.
    page_size: Option<u64>,
    /// `name`, `created_at`, `updated_at`; `-` before it turns it round.
    ordering: Option<String>,
    /// Words in the name.
    search: Option<String>,
    /// Changed at that time or later (RFC 3339). Ask from a minute before the last answer: a change
    /// is seen when its transaction ends, a little after the time that it carries.
    updated_since: Option<DateTime<Utc>>,
}

const KEYS: [(&str, Compare<SavedView>); 3] = [
    ("name", |a, b| normalize(&a.name).cmp(&normalize(&b.name))),
    ("created_at", |a, b| a.created_at.cmp(&b.created_at)),
    ("updated_at", |a, b| a.updated_at.cmp(&b.updated_at)),
];

/// The caller's own views of a list and those shared with them, by name.
#[utoipa::path(get, path = "/api/views", tag = "views", params(ViewQuery),
    responses((status = 200, body = Page<SavedView>)))]
pub async fn list_views(
    scope: AnyMember,
    Query(query): Query<ViewQuery>,
) -> Result<Answer, ApiError> {
    let list = query.resource.unwrap_or(ListName::Contacts);
    rules::sees(&scope, list)?;
    let words = Words::of_query(query.search.as_deref())?;
    let since = since("updated_since", query.updated_since)?;
    let mut items = store::list(&scope, list).await?;
    items.retain(|item| {
        since.is_none_or(|time| item.updated_at >= time)
            && words.as_ref().is_none_or(|words| words.are_in(&[&item.name]))
    });
    short::sort(&mut items, query.ordering.as_deref(), &KEYS)?;
    Answer::ok(&short::cut(items, query.page, query.page_size)?)
}
