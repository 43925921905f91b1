//! `DELETE /api/views/{id}`

use super::entity::{Column, Entity};
use super::{preference, rules, store};
use crate::audit::Audit;
use crate::auth::AnyMember;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Path};
use ebenezer_shared::ids::ViewId;
use ebenezer_shared::problem::Problem;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, QueryFilter as _};
use uuid::Uuid;

/// Deletes a view. Whose list started with it has the whole list again.
#[utoipa::path(delete, path = "/api/views/{id}", tag = "views",
    params(("id" = ViewId, Path), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 204),
        (status = 404, body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn delete_view(
    scope: AnyMember,
    Path(id): Path<ViewId>,
    if_match: IfMatch,
) -> Result<Answer, ApiError> {
    scope.must_write()?;
    let command = scope.command().await?;
    let id = Uuid::from(id);
    let row = store::find(&scope, command.tx(), id, true).await?;
    rules::changes(&scope, &row)?;
    if_match.check(row.version)?;
    let before = store::load(&scope, command.tx(), row).await?;
    let none: Option<Uuid> = None;
    command
        .update::<preference::Entity>()
        .filter(preference::Column::DefaultViewId.eq(id))
        .col_expr(preference::Column::DefaultViewId, Expr::value(none))
        .exec(command.tx())
        .await?;
    command.delete::<Entity>().filter(Column::Id.eq(id)).exec(command.tx()).await?;
    command.audit(Audit::deleted("view", id, &before)?).await?;
    command.commit(Answer::no_content()).await
}
