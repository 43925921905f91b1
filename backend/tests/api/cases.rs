//! Tax cases.

mod belonging;
mod checklist;
mod due;
mod lists;
mod rules;

use crate::support::crm::merged;
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use uuid::Uuid;

db_tests! {
    a_case_has_every_field_that_it_was_given,
    each_field_can_be_changed,
    an_older_version_is_refused,
    a_deleted_case_is_gone_and_told,
    unknown_and_foreign_ids_are_not_found,
    a_repeated_request_gets_the_same_answer,
    what_happened_stands_in_its_timeline,
    who_lacks_the_permission_is_refused,
}

impl Member {
    /// Opens a case of a person.
    pub async fn case_of(&self, contact: Uuid, more: Value) -> Value {
        let body = json!({ "contact_id": contact, "type": "form_1040", "tax_year": 2023 });
        self.post("/api/cases", merged(body, more)).await.created()
    }

    /// A person with a case; answers the path of the case.
    pub async fn case(&self) -> String {
        let contact = id(&self.contact("Ana Paz", Value::Null).await);
        format!("/api/cases/{}", id(&self.case_of(contact, Value::Null).await))
    }
}

async fn a_case_has_every_field_that_it_was_given(app: TestApp) {
    let owner = app.owner().await;
    let (ana, luis) =
        (owner.contact("Ana Paz", Value::Null).await, owner.contact("Luis Rey", Value::Null).await);
    let department = owner.department("Impuestos", "IMP").await;
    let body = json!({
        "contact_id": ana["id"], "joint_contact_id": luis["id"], "type": "form_1040",
        "tax_year": 2023, "period": "year", "status": "in_preparation", "due_on": "2024-05-02",
        "is_extended": true, "assignee_id": owner.user, "department_id": department,
        "priority": "high", "fee": { "amount": 35_000, "currency": "USD" },
        "notes": " Declara con su esposo. ", "external_id": "C-1",
    });
    let reply = owner.post("/api/cases", body).await.expect(201);
    let case = reply.json();
    assert_eq!(reply.header("location"), format!("/api/cases/{}", id(&case)));
    assert_eq!(reply.header("etag"), "\"v1\"");
    let (since, me) = (&case["created_at"], owner.get("/api/auth/me").await.ok());
    assert_eq!(
        case,
        json!({
            "id": case["id"],
            "client": { "kind": "contact", "id": ana["id"], "name": "Ana Paz" },
            "joint_contact": { "kind": "contact", "id": luis["id"], "name": "Luis Rey" },
            "type": "form_1040", "tax_year": 2023, "period": "year", "status": "in_preparation",
            "closed_from": null, "status_since": since, "due_on": "2024-05-02",
            "due_is_set": true, "is_extended": true,
            "assignee": { "id": owner.user, "full_name": me["user"]["full_name"] },
            "department": { "id": department, "name": "Impuestos", "color": "#64748b" },
            "priority": "high", "fee": { "amount": 35_000, "currency": "USD" },
            "checklist": case["checklist"], "notes": "Declara con su esposo.",
            "external_id": "C-1", "created_at": since, "updated_at": since,
        })
    );
    assert_eq!(owner.get(reply.header("location")).await.ok(), case);
    let company = owner.corporation("ABC Corp").await;
    let plain = json!({ "corporation_id": company, "type": "form_941", "tax_year": 2024,
        "period": "q2" });
    let plain = owner.post("/api/cases", plain).await.created();
    let client = json!({ "kind": "corporation", "id": company, "name": "ABC Corp" });
    assert_eq!(plain["client"], client);
    assert_eq!((&plain["status"], &plain["priority"]), (&json!("intake"), &json!("normal")));
    assert_eq!((&plain["due_on"], &plain["due_is_set"]), (&json!("2024-07-31"), &json!(false)));
}

async fn each_field_can_be_changed(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.case().await;
    let luis = id(&owner.contact("Luis Rey", Value::Null).await);
    let eva = id(&owner.contact("Eva Sol", Value::Null).await);
    let mut expected = owner.get(&path).await.ok();
    for (field, value, shown, result) in [
        (
            "joint_contact_id",
            json!(luis),
            "joint_contact",
            json!({ "kind": "contact", "id": luis, "name": "Luis Rey" }),
        ),
        (
            "contact_id",
            json!(eva),
            "client",
            json!({ "kind": "contact", "id": eva, "name": "Eva Sol" }),
        ),
        ("joint_contact_id", Value::Null, "joint_contact", Value::Null),
        ("due_on", json!("2024-06-03"), "due_on", json!("2024-06-03")),
        ("type", json!("other"), "type", json!("other")),
        ("tax_year", json!(2022), "tax_year", json!(2022)),
        ("period", json!("m03"), "period", json!("m03")),
        ("is_extended", json!(true), "is_extended", json!(true)),
        ("priority", json!("urgent"), "priority", json!("urgent")),
        (
            "fee",
            json!({ "amount": 0, "currency": "COP" }),
            "fee",
            json!({ "amount": 0, "currency": "COP" }),
        ),
        ("fee", Value::Null, "fee", Value::Null),
        ("notes", json!("Nota"), "notes", json!("Nota")),
        ("external_id", json!("X-9"), "external_id", json!("X-9")),
    ] {
        let after = owner.patch(&path, json!({ field: value })).await.ok();
        expected[shown] = result;
        expected["updated_at"] = after["updated_at"].clone();
        expected["due_is_set"] = after["due_is_set"].clone();
        assert_eq!(after, expected, "{field}");
    }
    let assigned = owner.patch(&path, json!({ "assignee_id": owner.user })).await.ok();
    assert_eq!(assigned["assignee"]["id"], json!(owner.user));
    let company = owner.corporation("ABC Corp").await;
    let moved = owner.patch(&path, json!({ "corporation_id": company })).await.ok();
    assert_eq!(moved["client"]["name"], "ABC Corp");
    let version = owner.get(&path).await.header("etag").to_owned();
    let same = owner.patch(&path, json!({ "notes": "Nota" })).await.expect(200);
    assert_eq!(same.header("etag"), version, "nothing changed");
}

async fn an_older_version_is_refused(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.case().await;
    owner.patch(&path, json!({ "notes": "Una" })).await.ok();
    let old = owner.with("If-Match", "\"v1\"");
    old.patch(&path, json!({ "notes": "Otra" })).await.problem(412, "precondition_failed");
    old.delete(&path).await.problem(412, "precondition_failed");
    let item = format!("{path}/checklist");
    old.post(&item, json!({ "label": "Algo" })).await.problem(412, "precondition_failed");
    assert_eq!(owner.get(&path).await.ok()["notes"], "Una");
}

async fn a_deleted_case_is_gone_and_told(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.case().await;
    let case = id(&owner.get(&path).await.ok());
    owner.delete(&path).await.expect(204);
    owner.get(&path).await.problem(404, "not_found");
    owner.delete(&path).await.problem(404, "not_found");
    let gone = owner.get("/api/deletions?types=case").await.ok();
    assert_eq!(gone["items"][0]["id"], json!(case));
    assert_eq!(app.count("case_checklist_items").await, 0);
    let last = app.audit(owner.tenant).await.pop().unwrap();
    assert_eq!((last.action.as_str(), last.resource_id), ("case.delete", Some(case)));
}

async fn unknown_and_foreign_ids_are_not_found(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let (foreign, own) = (other.case().await, owner.case().await);
    let unknown = format!("/api/cases/{}", Uuid::now_v7());
    for path in [&foreign, &unknown] {
        owner.get(path).await.problem(404, "not_found");
        owner.patch(path, json!({ "notes": "x" })).await.problem(404, "not_found");
        owner.delete(path).await.problem(404, "not_found");
        owner.get(&format!("{path}/timeline")).await.problem(404, "not_found");
        let list = format!("{path}/checklist");
        owner.post(&list, json!({ "label": "x" })).await.problem(404, "not_found");
    }
    // A thing of another case is none of this one.
    let item = other.get(&foreign).await.ok()["checklist"][0]["id"].clone();
    let item = format!("{own}/checklist/{}", item.as_str().unwrap());
    owner.patch(&item, json!({ "is_done": true })).await.problem(404, "not_found");
    owner.delete(&item).await.problem(404, "not_found");
    // Nor is a client, a colleague or a department of another firm one of ours.
    let theirs = id(&other.contact("Eva Sol", Value::Null).await);
    let company = other.corporation("Ajena SA").await;
    let department = other.department("Ajeno", "AJ").await;
    for (field, value) in [
        ("contact_id", theirs),
        ("joint_contact_id", theirs),
        ("corporation_id", company),
        ("assignee_id", other.user),
        ("department_id", department),
    ] {
        owner.patch(&own, json!({ field: value })).await.invalid(field, "unknown_reference");
    }
}

async fn a_repeated_request_gets_the_same_answer(app: TestApp) {
    let owner = app.owner().await;
    let contact = id(&owner.contact("Ana Paz", Value::Null).await);
    let body = json!({ "contact_id": contact, "type": "itin_w7", "tax_year": 2023 });
    let keyed = owner.with("Idempotency-Key", "caso-1");
    let first = keyed.post("/api/cases", body.clone()).await.created();
    let second = keyed.post("/api/cases", body).await.created();
    assert_eq!(first, second);
    assert_eq!(app.count("cases").await, 1);
}

async fn what_happened_stands_in_its_timeline(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.case().await;
    owner.patch(&path, json!({ "status": "in_review" })).await.ok();
    let item = owner.get(&path).await.ok()["checklist"][0]["id"].as_str().unwrap().to_owned();
    owner.patch(&format!("{path}/checklist/{item}"), json!({ "is_done": true })).await.ok();
    let timeline = owner.get(&format!("{path}/timeline")).await.ok();
    let texts: Vec<&str> = timeline["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts.len(), 3);
    assert!(texts[0].ends_with("completó «Identificación vigente»"), "{texts:?}");
    assert!(texts[1].ends_with("cambió el estado de Recepción a En revisión"), "{texts:?}");
}

async fn who_lacks_the_permission_is_refused(app: TestApp) {
    use ebenezer_shared::permission::Role;
    let owner = app.owner().await;
    let path = owner.case().await;
    let viewer = app.member(owner.tenant, Role::Viewer).await;
    viewer.get(&path).await.ok();
    viewer.patch(&path, json!({ "notes": "x" })).await.problem(403, "permission_required");
    let member = app.member(owner.tenant, Role::Member).await;
    member.patch(&path, json!({ "notes": "x" })).await.ok();
    member.delete(&path).await.problem(403, "permission_required");
    let studio = app.register("studio").await;
    studio.get("/api/cases").await.problem(404, "module_not_enabled");
}
