//! No company is its own parent, through however many others.

use super::entity::Model;
use crate::auth::Command;
use crate::crm::corporations::store;
use crate::crm::merge::Corporations;
use crate::crm::related::{of, other};
use crate::error::ApiError;
use ebenezer_shared::crm::period::Period;
use ebenezer_shared::crm::relation::CompanyRelation;
use ebenezer_shared::problem::ProblemCode;
use uuid::Uuid;

/// So many steps upwards are looked at; more parents than that are refused as a ring is.
const STEPS: usize = 1000;

/// 409 `ownership_ring` when by this relation a company would be its own parent on any day.
///
/// The companies on the way are locked, so that two relations that close a ring together
/// are not written at once.
pub async fn check(command: &Command<'_>, row: &Model) -> Result<(), ApiError> {
    if closes(command, row).await? { Err(ProblemCode::OwnershipRing.into()) } else { Ok(()) }
}

/// Whether by this relation a company would be its own parent on any day.
pub async fn closes(command: &Command<'_>, row: &Model) -> Result<bool, ApiError> {
    let (child, parent) = match row.kind_for(row.low_id) {
        CompanyRelation::Parent => (row.low_id, row.high_id),
        CompanyRelation::Subsidiary => (row.high_id, row.low_id),
        CompanyRelation::Affiliate | CompanyRelation::SharedOwner => return Ok(false),
    };
    let mut above: Vec<(Uuid, Period)> = vec![(parent, row.period())];
    let mut steps = 0;
    while let Some((company, period)) = above.pop() {
        steps += 1;
        if company == child || steps > STEPS {
            return Ok(true);
        }
        store::find(command, command.tx(), company, true).await?;
        for relation in of::<Corporations>(command, company).all(command.tx()).await? {
            let is_row = (relation.low_id, relation.high_id) == (row.low_id, row.high_id);
            if is_row || relation.kind_for(company) != CompanyRelation::Parent {
                continue;
            }
            // Only what holds on the same days closes a ring.
            if let Some(common) = period.common(relation.period()) {
                above.push((other::<Corporations>(&relation, company), common));
            }
        }
    }
    Ok(false)
}
