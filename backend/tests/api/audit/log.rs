//! Reading the log: filters, pages, export.

use crate::support::mail::wait_for;
use crate::support::{Member, Setup, TestApp, Value, json, sheets};
use ebenezer_shared::permission::Role;

db_tests! {
    entries_are_read_with_before_and_after,
    entries_name_what_they_tell_of_also_when_it_is_gone,
    entries_are_filtered,
    pages_and_cursors_go_through_all_entries,
    a_wrong_filter_is_named,
    who_may_not_is_told_what_it_takes,
    the_export_holds_what_was_filtered_and_no_formulas,
    exports_are_limited,
    a_reason_for_looking_is_kept,
}

async fn entries(owner: &Member, query: &[(&str, &str)]) -> Vec<Value> {
    owner.list("/api/audit-logs", query).await.ok()["items"].as_array().unwrap().clone()
}

async fn entries_are_read_with_before_and_after(app: TestApp) {
    let owner = app.owner().await;
    let contact = owner.contact("Ana Gil", json!({ "ssn": "123-45-6789" })).await;
    let path = format!("/api/contacts/{}", contact["id"].as_str().unwrap());
    owner.patch(&path, json!({ "first_name": "Anabel" })).await.ok();
    let list = entries(&owner, &[("resource_type", "contact")]).await;
    let (update, create) = (&list[0], &list[1]);
    assert_eq!(
        (&update["action"], &create["action"]),
        (&json!("contact.update"), &json!("contact.create"))
    );
    assert_eq!(update["changes"], json!({ "first_name": { "before": "Ana", "after": "Anabel" } }));
    assert_eq!((&update["actor_id"], &update["resource_id"]), (&json!(owner.user), &contact["id"]));
    assert_eq!(update["ip"], "127.0.0.1");
    assert_eq!(create["changes"]["ssn"]["after"], "***-**-6789");
    wait_for("the chain", async || {
        let list = entries(&owner, &[("resource_type", "contact")]).await;
        list.iter().all(|entry| entry["seq"].is_number()).then_some(())
    })
    .await;
}

async fn entries_name_what_they_tell_of_also_when_it_is_gone(app: TestApp) {
    let owner = app.owner().await;
    let contact = owner.contact("Ana Gil", json!({})).await;
    let path = format!("/api/contacts/{}", contact["id"].as_str().unwrap());
    owner.patch(&path, json!({ "first_name": "Anabel" })).await.ok();
    owner.department("Impuestos", "IMP").await;
    let names = async |kind: &str| -> Vec<Value> {
        let list = entries(&owner, &[("resource_type", kind)]).await;
        list.iter().map(|entry| entry["resource_name"].clone()).collect()
    };
    assert_eq!(names("contact").await, ["Anabel Gil", "Anabel Gil"]);
    assert_eq!(names("department").await, ["Impuestos"]);
    owner.delete(&path).await.expect(204);
    assert_eq!(names("contact").await, ["Anabel Gil", "Anabel Gil", "Anabel Gil"]);
    let changed = entries(&owner, &[("action", "contact.update")]).await;
    assert_eq!(changed[0]["resource_name"], "Anabel Gil");
    // Another firm learns no names.
    let stranger = app.owner().await;
    let list = entries(&stranger, &[("resource_type", "contact")]).await;
    assert!(list.is_empty());
}

async fn entries_are_filtered(app: TestApp) {
    let owner = app.owner().await;
    let admin = app.member(owner.tenant, Role::Admin).await;
    let contact = owner.contact("Ana Gil", json!({})).await;
    admin.department("Impuestos", "IMP").await;
    let id = contact["id"].as_str().unwrap();
    let zone = chrono_tz::America::Bogota;
    let today = app.clock.now().with_timezone(&zone).date_naive().to_string();
    let count = async |query: &[(&str, &str)]| entries(&owner, query).await.len();
    assert_eq!(count(&[("action", "contact.create,department.create")]).await, 2);
    assert_eq!(count(&[("action", "contact.create")]).await, 1);
    assert_eq!(count(&[("resource_id", id)]).await, 1);
    assert_eq!(count(&[("actor_id", &admin.user.to_string())]).await, 1);
    let later = (app.clock.now() + chrono::TimeDelta::hours(1)).to_rfc3339();
    assert_eq!(count(&[("from", &later)]).await, 0);
    assert_eq!(count(&[("to", &later), ("resource_type", "contact,department")]).await, 2);
    let today = [("from", today.as_str()), ("to", today.as_str())];
    assert_eq!(count(&[today[0], today[1], ("action", "contact.create")]).await, 1);
    assert_eq!(count(&[("to", "2020-01-01")]).await, 0);
}

async fn pages_and_cursors_go_through_all_entries(app: TestApp) {
    let owner = app.owner().await;
    for number in 0..7 {
        owner.contact(&format!("Ana {number}"), json!({})).await;
    }
    let base = [("resource_type", "contact"), ("page_size", "3")];
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let mut query = base.to_vec();
        if !cursor.is_empty() {
            query.push(("cursor", &cursor));
        }
        let page = owner.list("/api/audit-logs", &query).await.ok();
        seen.extend(page["items"].as_array().unwrap().iter().map(|row| row["id"].clone()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    let oldest = [("resource_type", "contact"), ("ordering", "at")];
    let mut all: Vec<_> =
        entries(&owner, &oldest).await.iter().map(|row| row["id"].clone()).collect();
    all.reverse();
    assert_eq!((seen.len(), seen), (7, all));
}

async fn a_wrong_filter_is_named(app: TestApp) {
    let owner = app.owner().await;
    for (field, value, why) in [
        ("action", "contact update", "unknown_value"),
        ("resource_type", "con%00", "unknown_value"),
        ("from", "+99999-01-01T00:00:00Z", "wrong_type"),
        ("from", "0000-01-01T00:00:00Z", "out_of_range"),
        ("to", "2026-02-30", "wrong_type"),
    ] {
        let reply = owner.list("/api/audit-logs", &[(field, value)]).await;
        reply.field(400, "invalid_query", field, why);
    }
}

async fn who_may_not_is_told_what_it_takes(app: TestApp) {
    let owner = app.owner().await;
    let manager = app.member(owner.tenant, Role::Manager).await;
    for path in ["/api/audit-logs", "/api/audit-logs/export"] {
        let problem = manager.get(path).await.problem(403, "permission_required");
        assert_eq!(problem["required_permission"], "audit.view");
    }
}

async fn the_export_holds_what_was_filtered_and_no_formulas(app: TestApp) {
    let owner = app.owner().await;
    app.change_user(owner.user, |user| user.full_name = "=HYPERLINK(\"x\")".to_owned()).await;
    app.forget();
    owner.contact("Ana Gil", json!({ "notes": "dos,\n\"líneas\"" })).await;
    owner.department("Impuestos", "IMP").await;
    let reply = owner.get("/api/audit-logs/export?resource_type=contact").await.expect(200);
    assert_eq!(reply.header("content-type"), "text/csv");
    assert!(reply.header("content-disposition").starts_with("attachment; filename=\"auditoria-"));
    let rows = sheets::csv(&reply.text);
    let cell = |name: &str| &rows[1][rows[0].iter().position(|it| it == name).unwrap()];
    assert_eq!((rows.len(), rows[0][0].as_str()), (2, "seq"));
    assert_eq!(cell("actor_name"), "'=HYPERLINK(\"x\")");
    let changes: Value = serde_json::from_str(cell("changes")).unwrap();
    assert_eq!(changes["notes"]["after"], "dos,\n\"líneas\"");
    let told = entries(&owner, &[("action", "audit_log.export")]).await;
    assert_eq!(told[0]["changes"]["filters"], json!({ "resource_type": "contact" }));
}

async fn exports_are_limited(setup: Setup) {
    let app = setup.set("RATE_LIMIT_EXPORT", "2").start().await;
    let owner = app.owner().await;
    for _ in 0..2 {
        owner.get("/api/audit-logs/export").await.expect(200);
    }
    owner.get("/api/audit-logs/export").await.problem(429, "rate_limited");
}

async fn a_reason_for_looking_is_kept(app: TestApp) {
    let owner = app.owner().await;
    let contact = owner.contact("Ana Gil", json!({ "ssn": "123-45-6789" })).await;
    let path = format!("/api/contacts/{}/reveal", contact["id"].as_str().unwrap());
    let body = json!({ "field": "ssn", "reason": " Declaración de 2025 " });
    assert_eq!(owner.post(&path, body).await.ok()["value"], "123-45-6789");
    let told = entries(&owner, &[("action", "contact.reveal")]).await;
    assert_eq!(told[0]["changes"], json!({ "field": "ssn", "reason": "Declaración de 2025" }));
    let long = json!({ "field": "ssn", "reason": "x".repeat(300) });
    owner.post(&path, long).await.invalid("reason", "too_long");
}
