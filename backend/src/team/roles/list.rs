//! `GET /api/roles`

use super::store::{self, Uses};
use crate::auth::{Scope, permissions::TeamView};
use crate::db::short::{self, Compare};
use crate::db::{Words, normalize};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Query;
use crate::platform::role;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::Role;
use ebenezer_shared::team::TeamRole;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct RoleQuery {
    page: Option<u64>,
    /// Without page and size all roles are answered.
    page_size: Option<u64>,
    /// `name`, `member_count`; `-` before it turns it round. Without it the built-in roles
    /// come first, from the most to the least powerful, then the firm's own by name.
    ordering: Option<String>,
    /// Words in name and description.
    search: Option<String>,
    is_builtin: Option<bool>,
}

const KEYS: [(&str, Compare<TeamRole>); 2] = [
    ("name", |a, b| normalize(&a.name).cmp(&normalize(&b.name))),
    ("member_count", |a, b| a.member_count.cmp(&b.member_count)),
];

/// The roles of the firm.
#[utoipa::path(get, path = "/api/roles", tag = "roles", params(RoleQuery),
    responses((status = 200, body = Page<TeamRole>)))]
pub async fn list_roles(
    scope: Scope<TeamView>,
    Query(query): Query<RoleQuery>,
) -> Result<Answer, ApiError> {
    let words = Words::of_query(query.search.as_deref())?;
    let db = scope.state.planes.platform();
    let uses = Uses::read(db, scope.tenant_id()).await?;
    let own = role::of_tenant(db, scope.tenant_id()).await?;
    let built_in = Role::ALL.iter().map(|role| store::built_in(*role, &uses, scope.info.locale));
    let mut items: Vec<TeamRole> =
        built_in.chain(own.iter().map(|role| store::own(role, &uses))).collect();
    items.retain(|item| {
        let description = item.description.as_deref().unwrap_or_default();
        query.is_builtin.is_none_or(|wanted| item.is_builtin == wanted)
            && words.as_ref().is_none_or(|words| words.are_in(&[&item.name, description]))
    });
    short::sort(&mut items, query.ordering.as_deref(), &KEYS)?;
    Answer::ok(&short::cut(items, query.page, query.page_size)?)
}
