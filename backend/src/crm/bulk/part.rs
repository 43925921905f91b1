//! One part of a run: what is done to some of the records, and how far the run is then, in one
//! transaction. Whoever goes on, and however often, starts behind the last part that was
//! written, so nothing is done twice.

use super::Way;
use super::act::{Act, World};
use super::apply::{Done, change};
use super::asked::{Asked, run_of};
use super::back::take_back;
use super::entity::{self, change as stored, refusal, run};
use super::kind::Kind;
use super::run::change_of;
use crate::auth::{Command, TenantScope};
use crate::db::{self, TenantOwned};
use crate::error::ApiError;
use ebenezer_shared::crm::bulk::{BulkReason, BulkRefusal, RunBulk};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::json;
use uuid::Uuid;

/// So many records in one transaction.
const PART: u64 = 50;

/// What a part came to.
#[derive(Default)]
struct Part {
    /// The last of its records, none when there were none left.
    reached: Option<Uuid>,
    done: u64,
    changed: u64,
    unchanged: u64,
    refused: Vec<BulkRefusal>,
}

/// Does the next part; answers how far the run is then.
pub(super) async fn next<K: Kind>(
    scope: &TenantScope,
    (bulk, way, job): (Uuid, Way, Uuid),
    asked: &Asked,
) -> Result<run::Model, ApiError> {
    let command = scope.command_unremembered().await?;
    // Whoever undoes it locks the same row first.
    command.by_id::<entity::Entity>(bulk).lock_exclusive().one(command.tx()).await?;
    let run = run_of(scope, bulk, way).filter(run::Column::JobId.eq(job)).lock_exclusive();
    let run = run.one(command.tx()).await?;
    let mut run = run.ok_or_else(|| anyhow::anyhow!("the run of a change of many is gone"))?;
    if run.ended_at.is_some() {
        return Ok(run);
    }
    let part = match (way, &asked.body) {
        (Way::Forth, Some(body)) => forth::<K>(&command, &run, body).await?,
        (Way::Forth, None) => return Err(anyhow::anyhow!("nothing was asked for").into()),
        (Way::Back, _) => back::<K>(&command, &run).await?,
    };
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    run.reached = part.reached.or(run.reached);
    run.done += number(part.done);
    run.changed += number(part.changed);
    run.unchanged += number(part.unchanged);
    run.refused += number(part.refused.len() as u64);
    if part.done < PART {
        run.ended_at = Some(command.now());
        run.total = run.done;
    }
    run.total = Ord::max(run.total, run.done);
    refuse(&command, &run, part.refused).await?;
    save(&command, &run).await?;
    if way == Way::Back && run.ended_at.is_some() {
        close(&command, bulk).await?;
    }
    command.commit_silently().await?;
    Ok(run)
}

/// Does it to the next ones that match: those that were there when it was asked for.
async fn forth<K: Kind>(
    command: &Command<'_>,
    run: &run::Model,
    body: &RunBulk,
) -> Result<Part, ApiError> {
    let act = Act::of(command, K::LIST, body).await?;
    let filter = K::filter(body.matching.as_deref().unwrap_or_default())?;
    let key = <K::Entity as TenantOwned>::id_column();
    let mut meant = K::meant(command, &filter).await?.filter(K::created_at().lte(run.created_at));
    if let Some(reached) = run.reached {
        meant = meant.filter(key.gt(reached));
    }
    // Asked once more of each row under its lock, where somebody changed it meanwhile.
    let rows = meant.order_by_asc(key).limit(PART).lock_exclusive().all(command.tx()).await?;
    let ids: Vec<Uuid> = rows.iter().map(K::id).collect();
    let world = World::of::<K::Tagged>(command, run.bulk_id, &ids).await?;
    let mut part = Part { reached: ids.last().copied(), done: ids.len() as u64, ..Part::default() };
    let mut befores = Vec::new();
    for row in rows {
        let id = K::id(&row);
        match change::<K>(command, row, &act, &world).await? {
            Done::Unchanged => part.unchanged += 1,
            Done::Refused(reason) => part.refused.push(BulkRefusal::whole(id, reason)),
            Done::Changed { version, before } => {
                let before = change_of(command, run.bulk_id, (id, version), &before)?;
                befores.push(before.into_active_model().reset_all());
            }
        }
    }
    part.changed = befores.len() as u64;
    db::insert::<stored::Entity, _, _>(command.tx(), befores).await?;
    command
        .update::<entity::Entity>()
        .filter(entity::Column::Id.eq(run.bulk_id))
        .col_expr(
            entity::Column::Changed,
            Expr::col(entity::Column::Changed).add(i32::try_from(part.changed).unwrap_or_default()),
        )
        .exec(command.tx())
        .await?;
    Ok(part)
}

/// Takes the next ones back, the last to go first.
async fn back<K: Kind>(command: &Command<'_>, run: &run::Model) -> Result<Part, ApiError> {
    let mut changes = command
        .select::<stored::Entity>()
        .filter(stored::Column::BulkId.eq(run.bulk_id))
        .order_by_desc(stored::Column::RecordId)
        .limit(PART);
    if let Some(reached) = run.reached {
        changes = changes.filter(stored::Column::RecordId.lt(reached));
    }
    let changes = changes.all(command.tx()).await?;
    let mut part = Part {
        reached: changes.last().map(|change| change.record_id),
        done: changes.len() as u64,
        ..Part::default()
    };
    let result = take_back::<K>(command, run.bulk_id, changes).await?;
    part.changed = result.restored;
    part.refused = result.left;
    Ok(part)
}

/// It is undone, unless something stands in the way that may go.
async fn close(command: &Command<'_>, bulk: Uuid) -> Result<(), ApiError> {
    let in_the_way = command
        .select::<refusal::Entity>()
        .filter(refusal::Column::BulkId.eq(bulk))
        .filter(refusal::Column::Undoing.eq(true))
        .filter(refusal::Column::Reason.eq(BulkReason::Conflict.as_str()))
        .count(command.tx())
        .await?;
    if in_the_way == 0 {
        super::undo::close(command, bulk).await?;
    }
    Ok(())
}

async fn refuse(
    command: &Command<'_>,
    run: &run::Model,
    refused: Vec<BulkRefusal>,
) -> Result<(), ApiError> {
    let row = |it: BulkRefusal| refusal::Model {
        tenant_id: run.tenant_id,
        bulk_id: run.bulk_id,
        undoing: run.undoing,
        record_id: it.id,
        reason: it.reason.as_str().to_owned(),
        fields: json!(it.fields),
    };
    let rows = refused.into_iter().map(|it| row(it).into_active_model().reset_all());
    Ok(db::insert::<refusal::Entity, _, _>(command.tx(), rows).await?)
}

async fn save(command: &Command<'_>, run: &run::Model) -> Result<(), ApiError> {
    command
        .update::<run::Entity>()
        .filter(run::Column::BulkId.eq(run.bulk_id))
        .filter(run::Column::Undoing.eq(run.undoing))
        .set(run.clone().into_active_model().reset_all())
        .exec(command.tx())
        .await?;
    Ok(())
}
