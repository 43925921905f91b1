//! The day on which a case is due.

use super::entity::Model;
use super::rules;
use crate::auth::Command;
use crate::crm::corporations::entity as corporation;
use ebenezer_shared::crm::case::deadline::Filing;
use sea_orm::DbErr;

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
