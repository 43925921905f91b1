//! The outbox of a tenant plane: what commands want done, written in their transaction.
//!
//! The relay copies a row to the job table under the row's own id and then deletes it. A
//! relay that dies between the two copies it again, and the job table takes an id once. A row
//! that cannot be read becomes a job that was given up, sealed as it is.

use super::{Job, Origin, Troubles, queue};
use crate::db;
use crate::state::AppState;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};
use uuid::Uuid;

/// So many rows at a time.
const BATCH: u64 = 100;

pub mod entity {
    use crate::db::TenantOwned;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "outbox")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub tenant_id: Uuid,
        pub requested_by: Uuid,
        pub job_sealed: String,
        pub created_at: DateTimeUtc,
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
}

/// Writes what a command wants done; answers the id that the job will have.
pub async fn write(
    tx: &impl ConnectionTrait,
    state: &AppState,
    origin: Origin,
    job: &Job,
) -> Result<Uuid, DbErr> {
    let id = Uuid::now_v7();
    let row = entity::ActiveModel {
        id: Set(id),
        tenant_id: Set(origin.tenant),
        requested_by: Set(origin.user),
        job_sealed: Set(queue::sealed(state, job)?),
        created_at: Set(state.clock.now()),
    };
    db::insert(tx, [row]).await?;
    Ok(id)
}

/// Carries what the outboxes of all planes hold to the job table. What cannot be carried stays
/// where it is, and the others go on.
pub async fn relay(state: &AppState) -> anyhow::Result<()> {
    let mut troubles = Troubles::default();
    for plane in state.planes.all_tenant_planes() {
        troubles.note("the outbox of a plane", carry(state, &plane, None).await);
    }
    troubles.end()
}

/// The same of one firm.
pub(super) async fn relay_of(
    state: &AppState,
    plane: &DatabaseConnection,
    tenant: Uuid,
) -> anyhow::Result<()> {
    carry(state, plane, Some(tenant)).await
}

#[expect(clippy::disallowed_methods, reason = "the relay serves every firm of a plane")]
async fn carry(
    state: &AppState,
    plane: &DatabaseConnection,
    tenant: Option<Uuid>,
) -> anyhow::Result<()> {
    let firm = tenant.map(|tenant| entity::Column::TenantId.eq(tenant));
    let firm = Condition::all().add_option(firm);
    let (mut troubles, mut last) = (Troubles::default(), Uuid::nil());
    loop {
        let oldest = entity::Entity::find().filter(firm.clone());
        let oldest = oldest.filter(entity::Column::Id.gt(last));
        let oldest = oldest.order_by_asc(entity::Column::Id).limit(BATCH);
        let rows = oldest.all(plane).await?;
        let Some(id) = rows.last().map(|row| row.id) else { return troubles.end() };
        last = id;
        let mut ids = Vec::new();
        for row in rows {
            let id = row.id;
            ids.extend(troubles.note("a job of an outbox", adopt(state, row).await).map(|()| id));
        }
        tracing::debug!(count = ids.len(), %last, "jobs were taken from an outbox");
        entity::Entity::delete_many().filter(entity::Column::Id.is_in(ids)).exec(plane).await?;
    }
}

async fn adopt(state: &AppState, row: entity::Model) -> Result<(), DbErr> {
    let origin = Origin { tenant: row.tenant_id, user: row.requested_by };
    queue::adopt(state, row.id, row.job_sealed, row.created_at, origin).await
}
