//! What clients are asked for.

use super::{by_day, client, housekeeping};
use crate::support::crm::column;
use crate::support::fixtures::id;
use crate::support::{Member, Setup, TestApp, Value, json};
use chrono::TimeDelta;
use uuid::Uuid;

db_tests! {
    a_request_is_a_list_that_documents_fulfil,
    only_documents_of_the_client_fulfil_it,
    a_request_is_cancelled_and_asked_again,
    reminders_are_sent_on_their_days_and_once,
    a_reminder_is_sent_when_somebody_asks,
    what_breaks_a_rule_is_refused,
}

async fn ask(owner: &Member, more: Value) -> Value {
    let body = json!({
        "title": "Declaración 2024", "message": "Para presentar a tiempo.",
        "items": [{ "name": "W-2" }, { "name": "Estado de cuenta", "note": "De diciembre" }],
    });
    let body = crate::support::crm::merged(body, more);
    owner.post("/api/document-requests", body).await.created()
}

fn item(request: &Value, place: usize) -> String {
    format!("/api/document-requests/{}/items/{}", id(request), id(&request["items"][place]))
}

async fn a_request_is_a_list_that_documents_fulfil(app: TestApp) {
    let owner = app.owner().await;
    let (contact, inbox) = client(&owner).await;
    let request = ask(&owner, json!({ "contact_id": contact, "due_on": "2020-01-31" })).await;
    assert_eq!((&request["status"], &request["is_overdue"]), (&json!("open"), &json!(true)));
    assert_eq!(request["client"]["name"], "María García");
    let [w2, bank] = [owner.document(inbox, "w2.pdf").await, owner.document(inbox, "b.pdf").await];
    let half = owner.patch(&item(&request, 0), json!({ "document_id": w2 })).await.ok();
    assert_eq!((&half["status"], &half["fulfilled_count"]), (&json!("open"), &json!(1)));
    assert_eq!(half["items"][0]["document"], json!({ "id": w2, "name": "w2.pdf" }));
    let whole = owner.patch(&item(&request, 1), json!({ "document_id": bank })).await.ok();
    assert_eq!(whole["status"], "completed");
    assert!(whole["completed_at"].is_string() && whole["is_overdue"] == false);
    let missing = owner.patch(&item(&request, 1), json!({ "document_id": null })).await.ok();
    assert_eq!((&missing["status"], &missing["completed_at"]), (&json!("open"), &Value::Null));
    owner.delete(&item(&request, 1)).await.no_content();
    let path = format!("/api/document-requests/{}", id(&request));
    assert_eq!(owner.get(&path).await.ok()["status"], "completed");
    owner.delete(&item(&request, 0)).await.problem(409, "in_use");
    let more = owner.post(&format!("{path}/items"), json!({ "name": "Cédula" })).await.created();
    assert_eq!((&more["status"], &more["items"][1]["name"]), (&json!("open"), &json!("Cédula")));
    // A document that goes for good was there all the same.
    let document = format!("/api/documents/{w2}");
    owner.delete(&document).await.no_content();
    owner.delete(&format!("{document}?permanent=true")).await.no_content();
    let after = owner.get(&path).await.ok();
    let first = &after["items"][0];
    assert_eq!((&first["is_fulfilled"], &first["document"]), (&json!(true), &Value::Null));
    owner.delete(&path).await.no_content();
    owner.get(&path).await.problem(404, "not_found");
}

async fn only_documents_of_the_client_fulfil_it(app: TestApp) {
    let owner = app.owner().await;
    let (contact, inbox) = client(&owner).await;
    let (_, elsewhere) = client(&owner).await;
    let request = ask(&owner, json!({ "contact_id": contact })).await;
    let other = owner.document(elsewhere, "a.pdf").await;
    let trashed = owner.document(inbox, "b.pdf").await;
    owner.delete(&format!("/api/documents/{trashed}")).await.no_content();
    let first = item(&request, 0);
    let refused = owner.patch(&first, json!({ "document_id": other })).await;
    refused.invalid("document_id", "other_client");
    for unknown in [trashed, Uuid::now_v7()] {
        let refused = owner.patch(&first, json!({ "document_id": unknown })).await;
        refused.invalid("document_id", "unknown_reference");
    }
    let second = ask(&owner, json!({ "contact_id": contact })).await;
    let crossed = item(&json!({ "id": request["id"], "items": second["items"] }), 0);
    owner.patch(&crossed, json!({ "name": "x" })).await.problem(404, "not_found");
}

async fn a_request_is_cancelled_and_asked_again(app: TestApp) {
    let owner = app.owner().await;
    let (contact, _) = client(&owner).await;
    let request = ask(&owner, json!({ "contact_id": contact, "remind_every_days": 3 })).await;
    let path = format!("/api/document-requests/{}", id(&request));
    let cancelled = owner.patch(&path, json!({ "status": "cancelled" })).await.ok();
    assert_eq!(
        (&cancelled["status"], &cancelled["next_reminder_on"]),
        (&json!("cancelled"), &Value::Null)
    );
    owner.post(&format!("{path}/remind"), json!({})).await.problem(409, "state_conflict");
    let list = async |query: &str| {
        let list = owner.get(&format!("/api/document-requests?{query}")).await.ok();
        column(&list, "title").len()
    };
    assert_eq!((list("status=open").await, list("status=cancelled").await), (0, 1));
    let again = owner.patch(&path, json!({ "status": "open", "due_on": "2020-01-01" })).await.ok();
    assert!(again["status"] == "open" && again["next_reminder_on"].is_string());
    assert_eq!((list("overdue=true").await, list("overdue=false").await), (1, 0));
    assert_eq!(list(&format!("contact_id={contact}&ordering=due_on")).await, 1);
    owner.patch(&path, json!({ "status": "completed" })).await.invalid("status", "unknown_value");
    let stale = owner.with("If-Match", "\"v1\"").patch(&path, json!({ "title": "x" })).await;
    stale.problem(412, "precondition_failed");
}

async fn reminders_are_sent_on_their_days_and_once(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    by_day(&owner).await;
    let contact = id(&owner.contact("Ana Ruiz", json!({ "email": "ana@cliente.test" })).await);
    let silent = id(&owner.contact("Sin Correo", json!({})).await);
    let mut asked = Vec::new();
    for client in [contact, silent] {
        let request = ask(&owner, json!({ "contact_id": client, "remind_every_days": 3 })).await;
        asked.push(id(&request));
    }
    let stand = async |request: Uuid| {
        let which = format!("FROM document_requests WHERE id = {}", app.sql_id(request));
        let version = app.value::<i32>(&format!("SELECT version {which}")).await;
        (version, app.value::<i32>(&format!("SELECT reminder_count {which}")).await)
    };
    let letters = async || {
        housekeeping(&app).await;
        app.mails_to("ana@cliente.test").await
    };
    app.advance(TimeDelta::days(2));
    assert_eq!(letters().await.len(), 0);
    app.advance(TimeDelta::days(2));
    let sent = letters().await;
    assert_eq!(sent.len(), 1);
    assert!(sent[0].subject.contains("espera documentos de usted"), "{}", sent[0].subject);
    assert!(sent[0].text.contains("W-2") && sent[0].text.contains("Estado de cuenta"));
    assert!(sent[0].text.contains("Para presentar a tiempo."), "{}", sent[0].text);
    app.advance(TimeDelta::hours(2));
    assert_eq!(letters().await.len(), 1);
    app.advance(TimeDelta::days(4));
    assert_eq!(letters().await.len(), 2);
    // As when somebody does it by hand: a new version each time, and an entry.
    assert_eq!(stand(asked[0]).await, (3, 2));
    assert_eq!(stand(asked[1]).await, (3, 0));
    let log = app.audit(owner.tenant).await;
    let told: Vec<_> = log.iter().filter(|it| it.action == "document_request.remind").collect();
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|it| it.actor_id.is_none() && it.actor_name == "Ebenezer"));
    assert!(told.iter().all(|it| it.resource_id == Some(asked[0])));
}

async fn a_reminder_is_sent_when_somebody_asks(app: TestApp) {
    let owner = app.owner().await;
    let more = json!({ "email": "eva@cliente.test", "preferred_language": "en" });
    let contact = id(&owner.contact("Eva Paz", more).await);
    let request = ask(&owner, json!({ "contact_id": contact, "due_on": "2031-04-15" })).await;
    let path = format!("/api/document-requests/{}/remind", id(&request));
    let reminded = owner.post(&path, json!({})).await.ok();
    assert_eq!(reminded["reminder_count"], 1);
    app.jobs_are_done().await;
    let mails = app.mails_to("eva@cliente.test").await;
    assert!(mails[0].subject.contains("is waiting for documents"), "{}", mails[0].subject);
    assert!(mails[0].text.contains("2031"), "{}", mails[0].text);
    let (nobody, _) = client(&owner).await;
    let request = ask(&owner, json!({ "contact_id": nobody })).await;
    let path = format!("/api/document-requests/{}/remind", id(&request));
    owner.post(&path, json!({})).await.invalid("contact_id", "no_email");
}

async fn what_breaks_a_rule_is_refused(app: TestApp) {
    let owner = app.owner().await;
    let (contact, _) = client(&owner).await;
    let send = async |body: Value| owner.post("/api/document-requests", body).await;
    let none = json!({ "contact_id": contact, "title": "x", "items": [] });
    send(none).await.invalid("items", "required");
    let nameless = json!({ "contact_id": contact, "title": "x", "items": [{ "name": " " }] });
    send(nameless).await.invalid("items.0.name", "required");
    let items: Vec<Value> = (0..101).map(|n| json!({ "name": n.to_string() })).collect();
    let many = json!({ "contact_id": contact, "title": "x", "items": items });
    send(many).await.invalid("items", "too_many");
    let nobodys = json!({ "title": "x", "items": [{ "name": "x" }] });
    send(nobodys).await.invalid("contact_id", "one_client");
    let often = json!({
        "contact_id": contact, "title": "x", "items": [{ "name": "x" }], "remind_every_days": 0,
    });
    send(often).await.invalid("remind_every_days", "out_of_range");
    let request = ask(&owner, json!({ "contact_id": contact })).await;
    let path = format!("/api/document-requests/{}", id(&request));
    let often = owner.patch(&path, json!({ "remind_every_days": 61 })).await;
    often.invalid("remind_every_days", "out_of_range");
}
