//! Records that turned out to be one, and the way back.

mod contacts;
mod corporations;
pub mod races;
mod refusals;
mod schema;
mod undo;

use crate::support::{Member, Value, json};
use uuid::Uuid;

/// Merges `others` into the record of `id`.
pub async fn merge(owner: &Member, list: &str, id: Uuid, others: &[Uuid], keep: Value) -> Value {
    let others: Vec<_> = others.iter().map(|id| json!({ "id": id })).collect();
    let body = json!({ "others": others, "keep": keep });
    owner.post(&format!("/api/{list}/{id}/merge"), body).await.ok()
}

pub async fn undo(owner: &Member, done: &Value) -> Value {
    let bulk = done["bulk_id"].as_str().unwrap();
    owner.post(&format!("/api/bulk/{bulk}/undo"), json!({})).await.ok()
}

/// The record as its page shows it, with what is related, but not when it was written.
pub async fn whole(owner: &Member, list: &str, id: Uuid) -> Value {
    let mut record = owner.get(&format!("/api/{list}/{id}")).await.ok();
    record["related"] = owner.get(&format!("/api/{list}/{id}/related")).await.ok()["items"].take();
    if list == "corporations" {
        let people = owner.get(&format!("/api/corporations/{id}/contacts")).await.ok();
        record["people"] = people["items"].clone();
    }
    without_times(record)
}

fn without_times(mut value: Value) -> Value {
    match &mut value {
        Value::Object(fields) => {
            fields.retain(|name, _| name != "updated_at");
            for field in fields.values_mut() {
                *field = without_times(field.take());
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| *item = without_times(item.take())),
        _ => {}
    }
    value
}

pub async fn tag(owner: &Member, name: &str) -> Uuid {
    let tag = owner.post("/api/tags", json!({ "name": name })).await.created();
    crate::support::fixtures::id(&tag)
}
