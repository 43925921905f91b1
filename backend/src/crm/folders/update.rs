//! `PATCH /api/folders/{id}`

use super::entity::{Column, Entity, Model};
use super::sight::Sight;
use super::store;
use super::tree::Tree;
use crate::audit::Audit;
use crate::auth::{Command, Scope, permissions::DocumentsChange};
use crate::crm::departments;
use crate::db::normalize;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json, Path};
use ebenezer_shared::crm::folder::{Folder, UpdateFolder};
use ebenezer_shared::ids::FolderId;
use ebenezer_shared::patch::Patch;
use ebenezer_shared::problem::Problem;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait as _, IntoActiveModel as _, QueryFilter as _};
use uuid::Uuid;

/// Renames a folder, moves it with all that lies in it, gives it to a department.
#[utoipa::path(patch, path = "/api/folders/{id}", tag = "folders",
    params(("id" = FolderId, Path), ("If-Match" = Option<String>, Header)),
    request_body = UpdateFolder,
    responses(
        (status = 200, body = Folder),
        (status = 404, body = Problem),
        (status = 409, description = "`duplicate`: a sibling has the name", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn update_folder(
    scope: Scope<DocumentsChange>,
    Path(id): Path<FolderId>,
    if_match: IfMatch,
    Json(body): Json<UpdateFolder>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let known = store::find(&scope, command.tx(), id.into(), false).await?;
    known.client().lock(&command).await?;
    let tree = Tree::of(&command, known.client()).await?;
    let before = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(before.version)?;
    let mut row = before.clone();
    if let Patch::Value(name) = body.name {
        row.sort_name = normalize(&name);
        row.name = name;
    }
    row.position = body.order.unwrap_or(row.position);
    settle(&command, &tree, &mut row, body.parent_id, body.department_id).await?;
    if row == before {
        let unchanged = store::load(&scope, command.tx(), before).await?;
        return command.commit(Answer::ok(&unchanged)?.etag(row.version)).await;
    }
    tree.check_name(&row)?;
    row.version += 1;
    row.updated_at = scope.now();
    let version = row.version;
    let shown = store::load(&scope, command.tx(), before.clone()).await?;
    command.save::<Entity>(row.id, row.clone().into_active_model()).await?;
    if row.department_id != before.department_id {
        hand_down(&command, &tree, &row).await?;
    }
    let after = store::load(&scope, command.tx(), row).await?;
    command.audit(Audit::updated("folder", id, &shown, &after)?).await?;
    command.commit(Answer::ok(&after)?.etag(version)).await
}

/// Its parent and its department, which follows from the parent's.
async fn settle(
    command: &Command<'_>,
    tree: &Tree,
    row: &mut Model,
    parent: Patch<FolderId>,
    department: Patch<ebenezer_shared::ids::DepartmentId>,
) -> Result<(), ApiError> {
    if let Some(parent) = parent.change() {
        row.parent_id = parent.map(Uuid::from);
    }
    let department = department.change().map(|it| it.map(Uuid::from));
    let Some(parent) = row.parent_id else {
        if let Some(department) = department {
            if let Some(department) = department {
                departments::store::check(command, command.tx(), department).await?;
            }
            Sight::of(command).check(department)?;
            row.department_id = department;
        }
        return Ok(());
    };
    let seen = store::named(command, command.tx(), "parent_id", parent, false).await?;
    if seen.client() != row.client() {
        return Err(ApiError::invalid("parent_id", "other_client"));
    }
    tree.check_parent(Some(row.id), parent)?;
    if department.is_some_and(|department| department != seen.department_id) {
        return Err(ApiError::invalid("department_id", "parents_department"));
    }
    row.department_id = seen.department_id;
    Ok(())
}

/// What lies in the folder has its department.
async fn hand_down(command: &Command<'_>, tree: &Tree, row: &Model) -> Result<(), ApiError> {
    let below = tree.below(row.id).into_iter().filter(|id| *id != row.id);
    command
        .update::<Entity>()
        .filter(Column::Id.is_in(below))
        .col_expr(Column::DepartmentId, Expr::value(row.department_id))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1i32))
        .col_expr(Column::UpdatedAt, Expr::value(command.now()))
        .exec(command.tx())
        .await?;
    Ok(())
}
