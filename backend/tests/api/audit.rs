//! Every change leaves its entry, in the transaction of the change.

mod accounts;
mod chain;
mod log;
mod tampering;
mod words;

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, asking_for, json};
use ebenezer::audit::Model;
use ebenezer_shared::permission::Role;

db_tests! {
    what_was_added_is_told,
    what_changed_is_told_before_and_after,
    what_was_deleted_is_told,
    hidden_changes_are_told_without_their_values,
    links_are_told_by_name,
    an_entry_names_who_when_whence_and_which_request,
    a_refused_command_leaves_no_entry,
    entries_stay_in_their_firm,
    logins_and_their_like_are_activities,
}

async fn last(app: &TestApp, member: &Member) -> Model {
    app.audit(member.tenant).await.pop().expect("an entry")
}

/// Names of the fields that an entry tells of.
fn fields(entry: &Model) -> Vec<&str> {
    let mut names: Vec<_> = entry.changes.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

async fn what_was_added_is_told(app: TestApp) {
    let owner = app.owner().await;
    let more = json!({ "email": "ana@ruiz.test", "ssn": "123-45-6789" });
    let contact = owner.contact("Ana Ruiz", more).await;
    let entry = last(&app, &owner).await;
    assert_eq!(
        (entry.action.as_str(), entry.resource_type.as_str()),
        ("contact.create", "contact")
    );
    assert_eq!(entry.resource_id, Some(id(&contact)));
    assert_eq!(entry.changes["first_name"], json!({ "before": null, "after": "Ana" }));
    assert_eq!(entry.changes["ssn"], json!({ "before": null, "after": "***-**-6789" }));
    assert!(entry.changes.get("phone").is_none(), "what is empty is no change");
    assert!(entry.changes.get("created_at").is_none());
    owner.corporation("ABC").await;
    assert_eq!(last(&app, &owner).await.action, "corporation.create");
    owner.department("Impuestos", "IMP").await;
    let entry = last(&app, &owner).await;
    assert_eq!(entry.action, "department.create");
    assert_eq!(entry.changes["code"], json!({ "before": null, "after": "IMP" }));
    assert_eq!(app.audit(owner.tenant).await.len(), 3);
}

async fn what_changed_is_told_before_and_after(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.contact_path("Ana Ruiz").await;
    owner.patch(&path, json!({ "notes": "x", "first_name": "Luz" })).await.ok();
    let entry = last(&app, &owner).await;
    assert_eq!(entry.action, "contact.update");
    assert_eq!(
        entry.changes,
        json!({
            "first_name": { "before": "Ana", "after": "Luz" },
            "notes": { "before": null, "after": "x" },
        })
    );
    let path = format!("/api/corporations/{}", owner.corporation("ABC").await);
    owner.patch(&path, json!({ "type": "llc" })).await.ok();
    let entry = last(&app, &owner).await;
    assert_eq!(entry.changes, json!({ "type": { "before": null, "after": "llc" } }));
    let path = format!("/api/departments/{}", owner.department("Impuestos", "IMP").await);
    owner.patch(&path, json!({ "order": 3 })).await.ok();
    let entry = last(&app, &owner).await;
    assert_eq!(entry.action, "department.update");
    assert_eq!(entry.changes, json!({ "order": { "before": 0, "after": 3 } }));
}

async fn what_was_deleted_is_told(app: TestApp) {
    let owner = app.owner().await;
    let contact = owner.contact("Ana Ruiz", json!({ "ssn": "123-45-6789" })).await;
    owner.delete(&format!("/api/contacts/{}", id(&contact))).await.no_content();
    let entry = last(&app, &owner).await;
    assert_eq!((entry.action.as_str(), entry.resource_id), ("contact.delete", Some(id(&contact))));
    assert_eq!(entry.changes["last_name"], json!({ "before": "Ruiz", "after": null }));
    assert_eq!(entry.changes["ssn"], json!({ "before": "***-**-6789", "after": null }));
    let corporation = owner.corporation("ABC").await;
    owner.delete(&format!("/api/corporations/{corporation}")).await.no_content();
    assert_eq!(last(&app, &owner).await.action, "corporation.delete");
    let department = owner.department("Impuestos", "IMP").await;
    owner.delete(&format!("/api/departments/{department}")).await.no_content();
    let entry = last(&app, &owner).await;
    assert_eq!((entry.action.as_str(), entry.resource_id), ("department.delete", Some(department)));
}

async fn hidden_changes_are_told_without_their_values(app: TestApp) {
    let owner = app.owner().await;
    let more = json!({ "ssn": "123-45-6789", "date_of_birth": "1980-01-01" });
    let contact = owner.contact("Ana Ruiz", more).await;
    let path = format!("/api/contacts/{}", id(&contact));
    let hidden = json!({ "before": "***", "after": "***" });
    // Another number with the same last four looks the same when masked.
    owner.patch(&path, json!({ "ssn": "987-65-6789" })).await.ok();
    assert_eq!(last(&app, &owner).await.changes, json!({ "ssn": hidden }));
    owner.patch(&path, json!({ "date_of_birth": "1981-01-01" })).await.ok();
    assert_eq!(last(&app, &owner).await.changes, json!({ "date_of_birth": hidden }));
    owner.patch(&path, json!({ "ssn": "987-65-4321" })).await.ok();
    let told = json!({ "ssn": { "before": "***-**-6789", "after": "***-**-4321" } });
    assert_eq!(last(&app, &owner).await.changes, told);
    let entries = app.audit(owner.tenant).await.len();
    let same = json!({ "ssn": "987654321", "date_of_birth": "1981-01-01" });
    owner.patch(&path, same).await.ok();
    assert_eq!(app.audit(owner.tenant).await.len(), entries, "the same values are no change");
    let corporation = json!({ "name": "ABC", "ein": "12-3456789" });
    let corporation = owner.post("/api/corporations", corporation).await.created();
    let path = format!("/api/corporations/{}", id(&corporation));
    owner.patch(&path, json!({ "ein": "98-7656789" })).await.ok();
    assert_eq!(last(&app, &owner).await.changes, json!({ "ein": hidden }));
}

async fn links_are_told_by_name(app: TestApp) {
    let owner = app.owner().await;
    let (abc, xyz) = (owner.corporation("ABC").await, owner.corporation("XYZ").await);
    let contact = owner.contact("Ana Ruiz", json!({ "primary_corporation_id": abc })).await;
    let path = format!("/api/contacts/{}", id(&contact));
    owner.patch(&path, json!({ "primary_corporation_id": xyz })).await.ok();
    let entry = last(&app, &owner).await;
    assert_eq!(fields(&entry), ["corporations", "primary_corporation_id"]);
    let names = |side: &str| -> Vec<Value> {
        let list = entry.changes["corporations"][side].as_array().unwrap();
        list.iter().map(|corporation| corporation["name"].clone()).collect()
    };
    assert_eq!(
        (names("before"), names("after")),
        (vec![json!("ABC")], vec![json!("XYZ"), json!("ABC")])
    );
}

async fn an_entry_names_who_when_whence_and_which_request(app: TestApp) {
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Member).await;
    let client = member.with("X-Request-Id", "req-12345678");
    let body = json!({ "first_name": "Ana", "last_name": "Ruiz" });
    let reply = client.post("/api/contacts", body).await.expect(201);
    assert_eq!(reply.header("x-request-id"), "req-12345678");
    let entry = last(&app, &owner).await;
    assert_eq!(entry.actor_id, Some(member.user));
    assert!(entry.actor_name.starts_with("Persona "));
    assert_eq!(entry.request_id, "req-12345678");
    assert_eq!(entry.ip, "127.0.0.1");
    let at: chrono::DateTime<chrono::Utc> =
        reply.json()["created_at"].as_str().unwrap().parse().unwrap();
    assert!((entry.at - at).abs() < chrono::TimeDelta::minutes(1));
}

async fn a_refused_command_leaves_no_entry(app: TestApp) {
    let owner = app.owner().await;
    let abc = owner.corporation("ABC").await;
    let more = json!({ "primary_corporation_id": abc, "external_id": "X-1" });
    owner.contact("Ana Ruiz", more).await;
    let path = owner.contact_path("Eva Luna").await;
    let entries = app.audit(owner.tenant).await.len();
    let viewer = app.member(owner.tenant, Role::Viewer).await;
    let body = json!({ "first_name": "Ana", "last_name": "Ruiz" });
    for reply in [
        viewer.post("/api/contacts", body.clone()).await,
        owner.post("/api/contacts", body).await,
        owner.post("/api/contacts", json!({})).await,
        owner.patch(&path, json!({ "external_id": "X-1" })).await,
        owner.patch(&path, json!({ "corporation_ids": [abc] })).await,
        owner.with("If-Match", "\"v7\"").patch(&path, json!({ "notes": "x" })).await,
        owner.delete(&format!("/api/corporations/{abc}")).await,
        owner.delete(&format!("/api/contacts/{}", uuid::Uuid::now_v7())).await,
        owner.post(&format!("{path}/reveal"), asking_for("notes")).await,
    ] {
        assert!(reply.status >= 400, "{}", reply.text);
    }
    assert_eq!(app.audit(owner.tenant).await.len(), entries);
}

async fn entries_stay_in_their_firm(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    owner.corporation("ABC").await;
    assert!(app.audit(other.tenant).await.is_empty());
    assert_eq!(app.audit(owner.tenant).await.len(), 1);
}

async fn logins_and_their_like_are_activities(app: TestApp) {
    let owner = app.owner().await;
    let client = app.client.with("X-Request-Id", "req-login-1");
    let body = json!({ "email": owner.email, "password": "wrong-password-1" });
    client.post("/api/auth/login", body).await.problem(401, "invalid_credentials");
    let failed = app.activities("login.failed").await.pop().unwrap();
    assert_eq!((failed.user_id, failed.tenant_id), (Some(owner.user), None));
    assert_eq!((failed.ip.as_str(), failed.request_id.as_str()), ("127.0.0.1", "req-login-1"));
    let details = failed.details.to_string();
    assert!(!details.contains("wrong-password-1"));
    assert!(app.audit(owner.tenant).await.is_empty(), "the firm's own log is for its own data");
}
