//! People who may be the one that is being added.

use super::entity::{Column, Entity, Model};
use crate::auth::Command;
use crate::error::ApiError;
use ebenezer_shared::crm::contact::{DuplicateMatch, DuplicateReason};
use sea_orm::{ColumnTrait as _, Condition, QueryFilter as _, QueryOrder as _, QuerySelect as _};

/// How many likely duplicates a refusal shows.
const SHOWN: u64 = 20;

/// Those with the same tax number; with the same name and email or phone; with the same
/// name where nothing tells them apart. Sharing an email alone means nothing: spouses do.
pub async fn find(command: &Command<'_>, new: &Model) -> Result<Vec<DuplicateMatch>, ApiError> {
    let mut alike = Condition::any().add(Column::SortName.eq(&new.sort_name));
    if let Some(hash) = &new.ssn_hash {
        alike = alike.add(Column::SsnHash.eq(hash));
    }
    let candidates = command
        .select::<Entity>()
        .filter(alike)
        .order_by_asc(Column::CreatedAt)
        .limit(SHOWN)
        .all(command.tx())
        .await?;
    let to_match = |row: Model| {
        let reason = reason(new, &row)?;
        Some(DuplicateMatch {
            id: row.id.into(),
            first_name: row.first_name,
            last_name: row.last_name,
            email: row.email,
            phone_display: row.phone_display,
            reason,
        })
    };
    Ok(candidates.into_iter().filter_map(to_match).collect())
}

fn reason(new: &Model, known: &Model) -> Option<DuplicateReason> {
    if new.ssn_hash.is_some() && new.ssn_hash == known.ssn_hash {
        return Some(DuplicateReason::Ssn);
    }
    // Different tax numbers: two people of one name.
    if new.ssn_hash.is_some() && known.ssn_hash.is_some() {
        return None;
    }
    if new.email.is_some() && new.email_key == known.email_key {
        return Some(DuplicateReason::NameAndEmail);
    }
    if new.phone.is_some() && new.phone == known.phone {
        return Some(DuplicateReason::NameAndPhone);
    }
    let told_apart = (new.email.is_some() && known.email.is_some())
        || (new.phone.is_some() && known.phone.is_some());
    (!told_apart).then_some(DuplicateReason::Name)
}
