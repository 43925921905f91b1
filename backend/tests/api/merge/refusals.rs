//! What is no merge, and leaves everything as it was.

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use ebenezer_shared::permission::Role;
use futures_util::future::join_all;
use uuid::Uuid;

db_tests! {
    somebody_else_was_faster,
    what_breaks_a_rule_is_named,
    it_needs_both_permissions,
    of_several_at_once_one_wins,
    a_repeated_request_is_done_once,
    it_is_none_of_the_bulk_actions,
}

async fn two(app: &TestApp) -> (Member, Uuid, Uuid) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana Ruiz", Value::Null).await);
    let twin = id(&owner.contact("Anna Ruiz", Value::Null).await);
    (owner, ana, twin)
}

async fn somebody_else_was_faster(app: TestApp) {
    let (owner, ana, twin) = two(&app).await;
    let path = format!("/api/contacts/{ana}/merge");
    let body = |etag: &str| json!({ "others": [{ "id": twin, "etag": etag }] });
    let counts = app.counts().await;
    for (mine, other) in [("\"v2\"", "\"v1\""), ("\"v1\"", "\"v2\""), ("\"v1\"", "v1")] {
        let refused = owner.with("If-Match", mine).post(&path, body(other)).await;
        refused.problem(412, "precondition_failed");
    }
    assert_eq!(app.counts().await, counts);
    let reply = owner.with("If-Match", "\"v1\"").post(&path, body("\"v1\"")).await.expect(200);
    assert_eq!(reply.header("etag"), "\"v2\"");
}

async fn what_breaks_a_rule_is_named(app: TestApp) {
    let (owner, ana, twin) = two(&app).await;
    let other = app.owner().await;
    let foreign = id(&other.contact("Ana Ajena", Value::Null).await);
    let path = format!("/api/contacts/{ana}/merge");
    let of = |ids: &[Uuid]| ids.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>();
    let many: Vec<Uuid> = (0..6).map(|_| Uuid::now_v7()).collect();
    let counts = app.counts().await;
    for (body, field, why) in [
        (json!({ "others": [] }), "others", "required"),
        (json!({ "others": of(&many) }), "others", "too_many"),
        (json!({ "others": of(&[twin, twin]) }), "others", "taken"),
        (json!({ "others": of(&[ana]) }), "others", "itself"),
        (json!({ "others": of(&[foreign]) }), "others", "unknown_reference"),
        (json!({ "others": of(&[Uuid::now_v7()]) }), "others", "unknown_reference"),
        (json!({ "others": of(&[twin]), "keep": { "ein": ana } }), "keep.ein", "unknown_field"),
        (json!({ "others": of(&[twin]), "keep": { "id": ana } }), "keep.id", "unknown_field"),
        (
            json!({ "others": of(&[twin]), "keep": { "email": foreign } }),
            "keep.email",
            "unknown_reference",
        ),
    ] {
        owner.post(&path, body).await.invalid(field, why);
    }
    let body = json!({ "others": of(&[twin]) });
    for gone in [foreign, Uuid::now_v7()] {
        let refused = owner.post(&format!("/api/contacts/{gone}/merge"), body.clone()).await;
        refused.problem(404, "not_found");
    }
    assert_eq!(app.counts().await, counts);
}

async fn it_needs_both_permissions(app: TestApp) {
    let (owner, ana, twin) = two(&app).await;
    let manager = app.member(owner.tenant, Role::Manager).await;
    let path = format!("/api/contacts/{ana}/merge");
    let body = json!({ "others": [{ "id": twin }] });
    let problem = manager.post(&path, body.clone()).await.problem(403, "permission_required");
    assert_eq!(problem["required_permission"], "contacts.delete");
    let role = json!({ "name": "Borra", "permissions": ["contacts.view", "contacts.delete"] });
    let role = id(&owner.post("/api/roles", role).await.created());
    let user = app.add_user().await;
    app.join(owner.tenant, &user, Role::Viewer).await;
    owner.patch(&format!("/api/team/{}", user.id), json!({ "role": role })).await.ok();
    let only_deletes = app.session(&user, owner.tenant).await;
    let problem = only_deletes.post(&path, body).await.problem(403, "permission_required");
    assert_eq!(problem["required_permission"], "contacts.change");
}

async fn of_several_at_once_one_wins(app: TestApp) {
    let (owner, ana, twin) = two(&app).await;
    let merge = async |(id, other): (Uuid, Uuid)| {
        let body = json!({ "others": [{ "id": other }] });
        owner.post(&format!("/api/contacts/{id}/merge"), body).await.status
    };
    let edit = async {
        owner.patch(&format!("/api/contacts/{twin}"), json!({ "notes": "x" })).await.status
    };
    let (merged, edited) =
        tokio::join!(join_all([(ana, twin), (twin, ana), (ana, twin)].map(merge)), edit);
    assert_eq!(merged.iter().filter(|status| **status == 200).count(), 1, "{merged:?}");
    assert!(merged.iter().all(|status| [200, 404, 422].contains(status)), "{merged:?}");
    assert!([200, 404].contains(&edited), "{edited}");
    assert_eq!(owner.get("/api/contacts").await.ok()["total"], 1);
}

async fn a_repeated_request_is_done_once(app: TestApp) {
    let (owner, ana, twin) = two(&app).await;
    let client = owner.with("Idempotency-Key", "k1");
    let path = format!("/api/contacts/{ana}/merge");
    let body = json!({ "others": [{ "id": twin }] });
    let first = client.post(&path, body.clone()).await.expect(200);
    let again = client.post(&path, body).await.expect(200);
    assert_eq!((again.header("idempotency-replayed"), &again.text), ("true", &first.text));
}

async fn it_is_none_of_the_bulk_actions(app: TestApp) {
    let (owner, ana, twin) = two(&app).await;
    let body = json!({ "action": "merge", "ids": [ana, twin] });
    owner.post("/api/contacts/bulk", body).await.invalid("action", "unknown_value");
}
