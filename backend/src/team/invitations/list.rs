//! `GET /api/team/invitations`

use super::store;
use crate::auth::{Scope, permissions::TeamView};
use crate::db::Words;
use crate::db::short::{self, Compare};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Query;
use crate::platform::invitation;
use crate::team::references::Departments;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::team::Invitation;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct InvitationQuery {
    page: Option<u64>,
    /// Without page and size all open invitations are answered.
    page_size: Option<u64>,
    /// `email`, `sent_at`, `expires_at`; `-` before it turns it round.
    ordering: Option<String>,
    /// Words in the email.
    search: Option<String>,
}

const KEYS: [(&str, Compare<Invitation>); 3] = [
    ("email", |a, b| a.email.to_lowercase().cmp(&b.email.to_lowercase())),
    ("sent_at", |a, b| a.sent_at.cmp(&b.sent_at)),
    ("expires_at", |a, b| a.expires_at.cmp(&b.expires_at)),
];

/// Invitations that nobody has taken yet, the newest first.
#[utoipa::path(get, path = "/api/team/invitations", tag = "team", params(InvitationQuery),
    responses((status = 200, body = Page<Invitation>)))]
pub async fn list_invitations(
    scope: Scope<TeamView>,
    Query(query): Query<InvitationQuery>,
) -> Result<Answer, ApiError> {
    let words = Words::of_query(query.search.as_deref())?;
    let departments = Departments::read(&scope).await?;
    let db = scope.state.planes.platform();
    let rows = invitation::open_of_tenant(db, scope.tenant_id()).await?;
    let mut items = store::views(&scope, &rows, &departments).await?;
    items.retain(|item| words.as_ref().is_none_or(|words| words.are_in(&[&item.email])));
    short::sort(&mut items, query.ordering.as_deref(), &KEYS)?;
    Answer::ok(&short::cut(items, query.page, query.page_size)?)
}
