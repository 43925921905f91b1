//! The only way to a firm's rows.
//!
//! Every query on a tenant-owned table starts here, limited to the firm. The lints of the
//! workspace forbid `SeaORM`'s own starts (`Entity::find` and its kin) everywhere else.

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait as _, ConnectionTrait, DbErr, DeleteMany, EntityTrait,
    IntoActiveModel, PrimaryKeyTrait, QueryFilter as _, Select, UpdateMany,
};
use uuid::Uuid;

/// A table whose rows belong to a firm.
pub trait TenantOwned: EntityTrait {
    /// The column that says to which.
    fn tenant_column() -> Self::Column;

    /// The column by which a single row is named.
    fn id_column() -> Self::Column;
}

/// All rows of the firm.
#[expect(clippy::disallowed_methods, reason = "the one place where a query starts")]
pub fn select<E: TenantOwned>(tenant: Uuid) -> Select<E> {
    E::find().filter(E::tenant_column().eq(tenant))
}

/// The firm's row of that id.
pub fn by_id<E: TenantOwned>(tenant: Uuid, id: Uuid) -> Select<E> {
    select::<E>(tenant).filter(E::id_column().eq(id))
}

/// An update of the firm's rows.
#[expect(clippy::disallowed_methods, reason = "the one place where an update starts")]
pub fn update_by<E: TenantOwned>(tenant: Uuid) -> UpdateMany<E> {
    E::update_many().filter(E::tenant_column().eq(tenant))
}

/// A deletion of the firm's rows.
#[expect(clippy::disallowed_methods, reason = "the one place where a deletion starts")]
pub fn delete_by<E: TenantOwned>(tenant: Uuid) -> DeleteMany<E> {
    E::delete_many().filter(E::tenant_column().eq(tenant))
}

/// Writes new rows. Each must carry the firm; the caller's model sets it from the scope.
#[expect(clippy::disallowed_methods, reason = "the one place where an insert starts")]
pub async fn insert<E, A, C>(db: &C, rows: impl IntoIterator<Item = A>) -> Result<(), DbErr>
where
    E: TenantOwned,
    A: ActiveModelTrait<Entity = E> + IntoActiveModel<A>,
    <E::PrimaryKey as PrimaryKeyTrait>::ValueType: Send,
    C: ConnectionTrait,
{
    let rows: Vec<A> = rows.into_iter().collect();
    if rows.is_empty() {
        return Ok(());
    }
    E::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// Writes a new row unless another one has what it must have for itself alone; says whether it
/// did. Where somebody else writes such a row at the same time, it waits for them.
#[expect(clippy::disallowed_methods, reason = "the row carries the scope's firm")]
pub async fn insert_unless_taken<E, A>(db: &impl ConnectionTrait, row: A) -> Result<bool, DbErr>
where
    E: TenantOwned,
    A: ActiveModelTrait<Entity = E> + IntoActiveModel<A>,
{
    let free = OnConflict::new().do_nothing().to_owned();
    Ok(E::insert(row).on_conflict(free).exec_without_returning(db).await? == 1)
}
