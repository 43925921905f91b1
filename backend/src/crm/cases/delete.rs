//! `DELETE /api/cases/{id}`

use super::entity::{Column, Entity};
use super::{checklist, store};
use crate::audit::Audit;
use crate::auth::{Scope, permissions::CasesDelete};
use crate::crm::{notes, tasks, threads};
use crate::error::{ApiError, Refusal};
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Path};
use ebenezer_shared::ids::CaseId;
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::record::RecordType;
use sea_orm::{ColumnTrait as _, QueryFilter as _};
use uuid::Uuid;

/// Deletes a case with its checklist. One that tasks, notes or messages are about stays.
#[utoipa::path(delete, path = "/api/cases/{id}", tag = "cases",
    params(("id" = CaseId, Path), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 204),
        (status = 404, body = Problem),
        (status = 409, description = "`in_use`", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn delete_case(
    scope: Scope<CasesDelete>,
    Path(id): Path<CaseId>,
    if_match: IfMatch,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let row = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(row.version)?;
    let id = Uuid::from(id);
    let used = tasks::store::count_of_case(&scope, command.tx(), id).await?
        + notes::store::count_of_case(&scope, command.tx(), id).await?
        + threads::store::count_of_case(&scope, command.tx(), id).await?;
    if used > 0 {
        return Err(Refusal { used: Some(used), ..Refusal::new(ProblemCode::InUse) }.into());
    }
    let before = store::load(&scope, command.tx(), row).await?;
    checklist::clear(&command, id).await?;
    command.delete::<Entity>().filter(Column::Id.eq(id)).exec(command.tx()).await?;
    command.bury(RecordType::Case, id, None).await?;
    command.audit(Audit::deleted("case", id, &before)?).await?;
    command.commit(Answer::no_content()).await
}
