//! The firm's people as its own plane knows them.

use crate::auth::{Scope, TenantScope, permissions::TeamView};
use crate::db::{self, TenantOwned};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::platform::user;
use crate::routes::Routes;
use ebenezer_shared::crm::staff::TeamMember;
use ebenezer_shared::pagination::Page;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, Set};

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

/// The people of the firm.
#[utoipa::path(get, path = "/api/team", tag = "team",
    responses((status = 200, body = Page<TeamMember>)))]
pub async fn list_team(scope: Scope<TeamView>) -> Result<Answer, ApiError> {
    let rows = scope.select::<Entity>().order_by_asc(Column::FullName).all(scope.db()).await?;
    let items: Vec<TeamMember> = rows
        .into_iter()
        .map(|row| TeamMember {
            id: row.id.into(),
            full_name: row.full_name,
            email: row.email,
            active: row.is_active,
        })
        .collect();
    Answer::ok(&Page::whole(items))
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_list_team, list_team);
}
