//! Versions of a document.

use super::{client, says, stored_files};
use crate::support::crm::column;
use crate::support::fixtures::id;
use crate::support::{TestApp, json};
use uuid::Uuid;

db_tests! {
    each_version_can_be_had_again,
    a_former_version_becomes_the_present_one,
    a_version_of_another_type_changes_the_extension,
    of_two_who_bring_a_version_the_late_one_is_told,
    versions_of_another_document_are_not_there,
}

async fn each_version_can_be_had_again(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let path = format!("/api/documents/{}", owner.document(inbox, "contrato.pdf").await);
    let versions = format!("{path}/versions");
    let second = owner.upload(&versions, &[], "contrato v2.pdf", &says("dos")).await;
    assert_eq!(second.header("etag"), "\"v2\"");
    let second = second.created();
    assert_eq!((&second["version"], &second["name"]), (&json!(2), &json!("contrato.pdf")));
    assert!(owner.bytes(&format!("{path}/download")).await.body == says("dos"));
    let list = owner.get(&versions).await.ok();
    assert_eq!(column(&list, "number"), [2, 1]);
    assert_eq!(column(&list, "name"), ["contrato v2.pdf", "contrato.pdf"]);
    assert_eq!(column(&list, "is_current"), [true, false]);
    let first = &list["items"][1];
    let served = owner.bytes(&format!("{versions}/{}/download", id(first))).await;
    assert_eq!(served.body.len() as u64, first["size"].as_u64().unwrap());
    assert!(String::from_utf8_lossy(&served.body).contains("contrato.pdf"));
}

async fn a_former_version_becomes_the_present_one(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let path = format!("/api/documents/{}", owner.document(inbox, "contrato.pdf").await);
    let versions = format!("{path}/versions");
    let first = owner.get(&path).await.ok();
    owner.upload(&versions, &[], "v2.pdf", &says("dos")).await.created();
    let list = owner.get(&versions).await.ok();
    let (present, former) = (id(&list["items"][0]), id(&list["items"][1]));
    let restore = format!("{versions}/{former}/restore");
    let again = owner.post(&restore, json!({})).await.ok();
    assert_eq!((&again["version"], &again["sha256"]), (&json!(3), &first["sha256"]));
    let list = owner.get(&versions).await.ok();
    assert_eq!(list["items"][0]["restored_from"], 1);
    owner
        .post(&format!("{versions}/{}/restore", id(&list["items"][0])), json!({}))
        .await
        .problem(409, "state_conflict");
    owner.post(&format!("{versions}/{present}/restore"), json!({})).await.ok();
    assert!(owner.bytes(&format!("{path}/download")).await.body == says("dos"));
    // Two contents, whatever the number of versions; both go with the document.
    assert_eq!(stored_files(&app), 2);
    owner.delete(&path).await.no_content();
    owner.upload(&versions, &[], "v5.pdf", &says("x")).await.problem(409, "state_conflict");
    owner.post(&restore, json!({})).await.problem(409, "state_conflict");
    owner.delete(&format!("{path}?permanent=true")).await.no_content();
    app.jobs_are_done().await;
    assert_eq!(stored_files(&app), 0);
}

async fn a_version_of_another_type_changes_the_extension(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let path = format!("/api/documents/{}", owner.document(inbox, "foto.pdf").await);
    let picture = ebenezer::demo::files::png(4, 4, |_, _| 0);
    let versions = format!("{path}/versions");
    let changed = owner.upload(&versions, &[], "x.png", &picture).await.created();
    assert_eq!((&changed["name"], &changed["kind"]), (&json!("foto.png"), &json!("image")));
    owner.upload(&versions, &[], "x.pdf", &picture).await.invalid("file", "file_type_mismatch");
    let renamed = owner.patch(&path, json!({ "name": "Cédula.exe" })).await.ok();
    assert_eq!(renamed["name"], "Cédula.exe.png");
    let found = owner.list("/api/documents", &[("search", "cedula"), ("kind", "image")]).await.ok();
    assert_eq!(found["total"], 1);
}

async fn of_two_who_bring_a_version_the_late_one_is_told(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let path = format!("/api/documents/{}", owner.document(inbox, "a.pdf").await);
    let versions = format!("{path}/versions");
    let careful = owner.with("If-Match", "\"v1\"");
    let (one, dos) = (says("uno"), says("dos"));
    let (one, two) = tokio::join!(
        careful.upload(&versions, &[], "a.pdf", &one),
        careful.upload(&versions, &[], "a.pdf", &dos),
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 412]);
    // Without the header both come, one after the other.
    let (one, two) = (says("tres"), says("cuatro"));
    let (one, two) = tokio::join!(
        owner.upload(&versions, &[], "a.pdf", &one),
        owner.upload(&versions, &[], "a.pdf", &two),
    );
    let mut numbers = [one.created()["version"].as_u64(), two.created()["version"].as_u64()];
    numbers.sort_unstable();
    assert_eq!(numbers, [Some(3), Some(4)]);
}

async fn versions_of_another_document_are_not_there(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let mine = owner.document(inbox, "a.pdf").await;
    let other = owner.document(inbox, "b.pdf").await;
    let list = owner.get(&format!("/api/documents/{other}/versions")).await.ok();
    let foreign = id(&list["items"][0]);
    for id in [foreign, Uuid::now_v7()] {
        let path = format!("/api/documents/{mine}/versions/{id}");
        owner.get(&format!("{path}/download")).await.problem(404, "not_found");
        owner.post(&format!("{path}/restore"), json!({})).await.problem(404, "not_found");
    }
}
