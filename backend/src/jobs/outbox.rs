//! The outbox of a tenant plane: what commands want done, written in their transaction.
//!
//! The relay copies a row to the job table under the row's own id and then deletes it. A
//! relay that dies between the two copies it again, and the job table takes an id once. A row
//! that cannot be read becomes a job that was given up, sealed as it is.

use super::{Job, Origin, queue};
use crate::db;
use crate::state::AppState;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set,
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

/// Carries what the outboxes of all planes hold to the job table.
#[expect(clippy::disallowed_methods, reason = "the relay serves every firm of a plane")]
pub async fn relay(state: &AppState) -> anyhow::Result<()> {
    for plane in state.planes.all_tenant_planes() {
        loop {
            let oldest = entity::Entity::find().order_by_asc(entity::Column::Id).limit(BATCH);
            let rows = oldest.all(&plane).await?;
            let Some(last) = rows.last().map(|row| row.id) else { break };
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            for row in rows {
                adopt(state, row).await?;
            }
            tracing::debug!(count = ids.len(), %last, "jobs were taken from an outbox");
            entity::Entity::delete_many()
                .filter(entity::Column::Id.is_in(ids))
                .exec(&plane)
                .await?;
        }
    }
    Ok(())
}

async fn adopt(state: &AppState, row: entity::Model) -> Result<(), DbErr> {
    let origin = Origin { tenant: row.tenant_id, user: row.requested_by };
    queue::adopt(state, row.id, row.job_sealed, row.created_at, origin).await
}
