//! Folders, documents and requests of clients who are merged.

use super::client;
use crate::support::crm::column;
use crate::support::fixtures::id;
use crate::support::{TestApp, json};

db_tests! {
    documents_follow_their_client_and_come_back,
    what_was_put_elsewhere_since_stays_there,
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
    let year = json!({ "name": "2024", "parent_id": inbox });
    let inside = id(&owner.post("/api/folders", year).await.created());
    let undo = format!("/api/bulk/{}/undo", merged["bulk_id"].as_str().unwrap());
    owner.post(&undo, json!({})).await.ok();
    assert_eq!(owner.get(&path).await.ok()["client"]["id"], json!(goes));
    assert_eq!(owner.get(&asked).await.ok()["client"]["id"], json!(goes));
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
