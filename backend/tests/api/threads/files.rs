//! Files of messages.

use crate::support::fixtures::id;
use crate::support::{Setup, TestApp, json};
use ebenezer_shared::permission::Role;

db_tests! {
    a_file_goes_with_a_message,
    a_file_is_its_uploaders_until_it_is_sent,
    files_that_may_not_come_are_refused,
    a_file_that_is_too_large_is_refused,
}

async fn a_file_goes_with_a_message(app: TestApp) {
    let owner = app.owner().await;
    let eva = app.member(owner.tenant, Role::Member).await;
    let leo = app.member(owner.tenant, Role::Admin).await;
    let thread = owner.thread("x", &[&eva]).await;
    let file = owner.upload("/api/attachments", &[], "Año 2024.txt", b"Hola").await.created();
    assert_eq!(
        file,
        json!({ "id": file["id"], "name": "Año 2024.txt", "content_type": "text/plain", "size": 4 })
    );
    let path = format!("/api/threads/{thread}/messages");
    let sent = owner.post(&path, json!({ "attachment_ids": [file["id"]] })).await.created();
    assert_eq!((&sent["body"], &sent["attachments"]), (&json!(""), &json!([file])));
    let download = format!("/api/attachments/{}/download", file["id"].as_str().unwrap());
    let got = eva.bytes(&download).await;
    assert_eq!((got.status, got.body.as_slice()), (200, b"Hola".as_slice()));
    leo.get(&download).await.problem(404, "not_found");
    // A plain link fetches it once.
    let link = eva.post("/api/downloads", json!({ "path": download })).await.created();
    let got = app.client.bytes(link["path"].as_str().unwrap()).await;
    assert_eq!((got.status, got.body.as_slice()), (200, b"Hola".as_slice()));
    let again = owner.post(&path, json!({ "attachment_ids": [file["id"]] })).await;
    again.invalid("attachment_ids", "unknown_reference");
}

async fn a_file_is_its_uploaders_until_it_is_sent(app: TestApp) {
    let owner = app.owner().await;
    let eva = app.member(owner.tenant, Role::Member).await;
    let thread = owner.thread("x", &[&eva]).await;
    let file = owner.upload("/api/attachments", &[], "a.txt", b"Hola").await.created();
    let download = format!("/api/attachments/{}/download", id(&file));
    assert_eq!(owner.bytes(&download).await.status, 200);
    eva.get(&download).await.problem(404, "not_found");
    let stolen = json!({ "attachment_ids": [file["id"]] });
    let path = format!("/api/threads/{thread}/messages");
    eva.post(&path, stolen).await.invalid("attachment_ids", "unknown_reference");
    assert_eq!(owner.get(&path).await.ok()["total"], 1);
}

async fn files_that_may_not_come_are_refused(app: TestApp) {
    let owner = app.owner().await;
    for (name, content, why) in [
        ("a.exe", b"MZ".as_slice(), "file_type_not_allowed"),
        ("a.pdf", b"no pdf at all".as_slice(), "file_type_mismatch"),
        ("a.txt", b"".as_slice(), "file_empty"),
    ] {
        let reply = owner.upload("/api/attachments", &[], name, content).await;
        reply.invalid("file", why);
    }
    let reply = owner.upload("/api/attachments", &[("note", "x")], "a.txt", b"Hola").await;
    reply.invalid("note", "unknown_field");
    assert_eq!(app.count("attachments").await, 0);
}

async fn a_file_that_is_too_large_is_refused(setup: Setup) {
    let small = setup.set("MAX_UPLOAD_SIZE", "1000").start().await;
    let owner = small.owner().await;
    let large = vec![b'a'; 2000];
    let reply = owner.upload("/api/attachments", &[], "a.txt", &large).await;
    reply.problem(413, "payload_too_large");
    assert_eq!(small.count("attachments").await, 0);
}
