//! Who sees which threads: of one between colleagues those who take part, of one with a client
//! whoever sees the client.

use super::entity::{Column, Entity};
use super::member;
use crate::auth::TenantScope;
use crate::db;
use ebenezer_shared::crm::thread::ThreadKind;
use ebenezer_shared::permission::Permission;
use ebenezer_shared::record::RecordType;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _, Select,
};
use uuid::Uuid;

/// The ids of the threads in which somebody takes part.
pub fn taken_part_in(tenant: Uuid, user: Uuid) -> SelectStatement {
    let rows = db::select::<member::Entity>(tenant).filter(member::Column::UserId.eq(user));
    rows.select_only().column(member::Column::ThreadId).into_query()
}

/// What somebody sees who has the permissions that `may` knows.
fn seen(tenant: Uuid, user: Uuid, may: impl Fn(Permission) -> bool) -> Condition {
    let with_clients = [
        (RecordType::Contact, Column::ContactId),
        (RecordType::Corporation, Column::CorporationId),
    ];
    let clients = with_clients.into_iter().filter(|(kind, _)| may(kind.needs()));
    let clients = clients.fold(Condition::any(), |any, (_, column)| any.add(column.is_not_null()));
    let mut seen = Condition::any().add(Column::Id.in_subquery(taken_part_in(tenant, user)));
    if !clients.is_empty() {
        let of_clients = Column::Kind.eq(ThreadKind::Client.as_str());
        seen = seen.add(Condition::all().add(of_clients).add(clients));
    }
    seen
}

/// The threads that the caller sees.
pub fn visible(scope: &TenantScope) -> Select<Entity> {
    let seen = seen(scope.tenant_id(), scope.user_id(), |needed| scope.may(needed));
    scope.select::<Entity>().filter(seen)
}

/// Whether somebody sees the thread.
pub async fn sees(
    on: &impl ConnectionTrait,
    (tenant, user): (Uuid, Uuid),
    thread: Uuid,
    may: impl Fn(Permission) -> bool,
) -> Result<bool, DbErr> {
    let found = db::by_id::<Entity>(tenant, thread).filter(seen(tenant, user, may));
    Ok(found.count(on).await? > 0)
}
