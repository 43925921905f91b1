//! Folders, documents and requests of clients who are merged.

use super::client;
use crate::support::crm::column;
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use uuid::Uuid;

db_tests! {
    documents_follow_their_client_and_come_back,
    what_was_put_elsewhere_since_stays_there,
}

/// What the last entry about the record tells of its client.
async fn last(app: &TestApp, owner: &Member, kind: &str, record: Uuid) -> Value {
    let log = app.audit(owner.tenant).await;
    let entry = log.into_iter().rfind(|it| it.resource_id == Some(record)).unwrap();
    assert_eq!(entry.action, format!("{kind}.update"));
    entry.changes["client"].clone()
}

async fn documents_follow_their_client_and_come_back(app: TestApp) {
    let owner = app.owner().await;
    let (stays, own) = client(&owner).await;
    let (goes, inbox) = client(&owner).await;
    let document = owner.document(inbox, "W-2.pdf").await;
    owner.document(own, "cédula.pdf").await;
    let body = json!({ "title": "Renta", "contact_id": goes, "items": [{ "name": "x" }] });
    let request = id(&owner.post("/api/document-requests", body).await.created());
    let body = json!({ "others": [{ "id": goes }] });
    let merged = owner.post(&format!("/api/contacts/{stays}/merge"), body).await.ok();
    let path = format!("/api/documents/{document}");
    assert_eq!(owner.get(&path).await.ok()["client"]["id"], json!(stays));
    let folders = owner.get(&format!("/api/folders?contact_id={stays}")).await.ok();
    // The empty ones that both had are there once.
    assert_eq!(folders["total"], 7);
    let asked = format!("/api/document-requests/{request}");
    assert_eq!(owner.get(&asked).await.ok()["client"]["id"], json!(stays));
    let moved = json!({ "before": { "kind": "contact", "id": goes, "name": "María García" },
        "after": { "kind": "contact", "id": stays, "name": "María García" } });
    for (kind, record) in [("folder", inbox), ("document_request", request)] {
        assert_eq!(last(&app, &owner, kind, record).await, moved);
    }
    let year = json!({ "name": "2024", "parent_id": inbox });
    let inside = id(&owner.post("/api/folders", year).await.created());
    let undo = format!("/api/bulk/{}/undo", merged["bulk_id"].as_str().unwrap());
    owner.post(&undo, json!({})).await.ok();
    assert_eq!(owner.get(&path).await.ok()["client"]["id"], json!(goes));
    assert_eq!(owner.get(&asked).await.ok()["client"]["id"], json!(goes));
    let back = json!({ "before": moved["after"], "after": moved["before"] });
    for (kind, record) in [("folder", inbox), ("document_request", request)] {
        assert_eq!(last(&app, &owner, kind, record).await, back);
    }
    assert_eq!(
        owner.get(&format!("/api/folders/{inside}")).await.ok()["client"]["id"],
        json!(goes)
    );
    let folders = owner.get(&format!("/api/folders?contact_id={goes}")).await.ok();
    assert_eq!(folders["total"], 7);
    let folders = owner.get(&format!("/api/folders?contact_id={stays}")).await.ok();
    assert_eq!(folders["total"], 6);
}

async fn what_was_put_elsewhere_since_stays_there(app: TestApp) {
    let owner = app.owner().await;
    let stays = owner.corporation("ABC Corp").await;
    let goes = owner.corporation("XYZ Inc").await;
    let of =
        async |company| owner.get(&format!("/api/folders?corporation_id={company}")).await.ok();
    let inbox = id(&of(goes).await["items"][0]);
    let own = id(&of(stays).await["items"][4]);
    let document = owner.document(inbox, "acta.pdf").await;
    let body = json!({ "others": [{ "id": goes }] });
    let merged = owner.post(&format!("/api/corporations/{stays}/merge"), body).await.ok();
    owner.patch(&format!("/api/documents/{document}"), json!({ "folder_id": own })).await.ok();
    owner.delete(&format!("/api/folders/{inbox}")).await.no_content();
    let undo = format!("/api/bulk/{}/undo", merged["bulk_id"].as_str().unwrap());
    owner.post(&undo, json!({})).await.ok();
    let there = owner.get(&format!("/api/documents/{document}")).await.ok();
    assert_eq!(there["client"]["id"], json!(stays));
    assert_eq!(column(&of(goes).await, "name").len(), 5);
}
