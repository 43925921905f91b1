//! One person becomes several again.

use super::{merge, tag, undo, whole};
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, asking_for, json};
use uuid::Uuid;

db_tests! {
    both_come_back_exactly,
    what_somebody_changed_since_stays_and_is_named,
    a_primary_company_chosen_since_stays,
    who_was_deleted_since_is_named,
    a_company_that_is_gone_stops_it,
    it_is_listed_among_the_recent_changes,
    it_is_undone_once,
}

struct World {
    owner: Member,
    ana: Uuid,
    twin: Uuid,
    abc: Uuid,
    xyz: Uuid,
}

impl World {
    async fn new(app: &TestApp) -> Self {
        let owner = app.owner().await;
        let (abc, xyz) = (owner.corporation("ABC").await, owner.corporation("XYZ").await);
        let (vip, new) = (tag(&owner, "VIP").await, tag(&owner, "Nueva").await);
        let ana = json!({
            "primary_corporation_id": abc, "tag_ids": [vip], "email": "ana@uno.test",
            "ssn": "123-45-6789", "external_id": "A-1",
        });
        let twin = json!({
            "primary_corporation_id": xyz, "corporation_ids": [abc], "tag_ids": [new],
            "email": "ana@dos.test", "date_of_birth": "1980-02-29", "external_id": "A-2",
            "notes": "Llama tarde", "status": "prospect",
        });
        let ana = id(&owner.contact("Ana Ruiz", ana).await);
        let twin = id(&owner.contact("Anna Ruiz", twin).await);
        let beto = id(&owner.contact("Beto Mora", Value::Null).await);
        for (from, to, kind) in [(twin, beto, "parent"), (ana, twin, "sibling")] {
            let body = json!({ "contact_id": to, "kind": kind, "from": "1990-05-01" });
            owner.post(&format!("/api/contacts/{from}/related"), body).await.created();
        }
        let share = json!({ "role": "owner", "share": 2500 });
        owner.patch(&format!("/api/contacts/{twin}/corporations/{abc}"), share).await.ok();
        Self { owner, ana, twin, abc, xyz }
    }

    async fn merge(&self) -> Value {
        let keep = json!({ "email": self.twin, "external_id": self.twin, "status": self.twin });
        merge(&self.owner, "contacts", self.ana, &[self.twin], keep).await
    }

    async fn both(&self) -> (Value, Value) {
        let one = whole(&self.owner, "contacts", self.ana).await;
        (one, whole(&self.owner, "contacts", self.twin).await)
    }

    fn path(&self) -> String {
        format!("/api/contacts/{}", self.ana)
    }
}

async fn both_come_back_exactly(app: TestApp) {
    let world = World::new(&app).await;
    let first = id(&world.owner.contact("Anita Ruiz", Value::Null).await);
    merge(&world.owner, "contacts", world.twin, &[first], json!({})).await;
    let before = world.both().await;
    let secret = asking_for("date_of_birth");
    let known = world.owner.get(&world.path()).await.header("etag").to_owned();
    let done = world.merge().await;
    assert_ne!(whole(&world.owner, "contacts", world.ana).await, before.0);
    assert_eq!(undo(&world.owner, &done).await, json!({ "restored": 2, "left": [] }));
    assert_eq!(world.both().await, before);
    assert_ne!(world.owner.get(&world.path()).await.header("etag"), known);
    let reveal = format!("/api/contacts/{}/reveal", world.twin);
    assert_eq!(world.owner.post(&reveal, secret).await.ok()["value"], "1980-02-29");
    // Who was merged earlier belongs to whom they belonged to.
    let gone = world.owner.get(&format!("/api/contacts/{first}")).await;
    assert_eq!(gone.problem(404, "merged")["merged_into"], json!(world.twin));
    assert_eq!(world.owner.found("6789").await, ["Ana Ruiz"]);
    let told = world.owner.get(&format!("/api/contacts/{}/timeline", world.twin)).await.ok();
    assert!(told["items"].to_string().contains("recuperó el registro"), "{told}");
}

async fn what_somebody_changed_since_stays_and_is_named(app: TestApp) {
    let world = World::new(&app).await;
    let before = world.both().await;
    let done = world.merge().await;
    let vip = before.0["tags"][0]["id"].clone();
    let body = json!({ "email": "ana@tres.test", "first_name": "Anamaría", "tag_ids": [vip] });
    world.owner.patch(&world.path(), body).await.ok();
    let link = format!("{}/corporations/{}", world.path(), world.abc);
    world.owner.patch(&link, json!({ "share": 3000 })).await.ok();
    let undone = undo(&world.owner, &done).await;
    let left = json!({
        "id": world.ana, "reason": "changed_since", "fields": ["email", "corporations", "tags"],
    });
    assert_eq!(undone, json!({ "restored": 1, "left": [left] }));
    let (ana, mut twin) = world.both().await;
    assert_eq!(twin["related"][0]["contact"]["first_name"], "Anamaría");
    twin["related"][0]["contact"]["first_name"] = json!("Ana");
    assert_eq!(twin, before.1, "nobody touched the other one");
    assert_eq!((&ana["email"], &ana["first_name"]), (&json!("ana@tres.test"), &json!("Anamaría")));
    assert_eq!((&ana["status"], &ana["external_id"]), (&json!("active"), &json!("A-1")));
    let links = ana["corporations"].as_array().unwrap();
    assert_eq!(links.len(), 1, "XYZ came with the merge and goes with it");
    assert_eq!(links[0]["share"], 3000);
}

async fn a_primary_company_chosen_since_stays(app: TestApp) {
    let world = World::new(&app).await;
    let done = world.merge().await;
    let body = json!({ "primary_corporation_id": world.xyz });
    world.owner.patch(&world.path(), body).await.ok();
    let undone = undo(&world.owner, &done).await;
    assert_eq!(undone["left"][0]["fields"], json!(["corporations"]));
    let (ana, twin) = world.both().await;
    assert_eq!(ana["primary_corporation_id"], json!(world.xyz));
    assert_eq!(ana["corporations"].as_array().unwrap().len(), 2);
    assert_eq!(twin["primary_corporation_id"], json!(world.xyz));
}

async fn who_was_deleted_since_is_named(app: TestApp) {
    let world = World::new(&app).await;
    let done = world.merge().await;
    world.owner.delete(&world.path()).await.no_content();
    let left = json!([{ "id": world.ana, "reason": "not_found" }]);
    assert_eq!(undo(&world.owner, &done).await, json!({ "restored": 0, "left": left }));
}

async fn a_company_that_is_gone_stops_it(app: TestApp) {
    let world = World::new(&app).await;
    let done = world.merge().await;
    world.owner.delete(&format!("/api/corporations/{}", world.xyz)).await.no_content();
    let counts = app.counts().await;
    let left = json!([{ "id": world.ana, "reason": "conflict" }]);
    assert_eq!(undo(&world.owner, &done).await, json!({ "restored": 0, "left": left }));
    assert_eq!(app.counts().await, counts);
}

async fn it_is_listed_among_the_recent_changes(app: TestApp) {
    let world = World::new(&app).await;
    let done = world.merge().await;
    let item = &world.owner.get("/api/bulk").await.ok()["items"][0];
    assert_eq!(
        (&item["id"], &item["action"], &item["changed"], &item["may_undo"]),
        (&done["bulk_id"], &json!("merge"), &json!(2), &json!(true))
    );
    let sealed: String = app.value("SELECT before_sealed FROM bulk_changes").await;
    // No letter of the alphabet that seals are written in.
    assert!(!sealed.contains('"'), "{sealed}");
}

async fn it_is_undone_once(app: TestApp) {
    let world = World::new(&app).await;
    let done = world.merge().await;
    undo(&world.owner, &done).await;
    let path = format!("/api/bulk/{}/undo", done["bulk_id"].as_str().unwrap());
    world.owner.post(&path, json!({})).await.problem(409, "state_conflict");
}
