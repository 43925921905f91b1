//! From what was entered to what is stored.

use super::entity::Model;
use crate::crm::phone::Phone;
use crate::db::normalize;
use crate::error::ApiError;
use crate::state::AppState;
use ebenezer_shared::crm::address::Address;
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::validation::tax_digits;
use sea_orm::{DbErr, SqlErr};

/// Sets or clears the number: sealed, with the hashes that find it.
pub fn set_ein(state: &AppState, row: &mut Model, ein: Option<&str>) {
    let digits = ein.and_then(tax_digits);
    let index = &state.blind_index;
    let tenant = row.tenant_id;
    let hash = digits.as_deref().map(|digits| index.whole(tenant, "ein", digits));
    // Sealed again the same number would look like another one.
    if hash == row.ein_hash {
        return;
    }
    row.ein_sealed = digits.as_deref().map(|digits| state.sealer.seal(digits));
    row.ein_hash = hash;
    row.ein_last4_hash = digits.as_deref().map(|digits| index.last4(tenant, "ein", digits));
}

pub fn set_phone(row: &mut Model, phone: Option<Phone>) {
    (row.phone, row.phone_display) = phone.map(|phone| (phone.e164, phone.display)).unzip();
}

pub fn set_address(row: &mut Model, address: &Address) -> Result<(), ApiError> {
    row.address = serde_json::to_value(address)?;
    Ok(())
}

/// Brings the keys for sorting and searching up to date.
pub fn set_keys(row: &mut Model) {
    row.sort_name = normalize(&row.name);
    let digits: String =
        row.phone.iter().flat_map(|phone| phone.chars()).filter(char::is_ascii_digit).collect();
    let parts = [
        Some(row.name.as_str()),
        row.legal_name.as_deref(),
        row.email.as_deref(),
        row.external_id.as_deref(),
        Some(digits.as_str()),
    ];
    row.search_text = normalize(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
}

/// Names the field whose value another corporation has.
pub fn taken(error: DbErr) -> ApiError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(what)) => {
            let field = if what.contains("ein") { "ein" } else { "external_id" };
            ApiError::field(ProblemCode::Duplicate, field, "taken")
        }
        _ => error.into(),
    }
}
