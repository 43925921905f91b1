//! `PATCH /api/documents/{id}`

use super::entity::{Entity, Model};
use super::{names, store};
use crate::audit::Audit;
use crate::auth::{Scope, permissions::DocumentsChange};
use crate::crm::folders::store as folders;
use crate::db::normalize;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json, Path};
use ebenezer_shared::crm::document::{Document, UpdateDocument};
use ebenezer_shared::ids::DocumentId;
use ebenezer_shared::patch::Patch;
use ebenezer_shared::problem::Problem;
use sea_orm::IntoActiveModel as _;
use uuid::Uuid;

/// Renames a document, moves it, notes something about it, shares it with the client's portal.
#[utoipa::path(patch, path = "/api/documents/{id}", tag = "documents",
    params(("id" = DocumentId, Path), ("If-Match" = Option<String>, Header)),
    request_body = UpdateDocument,
    responses(
        (status = 200, body = Document),
        (status = 404, body = Problem),
        (status = 409, description = "`state_conflict`: it is in the trash", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn update_document(
    scope: Scope<DocumentsChange>,
    Path(id): Path<DocumentId>,
    if_match: IfMatch,
    Json(body): Json<UpdateDocument>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let before = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(before.version)?;
    store::must_not_be_trashed(&before)?;
    let mut row = before.clone();
    if let Patch::Value(name) = body.name {
        row.name = names::clean(&name, store::file_type(&row.extension));
        row.sort_name = normalize(&row.name);
    }
    if let Some(note) = body.note.change() {
        row.note = note;
    }
    row.search_text = names::search_text(&row.name, row.note.as_deref());
    if let Some(folder) = body.folder_id.map(Uuid::from).filter(|id| *id != before.folder_id) {
        let folder = folders::named(&scope, command.tx(), "folder_id", folder, true).await?;
        row.folder_id = folder.id;
    }
    row.shared_with_portal = body.shared_with_portal.unwrap_or(row.shared_with_portal);
    if row == before {
        let unchanged = store::load(&scope, command.tx(), before).await?;
        return command.commit(Answer::ok(&unchanged)?.etag(row.version)).await;
    }
    row.version += 1;
    row.updated_at = scope.now();
    let (version, action) = (row.version, what(&before, &row));
    let shown = store::load(&scope, command.tx(), before).await?;
    command.save::<Entity>(row.id, row.clone().into_active_model()).await?;
    let after = store::load(&scope, command.tx(), row).await?;
    let entry = Audit::updated("document", id, &shown, &after)?;
    command.audit(entry.named(action)).await?;
    command.commit(Answer::ok(&after)?.etag(version)).await
}

/// What the change is called in the log: what matters most of it.
fn what(before: &Model, after: &Model) -> &'static str {
    if before.shared_with_portal != after.shared_with_portal {
        if after.shared_with_portal { "share" } else { "unshare" }
    } else if before.folder_id != after.folder_id {
        "move"
    } else {
        "update"
    }
}
