//! `DELETE /api/folders/{id}`

use super::entity::{Column, Entity};
use super::store;
use super::tree::Tree;
use crate::audit::Audit;
use crate::auth::{Scope, permissions::DocumentsDelete};
use crate::crm::documents::entity as document;
use crate::error::{ApiError, Refusal};
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Path};
use ebenezer_shared::ids::FolderId;
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::record::RecordType;
use sea_orm::{ColumnTrait as _, PaginatorTrait as _, QueryFilter as _};
use uuid::Uuid;

/// Deletes a folder in which nothing lies: no folder and no document, also none that is in
/// the trash.
#[utoipa::path(delete, path = "/api/folders/{id}", tag = "folders",
    params(("id" = FolderId, Path), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 204),
        (status = 404, body = Problem),
        (status = 409, description = "`in_use`; `used` says by how many", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn delete_folder(
    scope: Scope<DocumentsDelete>,
    Path(id): Path<FolderId>,
    if_match: IfMatch,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let known = store::find(&scope, command.tx(), id.into(), false).await?;
    known.client().lock(&command).await?;
    let tree = Tree::of(&command, known.client()).await?;
    let row = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(row.version)?;
    let id = Uuid::from(id);
    let inside = tree.below(id).len() - 1;
    let documents = command.select::<document::Entity>();
    let documents = documents.filter(document::Column::FolderId.eq(id));
    let used = documents.count(command.tx()).await? + inside as u64;
    if used > 0 {
        return Err(Refusal { used: Some(used), ..Refusal::new(ProblemCode::InUse) }.into());
    }
    let before = store::load(&scope, command.tx(), row).await?;
    command.delete::<Entity>().filter(Column::Id.eq(id)).exec(command.tx()).await?;
    command.bury(RecordType::Folder, id, None).await?;
    command.audit(Audit::deleted("folder", id, &before)?).await?;
    command.commit(Answer::no_content()).await
}
