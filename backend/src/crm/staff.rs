//! The firm's people as its own plane knows them.

use crate::auth::{Scope, TenantScope, permissions::TeamView};
use crate::db::short::{self, Compare};
use crate::db::{self, TenantOwned, Words, normalize};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Query;
use crate::platform::user;
use crate::routes::Routes;
use ebenezer_shared::crm::staff::TeamMember;
use ebenezer_shared::pagination::Page;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, Set};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub full_name: String,
    pub email: String,
    pub is_active: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TenantOwned for Entity {
    fn tenant_column() -> Column {
        Column::TenantId
    }

    fn id_column() -> Column {
        Column::Id
    }
}

/// Makes a user known to the firm's plane.
pub async fn add(db: &impl ConnectionTrait, tenant: Uuid, user: &user::Model) -> Result<(), DbErr> {
    let row = ActiveModel {
        tenant_id: Set(tenant),
        id: Set(user.id),
        full_name: Set(user.full_name.clone()),
        email: Set(user.email.clone()),
        is_active: Set(true),
    };
    db::insert(db, [row]).await
}

/// 422 when the firm has no such active colleague.
pub async fn check(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<(), ApiError> {
    let found = scope.by_id::<Entity>(id).filter(Column::IsActive.eq(true)).one(db).await?;
    found.map(|_| ()).ok_or_else(|| ApiError::invalid("owner_id", "unknown_reference"))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct TeamQuery {
    page: Option<u64>,
    /// Without page and size everybody is answered.
    page_size: Option<u64>,
    /// `full_name`, `email`; `-` before it turns it round.
    ordering: Option<String>,
    /// Words in name and email.
    search: Option<String>,
    active: Option<bool>,
}

const KEYS: [(&str, Compare<TeamMember>); 2] = [
    ("full_name", |a, b| normalize(&a.full_name).cmp(&normalize(&b.full_name))),
    ("email", |a, b| a.email.to_lowercase().cmp(&b.email.to_lowercase())),
];

/// The people of the firm, by name.
#[utoipa::path(get, path = "/api/team", tag = "team", params(TeamQuery),
    responses((status = 200, body = Page<TeamMember>)))]
pub async fn list_team(
    scope: Scope<TeamView>,
    Query(query): Query<TeamQuery>,
) -> Result<Answer, ApiError> {
    let words = Words::of_query(query.search.as_deref())?;
    let rows = scope.select::<Entity>().order_by_asc(Column::FullName).all(scope.db()).await?;
    let mut items: Vec<TeamMember> = rows
        .into_iter()
        .map(|row| TeamMember {
            id: row.id.into(),
            full_name: row.full_name,
            email: row.email,
            active: row.is_active,
        })
        .collect();
    items.retain(|item| {
        query.active.is_none_or(|active| item.active == active)
            && words.as_ref().is_none_or(|words| words.are_in(&[&item.full_name, &item.email]))
    });
    let ordering = query.ordering.as_deref().or(Some("full_name"));
    short::sort(&mut items, ordering, &KEYS)?;
    Answer::ok(&short::cut(items, query.page, query.page_size)?)
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_list_team, list_team);
}
