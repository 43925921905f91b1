//! A company that is somebody's primary is not deleted without saying who takes its place.

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use uuid::Uuid;

db_tests! {
    a_corporation_without_people_is_deleted,
    a_further_corporation_of_people_is_unlinked,
    a_primary_corporation_is_kept_and_its_people_are_listed,
    the_primary_is_reassigned,
    the_successor_must_be_another_corporation_of_the_firm,
    at_most_fifty_people_are_listed,
}

async fn person(owner: &Member, name: &str, primary: Uuid, more: &[Uuid]) -> Value {
    owner.contact(name, json!({ "primary_corporation_id": primary, "corporation_ids": more })).await
}

async fn a_corporation_without_people_is_deleted(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/corporations/{}", owner.corporation("ABC").await);
    owner.delete(&path).await.no_content();
    owner.get(&path).await.problem(404, "not_found");
    owner.delete(&path).await.problem(404, "not_found");
    assert_eq!(owner.get("/api/corporations").await.ok()["total"], 0);
}

async fn a_further_corporation_of_people_is_unlinked(app: TestApp) {
    let owner = app.owner().await;
    let (abc, xyz) = (owner.corporation("ABC").await, owner.corporation("XYZ").await);
    let ana = person(&owner, "Ana Ruiz", abc, &[xyz]).await;
    let path = format!("/api/contacts/{}", id(&ana));
    let before = owner.get(&path).await;
    owner.delete(&format!("/api/corporations/{xyz}")).await.no_content();
    let after = owner.get(&path).await;
    assert_eq!(after.json()["corporations"].as_array().unwrap().len(), 1);
    assert_ne!(after.header("etag"), before.header("etag"), "who edits her now is told");
    assert_eq!(after.json()["primary_corporation_id"], abc.to_string());
    let mut entries = app.audit(owner.tenant).await;
    entries.retain(|entry| entry.action == "contact.update");
    let changes = &entries.last().expect("her history tells").changes["corporation_ids"];
    assert_eq!(changes["before"].as_array().unwrap().len(), 2);
    assert_eq!(changes["after"], json!([abc]));
}

async fn a_primary_corporation_is_kept_and_its_people_are_listed(app: TestApp) {
    let owner = app.owner().await;
    let (abc, xyz) = (owner.corporation("ABC").await, owner.corporation("XYZ").await);
    let zoe = person(&owner, "Zoe Luna", abc, &[]).await;
    let ana = person(&owner, "Ana Ruiz", abc, &[xyz]).await;
    person(&owner, "Eva Mora", xyz, &[abc]).await;
    let counts = app.counts().await;
    let refused = owner.delete(&format!("/api/corporations/{abc}")).await;
    let problem = refused.problem(409, "corporation_is_primary");
    let named = |contact: &Value, first: &str, last: &str| json!({ "id": contact["id"], "first_name": first, "last_name": last });
    assert_eq!(
        problem["contacts"],
        json!([named(&ana, "Ana", "Ruiz"), named(&zoe, "Zoe", "Luna")])
    );
    assert_eq!(app.counts().await, counts);
    owner.get(&format!("/api/corporations/{abc}")).await.ok();
}

async fn the_primary_is_reassigned(app: TestApp) {
    let owner = app.owner().await;
    let (abc, xyz) = (owner.corporation("ABC").await, owner.corporation("XYZ").await);
    let linked = person(&owner, "Ana Ruiz", abc, &[xyz]).await;
    let unlinked = person(&owner, "Zoe Luna", abc, &[]).await;
    let untouched = person(&owner, "Eva Mora", xyz, &[]).await;
    let path = format!("/api/corporations/{abc}?reassign_primary_to={xyz}");
    owner.delete(&path).await.no_content();
    for contact in [&linked, &unlinked, &untouched] {
        let reply = owner.get(&format!("/api/contacts/{}", id(contact))).await.expect(200);
        let changed = id(contact) != id(&untouched);
        assert_eq!(reply.header("etag") == "\"v1\"", !changed, "who edits them now is told");
        let after = reply.json();
        assert_eq!(after["primary_corporation_id"], xyz.to_string());
        let links = after["corporations"].as_array().unwrap();
        assert_eq!(links.len(), 1);
        assert_eq!((&links[0]["name"], &links[0]["is_primary"]), (&json!("XYZ"), &json!(true)));
    }
    let log = app.audit(owner.tenant).await;
    let of_contacts: Vec<_> = log
        .iter()
        .filter(|entry| entry.action == "contact.update")
        .map(|e| e.resource_id.unwrap())
        .collect();
    assert_eq!(of_contacts.len(), 2);
    assert!(of_contacts.contains(&id(&linked)) && of_contacts.contains(&id(&unlinked)));
    assert_eq!(log.last().unwrap().action, "corporation.delete");
}

async fn the_successor_must_be_another_corporation_of_the_firm(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let abc = owner.corporation("ABC").await;
    let foreign = other.corporation("XYZ").await;
    person(&owner, "Ana Ruiz", abc, &[]).await;
    for successor in [abc, foreign, Uuid::now_v7()] {
        let path = format!("/api/corporations/{abc}?reassign_primary_to={successor}");
        let refused = owner.delete(&path).await;
        refused.invalid("reassign_primary_to", "unknown_reference");
    }
    let malformed = owner.delete(&format!("/api/corporations/{abc}?reassign_primary_to=x")).await;
    malformed.field(400, "invalid_query", "reassign_primary_to", "wrong_type");
    owner.get(&format!("/api/corporations/{abc}")).await.ok();
}

async fn at_most_fifty_people_are_listed(app: TestApp) {
    let owner = app.owner().await;
    let abc = owner.corporation("ABC").await;
    for number in 0..51 {
        person(&owner, &format!("Persona {number:02}"), abc, &[]).await;
    }
    let refused = owner.delete(&format!("/api/corporations/{abc}")).await;
    let problem = refused.problem(409, "corporation_is_primary");
    assert_eq!(problem["contacts"].as_array().unwrap().len(), 50);
    assert_eq!(problem["contacts"][49]["last_name"], "49");
}
