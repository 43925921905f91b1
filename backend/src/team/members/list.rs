//! `GET /api/team`

use super::store;
use crate::auth::{Scope, permissions::TeamView};
use crate::db::short::{self, Compare};
use crate::db::{Words, normalize};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Query;
use crate::team::references::Departments;
use ebenezer_shared::ids::DepartmentId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::team::{RoleKey, TeamMember};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct TeamQuery {
    page: Option<u64>,
    /// Without page and size everybody is answered.
    page_size: Option<u64>,
    /// `name` (or `full_name`), `email`, `role`, `department`, `last_login_at`, `created_at`; `-` before
    /// it turns it round.
    ordering: Option<String>,
    /// Words in name and email.
    search: Option<String>,
    active: Option<bool>,
    /// Key of a built-in role, or the id of one that the firm made.
    #[param(value_type = Option<String>)]
    role: Option<RoleKey>,
    department_id: Option<DepartmentId>,
}

const KEYS: [(&str, Compare<TeamMember>); 7] = [
    ("name", |a, b| normalize(&a.full_name).cmp(&normalize(&b.full_name))),
    ("full_name", |a, b| normalize(&a.full_name).cmp(&normalize(&b.full_name))),
    ("email", |a, b| a.email.to_lowercase().cmp(&b.email.to_lowercase())),
    ("role", |a, b| normalize(&a.role.name).cmp(&normalize(&b.role.name))),
    ("department", |a, b| department(a).cmp(&department(b))),
    ("last_login_at", |a, b| a.last_login_at.cmp(&b.last_login_at)),
    ("created_at", |a, b| a.created_at.cmp(&b.created_at)),
];

fn department(member: &TeamMember) -> Option<String> {
    member.department.as_ref().map(|department| normalize(&department.name))
}

/// The people of the firm, by name.
#[utoipa::path(get, path = "/api/team", tag = "team", params(TeamQuery),
    responses((status = 200, body = Page<TeamMember>)))]
pub async fn list_team(
    scope: Scope<TeamView>,
    Query(query): Query<TeamQuery>,
) -> Result<Answer, ApiError> {
    let words = Words::of_query(query.search.as_deref())?;
    let departments = Departments::read(&scope).await?;
    let people = store::all(scope.state.planes.platform(), scope.tenant_id()).await?;
    let locale = scope.info.locale;
    let mut items: Vec<TeamMember> =
        people.iter().map(|person| person.view(&departments, locale)).collect();
    items.retain(|item| {
        let theirs = item.department.as_ref().map(|department| department.id);
        query.active.is_none_or(|active| item.active == active)
            && query.role.is_none_or(|role| item.role.key == role)
            && (query.department_id.is_none() || query.department_id == theirs)
            && words.as_ref().is_none_or(|words| words.are_in(&[&item.full_name, &item.email]))
    });
    short::sort(&mut items, Some("full_name"), &KEYS)?;
    short::sort(&mut items, query.ordering.as_deref(), &KEYS)?;
    Answer::ok(&short::cut(items, query.page, query.page_size)?)
}
