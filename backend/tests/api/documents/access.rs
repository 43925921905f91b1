//! Who did what with a document.

use super::{client, says};
use crate::support::crm::column;
use crate::support::fixtures::id;
use crate::support::{TestApp, json};
use ebenezer_shared::permission::Role;

db_tests! {
    each_view_download_share_and_change_is_known,
    reading_in_parts_is_known_once_and_from_any_part,
    moving_takes_a_document_along,
    lists_are_narrowed,
    changes_are_heard_live_and_reading_is_not,
}

async fn each_view_download_share_and_change_is_known(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let path = format!("/api/documents/{}", owner.document(inbox, "W-2.pdf").await);
    owner.get(&format!("{path}/preview")).await.expect(200);
    let member = app.member(owner.tenant, Role::Member).await;
    member.get(&format!("{path}/download")).await.expect(200);
    let shared = owner.patch(&path, json!({ "shared_with_portal": true })).await.ok();
    assert_eq!(shared["shared_with_portal"], true);
    owner.patch(&path, json!({ "name": "W-2 2024" })).await.ok();
    owner.patch(&path, json!({ "shared_with_portal": false })).await.ok();
    owner.upload(&format!("{path}/versions"), &[], "v2.pdf", &says("dos")).await.created();
    owner.delete(&path).await.no_content();
    owner.delete(&path).await.problem(409, "state_conflict");
    owner.patch(&path, json!({ "name": "x" })).await.problem(409, "state_conflict");
    owner.post(&format!("{path}/restore"), json!({})).await.ok();
    let log = owner.get(&format!("{path}/access-log?page_size=50")).await.ok();
    assert_eq!(
        column(&log, "action"),
        [
            "restore",
            "trash",
            "new_version",
            "unshare",
            "update",
            "share",
            "download",
            "view",
            "create"
        ]
    );
    let download = &log["items"][6];
    assert_eq!(
        (&download["actor_id"], &download["ip"]),
        (&json!(member.user), &json!("127.0.0.1"))
    );
    assert_eq!(download["changes"]["version"], 1);
    assert_eq!(log["items"][4]["changes"]["name"]["after"], "W-2 2024.pdf");
    // Addresses are for those who may see the audit log.
    let log = member.get(&format!("{path}/access-log")).await.ok();
    assert!(log["items"][0].get("ip").is_none() && log["total"] == 9);
    let page = owner.get(&format!("{path}/access-log?page_size=2")).await.ok();
    let next = page["next_cursor"].as_str().unwrap();
    let page = owner.get(&format!("{path}/access-log?page_size=2&cursor={next}")).await.ok();
    assert_eq!(column(&page, "action"), ["new_version", "unshare"]);
}

async fn reading_in_parts_is_known_once_and_from_any_part(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let path = format!("/api/documents/{}", owner.document(inbox, "W-2.pdf").await);
    let part = owner.with("Range", "bytes=1-");
    for _ in 0..3 {
        part.get(&format!("{path}/download")).await.expect(206);
    }
    let log = owner.get(&format!("{path}/access-log")).await.ok();
    assert_eq!(column(&log, "action"), ["download", "create"]);
    let member = app.member(owner.tenant, Role::Member).await;
    member.with("Range", "bytes=-1").get(&format!("{path}/preview")).await.expect(206);
    let log = owner.get(&format!("{path}/access-log")).await.ok();
    assert_eq!(column(&log, "action"), ["view", "download", "create"]);
}

async fn moving_takes_a_document_along(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let company = owner.corporation("ABC Corp").await;
    let list = owner.get(&format!("/api/folders?corporation_id={company}")).await.ok();
    let there = id(&list["items"][2]);
    let path = format!("/api/documents/{}", owner.document(inbox, "W-2.pdf").await);
    let moved = owner.patch(&path, json!({ "folder_id": there })).await.ok();
    assert_eq!(moved["client"]["name"], "ABC Corp");
    assert_eq!(moved["folder"]["name"], "Impuestos");
    let log = owner.get(&format!("{path}/access-log")).await.ok();
    assert_eq!(log["items"][0]["action"], "move");
    owner.patch(&path, json!({ "folder_id": null })).await.invalid("folder_id", "wrong_type");
    let gone = owner.patch(&path, json!({ "folder_id": uuid::Uuid::now_v7() })).await;
    gone.invalid("folder_id", "unknown_reference");
    let stale = owner.with("If-Match", "\"v1\"").patch(&path, json!({ "name": "x" })).await;
    stale.problem(412, "precondition_failed");
}

async fn lists_are_narrowed(app: TestApp) {
    let owner = app.owner().await;
    let (contact, inbox) = client(&owner).await;
    let unit = owner.department("Nómina", "NOM").await;
    let body = json!({ "name": "Planilla", "contact_id": contact, "department_id": unit });
    let folder = id(&owner.post("/api/folders", body).await.created());
    let company = owner.corporation("ABC Corp").await;
    let fields = [("corporation_id", company.to_string())];
    let fields = fields.each_ref().map(|(name, id)| (*name, id.as_str()));
    owner.upload("/api/documents", &fields, "acta.pdf", &says("x")).await.created();
    owner.document(inbox, "Pagaré Ñandú.pdf").await;
    owner.document(folder, "sueldos.pdf").await;
    let trashed = owner.document(inbox, "viejo.pdf").await;
    owner.delete(&format!("/api/documents/{trashed}")).await.no_content();
    let names = async |query: &[(&str, &str)]| {
        let list = owner.list("/api/documents", query).await.ok();
        let names = column(&list, "name");
        names.iter().map(|name| name.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let (contact, company) = (contact.to_string(), company.to_string());
    let (inbox, unit) = (inbox.to_string(), unit.to_string());
    assert_eq!(names(&[]).await, ["acta.pdf", "Pagaré Ñandú.pdf", "sueldos.pdf"]);
    assert_eq!(names(&[("contact_id", &contact)]).await, ["Pagaré Ñandú.pdf", "sueldos.pdf"]);
    assert_eq!(names(&[("corporation_id", &company)]).await, ["acta.pdf"]);
    assert_eq!(names(&[("folder_id", &inbox)]).await, ["Pagaré Ñandú.pdf"]);
    assert_eq!(names(&[("department_id", &unit)]).await, ["sueldos.pdf"]);
    assert_eq!(names(&[("trashed", "true")]).await, ["viejo.pdf"]);
    assert_eq!(names(&[("search", "NANDU pagare")]).await, ["Pagaré Ñandú.pdf"]);
    assert_eq!(names(&[("search", "pagare"), ("corporation_id", &company)]).await, [""; 0]);
    assert_eq!(names(&[("ordering", "-created_at"), ("page_size", "1")]).await, ["sueldos.pdf"]);
    assert_eq!(names(&[("kind", "image")]).await, [""; 0]);
    owner.get("/api/documents?kind=exe").await.problem(400, "invalid_query");
    let both = [("contact_id", contact.as_str()), ("corporation_id", company.as_str())];
    owner.list("/api/documents", &both).await.problem(400, "invalid_query");
    let hidden = app.member(owner.tenant, Role::Member).await;
    let seen = hidden.get(&format!("/api/documents?department_id={unit}")).await.ok();
    assert_eq!(seen["total"], 0);
}

async fn changes_are_heard_live_and_reading_is_not(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let mut watch = owner.watch("/api/live").await;
    let document = owner.document(inbox, "a.pdf").await;
    let path = format!("/api/documents/{document}");
    owner.get(&format!("{path}/download")).await.expect(200);
    owner.patch(&path, json!({ "name": "b" })).await.ok();
    let mut heard = Vec::new();
    while heard.len() < 2 {
        let change = watch.change().await;
        if change["record"] == json!(document) {
            assert_eq!(change["subject"], "document");
            heard.push(change["verb"].as_str().unwrap().to_owned());
        }
    }
    heard.sort_unstable();
    assert_eq!(heard, ["create", "update"]);
}
