//! `GET /api/tags`

use super::store;
use crate::auth::{Scope, permissions::ContactsView};
use crate::db::short::{self, Compare};
use crate::db::{Words, normalize, since};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Query;
use chrono::{DateTime, Utc};
use ebenezer_shared::crm::tag::Tag;
use ebenezer_shared::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct TagQuery {
    page: Option<u64>,
    /// Without page and size all tags are answered.
    page_size: Option<u64>,
    /// `name`, `contact_count`, `corporation_count`, `created_at`, `updated_at`; `-` before
    /// it turns it round.
    ordering: Option<String>,
    /// Words in the name.
    search: Option<String>,
    /// Changed at that time or later (RFC 3339). Ask from a minute before the last answer: a change
    /// is seen when its transaction ends, a little after the time that it carries.
    updated_since: Option<DateTime<Utc>>,
}

const KEYS: [(&str, Compare<Tag>); 5] = [
    ("name", |a, b| normalize(&a.name).cmp(&normalize(&b.name))),
    ("contact_count", |a, b| a.contact_count.cmp(&b.contact_count)),
    ("corporation_count", |a, b| a.corporation_count.cmp(&b.corporation_count)),
    ("created_at", |a, b| a.created_at.cmp(&b.created_at)),
    ("updated_at", |a, b| a.updated_at.cmp(&b.updated_at)),
];

/// The firm's tags by name, and how many records carry each.
#[utoipa::path(get, path = "/api/tags", tag = "tags", params(TagQuery),
    responses((status = 200, body = Page<Tag>)))]
pub async fn list_tags(
    scope: Scope<ContactsView>,
    Query(query): Query<TagQuery>,
) -> Result<Answer, ApiError> {
    let words = Words::of_query(query.search.as_deref())?;
    let since = since("updated_since", query.updated_since)?;
    let mut items = store::list(&scope).await?;
    items.retain(|item| {
        since.is_none_or(|time| item.updated_at >= time)
            && words.as_ref().is_none_or(|words| words.are_in(&[&item.name]))
    });
    short::sort(&mut items, query.ordering.as_deref(), &KEYS)?;
    Answer::ok(&short::cut(items, query.page, query.page_size)?)
}
