//! `/api/documents/{id}/versions`

use super::entity::{Entity, Model};
use super::upload::{Stored, Upload};
use super::{names, store, version};
use crate::audit::Audit;
use crate::auth::permissions::{DocumentsChange, DocumentsView};
use crate::auth::{Command, Scope, TenantScope};
use crate::crm::client::Names;
use crate::db::{self, normalize};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Path, PathPair};
use crate::storage::ledger;
use ebenezer_shared::crm::document::{Document, DocumentVersion, UploadVersion};
use ebenezer_shared::ids::{DocumentId, DocumentVersionId};
use ebenezer_shared::pagination::Page;
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _,
};
use uuid::Uuid;

/// The version of that id, of a document that the caller sees.
pub async fn find(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    document: &Model,
    id: DocumentVersionId,
) -> Result<version::Model, ApiError> {
    let row = scope.by_id::<version::Entity>(id);
    let row = row.filter(version::Column::DocumentId.eq(document.id)).one(db).await?;
    row.ok_or_else(|| ProblemCode::NotFound.into())
}

/// All versions of a document, the newest first.
#[utoipa::path(get, path = "/api/documents/{id}/versions", tag = "documents",
    params(("id" = DocumentId, Path)),
    responses((status = 200, body = Page<DocumentVersion>), (status = 404, body = Problem)))]
pub async fn list_document_versions(
    scope: Scope<DocumentsView>,
    Path(id): Path<DocumentId>,
) -> Result<Answer, ApiError> {
    let document = store::find(&scope, scope.db(), id.into(), false).await?;
    let rows = scope
        .select::<version::Entity>()
        .filter(version::Column::DocumentId.eq(document.id))
        .order_by_desc(version::Column::Number)
        .all(scope.db())
        .await?;
    let people = rows.iter().map(|row| row.created_by);
    let names = Names::of(&scope, scope.db(), [], [], people).await?;
    let number = |number: i32| u32::try_from(number).unwrap_or_default();
    let view = |row: version::Model| DocumentVersion {
        id: row.id.into(),
        number: number(row.number),
        content_type: store::file_type(&row.extension).content_type().to_owned(),
        size: u64::try_from(row.size).unwrap_or_default(),
        is_current: row.number == document.current_number,
        restored_from: row.restored_from.map(number),
        created_by: names.colleague(row.created_by),
        name: row.name,
        sha256: row.sha256,
        created_at: row.created_at,
    };
    Answer::ok(&Page::whole(rows.into_iter().map(view).collect()))
}

/// Adds a version, which is the present one from then on. It may be of another type; the
/// document keeps its name but for the extension.
#[utoipa::path(post, path = "/api/documents/{id}/versions", tag = "documents",
    params(("id" = DocumentId, Path), ("If-Match" = Option<String>, Header)),
    request_body(content = UploadVersion, content_type = "multipart/form-data"),
    responses(
        (status = 201, body = Document),
        (status = 402, description = "`plan_limit`: no room in the plan's storage", body = Problem),
        (status = 404, body = Problem),
        (status = 409, description = "`state_conflict`: it is in the trash", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn create_document_version(
    scope: Scope<DocumentsChange>,
    Path(id): Path<DocumentId>,
    if_match: IfMatch,
    upload: Upload,
) -> Result<Answer, ApiError> {
    upload.only(&[])?;
    let _turn = scope.state.storage.turn().await?;
    // Before anything is stored; the command looks again.
    let row = store::find(&scope, scope.db(), id.into(), false).await?;
    if_match.check(row.version)?;
    store::must_not_be_trashed(&row)?;
    let stored = upload.file.store(&scope).await?;
    let key = stored.key;
    let answer = add(&scope, id.into(), &if_match, stored).await;
    if answer.is_err() {
        ledger::give_up(&scope, key).await?;
    }
    answer
}

async fn add(
    scope: &TenantScope,
    id: Uuid,
    if_match: &IfMatch,
    stored: Stored,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let before = store::find(scope, command.tx(), id, true).await?;
    if_match.check(before.version)?;
    store::must_not_be_trashed(&before)?;
    ledger::keep(&command, stored.key).await?;
    let mut row = before.clone();
    row.file_id = stored.key.id;
    stored.kind.extension().clone_into(&mut row.extension);
    row.size = stored.size;
    row.sha256 = stored.sha256;
    let (document, entity_version) =
        advance(&command, before, row, (None, stored.name), "new_version").await?;
    let location = format!("/api/documents/{id}");
    command.commit(Answer::created(location, &document)?.etag(entity_version)).await
}

/// Makes the content of an earlier version the present one again, as a version of its own.
#[utoipa::path(post, path = "/api/documents/{id}/versions/{version_id}/restore",
    tag = "documents",
    params(("id" = DocumentId, Path), ("version_id" = DocumentVersionId, Path)),
    responses(
        (status = 200, body = Document),
        (status = 404, body = Problem),
        (status = 409, description = "`state_conflict`: it is the present one, or the document is in the trash",
            body = Problem),
    ))]
pub async fn restore_document_version(
    scope: Scope<DocumentsChange>,
    PathPair(id, version_id): PathPair<DocumentId, DocumentVersionId>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let before = store::find(&scope, command.tx(), id.into(), true).await?;
    let former = find(&scope, command.tx(), &before, version_id).await?;
    store::must_not_be_trashed(&before)?;
    if former.number == before.current_number {
        return Err(ProblemCode::StateConflict.into());
    }
    let mut row = before.clone();
    row.file_id = former.file_id;
    row.extension = former.extension;
    row.size = former.size;
    row.sha256 = former.sha256;
    let from = (Some(former.number), former.name);
    let (document, entity_version) =
        advance(&command, before, row, from, "restore_version").await?;
    command.commit(Answer::ok(&document)?.etag(entity_version)).await
}

/// Writes a document's next version, which came from an earlier one or as a file of a name.
async fn advance(
    command: &Command<'_>,
    before: Model,
    mut row: Model,
    (restored_from, file_name): (Option<i32>, String),
    action: &'static str,
) -> Result<(Document, i32), ApiError> {
    let kind = store::file_type(&row.extension);
    kind.kind().as_str().clone_into(&mut row.kind);
    if row.extension != before.extension {
        let stem = names::split(&before.name).0;
        row.name = names::clean(&format!("{stem}.{}", kind.extension()), kind);
        row.sort_name = normalize(&row.name);
        row.search_text = names::search_text(&row.name, row.note.as_deref());
    }
    row.current_number += 1;
    row.version += 1;
    row.updated_at = command.now();
    let entity_version = row.version;
    let mut next = version::Model::of(&row, Some(command.user_id()), restored_from);
    next.name = file_name;
    let shown = store::load(command, command.tx(), before).await?;
    db::insert(command.tx(), [next.into_active_model().reset_all()]).await?;
    command.save::<Entity>(row.id, row.clone().into_active_model()).await?;
    let after = store::load(command, command.tx(), row).await?;
    let entry = Audit::updated("document", after.id, &shown, &after)?;
    command.audit(entry.named(action)).await?;
    Ok((after, entity_version))
}
