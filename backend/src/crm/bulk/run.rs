//! `POST /api/contacts/bulk`, `POST /api/corporations/bulk`

use super::act::{Act, Before, World};
use super::contacts::Contacts;
use super::corporations::Corporations;
use super::entity::{self, change};
use super::{Done, Target};
use crate::auth::{Command, Scope, TenantScope, permissions::BulkRun};
use crate::crm::tags::entity as tag;
use crate::crm::tags::link::{self as tags, Tagging};
use crate::db;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use ebenezer_shared::crm::bulk::{BulkAction, BulkReason, BulkRefusal, BulkResult, RunBulk};
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::permission::{Action, Module, Permission};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait as _, ColumnTrait as _, IntoActiveModel,
    PaginatorTrait as _, QueryFilter as _,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Does one thing to many people, all at once. Who cannot be changed is named, and the
/// others go on.
#[utoipa::path(post, path = "/api/contacts/bulk", tag = "bulk", request_body = RunBulk,
    responses((status = 200, body = BulkResult)))]
pub async fn change_contacts(
    scope: Scope<BulkRun>,
    Json(body): Json<RunBulk>,
) -> Result<Answer, ApiError> {
    run::<Contacts>(&scope, body).await
}

/// Does one thing to many companies, all at once. One that is somebody's primary is not
/// deleted; the others go on.
#[utoipa::path(post, path = "/api/corporations/bulk", tag = "bulk", request_body = RunBulk,
    responses((status = 200, body = BulkResult)))]
pub async fn change_corporations(
    scope: Scope<BulkRun>,
    Json(body): Json<RunBulk>,
) -> Result<Answer, ApiError> {
    run::<Corporations>(&scope, body).await
}

/// What doing it, or undoing it, needs beside `bulk.run`.
pub fn permission(list: ListName, action: BulkAction) -> Permission {
    let module = match list {
        ListName::Contacts => Module::Contacts,
        ListName::Corporations => Module::Corporations,
    };
    let removes = matches!(action, BulkAction::Delete | BulkAction::Merge);
    let action = if removes { Action::Delete } else { Action::Change };
    Permission::Module(module, action)
}

async fn run<T: Target>(scope: &TenantScope, body: RunBulk) -> Result<Answer, ApiError> {
    let needed = permission(T::LIST, body.action);
    if !scope.may(needed) {
        return Err(ApiError::missing(&needed));
    }
    let command = scope.command().await?;
    let act = Act::of(&command, T::LIST, &body).await?;
    let mut missing: BTreeSet<Uuid> = body.ids.iter().copied().collect();
    let ids: Vec<Uuid> = missing.iter().copied().collect();
    let rows = T::lock(&command, &ids).await?;
    let bulk = Uuid::now_v7();
    let world = World::of::<T::Tags>(&command, bulk, &ids).await?;
    let (mut unchanged, mut refused, mut befores) = (0, Vec::new(), Vec::new());
    for row in rows {
        let id = T::id(&row);
        missing.remove(&id);
        match T::change(&command, row, &act, &world).await? {
            Done::Unchanged => unchanged += 1,
            Done::Refused(reason) => refused.push(BulkRefusal::whole(id, reason)),
            Done::Changed { version, before } => {
                befores.push(change_of(&command, bulk, (id, version), &before)?);
            }
        }
    }
    refused.extend(missing.into_iter().map(|id| BulkRefusal::whole(id, BulkReason::NotFound)));
    let changed = u64::try_from(befores.len()).unwrap_or(u64::MAX);
    note(&command, bulk, (T::LIST, body.action, changed), befores).await?;
    let result = BulkResult { bulk_id: bulk.into(), changed, unchanged, refused };
    command.commit(Answer::ok(&result)?).await
}

/// How a record was before the change, sealed.
pub fn change_of(
    command: &Command<'_>,
    bulk: Uuid,
    (record, version): (Uuid, i32),
    before: &Before,
) -> Result<change::Model, ApiError> {
    Ok(change::Model {
        tenant_id: command.tenant_id(),
        bulk_id: bulk,
        record_id: record,
        version,
        before_sealed: command.state.sealer.seal(&serde_json::to_string(before)?),
    })
}

/// Writes what was done, and what undoes it.
pub async fn note(
    command: &Command<'_>,
    bulk: Uuid,
    (list, action, count): (ListName, BulkAction, u64),
    changes: Vec<change::Model>,
) -> Result<(), ApiError> {
    let row = entity::Model {
        id: bulk,
        tenant_id: command.tenant_id(),
        resource: list.as_str().to_owned(),
        action: action.as_str().to_owned(),
        actor_id: command.user_id(),
        actor_name: command.actor_name().to_owned(),
        changed: i32::try_from(count).unwrap_or(i32::MAX),
        undone_at: None,
        created_at: command.now(),
    };
    db::insert(command.tx(), [row.into_active_model().reset_all()]).await?;
    let changes = changes.into_iter().map(|row| row.into_active_model().reset_all());
    db::insert::<change::Entity, _, _>(command.tx(), changes).await?;
    Ok(())
}

/// Adds a tag or takes it off; answers the tags before and after as audit entries have them,
/// and how it was. None when it was so already.
pub async fn retag<L: Tagging>(
    command: &Command<'_>,
    record: Uuid,
    act: &Act,
    world: &World,
) -> Result<Option<(Value, Value, Before)>, ApiError>
where
    L::Model: IntoActiveModel<L::ActiveModel>,
    L::ActiveModel: ActiveModelBehavior + Send,
{
    let old = world.tags_of(record);
    let mut new = old.clone();
    let before = match act {
        Act::AddTag(tag) if !old.iter().any(|it| it.id == tag.id) => {
            let row = L::row(command.tenant_id(), record, tag.id.into());
            tags::add::<L>(command.tx(), [row]).await?;
            new.push(tag.clone());
            Before::Untagged(tag.clone())
        }
        Act::RemoveTag(tag) if old.iter().any(|it| it.id == tag.id) => {
            command
                .delete::<L>()
                .filter(L::record().eq(record))
                .filter(L::tag().eq(Uuid::from(tag.id)))
                .exec(command.tx())
                .await?;
            new.retain(|it| it.id != tag.id);
            Before::Tagged(tag.clone())
        }
        _ => return Ok(None),
    };
    Ok(Some((json!(old), json!(new), before)))
}

/// Whether the firm still has the tag.
pub async fn has_tag(command: &Command<'_>, id: Uuid) -> Result<bool, ApiError> {
    Ok(command.by_id::<tag::Entity>(id).count(command.tx()).await? > 0)
}
