//! The trash, what leaves it, and clients who are to go.

use super::{client, housekeeping, says, stored_files};
use crate::support::crm::column;
use crate::support::fixtures::id;
use crate::support::{Setup, TestApp, json};
use chrono::TimeDelta;
use ebenezer_shared::permission::Role;

db_tests! {
    the_trash_is_emptied_by_hand,
    after_thirty_days_a_document_is_gone_for_good,
    a_client_with_documents_stays,
    a_client_without_documents_goes_with_the_folders,
    many_at_once_keep_those_with_documents,
}

async fn the_trash_is_emptied_by_hand(app: TestApp) {
    let owner = app.owner().await;
    let (contact, inbox) = client(&owner).await;
    let kept = owner.document(inbox, "a.pdf").await;
    let gone = owner.document(inbox, "b.pdf").await;
    let path = format!("/api/documents/{gone}");
    let early = owner.delete(&format!("{path}?permanent=true")).await;
    early.problem(409, "state_conflict");
    let manager = app.member(owner.tenant, Role::Manager).await;
    manager.delete(&path).await.problem(403, "permission_required");
    owner.delete(&path).await.no_content();
    let trashed = owner.get(&path).await.ok();
    assert!(trashed["trashed_at"].is_string() && trashed["purged_on"].is_string());
    owner.get(&format!("{path}/download")).await.expect(200);
    let timeline = owner.get(&format!("/api/contacts/{contact}/timeline")).await.ok();
    let told = timeline["items"][0]["text"].as_str().unwrap();
    assert!(told.ends_with("puso en la papelera el documento «b.pdf»"), "{told}");
    let emptied = owner.post("/api/documents/empty-trash", json!({})).await.ok();
    assert_eq!(emptied, json!({ "purged": 1, "left": 0 }));
    owner.get(&path).await.problem(404, "not_found");
    owner.get(&format!("/api/documents/{kept}")).await.ok();
    let list = owner.get("/api/deletions?types=document").await.ok();
    assert_eq!(column(&list, "id"), [json!(gone)]);
    app.jobs_are_done().await;
    assert_eq!(stored_files(&app), 1);
    assert_eq!(app.count("stored_files").await, 1);
}

async fn after_thirty_days_a_document_is_gone_for_good(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let path = format!("/api/documents/{}", owner.document(inbox, "a.pdf").await);
    owner.upload(&format!("{path}/versions"), &[], "a.pdf", &says("dos")).await.created();
    owner.delete(&path).await.no_content();
    app.advance(TimeDelta::days(29));
    housekeeping(&app).await;
    assert_eq!(app.count("documents").await, 1);
    app.advance(TimeDelta::days(1) + TimeDelta::hours(1));
    housekeeping(&app).await;
    assert_eq!((app.count("documents").await, app.count("document_versions").await), (0, 0));
    assert_eq!((app.count("stored_files").await, stored_files(&app)), (0, 0));
    assert_eq!(app.value::<i64>("SELECT bytes FROM storage_usage").await, 0);
}

async fn a_client_with_documents_stays(app: TestApp) {
    let owner = app.owner().await;
    let (contact, inbox) = client(&owner).await;
    let unit = owner.department("Nómina", "NOM").await;
    let body = json!({ "name": "Planilla", "contact_id": contact, "department_id": unit });
    let hidden = id(&owner.post("/api/folders", body).await.created());
    let document = owner.document(inbox, "W-2.pdf").await;
    let trashed = owner.document(hidden, "sueldos.pdf").await;
    owner.delete(&format!("/api/documents/{trashed}")).await.no_content();
    let path = format!("/api/contacts/{contact}");
    let problem = owner.delete(&path).await.problem(409, "has_documents");
    assert_eq!(problem["used"], 2);
    assert_eq!(problem["documents"][1], json!({ "id": document, "name": "W-2.pdf" }));
    for id in [document, trashed] {
        owner.delete(&format!("/api/documents/{id}")).await;
    }
    owner.delete(&path).await.problem(409, "has_documents");
    owner.post("/api/documents/empty-trash", json!({})).await.ok();
    owner.delete(&path).await.no_content();
    assert_eq!(app.count("folders").await, 0);
}

async fn a_client_without_documents_goes_with_the_folders(app: TestApp) {
    let owner = app.owner().await;
    let company = owner.corporation("ABC Corp").await;
    let request =
        json!({ "title": "Cierre", "corporation_id": company, "items": [{ "name": "x" }] });
    let request = id(&owner.post("/api/document-requests", request).await.created());
    let path = format!("/api/corporations/{company}");
    let problem = owner.delete(&path).await.problem(409, "in_use");
    assert_eq!(problem["used"], 1, "what was asked for is not lost");
    owner.delete(&format!("/api/document-requests/{request}")).await.no_content();
    owner.delete(&path).await.no_content();
    assert_eq!(app.count("folders").await, 0);
    // The client's own tombstone tells of the folders.
    let list = owner.get("/api/deletions").await.ok();
    assert_eq!(column(&list, "type"), ["document_request", "corporation"]);
}

async fn many_at_once_keep_those_with_documents(app: TestApp) {
    let owner = app.owner().await;
    let (contact, inbox) = client(&owner).await;
    owner.document(inbox, "W-2.pdf").await;
    let other = id(&owner.contact("Juan Pérez", json!({})).await);
    let body = json!({ "action": "delete", "ids": [contact, other] });
    let done = owner.post("/api/contacts/bulk", body).await.ok();
    assert_eq!(done["changed"], 1);
    assert_eq!(done["refused"], json!([{ "id": contact, "reason": "has_documents" }]));
    let undo = format!("/api/bulk/{}/undo", done["bulk_id"].as_str().unwrap());
    owner.post(&undo, json!({})).await.ok();
    let folders = owner.get(&format!("/api/folders?contact_id={other}")).await.ok();
    assert_eq!(folders["total"], 6);
}
