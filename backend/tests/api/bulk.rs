//! Changes of many records at once, and the way back.

mod ends;
mod matching;

use crate::support::crm::people;
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, asking_for, json};
use chrono::TimeDelta;
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    many_get_a_status_and_get_it_back,
    many_get_and_lose_a_tag,
    many_get_an_owner_and_a_department,
    deleted_people_come_back_whole,
    a_primary_corporation_stays_and_the_others_go,
    a_later_change_of_somebody_stays,
    an_undo_is_done_once_and_in_time,
    what_cannot_be_restored_is_named,
    an_undo_makes_nobody_their_own_parent,
    a_wrong_request_changes_nothing,
    it_needs_both_permissions,
    records_of_other_firms_are_not_found,
    each_change_is_in_the_log_with_its_id,
    a_repeated_request_is_done_once,
}

async fn person(owner: &Member, name: &str) -> Uuid {
    id(&owner.contact(name, Value::Null).await)
}

async fn tag(owner: &Member, name: &str) -> Uuid {
    id(&owner.post("/api/tags", json!({ "name": name })).await.created())
}

async fn read(owner: &Member, id: Uuid) -> Value {
    owner.get(&format!("/api/contacts/{id}")).await.ok()
}

async fn run(owner: &Member, body: Value) -> Value {
    owner.post("/api/contacts/bulk", body).await.ok()
}

async fn undo(owner: &Member, done: &Value) -> Value {
    let bulk = done["bulk_id"].as_str().unwrap();
    owner.post(&format!("/api/bulk/{bulk}/undo"), json!({})).await.ok()
}

async fn many_get_a_status_and_get_it_back(app: TestApp) {
    let owner = app.owner().await;
    let ana = person(&owner, "Ana Ruiz").await;
    let eva = id(&owner.contact("Eva Mora", json!({ "status": "inactive" })).await);
    let gone = Uuid::now_v7();
    let body =
        json!({ "action": "set_status", "status": "inactive", "ids": [ana, eva, gone, ana] });
    let done = run(&owner, body).await;
    let expected = json!({
        "bulk_id": done["bulk_id"], "changed": 1, "unchanged": 1,
        "refused": [{ "id": gone, "reason": "not_found" }],
    });
    assert_eq!(done, expected);
    assert_eq!(read(&owner, ana).await["status"], "inactive");
    let list = owner.get("/api/bulk").await.ok();
    let entry = &list["items"][0];
    assert_eq!((&entry["action"], &entry["changed"]), (&json!("set_status"), &json!(1)));
    assert_eq!((&entry["resource"], &entry["may_undo"]), (&json!("contacts"), &json!(true)));
    assert_eq!(undo(&owner, &done).await, json!({ "restored": 1, "left": [] }));
    let ana = owner.get(&format!("/api/contacts/{ana}")).await.expect(200);
    assert_eq!((ana.json()["status"].clone(), ana.header("etag")), (json!("active"), "\"v3\""));
    assert_eq!(read(&owner, eva).await["status"], "inactive");
    assert_eq!(owner.get("/api/bulk").await.ok()["items"][0]["may_undo"], false);
}

async fn many_get_and_lose_a_tag(app: TestApp) {
    let owner = app.owner().await;
    let (vip, late) = (tag(&owner, "VIP").await, tag(&owner, "Tarde").await);
    let ana = id(&owner.contact("Ana Ruiz", json!({ "tag_ids": [late] })).await);
    let eva = id(&owner.contact("Eva Mora", json!({ "tag_ids": [vip] })).await);
    let carried = async |id| {
        let record = read(&owner, id).await;
        let tags = record["tags"].as_array().unwrap().clone();
        tags.iter().map(|tag| tag["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let added = run(&owner, json!({ "action": "add_tag", "tag_id": vip, "ids": [ana, eva] })).await;
    assert_eq!((&added["changed"], &added["unchanged"]), (&json!(1), &json!(1)));
    assert_eq!(carried(ana).await, ["Tarde", "VIP"]);
    let taken = json!({ "action": "remove_tag", "tag_id": vip, "ids": [ana, eva] });
    let taken = run(&owner, taken).await;
    assert_eq!(taken["changed"], 2);
    assert_eq!((carried(ana).await, carried(eva).await), (vec!["Tarde".to_owned()], vec![]));
    assert_eq!(undo(&owner, &taken).await["restored"], 2);
    assert_eq!(carried(eva).await, ["VIP"]);
    // The first one's records changed since, if only by being restored.
    assert_eq!(undo(&owner, &added).await["left"][0]["reason"], "changed_since");
}

async fn many_get_an_owner_and_a_department(app: TestApp) {
    let owner = app.owner().await;
    let colleague = app.member(owner.tenant, Role::Member).await.user;
    let department = owner.department("Impuestos", "IMP").await;
    let ana = person(&owner, "Ana Ruiz").await;
    let body = json!({ "action": "set_owner", "owner_id": colleague, "ids": [ana] });
    run(&owner, body).await;
    let body = json!({ "action": "set_department", "department_id": department, "ids": [ana] });
    let moved = run(&owner, body).await;
    let now = read(&owner, ana).await;
    assert_eq!((id(&now["owner"]), id(&now["department"])), (colleague, department));
    let body = json!({ "action": "set_owner", "owner_id": null, "ids": [ana] });
    let cleared = run(&owner, body).await;
    assert_eq!(read(&owner, ana).await["owner"], Value::Null);
    assert_eq!(undo(&owner, &cleared).await["restored"], 1);
    assert_eq!(id(&read(&owner, ana).await["owner"]), colleague);
    assert_eq!(undo(&owner, &moved).await["left"][0]["reason"], "changed_since");
}

async fn deleted_people_come_back_whole(app: TestApp) {
    let owner = app.owner().await;
    let vip = tag(&owner, "VIP").await;
    let (abc, xyz) = (owner.corporation("ABC").await, owner.corporation("XYZ").await);
    let more = json!({
        "email": "ana@ruiz.test", "ssn": "123-45-6789", "date_of_birth": "1980-02-29",
        "primary_corporation_id": abc, "corporation_ids": [xyz], "tag_ids": [vip],
        "external_id": "Q-1", "notes": "Nota", "owner_id": owner.user,
    });
    let ana = owner.contact("Ana Ruiz", more).await;
    let eva = person(&owner, "Eva Mora").await;
    let done = run(&owner, json!({ "action": "delete", "ids": [id(&ana), eva] })).await;
    assert_eq!(done["changed"], 2);
    assert_eq!(owner.get("/api/contacts").await.ok()["total"], 0);
    assert_eq!(owner.get("/api/deletions").await.ok()["total"], 2);
    // What is kept for them outlasts a change of keys: nothing in it is sealed once more.
    let sql = "SELECT before_sealed FROM bulk_changes ORDER BY length(before_sealed) DESC LIMIT 1";
    let kept = app.state.sealer.open(&app.value::<String>(sql).await).unwrap();
    assert!(kept.contains("123456789") && !kept.contains("gAAAA"), "{kept}");
    assert_eq!(undo(&owner, &done).await, json!({ "restored": 2, "left": [] }));
    let mut back = read(&owner, id(&ana)).await;
    back["updated_at"] = ana["updated_at"].clone();
    assert_eq!(back, ana);
    let reveal = format!("/api/contacts/{}/reveal", id(&ana));
    let shown = owner.post(&reveal, asking_for("ssn")).await.ok();
    assert_eq!(shown["value"], "123-45-6789");
    assert_eq!(owner.found("ruiz").await, ["Ana Ruiz"], "the search knows her again");
    assert_eq!(owner.get("/api/deletions").await.ok()["total"], 0);
}

async fn a_primary_corporation_stays_and_the_others_go(app: TestApp) {
    let owner = app.owner().await;
    let (abc, xyz) = (owner.corporation("ABC").await, owner.corporation("XYZ").await);
    let more = json!({ "primary_corporation_id": abc, "corporation_ids": [xyz] });
    let ana = id(&owner.contact("Ana Ruiz", more).await);
    let body = json!({ "action": "delete", "ids": [abc, xyz] });
    let done = owner.post("/api/corporations/bulk", body).await.ok();
    assert_eq!(done["changed"], 1);
    assert_eq!(done["refused"], json!([{ "id": abc, "reason": "corporation_is_primary" }]));
    assert_eq!(read(&owner, ana).await["corporations"].as_array().unwrap().len(), 1);
    assert_eq!(undo(&owner, &done).await, json!({ "restored": 1, "left": [] }));
    assert_eq!(read(&owner, ana).await["corporations"].as_array().unwrap().len(), 2);
    let body = json!({ "action": "set_status", "status": "prospect", "ids": [abc, xyz] });
    let done = owner.post("/api/corporations/bulk", body).await.ok();
    assert_eq!(done["changed"], 2);
    let vip = tag(&owner, "VIP").await;
    let body = json!({ "action": "add_tag", "tag_id": vip, "ids": [abc, xyz] });
    let tagged = owner.post("/api/corporations/bulk", body).await.ok();
    assert_eq!(undo(&owner, &tagged).await["restored"], 2);
    let body = json!({ "action": "set_owner", "owner_id": owner.user, "ids": [abc] });
    let refused = owner.post("/api/corporations/bulk", body).await;
    refused.invalid("action", "unknown_value");
}

async fn a_later_change_of_somebody_stays(app: TestApp) {
    let owner = app.owner().await;
    let (ana, eva) = (person(&owner, "Ana Ruiz").await, person(&owner, "Eva Mora").await);
    let body = json!({ "action": "set_status", "status": "inactive", "ids": [ana, eva] });
    let done = run(&owner, body).await;
    owner.patch(&format!("/api/contacts/{ana}"), json!({ "notes": "Nueva" })).await.ok();
    let undone = undo(&owner, &done).await;
    assert_eq!(undone["restored"], 1);
    assert_eq!(undone["left"], json!([{ "id": ana, "reason": "changed_since" }]));
    let (ana, eva) = (read(&owner, ana).await, read(&owner, eva).await);
    assert_eq!((&ana["status"], &ana["notes"]), (&json!("inactive"), &json!("Nueva")));
    assert_eq!(eva["status"], "active");
}

async fn an_undo_is_done_once_and_in_time(app: TestApp) {
    let owner = app.owner().await;
    let ana = person(&owner, "Ana Ruiz").await;
    let body = |status: &str| json!({ "action": "set_status", "status": status, "ids": [ana] });
    let done = run(&owner, body("inactive")).await;
    undo(&owner, &done).await;
    let path = |done: &Value| format!("/api/bulk/{}/undo", done["bulk_id"].as_str().unwrap());
    owner.post(&path(&done), json!({})).await.problem(409, "state_conflict");
    let late = run(&owner, body("prospect")).await;
    app.advance(TimeDelta::days(14) + TimeDelta::minutes(1));
    let user = owner.user;
    let owner = {
        let row = ebenezer::platform::user::by_id(&app.db, user).await.unwrap().unwrap();
        app.session(&row, owner.tenant).await
    };
    owner.post(&path(&late), json!({})).await.problem(409, "state_conflict");
    assert_eq!(owner.get("/api/bulk").await.ok()["items"], json!([]));
}

async fn what_cannot_be_restored_is_named(app: TestApp) {
    let owner = app.owner().await;
    let abc = owner.corporation("ABC").await;
    let ana = id(&owner.contact("Ana Ruiz", json!({ "external_id": "Q-1" })).await);
    let eva = id(&owner.contact("Eva Mora", json!({ "primary_corporation_id": abc })).await);
    let done = run(&owner, json!({ "action": "delete", "ids": [ana, eva] })).await;
    owner.contact("Otra Ana", json!({ "external_id": "Q-1" })).await;
    owner.delete(&format!("/api/corporations/{abc}")).await.no_content();
    let undone = undo(&owner, &done).await;
    assert_eq!(undone["restored"], 0);
    let reasons: Vec<_> =
        undone["left"].as_array().unwrap().iter().map(|left| left["reason"].clone()).collect();
    assert_eq!(reasons, ["conflict", "conflict"]);
    assert_eq!(people(&owner.get("/api/contacts").await.ok()), ["Otra Ana"]);
    // Once what stood in the way is gone it can be undone, as far as that goes.
    let page = owner.get("/api/contacts").await.ok();
    owner.delete(&format!("/api/contacts/{}", id(&page["items"][0]))).await.no_content();
    let undone = undo(&owner, &done).await;
    assert_eq!(undone, json!({ "restored": 1, "left": [{ "id": eva, "reason": "conflict" }] }));
    assert_eq!(undo(&owner, &done).await["restored"], 0, "what is back is not brought back again");
    assert_eq!(people(&owner.get("/api/contacts").await.ok()), ["Ana Ruiz"]);
}

async fn an_undo_makes_nobody_their_own_parent(app: TestApp) {
    let owner = app.owner().await;
    let (abc, mid, xyz) = (
        owner.corporation("ABC").await,
        owner.corporation("Medio").await,
        owner.corporation("XYZ").await,
    );
    let parent = async |child, parent| {
        let body = json!({ "corporation_id": parent, "kind": "parent" });
        owner.post(&format!("/api/corporations/{child}/related"), body).await.created();
    };
    parent(mid, abc).await;
    parent(xyz, mid).await;
    let body = json!({ "action": "delete", "ids": [mid] });
    let done = owner.post("/api/corporations/bulk", body).await.ok();
    parent(abc, xyz).await;
    assert_eq!(undo(&owner, &done).await["restored"], 1);
    let related = async |id| owner.get(&format!("/api/corporations/{id}/related")).await.ok();
    assert_eq!(related(mid).await["total"], 1, "the one that closes the ring stays away");
}

async fn a_wrong_request_changes_nothing(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let ana = person(&owner, "Ana Ruiz").await;
    let foreign = tag(&other, "VIP").await;
    let department = other.department("Ajeno", "AJE").await;
    let many: Vec<_> = (0..201).map(|_| Uuid::now_v7()).collect();
    let counts = app.counts().await;
    for (body, field, why) in [
        (json!({ "action": "set_status", "ids": [ana] }), "status", "required"),
        (json!({ "action": "add_tag", "ids": [ana] }), "tag_id", "required"),
        (json!({ "action": "set_owner", "ids": [ana] }), "owner_id", "required"),
        (json!({ "action": "set_department", "ids": [ana] }), "department_id", "required"),
        (json!({ "action": "delete", "ids": [] }), "ids", "required"),
        (json!({ "action": "delete", "ids": many }), "ids", "too_many"),
        (
            json!({ "action": "delete", "ids": [ana], "status": "active" }),
            "status",
            "unknown_field",
        ),
        (json!({ "action": "burn", "ids": [ana] }), "action", "unknown_value"),
        (
            json!({ "action": "add_tag", "tag_id": foreign, "ids": [ana] }),
            "tag_id",
            "unknown_reference",
        ),
        (
            json!({ "action": "set_owner", "owner_id": other.user, "ids": [ana] }),
            "owner_id",
            "unknown_reference",
        ),
        (
            json!({ "action": "set_department", "department_id": department, "ids": [ana] }),
            "department_id",
            "unknown_reference",
        ),
    ] {
        owner.post("/api/contacts/bulk", body).await.invalid(field, why);
    }
    assert_eq!(app.counts().await, counts);
}

async fn it_needs_both_permissions(app: TestApp) {
    let owner = app.owner().await;
    let ana = person(&owner, "Ana Ruiz").await;
    let manager = app.member(owner.tenant, Role::Manager).await;
    let member = app.member(owner.tenant, Role::Member).await;
    let status = json!({ "action": "set_status", "status": "inactive", "ids": [ana] });
    let refused = member.post("/api/contacts/bulk", status.clone()).await;
    let problem = refused.problem(403, "permission_required");
    assert_eq!(problem["required_permission"], "bulk.run");
    let delete = json!({ "action": "delete", "ids": [ana] });
    let refused = manager.post("/api/contacts/bulk", delete.clone()).await;
    let problem = refused.problem(403, "permission_required");
    assert_eq!(problem["required_permission"], "contacts.delete");
    manager.post("/api/contacts/bulk", status).await.ok();
    let done = run(&owner, delete).await;
    let bulk = done["bulk_id"].as_str().unwrap();
    let refused = manager.post(&format!("/api/bulk/{bulk}/undo"), json!({})).await;
    refused.problem(403, "permission_required");
    let shown = manager.get("/api/bulk").await.ok();
    assert_eq!(shown["total"], 1, "only what they could do themselves");
}

async fn records_of_other_firms_are_not_found(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let foreign = person(&other, "Ana Ajena").await;
    let done = run(&owner, json!({ "action": "delete", "ids": [foreign] })).await;
    assert_eq!(done["refused"], json!([{ "id": foreign, "reason": "not_found" }]));
    assert_eq!(owner.get("/api/bulk").await.ok()["items"], json!([]), "nothing to undo");
    let body = json!({ "action": "set_status", "status": "inactive", "ids": [foreign] });
    let theirs = run(&other, body).await;
    let bulk = theirs["bulk_id"].as_str().unwrap();
    let path = format!("/api/bulk/{bulk}/undo");
    owner.post(&path, json!({})).await.problem(404, "not_found");
    assert_eq!(read(&other, foreign).await["status"], "inactive");
}

async fn each_change_is_in_the_log_with_its_id(app: TestApp) {
    let owner = app.owner().await;
    let (ana, eva) = (person(&owner, "Ana Ruiz").await, person(&owner, "Eva Mora").await);
    let body = json!({ "action": "set_status", "status": "inactive", "ids": [ana, eva] });
    let done = run(&owner, body).await;
    let log = app.audit(owner.tenant).await;
    let entries: Vec<_> = log.iter().filter(|entry| entry.action == "contact.update").collect();
    assert_eq!(entries.len(), 2);
    for entry in entries {
        let status = &entry.changes["status"];
        assert_eq!((&status["before"], &status["after"]), (&json!("active"), &json!("inactive")));
        assert_eq!(entry.changes["bulk_id"]["after"], done["bulk_id"]);
    }
}

async fn a_repeated_request_is_done_once(app: TestApp) {
    let owner = app.owner().await;
    let ana = person(&owner, "Ana Ruiz").await;
    let client = owner.with("Idempotency-Key", "k1");
    let body = json!({ "action": "set_status", "status": "inactive", "ids": [ana] });
    let first = client.post("/api/contacts/bulk", body.clone()).await.expect(200);
    let again = client.post("/api/contacts/bulk", body).await.expect(200);
    assert_eq!((again.header("idempotency-replayed"), &again.text), ("true", &first.text));
    assert_eq!(owner.get("/api/bulk").await.ok()["total"], 1);
}
