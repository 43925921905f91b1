//! Records as their columns: which value of each field is kept, and what undoing makes of it.

use crate::auth::Command;
use crate::error::ApiError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A record's columns by name, with sealed values opened.
pub type Columns = Map<String, Value>;

const SEALED: &str = "_sealed";

/// The columns in which a field is stored.
fn columns(field: &str) -> &'static [&'static str] {
    match field {
        "first_name" => &["first_name"],
        "last_name" => &["last_name"],
        "name" => &["name"],
        "legal_name" => &["legal_name"],
        "email" => &["email", "email_key"],
        "phone" => &["phone", "phone_display"],
        "status" => &["status"],
        "client_since" => &["client_since"],
        "primary_corporation_id" => &["primary_corporation_id"],
        "department_id" => &["department_id"],
        "owner_id" => &["owner_id"],
        "address" => &["address"],
        "date_of_birth" => &["date_of_birth_sealed"],
        "ssn" => &["ssn_sealed", "ssn_hash", "ssn_last4_hash"],
        "ein" => &["ein_sealed", "ein_hash", "ein_last4_hash"],
        "type" => &["kind"],
        "industry" => &["industry"],
        "fiscal_year_end" => &["fiscal_year_end"],
        "preferred_language" => &["preferred_language"],
        "notes" => &["notes"],
        "external_id" => &["external_id"],
        _ => &[],
    }
}

/// The columns of a row. Keys may be rotated before it is undone, so nothing in it is sealed:
/// the whole is.
pub fn opened(command: &Command<'_>, row: &impl Serialize) -> Result<Columns, ApiError> {
    let Value::Object(mut all) = serde_json::to_value(row)? else { return Ok(Map::new()) };
    for (name, value) in &mut all {
        if let (true, Some(sealed)) = (name.ends_with(SEALED), value.as_str()) {
            *value = command.state.sealer.open(sealed)?.into();
        }
    }
    Ok(all)
}

/// The row of these columns.
pub fn resealed<R: DeserializeOwned>(
    command: &Command<'_>,
    mut all: Columns,
) -> Result<R, ApiError> {
    for (name, value) in &mut all {
        if let (true, Some(open)) = (name.ends_with(SEALED), value.as_str()) {
            *value = command.state.sealer.seal(open).into();
        }
    }
    Ok(serde_json::from_value(Value::Object(all))?)
}

/// Whether the record has a value in the field.
fn has(record: &Columns, field: &str) -> bool {
    let first = columns(field).first().and_then(|name| record.get(*name));
    match first {
        None | Some(Value::Null) => false,
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Object(parts)) => parts.values().any(|part| !part.is_null() && part != ""),
        Some(_) => true,
    }
}

fn copy(field: &str, from: &Columns, to: &mut Columns) {
    for name in columns(field) {
        if let Some(value) = from.get(*name) {
            to.insert((*name).to_owned(), value.clone());
        }
    }
}

/// The survivor's columns with the values that are kept. 422 for a field that is not one of
/// `fields`, or a record that is not one of these.
pub fn kept(
    fields: &[&'static str],
    survivor: &Columns,
    others: &[Columns],
    keep: &BTreeMap<String, Uuid>,
) -> Result<Columns, ApiError> {
    if let Some(unknown) = keep.keys().find(|name| !fields.contains(&name.as_str())) {
        return Err(ApiError::invalid(format!("keep.{unknown}"), "unknown_field"));
    }
    let mut all = survivor.clone();
    for field in fields {
        let chosen = match keep.get(*field) {
            Some(id) => {
                let id = Value::from(id.to_string());
                let mut records = std::iter::once(survivor).chain(others);
                let named = records.find(|record| record.get("id") == Some(&id));
                let unknown = || ApiError::invalid(format!("keep.{field}"), "unknown_reference");
                Some(named.ok_or_else(unknown)?)
            }
            None if has(survivor, field) => None,
            None => others.iter().find(|other| has(other, field)),
        };
        if let Some(chosen) = chosen {
            copy(field, chosen, &mut all);
        }
    }
    Ok(all)
}

/// Makes of `now` what was `before`, as far as it is still what the merge made of it
/// (`after`); answers the fields that somebody changed since.
pub fn back(
    fields: &[&'static str],
    before: &Columns,
    after: &Columns,
    now: &mut Columns,
) -> Vec<String> {
    let mut left = Vec::new();
    for field in fields {
        let same = |a: &Columns, b: &Columns| {
            columns(field).iter().all(|name| a.get(*name) == b.get(*name))
        };
        if same(before, after) {
            continue;
        }
        if same(after, now) {
            copy(field, before, now);
        } else {
            left.push((*field).to_owned());
        }
    }
    left
}

/// The id in a column.
pub fn id_in(record: &Columns, column: &str) -> Option<Uuid> {
    record.get(column)?.as_str()?.parse().ok()
}

/// The text in a column.
pub fn text_in<'a>(record: &'a Columns, column: &str) -> Option<&'a str> {
    record.get(column)?.as_str()
}
