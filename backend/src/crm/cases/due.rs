//! The day on which a case is due.

use super::entity::{Column, Entity, Model};
use super::rules;
use crate::audit::Audit;
use crate::auth::Command;
use crate::crm::corporations::entity as corporation;
use crate::error::ApiError;
use ebenezer_shared::crm::case::CaseStatus;
use ebenezer_shared::crm::case::deadline::Filing;
use sea_orm::{
    ColumnTrait as _, DbErr, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use serde_json::json;
use uuid::Uuid;

/// Lets the day follow from the rules, unless somebody set it by hand.
pub async fn follow(command: &Command<'_>, row: &mut Model) -> Result<(), DbErr> {
    if row.due_is_set {
        return Ok(());
    }
    let company = match row.corporation_id {
        Some(id) => command.by_id::<corporation::Entity>(id).one(command.tx()).await?,
        None => None,
    };
    let filing = Filing {
        kind: rules::kind(row),
        tax_year: row.tax_year,
        period: rules::period(row),
        is_extended: row.is_extended,
        fiscal_year_end: company.as_ref().and_then(|it| it.fiscal_year_end.as_deref()),
    };
    row.due_on = filing.due_on();
    Ok(())
}

/// Lets the days of the open cases of companies follow, after a fiscal year or the company of a
/// case changed. Each case whose day is another one then has a next version, and its history
/// tells of it.
pub async fn of_companies(command: &Command<'_>, companies: &[Uuid]) -> Result<(), ApiError> {
    let open = CaseStatus::ALL.iter().filter(|status| status.is_open());
    let cases = command
        .select::<Entity>()
        .filter(Column::CorporationId.is_in(companies.iter().copied()))
        .filter(Column::DueIsSet.eq(false))
        .filter(Column::Status.is_in(open.map(|status| status.as_str())))
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(command.tx())
        .await?;
    for known in cases {
        let mut row = known.clone();
        follow(command, &mut row).await?;
        if row.due_on == known.due_on {
            continue;
        }
        row.version += 1;
        row.updated_at = command.now();
        command.save::<Entity>(row.id, row.clone().into_active_model()).await?;
        let day = |row: &Model| json!({ "due_on": row.due_on });
        command.audit(Audit::updated("case", row.id, &day(&known), &day(&row))?).await?;
    }
    Ok(())
}
