//! Values made from schemas.

use super::document::Document;
use crate::support::fixtures::number;
use crate::support::{PASSWORD, Value, json};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Ids of the things of one firm, for the fields that refer to them.
#[derive(Default)]
pub struct Ids {
    pub by_field: HashMap<&'static str, Uuid>,
    /// The fields by which a body refers to one of them.
    pub used: RefCell<BTreeSet<&'static str>>,
}

impl Ids {
    fn of(&self, field: &str) -> Uuid {
        match self.by_field.get_key_value(field) {
            Some((field, id)) => {
                self.used.borrow_mut().insert(field);
                *id
            }
            None => Uuid::now_v7(),
        }
    }
}

/// Whether a field or parameter of that name refers to another thing.
pub fn is_reference(name: &str) -> bool {
    name.ends_with("_id") || name.ends_with("_ids") || name.ends_with("_to") || name == "tag"
}

/// A value that the schema allows, as far as it says.
pub fn value(document: &Document, schema: &Value, field: &str, ids: &Ids) -> Value {
    // A typed id says by its name what it refers to; so it is asked before it is resolved.
    let schema = document.resolve(schema);
    if let Some(constant) = schema.get("const") {
        return constant.clone();
    }
    if let Some(first) = schema["enum"].as_array().and_then(|list| list.first()) {
        return first.clone();
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(choices) = schema[choice].as_array() {
            let usable = choices.iter().find(|choice| choice["type"] != "null");
            return value(document, usable.unwrap(), field, ids);
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let mut whole = json!({});
        for part in parts {
            let Value::Object(part) = value(document, part, field, ids) else { continue };
            whole.as_object_mut().unwrap().extend(part);
        }
        return whole;
    }
    match kind(schema) {
        "object" => object(document, schema, ids),
        // Nobody takes files along that somebody else uploaded.
        "array" if field == "attachment_ids" => json!([]),
        "array" => json!([value(document, &schema["items"], field, ids)]),
        // What a firm asks for would shut out those who come after.
        "boolean" => json!(!field.starts_with("require_")),
        "integer" if field == "tax_year" => json!(2023),
        "integer" | "number" => schema.get("minimum").cloned().unwrap_or(json!(1)),
        _ => text(schema, field, ids).into(),
    }
}

fn kind(schema: &Value) -> &str {
    match &schema["type"] {
        Value::String(kind) => kind,
        Value::Array(kinds) => {
            kinds.iter().filter_map(Value::as_str).find(|k| *k != "null").unwrap()
        }
        _ if schema.get("properties").is_some() => "object",
        _ => "string",
    }
}

fn object(document: &Document, schema: &Value, ids: &Ids) -> Value {
    let mut object = json!({});
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if is_said_by_another(schema, name) {
            continue;
        }
        object[name] = value(document, property, name, ids);
    }
    object
}

/// Whether another field of the object already says what this one would: whose a thing is, which
/// department it belongs to, what is to be done with what. A link to a primary company has no last
/// day, and nobody knows the version of what is made anew.
fn is_said_by_another(schema: &Value, name: &str) -> bool {
    let has = |other: &str| schema["properties"].get(other).is_some();
    match name {
        "corporation_id" => has("contact_id"),
        "contact_id" => has("folder_id") || has("parent_id") || has("case_id"),
        "department_id" => has("parent_id") || has("action"),
        "owner_id" | "tag_id" | "matching" => has("action"),
        "to" => has("primary_corporation_id"),
        "etag" => true,
        _ => false,
    }
}

fn text(schema: &Value, field: &str, ids: &Ids) -> String {
    let number = number();
    match schema["format"].as_str().unwrap_or_default() {
        "uuid" => return ids.of(field).to_string(),
        "date" => return "2020-02-29".to_owned(),
        // What ends does so after it begins.
        "date-time" if field == "ends_at" => return "2020-02-29T13:00:00Z".to_owned(),
        "uri" => return format!("https://paseo.test/{number}"),
        "date-time" => return "2020-02-29T12:00:00Z".to_owned(),
        _ => {}
    }
    match field {
        "path" => {
            let document = ids.by_field.get("document_id").copied().unwrap_or_default();
            format!("/api/documents/{document}/download")
        }
        "email" | "new_email" => format!("paseo{number}@firma.test"),
        "phone" => "(555) 123-4567".to_owned(),
        "ssn" => format!("123-45-{:04}", number % 9000 + 1),
        "ein" => format!("12-{number:07}"),
        "code" => format!("P{number}"),
        "currency" => "USD".to_owned(),
        "default_country" => "CO".to_owned(),
        "time_zone" => "America/Bogota".to_owned(),
        "color" => "#123456".to_owned(),
        "role" => "viewer".to_owned(),
        "subdomain" => format!("paseo-{number}"),
        "product" => "tax".to_owned(),
        "fiscal_year_end" => "12-31".to_owned(),
        "new_password" => "tres-faroles-y-un-erizo".to_owned(),
        field if field.contains("password") => PASSWORD.to_owned(),
        _ => format!("Paseo {number}"),
    }
}
