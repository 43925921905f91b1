//! `POST /api/contacts/bulk`, `POST /api/corporations/bulk`

use super::act::{Act, Before, World};
use super::apply::{Done, change as apply, lock};
use super::asked::ask;
use super::entity::{self, change};
use super::kind::Kind;
use crate::auth::{Command, Scope, TenantScope, permissions::BulkRun};
use crate::crm::merge::{self, Contacts, Corporations};
use crate::db;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use ebenezer_shared::crm::bulk::{
    BulkAction, BulkInfo, BulkReason, BulkRefusal, BulkResult, RunBulk,
};
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::permission::{Action, Module, Permission};
use ebenezer_shared::problem::Problem;
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Does one thing to many people: to those of the `ids` at once, to all that are `matching` in
/// parts, by a worker. Who cannot be changed is named, and the others go on.
#[utoipa::path(post, path = "/api/contacts/bulk", tag = "bulk", request_body = RunBulk,
    responses(
        (status = 200, body = BulkResult),
        (status = 202, description = "A worker does it: `/api/bulk/{id}` tells how far it is",
            body = BulkInfo),
        (status = 409, description = "`state_conflict`: something that it needs was changed at \
            the same time", body = Problem),
    ))]
pub async fn change_contacts(
    scope: Scope<BulkRun>,
    Json(body): Json<RunBulk>,
) -> Result<Answer, ApiError> {
    run::<Contacts>(&scope, body).await
}

/// Does one thing to many companies: to those of the `ids` at once, to all that are `matching`
/// in parts, by a worker. One that is somebody's primary is not deleted; the others go on.
#[utoipa::path(post, path = "/api/corporations/bulk", tag = "bulk", request_body = RunBulk,
    responses(
        (status = 200, body = BulkResult),
        (status = 202, description = "A worker does it: `/api/bulk/{id}` tells how far it is",
            body = BulkInfo),
        (status = 409, description = "`state_conflict`: something that it needs was changed at \
            the same time", body = Problem),
    ))]
pub async fn change_corporations(
    scope: Scope<BulkRun>,
    Json(body): Json<RunBulk>,
) -> Result<Answer, ApiError> {
    run::<Corporations>(&scope, body).await
}

/// What doing it, or undoing it, needs beside `bulk.run`.
pub fn permission(list: ListName, action: BulkAction) -> Permission {
    let removes = matches!(action, BulkAction::Delete | BulkAction::Merge);
    Permission::Module(module(list), if removes { Action::Delete } else { Action::Change })
}

/// The module that a list belongs to.
pub const fn module(list: ListName) -> Module {
    match list {
        ListName::Contacts => Module::Contacts,
        ListName::Corporations => Module::Corporations,
    }
}

async fn run<K: Kind>(scope: &TenantScope, body: RunBulk) -> Result<Answer, ApiError> {
    let needed = permission(K::LIST, body.action);
    if !scope.may(needed) {
        return Err(ApiError::missing(&needed));
    }
    match (body.matching.clone(), body.ids.is_empty()) {
        (Some(matching), true) => ask::<K>(scope, body, &matching).await,
        (Some(_), false) => Err(ApiError::invalid("matching", "unknown_field")),
        (None, true) => Err(ApiError::invalid("ids", "required")),
        (None, false) => at_once::<K>(scope, &body).await.map_err(merge::raced),
    }
}

async fn at_once<K: Kind>(scope: &TenantScope, body: &RunBulk) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let act = Act::of(&command, K::LIST, body).await?;
    let mut missing: BTreeSet<Uuid> = body.ids.iter().copied().collect();
    let ids: Vec<Uuid> = missing.iter().copied().collect();
    let rows = lock::<K>(&command, &ids).await?;
    let bulk = Uuid::now_v7();
    let world = World::of::<K::Tagged>(&command, bulk, &ids).await?;
    let (mut unchanged, mut refused, mut befores) = (0, Vec::new(), Vec::new());
    for row in rows {
        let id = K::id(&row);
        missing.remove(&id);
        match apply::<K>(&command, row, &act, &world).await? {
            Done::Unchanged => unchanged += 1,
            Done::Refused(reason) => refused.push(BulkRefusal::whole(id, reason)),
            Done::Changed { version, before } => {
                befores.push(change_of(&command, bulk, (id, version), &before)?);
            }
        }
    }
    refused.extend(missing.into_iter().map(|id| BulkRefusal::whole(id, BulkReason::NotFound)));
    let changed = u64::try_from(befores.len()).unwrap_or(u64::MAX);
    note(&command, bulk, (K::LIST, body.action, changed), befores).await?;
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
) -> Result<entity::Model, ApiError> {
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
    db::insert(command.tx(), [row.clone().into_active_model().reset_all()]).await?;
    let changes = changes.into_iter().map(|row| row.into_active_model().reset_all());
    db::insert::<change::Entity, _, _>(command.tx(), changes).await?;
    Ok(row)
}
