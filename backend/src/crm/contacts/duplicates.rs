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
    let candidates = command
        .select::<Entity>()
        .filter(alike(new))
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

/// Those for whom [`reason`] finds one, in SQL: namesakes may be many.
fn alike(new: &Model) -> Condition {
    let mut same = Condition::any();
    let mut nothing_tells_apart = Condition::all();
    if new.email.is_some() {
        same = same.add(Column::EmailKey.eq(&new.email_key));
        nothing_tells_apart = nothing_tells_apart.add(Column::Email.is_null());
    }
    if new.phone.is_some() {
        same = same.add(Column::Phone.eq(new.phone.as_deref()));
        nothing_tells_apart = nothing_tells_apart.add(Column::Phone.is_null());
    }
    let namesakes = Condition::all()
        .add(Column::SortName.eq(&new.sort_name))
        .add(same.add(nothing_tells_apart));
    match &new.ssn_hash {
        None => namesakes,
        Some(hash) => Condition::any()
            .add(Column::SsnHash.eq(hash))
            .add(namesakes.add(Column::SsnHash.is_null())),
    }
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
