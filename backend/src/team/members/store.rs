//! Reading and writing members.

#![expect(
    clippy::disallowed_methods,
    reason = "rows of the platform plane; each query names the scope's firm"
)]

use crate::auth::PlatformCommand;
use crate::error::ApiError;
use crate::platform::membership::{self, Column, Entity, Seat};
use crate::platform::{role, user};
use crate::team::references::{Departments, role_ref};
use crate::team::rights::Rights;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::permission::Role;
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::team::TeamMember;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, SelectThree, TopologyStar,
};
use uuid::Uuid;

/// A member and their account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub seat: Seat,
    pub user: user::Model,
}

type Row = (membership::Model, Option<user::Model>, Option<role::Model>);

impl Person {
    fn of((membership, user, own_role): Row) -> Option<Self> {
        Some(Self { seat: Seat { membership, own_role }, user: user? })
    }

    pub fn version(&self) -> i32 {
        self.seat.membership.version
    }

    pub fn rights(&self) -> Rights {
        Rights::of(&self.seat)
    }

    /// As the team sees the member.
    pub fn view(&self, departments: &Departments, locale: Locale) -> TeamMember {
        let membership = &self.seat.membership;
        TeamMember {
            id: self.user.id.into(),
            full_name: self.user.full_name.clone(),
            email: self.user.email.clone(),
            active: membership.is_active && self.user.is_active,
            role: role_ref(self.seat.role(), self.seat.own_role.as_ref(), locale),
            extra_permissions: self.seat.extra_permissions(),
            department: departments.get(membership.department_id),
            last_login_at: membership.last_login_at,
            created_at: membership.created_at,
            updated_at: membership.updated_at,
        }
    }
}

fn members(tenant: Uuid) -> SelectThree<Entity, user::Entity, role::Entity, TopologyStar> {
    Entity::find()
        .find_also_related(user::Entity)
        .find_also_related(role::Entity)
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::RemovedAt.is_null())
}

/// Everybody who belongs to the firm, active or not.
pub async fn all(db: &impl ConnectionTrait, tenant: Uuid) -> Result<Vec<Person>, DbErr> {
    let rows = members(tenant).all(db).await?;
    Ok(rows.into_iter().filter_map(Person::of).collect())
}

/// The member of that id; 404 when nobody of the firm has it.
pub async fn find(db: &impl ConnectionTrait, tenant: Uuid, user: Uuid) -> Result<Person, ApiError> {
    let row = members(tenant).filter(Column::UserId.eq(user)).one(db).await?;
    row.and_then(Person::of).ok_or_else(|| ProblemCode::NotFound.into())
}

/// 409 when nobody else could act as owner without this person.
pub async fn keep_an_owner(command: &PlatformCommand<'_>, person: &Person) -> Result<(), ApiError> {
    if !person.rights().is_owner() || !person.seat.membership.is_active {
        return Ok(());
    }
    let others = members(command.tenant.id)
        .filter(Column::Role.eq(Role::Owner.as_str()))
        .filter(Column::IsActive.eq(true))
        .filter(user::Column::IsActive.eq(true))
        .filter(Column::UserId.ne(person.user.id))
        .count(command.tx())
        .await?;
    if others == 0 { Err(ProblemCode::LastOwner.into()) } else { Ok(()) }
}

/// 409 when the caller would change what they themself may do.
pub fn not_oneself(command: &PlatformCommand<'_>, person: &Person) -> Result<(), ApiError> {
    if command.user_id() == person.user.id {
        Err(ProblemCode::OwnMembership.into())
    } else {
        Ok(())
    }
}

/// Writes the membership as its next version, which the firm's plane shall show.
pub async fn save(command: &mut PlatformCommand<'_>, person: &mut Person) -> Result<(), DbErr> {
    let membership = &mut person.seat.membership;
    membership.version += 1;
    membership.updated_at = command.now();
    membership::save(command.tx(), membership).await?;
    command.project(person.user.id);
    Ok(())
}
