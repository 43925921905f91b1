//! What a case needs.

use crate::support::fixtures::id;
use crate::support::{TestApp, Value, json};

db_tests! {
    a_new_case_begins_with_what_its_type_needs,
    things_are_added_done_renamed_moved_and_taken_away,
    what_breaks_a_rule_is_named,
}

fn labels(case: &Value) -> Vec<String> {
    let all = case["checklist"].as_array().unwrap().iter();
    all.map(|item| item["label"].as_str().unwrap().to_owned()).collect()
}

async fn a_new_case_begins_with_what_its_type_needs(app: TestApp) {
    let owner = app.owner().await;
    let contact = id(&owner.contact("Ana Paz", Value::Null).await);
    let case = owner.case_of(contact, json!({ "type": "itin_w7" })).await;
    assert_eq!(labels(&case)[0], "Pasaporte u otra identificación");
    assert!(case["checklist"].as_array().unwrap().iter().all(|item| item["is_done"] == false));
    let other = owner.case_of(contact, json!({ "type": "other" })).await;
    assert_eq!(other["checklist"], json!([]));
    owner.patch("/api/tenant", json!({ "locale": "en" })).await.ok();
    let english = owner.case_of(contact, json!({ "type": "itin_w7" })).await;
    assert_eq!(labels(&english)[0], "Passport or other identification");
}

async fn things_are_added_done_renamed_moved_and_taken_away(app: TestApp) {
    let owner = app.owner().await;
    let contact = id(&owner.contact("Ana Paz", Value::Null).await);
    let case = owner.case_of(contact, json!({ "type": "other" })).await;
    let path = format!("/api/cases/{}", id(&case));
    let list = format!("{path}/checklist");
    for label in ["Uno", "Dos", "Tres"] {
        let reply = owner.post(&list, json!({ "label": label })).await.expect(201);
        assert_eq!(reply.header("location"), path);
    }
    let case = owner.get(&path).await.ok();
    assert_eq!(labels(&case), ["Uno", "Dos", "Tres"]);
    let item =
        |index: usize| format!("{list}/{}", case["checklist"][index]["id"].as_str().unwrap());
    let done = owner.patch(&item(1), json!({ "is_done": true })).await.ok();
    assert_eq!(done["checklist"][1]["is_done"], true);
    assert_eq!(done["checklist"][1]["done_by"], json!(owner.user));
    let summary = owner.get("/api/cases").await.ok()["items"][0].clone();
    assert_eq!((&summary["checklist_done"], &summary["checklist_total"]), (&json!(1), &json!(3)));
    let again = owner.patch(&item(1), json!({ "is_done": true })).await.ok();
    assert_eq!(again["checklist"][1]["done_at"], done["checklist"][1]["done_at"]);
    let moved = owner.patch(&item(2), json!({ "order": 0, "label": "Tercero" })).await.ok();
    assert_eq!(labels(&moved), ["Tercero", "Uno", "Dos"]);
    let undone = owner.patch(&item(1), json!({ "is_done": false })).await.ok();
    assert_eq!(undone["checklist"][2]["done_at"], Value::Null);
    let rest = owner.delete(&item(0)).await.ok();
    assert_eq!(labels(&rest), ["Tercero", "Dos"]);
    owner.delete(&item(0)).await.problem(404, "not_found");
}

async fn what_breaks_a_rule_is_named(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.case().await;
    let list = format!("{path}/checklist");
    owner.post(&list, json!({ "label": " " })).await.invalid("label", "required");
    owner.post(&list, json!({ "label": "x".repeat(256) })).await.invalid("label", "too_long");
    let item = owner.get(&path).await.ok()["checklist"][0]["id"].as_str().unwrap().to_owned();
    let item = format!("{list}/{item}");
    owner.patch(&item, json!({ "label": null })).await.invalid("label", "required");
    owner.patch(&item, json!({ "order": 101 })).await.invalid("order", "out_of_range");
    let known = owner.get(&path).await.ok()["checklist"].as_array().unwrap().len();
    for _ in known..100 {
        owner.post(&list, json!({ "label": "Otra cosa" })).await.created();
    }
    owner.post(&list, json!({ "label": "Una más" })).await.invalid("label", "too_many");
}
