//! What a worker is asked to do with many records.

use super::Way;
use super::act::Act;
use super::entity::run;
use super::kind::Kind;
use super::run::{note, permission};
use crate::auth::{Command, TenantScope};
use crate::db;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::jobs::Job;
use ebenezer_shared::crm::bulk::RunBulk;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::permission::{Named, Permission};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _,
};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use uuid::Uuid;

/// What is done, and the request that asked for it: the histories name its origin. It is
/// stored sealed, since people search by names and numbers.
#[derive(Serialize, Deserialize)]
pub(super) struct Asked {
    /// None to take the change back.
    pub body: Option<RunBulk>,
    pub request_id: String,
    pub ip: IpAddr,
    pub locale: Locale,
}

impl Asked {
    fn by(scope: &TenantScope, body: Option<RunBulk>) -> Self {
        let info = &scope.info;
        Self { body, request_id: info.request_id.clone(), ip: info.ip, locale: info.locale }
    }
}

/// Leaves a change of all that the body's query means to a worker. 422 naming `matching` for a
/// query that the list would not take.
pub(super) async fn ask<K: Kind>(
    scope: &TenantScope,
    body: RunBulk,
    matching: &str,
) -> Result<Answer, ApiError> {
    let filter = K::filter(matching).map_err(|_| ApiError::invalid("matching", "invalid"))?;
    let command = scope.command().await?;
    Act::of(&command, K::LIST, &body).await?;
    let bulk = Uuid::now_v7();
    let total = K::meant(scope, &filter).await?.count(command.tx()).await?;
    let row = note(&command, bulk, (K::LIST, body.action, 0), Vec::new()).await?;
    let run = enqueue(&command, bulk, Way::Forth, (total, Some(body))).await?;
    let info = super::info::of_new(scope, row, run);
    command.commit(Answer::accepted(&info)?).await
}

/// Enqueues the run and notes where it starts.
pub(super) async fn enqueue(
    command: &Command<'_>,
    bulk: Uuid,
    way: Way,
    (total, body): (u64, Option<RunBulk>),
) -> Result<run::Model, ApiError> {
    let job = command.enqueue(&Job::Bulk { bulk, way }).await?;
    let asked = serde_json::to_string(&Asked::by(command, body))?;
    let row = run::Model {
        tenant_id: command.tenant_id(),
        bulk_id: bulk,
        undoing: way == Way::Back,
        job_id: job.into(),
        asked_sealed: command.state.sealer.seal(&asked),
        reached: None,
        done: 0,
        total: i64::try_from(total).unwrap_or(i64::MAX),
        changed: 0,
        unchanged: 0,
        refused: 0,
        stopped: None,
        ended_at: None,
        created_at: command.now(),
    };
    db::insert(command.tx(), [row.clone().into_active_model().reset_all()]).await?;
    Ok(row)
}

/// The run, locked when it is to go on.
pub(super) fn run_of(scope: &TenantScope, bulk: Uuid, way: Way) -> sea_orm::Select<run::Entity> {
    scope
        .select::<run::Entity>()
        .filter(run::Column::BulkId.eq(bulk))
        .filter(run::Column::Undoing.eq(way == Way::Back))
}

/// 403 unless whoever asks may do that to many.
pub(super) fn must_be_allowed<K: Kind>(
    scope: &TenantScope,
    action: ebenezer_shared::crm::bulk::BulkAction,
) -> Result<(), ApiError> {
    for needed in [Permission::Named(Named::BulkRun), permission(K::LIST, action)] {
        if !scope.may(needed) {
            return Err(ApiError::missing(&needed));
        }
    }
    Ok(())
}
