//! Records at the far ends of links and relations.
//!
//! Companies are locked before people, and either in the order of their ids: so do all who
//! lock several, and no two wait for each other.

use super::kind::Kind;
use super::tie::Tie;
use crate::auth::Command;
use crate::crm::contacts::{entity as contact, link};
use crate::crm::corporations::entity as corporation;
use crate::db::TenantOwned;
use ebenezer_shared::record::RecordType;
use sea_orm::{ColumnTrait as _, DbErr, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use std::collections::{BTreeSet, HashSet};
use uuid::Uuid;

/// So many ids in one statement.
const AT_ONCE: usize = 500;

/// Locks these records, so that none goes meanwhile; answers those that are there.
async fn lock(
    command: &Command<'_>,
    companies: &BTreeSet<Uuid>,
    people: &BTreeSet<Uuid>,
) -> Result<HashSet<Uuid>, DbErr> {
    let mut there = lock_all::<corporation::Entity>(command, companies).await?;
    there.extend(lock_all::<contact::Entity>(command, people).await?);
    Ok(there)
}

/// Locks records of one kind and those at the other ends of their links and relations.
pub async fn lock_tied<K: Kind>(
    command: &Command<'_>,
    ids: &[Uuid],
    links: &[link::Model],
    relations: &[<K::Relations as Tie>::Row],
) -> Result<HashSet<Uuid>, DbErr> {
    let (mut companies, mut people) = (BTreeSet::new(), BTreeSet::new());
    companies.extend(links.iter().map(|link| link.corporation_id));
    people.extend(links.iter().map(|link| link.contact_id));
    let kin = if K::TYPE == RecordType::Corporation { &mut companies } else { &mut people };
    kin.extend(ids);
    for row in relations {
        let (one, other) = K::Relations::ends(row);
        kin.extend([one, other]);
    }
    lock(command, &companies, &people).await
}

async fn lock_all<E: TenantOwned>(
    command: &Command<'_>,
    ids: &BTreeSet<Uuid>,
) -> Result<HashSet<Uuid>, DbErr> {
    let ids: Vec<Uuid> = ids.iter().copied().collect();
    let mut there = HashSet::new();
    for some in ids.chunks(AT_ONCE) {
        let found: Vec<Uuid> = command
            .select::<E>()
            .filter(E::id_column().is_in(some.iter().copied()))
            .order_by_asc(E::id_column())
            .select_only()
            .column(E::id_column())
            .lock_exclusive()
            .into_tuple()
            .all(command.tx())
            .await?;
        there.extend(found);
    }
    Ok(there)
}
