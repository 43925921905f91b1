//! From what was entered to what is stored.

use super::entity::Model;
use crate::crm::phone::Phone;
use crate::db::normalize;
use crate::error::ApiError;
use crate::state::AppState;
use chrono::NaiveDate;
use ebenezer_shared::crm::address::Address;
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::validation::tax_digits;
use sea_orm::{DbErr, SqlErr};

/// Sets or clears the tax number: sealed, with the hashes that find it.
pub fn set_ssn(state: &AppState, row: &mut Model, ssn: Option<&str>) {
    let digits = ssn.and_then(tax_digits);
    let index = &state.blind_index;
    let tenant = row.tenant_id;
    let hash = digits.as_deref().map(|digits| index.whole(tenant, "ssn", digits));
    // Sealed again the same number would look like another one.
    if hash == row.ssn_hash {
        return;
    }
    row.ssn_sealed = digits.as_deref().map(|digits| state.sealer.seal(digits));
    row.ssn_hash = hash;
    row.ssn_last4_hash = digits.as_deref().map(|digits| index.last4(tenant, "ssn", digits));
}

pub fn set_date_of_birth(state: &AppState, row: &mut Model, date: Option<NaiveDate>) {
    let date = date.map(|date| date.to_string());
    let known = state.sealer.open_option(row.date_of_birth_sealed.as_ref());
    if known.is_ok_and(|known| known == date) {
        return;
    }
    row.date_of_birth_sealed = date.map(|date| state.sealer.seal(&date));
}

pub fn set_email(row: &mut Model, email: Option<String>) {
    row.email_key = email.as_deref().map(str::to_lowercase).unwrap_or_default();
    row.email = email;
}

pub fn set_phone(row: &mut Model, phone: Option<Phone>) {
    (row.phone, row.phone_display) = phone.map(|phone| (phone.e164, phone.display)).unzip();
}

pub fn set_address(row: &mut Model, address: &Address) -> Result<(), ApiError> {
    row.address = serde_json::to_value(address)?;
    Ok(())
}

/// The name as people sort and compare it.
pub fn name_key(first_name: &str, last_name: &str) -> String {
    normalize(&format!("{first_name} {last_name}"))
}

/// What a search finds a person by.
pub fn search_text(row: &Model) -> String {
    let digits: String =
        row.phone.iter().flat_map(|phone| phone.chars()).filter(char::is_ascii_digit).collect();
    let parts = [
        Some(row.first_name.as_str()),
        Some(row.last_name.as_str()),
        row.email.as_deref(),
        row.external_id.as_deref(),
        Some(digits.as_str()),
    ];
    normalize(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// Brings the keys for sorting and searching up to date.
pub fn set_keys(row: &mut Model) {
    row.sort_name = name_key(&row.first_name, &row.last_name);
    row.search_text = search_text(row);
}

/// Names the field whose value another contact has, or that refers to what is gone.
pub fn refused(error: DbErr) -> ApiError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => {
            ApiError::field(ProblemCode::Duplicate, "external_id", "taken")
        }
        // Checked before, and gone since. Only PostgreSQL lets that happen, and names which.
        Some(SqlErr::ForeignKeyConstraintViolation(what)) => {
            let field = ["department_id", "owner_id"].into_iter().find(|name| what.contains(name));
            ApiError::invalid(field.unwrap_or("corporation_ids"), "unknown_reference")
        }
        _ => error.into(),
    }
}
