//! What the log's page needs words for. That nothing is written without a name is checked
//! where it is written, in whichever test that happens.

use crate::support::{TestApp, Value};
use ebenezer_shared::audit::words;
use std::collections::BTreeSet;

db_tests! {
    what_entries_compare_has_names_only,
}

/// What `Audit::created`, `updated` and `deleted` are given.
const COMPARED: [&str; 13] = [
    "Case",
    "Contact",
    "Corporation",
    "Department",
    "Tag",
    "SavedView",
    "TeamMember",
    "TeamRole",
    "Invitation",
    "TenantSettings",
    "Folder",
    "Document",
    "DocumentRequest",
];

/// The names of all fields of a schema, however deep.
fn fields(document: &Value, schema: &Value, found: &mut BTreeSet<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(reference.strip_prefix('#').unwrap()).unwrap();
        return fields(document, target, found);
    }
    for part in ["oneOf", "anyOf", "allOf"] {
        for schema in schema[part].as_array().into_iter().flatten() {
            fields(document, schema, found);
        }
    }
    fields_of_items(document, schema, found);
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        // No part of entries.
        if name != "delivery" {
            found.insert(name.clone());
            fields(document, property, found);
        }
    }
}

fn fields_of_items(document: &Value, schema: &Value, found: &mut BTreeSet<String>) {
    if schema["items"].is_object() {
        fields(document, &schema["items"], found);
    }
}

async fn what_entries_compare_has_names_only(app: TestApp) {
    let document = app.client.get("/api/openapi.json").await.ok();
    let mut found = BTreeSet::new();
    for name in COMPARED {
        let schema = &document["components"]["schemas"][name];
        assert!(schema.is_object(), "there is no {name}");
        fields(&document, schema, &mut found);
    }
    assert!(found.len() > 60, "{found:?}");
    found.retain(|name| words::field(name).is_none() && !words::is_hidden(name));
    assert_eq!(found, BTreeSet::new());
}
