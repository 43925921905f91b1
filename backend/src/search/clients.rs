//! People and companies.

use super::record::Hit;
use crate::auth::TenantScope;
use crate::crm::contacts::{self, entity as contact, link};
use crate::crm::corporations::{self, entity as corporation};
use crate::db::{Best, Shelf, Sought, Words, best, searched};
use crate::error::ApiError;
use sea_orm::{ColumnTrait as _, Condition, QueryFilter as _, QuerySelect as _};
use std::collections::HashSet;
use uuid::Uuid;

/// Whether a tax number finds its owner, as it does in the lists of clients: only for who may
/// see these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    Found,
    Ignored,
}

pub async fn people(
    scope: &TenantScope,
    sought: Sought<'_>,
    numbers: Numbers,
) -> Result<Best<contact::Model>, ApiError> {
    let shelf = Shelf {
        table: "contacts",
        visible: scope.select::<contact::Entity>(),
        key: |row: &contact::Model| (&row.sort_name, row.id),
        is_named: true,
        newest_first: false,
    };
    let searched = |words: &Words| match numbers {
        Numbers::Found => contacts::store::holding(scope, Some(words)),
        Numbers::Ignored => searched(scope.db(), scope.tenant_id(), "contacts", Some(words), None),
    };
    best(scope.db(), sought, shelf, Condition::all(), searched).await
}

pub async fn companies(
    scope: &TenantScope,
    sought: Sought<'_>,
    numbers: Numbers,
) -> Result<Best<corporation::Model>, ApiError> {
    let shelf = Shelf {
        table: "corporations",
        visible: scope.select::<corporation::Entity>(),
        key: |row: &corporation::Model| (&row.sort_name, row.id),
        is_named: true,
        newest_first: false,
    };
    let searched = |words: &Words| match numbers {
        Numbers::Found => corporations::store::holding(scope, Some(words)),
        Numbers::Ignored => {
            searched(scope.db(), scope.tenant_id(), "corporations", Some(words), None)
        }
    };
    best(scope.db(), sought, shelf, Condition::all(), searched).await
}

/// Adds people who belong to the companies that were found, behind those who were found by
/// themselves.
pub async fn add_people_of(
    scope: &TenantScope,
    people: &mut Best<contact::Model>,
    companies: &[corporation::Model],
    most: usize,
) -> Result<(), ApiError> {
    let known: HashSet<Uuid> = people.rows.iter().map(|row| row.id).collect();
    let wanted = most.saturating_sub(known.len());
    if wanted == 0 || companies.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = scope
        .select::<link::Entity>()
        .filter(link::Column::CorporationId.is_in(companies.iter().map(|row| row.id)))
        .filter(link::current(scope.today()))
        .filter(link::Column::ContactId.is_not_in(known))
        .select_only()
        .column(link::Column::ContactId)
        .distinct()
        .limit(wanted as u64)
        .into_tuple()
        .all(scope.db())
        .await?;
    let mut rows = scope
        .select::<contact::Entity>()
        .filter(contact::Column::Id.is_in(ids))
        .all(scope.db())
        .await?;
    rows.sort_by(|one, other| one.sort_name.cmp(&other.sort_name));
    people.rows.extend(rows);
    Ok(())
}

pub fn person(row: contact::Model) -> Hit {
    Hit {
        id: row.id,
        title: format!("{} {}", row.first_name, row.last_name).trim().to_owned(),
        company: row.primary_corporation_id,
        detail: row.email.or(row.phone_display),
        ..Hit::default()
    }
}

pub fn company(row: corporation::Model) -> Hit {
    let contact = row.email.or(row.phone_display);
    let legal = row.legal_name.filter(|legal| *legal != row.name);
    Hit { id: row.id, title: row.name, detail: legal.or(contact), ..Hit::default() }
}
