//! Files of messages: `POST /api/attachments` and `/{id}/download`

use super::attachment::{Column, Entity, Model};
use super::{message, sight};
use crate::auth::permissions::{MessagesAdd, MessagesView};
use crate::auth::{Scope, TenantScope};
use crate::crm::documents::content::{self, Content};
use crate::crm::documents::store::file_type;
use crate::crm::documents::upload::{Stored, Upload};
use crate::db::{self, begin_write};
use crate::error::ApiError;
use crate::http::answer::{Answer, Stream};
use crate::http::file::ByteRange;
use crate::http::input::Path;
use crate::jobs::Troubles;
use crate::state::AppState;
use crate::storage::ledger;
use chrono::{DateTime, TimeDelta, Utc};
use ebenezer_shared::crm::thread::{Attachment, UploadAttachment};
use ebenezer_shared::ids::AttachmentId;
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, DatabaseConnection, DbErr,
    EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

/// What no message took along for so long is swept.
const SENT_WITHIN: TimeDelta = TimeDelta::hours(24);
/// So many in one transaction.
const AT_ONCE: u64 = 200;

/// Uploads a file for a message that is being written: name it there within a day. It is
/// judged as documents are, and counts against the plan's storage.
#[utoipa::path(post, path = "/api/attachments", tag = "messages",
    request_body(content = UploadAttachment, content_type = "multipart/form-data"),
    responses(
        (status = 201, body = Attachment),
        (status = 402, description = "`plan_limit`: no room in the plan's storage", body = Problem),
    ))]
pub async fn create_attachment(
    scope: Scope<MessagesAdd>,
    upload: Upload,
) -> Result<Answer, ApiError> {
    upload.only(&[])?;
    let _turn = scope.state.storage.turn().await?;
    let stored = upload.file.store(&scope).await?;
    let key = stored.key;
    let answer = write(&scope, stored).await;
    if answer.is_err() {
        ledger::give_up(&scope, key).await?;
    }
    answer
}

async fn write(scope: &TenantScope, stored: Stored) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    ledger::keep(&command, stored.key).await?;
    let row = Model {
        id: Uuid::now_v7(),
        tenant_id: scope.tenant_id(),
        message_id: None,
        position: 0,
        file_id: stored.key.id,
        name: stored.name,
        extension: stored.kind.extension().to_owned(),
        size: stored.size,
        sha256: stored.sha256,
        created_by: scope.user_id(),
        created_at: scope.now(),
    };
    let new = row.clone().into_active_model().reset_all();
    db::insert::<Entity, _, _>(command.tx(), [new]).await?;
    let location = format!("/api/attachments/{}/download", row.id);
    command.commit(Answer::created(location, &row.view())?).await
}

/// The file of a message, byte for byte; or one's own that no message has yet.
#[utoipa::path(get, path = "/api/attachments/{id}/download", tag = "messages",
    params(("id" = AttachmentId, Path), ("Range" = Option<String>, Header)),
    responses(
        (status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 206, description = "The part that `Range` asks for",
            content_type = "application/octet-stream", body = Vec<u8>),
        (status = 404, body = Problem),
    ))]
pub async fn download_attachment(
    scope: Scope<MessagesView>,
    Path(id): Path<AttachmentId>,
    range: ByteRange,
) -> Result<Stream, ApiError> {
    let row = find(&scope, id.into()).await?;
    let file = Content {
        file: row.file_id,
        number: 1,
        kind: file_type(&row.extension),
        name: row.name,
        size: row.size,
        sha256: row.sha256,
    };
    let part = file.part(&range);
    content::stream(&scope, file, part, false).await
}

async fn find(scope: &TenantScope, id: Uuid) -> Result<Model, ApiError> {
    let threads = sight::visible(scope).select_only().column(super::entity::Column::Id);
    let messages = scope.select::<message::Entity>();
    let seen = messages.filter(message::Column::ThreadId.in_subquery(threads.into_query()));
    let seen = seen.select_only().column(message::Column::Id).into_query();
    let own = Condition::all().add(Column::MessageId.is_null());
    let own = own.add(Column::CreatedBy.eq(scope.user_id()));
    let seen = Condition::any().add(Column::MessageId.in_subquery(seen)).add(own);
    let row = scope.by_id::<Entity>(id).filter(seen);
    row.one(scope.db()).await?.ok_or_else(|| ProblemCode::NotFound.into())
}

/// Takes away what no message took along in a day.
pub async fn late(state: &AppState) -> anyhow::Result<()> {
    let mut troubles = Troubles::default();
    let limit = state.clock.now() - SENT_WITHIN;
    for plane in state.planes.all_tenant_planes() {
        troubles.note("files that no message has", of_plane(&plane, limit).await);
    }
    troubles.end()
}

async fn of_plane(plane: &DatabaseConnection, limit: DateTime<Utc>) -> Result<(), DbErr> {
    loop {
        let tx = begin_write(plane).await?;
        #[expect(clippy::disallowed_methods, reason = "housekeeping serves every firm")]
        let unsent = Entity::find().filter(Column::MessageId.is_null());
        let unsent = unsent.filter(Column::CreatedAt.lt(limit)).limit(AT_ONCE).lock_exclusive();
        let unsent = unsent.all(&tx).await?;
        if unsent.is_empty() {
            return Ok(());
        }
        for row in unsent {
            let gone = db::delete_by::<Entity>(row.tenant_id).filter(Column::Id.eq(row.id));
            gone.exec(&tx).await?;
            ledger::discard(&tx, row.tenant_id, &[row.file_id]).await?;
        }
        tx.commit().await?;
    }
}
