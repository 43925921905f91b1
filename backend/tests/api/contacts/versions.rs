//! `ETag` and `If-Match`: who saves second is told.

use crate::support::{Member, TestApp, json};

db_tests! {
    a_known_version_is_saved,
    an_older_version_is_refused,
    any_version_matches_a_star,
    one_of_several_tags_is_enough,
    weak_tags_never_match,
    malformed_tags_are_told,
    of_two_saves_at_once_one_wins,
    an_older_version_is_not_deleted,
    what_does_not_exist_is_not_found_whatever_the_tag,
}

async fn contact(app: &TestApp) -> (Member, String) {
    let owner = app.owner().await;
    let path = owner.contact_path("Ana Ruiz").await;
    (owner, path)
}

async fn a_known_version_is_saved(app: TestApp) {
    let (owner, path) = contact(&app).await;
    let mut tag = owner.get(&path).await.header("etag").to_owned();
    for notes in ["a", "b", "c"] {
        let reply = owner.with("If-Match", &tag).patch(&path, json!({ "notes": notes })).await;
        let next = reply.clone().expect(200).header("etag").to_owned();
        assert_ne!(next, tag);
        assert_eq!(owner.get(&path).await.header("etag"), next);
        tag = next;
    }
}

async fn an_older_version_is_refused(app: TestApp) {
    let (owner, path) = contact(&app).await;
    let tag = owner.get(&path).await.header("etag").to_owned();
    owner.patch(&path, json!({ "notes": "first" })).await.ok();
    let audit = app.count("audit_logs WHERE resource_type <> 'account'").await;
    let late = owner.with("If-Match", &tag).patch(&path, json!({ "notes": "second" })).await;
    late.problem(412, "precondition_failed");
    assert_eq!(owner.get(&path).await.ok()["notes"], "first");
    assert_eq!(app.count("audit_logs WHERE resource_type <> 'account'").await, audit);
    // The caller looks again and decides.
    let fresh = owner.get(&path).await.header("etag").to_owned();
    owner.with("If-Match", &fresh).patch(&path, json!({ "notes": "second" })).await.ok();
}

async fn any_version_matches_a_star(app: TestApp) {
    let (owner, path) = contact(&app).await;
    owner.patch(&path, json!({ "notes": "a" })).await.ok();
    owner.with("If-Match", "*").patch(&path, json!({ "notes": "b" })).await.ok();
    owner.with("If-Match", "*").delete(&path).await.no_content();
}

async fn one_of_several_tags_is_enough(app: TestApp) {
    let (owner, path) = contact(&app).await;
    let several = owner.with("If-Match", "\"v9\", \"v1\"");
    several.patch(&path, json!({ "notes": "a" })).await.ok();
    several.patch(&path, json!({ "notes": "b" })).await.problem(412, "precondition_failed");
}

async fn weak_tags_never_match(app: TestApp) {
    let (owner, path) = contact(&app).await;
    let weak = owner.with("If-Match", "W/\"v1\"");
    weak.patch(&path, json!({ "notes": "a" })).await.problem(412, "precondition_failed");
    weak.delete(&path).await.problem(412, "precondition_failed");
}

async fn malformed_tags_are_told(app: TestApp) {
    let (owner, path) = contact(&app).await;
    for tag in ["v1", "\"", "\"v1", "1", "", "\"v1\" \"v2", "\"v1\",", "*,\"v1\""] {
        let client = owner.with("If-Match", tag);
        let reply = client.patch(&path, json!({ "notes": "a" })).await;
        assert_eq!(reply.status, 400, "{tag}: {}", reply.text);
        reply.problem(400, "invalid_header");
        client.delete(&path).await.problem(400, "invalid_header");
    }
    owner.get(&path).await.ok();
}

async fn of_two_saves_at_once_one_wins(app: TestApp) {
    let (owner, path) = contact(&app).await;
    for round in 0..5 {
        let tag = owner.get(&path).await.header("etag").to_owned();
        let client = owner.with("If-Match", &tag);
        let (a, b) = tokio::join!(
            client.patch(&path, json!({ "notes": format!("a{round}") })),
            client.patch(&path, json!({ "notes": format!("b{round}") })),
        );
        let (won, lost) = if a.status == 200 { (a, b) } else { (b, a) };
        lost.problem(412, "precondition_failed");
        assert_eq!(owner.get(&path).await.ok(), won.ok());
    }
    assert_eq!(app.audit(owner.tenant).await.len(), 6);
}

async fn an_older_version_is_not_deleted(app: TestApp) {
    let (owner, path) = contact(&app).await;
    owner.patch(&path, json!({ "notes": "a" })).await.ok();
    let late = owner.with("If-Match", "\"v1\"").delete(&path).await;
    late.problem(412, "precondition_failed");
    owner.with("If-Match", "\"v2\"").delete(&path).await.no_content();
}

async fn what_does_not_exist_is_not_found_whatever_the_tag(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/contacts/{}", uuid::Uuid::now_v7());
    let client = owner.with("If-Match", "\"v1\"");
    client.patch(&path, json!({ "notes": "a" })).await.problem(404, "not_found");
    client.delete(&path).await.problem(404, "not_found");
}
