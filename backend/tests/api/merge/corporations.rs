//! Companies that turned out to be one.

use super::{merge, undo, whole};
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use uuid::Uuid;

db_tests! {
    people_follow_and_keep_one_primary,
    relations_and_numbers_are_kept,
    no_company_becomes_its_own_parent,
    all_of_it_is_undone,
    who_has_another_primary_since_keeps_it,
    a_number_that_was_taken_meanwhile_is_named,
}

struct World {
    owner: Member,
    abc: Uuid,
    abd: Uuid,
    ana: Uuid,
    beto: Uuid,
    eva: Uuid,
}

impl World {
    /// Ana has both, Beto the other one alone, Eva both and the other one as primary.
    async fn new(app: &TestApp) -> Self {
        let owner = app.owner().await;
        let make = async |name: &str, ein: &str| {
            let body = json!({ "name": name, "ein": ein, "industry": name });
            id(&owner.post("/api/corporations", body).await.created())
        };
        let (abc, abd) = (make("ABC", "12-3456789").await, make("ABD", "98-7654321").await);
        let of = |primary: Uuid, all: &[Uuid]| json!({ "primary_corporation_id": primary, "corporation_ids": all });
        let ana = id(&owner.contact("Ana Ruiz", of(abc, &[abc, abd])).await);
        let beto = id(&owner.contact("Beto Mora", of(abd, &[abd])).await);
        let eva = id(&owner.contact("Eva Luna", of(abd, &[abc, abd])).await);
        let share = json!({ "role": "owner", "share": 4000 });
        owner.patch(&format!("/api/contacts/{beto}/corporations/{abd}"), share).await.ok();
        Self { owner, abc, abd, ana, beto, eva }
    }

    async fn merge(&self, keep: Value) -> Value {
        merge(&self.owner, "corporations", self.abc, &[self.abd], keep).await
    }

    async fn all(&self) -> Vec<Value> {
        let mut all = Vec::new();
        for (list, id) in [
            ("corporations", self.abc),
            ("corporations", self.abd),
            ("contacts", self.ana),
            ("contacts", self.beto),
            ("contacts", self.eva),
        ] {
            all.push(whole(&self.owner, list, id).await);
        }
        all
    }

    async fn contact(&self, id: Uuid) -> Value {
        self.owner.get(&format!("/api/contacts/{id}")).await.ok()
    }
}

async fn people_follow_and_keep_one_primary(app: TestApp) {
    let world = World::new(&app).await;
    let path = format!("/api/contacts/{}", world.beto);
    let known = world.owner.get(&path).await.header("etag").to_owned();
    world.merge(json!({})).await;
    for person in [world.ana, world.beto, world.eva] {
        let contact = world.contact(person).await;
        let companies = contact["corporations"].as_array().unwrap();
        assert_eq!(companies.len(), 1, "{contact}");
        assert_eq!(
            (&companies[0]["id"], &companies[0]["is_primary"]),
            (&json!(world.abc), &json!(true))
        );
    }
    assert_eq!(world.contact(world.beto).await["corporations"][0]["share"], 4000);
    assert_ne!(world.owner.get(&path).await.header("etag"), known, "who had it has a next version");
    let abc = world.owner.get(&format!("/api/corporations/{}", world.abc)).await.ok();
    assert_eq!((&abc["contact_count"], &abc["primary_contact_count"]), (&json!(3), &json!(3)));
    let gone = world.owner.get(&format!("/api/corporations/{}", world.abd)).await;
    assert_eq!(gone.problem(404, "merged")["merged_into"], json!(world.abc));
    let log = app.audit(world.owner.tenant).await;
    let entries =
        log.iter().filter(|it| it.action == "contact.relate" && it.resource_id == Some(world.beto));
    assert_eq!(entries.count(), 2, "Beto's history tells of both");
}

async fn relations_and_numbers_are_kept(app: TestApp) {
    let world = World::new(&app).await;
    let owner = &world.owner;
    let holding = owner.corporation("Holding").await;
    let body = json!({ "corporation_id": holding, "kind": "parent", "share": 6000 });
    owner.post(&format!("/api/corporations/{}/related", world.abd), body).await.created();
    let body = json!({ "corporation_id": world.abd, "kind": "affiliate" });
    owner.post(&format!("/api/corporations/{}/related", world.abc), body).await.created();
    world.merge(json!({ "ein": world.abd, "name": world.abd })).await;
    let abc = whole(owner, "corporations", world.abc).await;
    assert_eq!(
        (&abc["name"], &abc["ein"], &abc["industry"]),
        (&json!("ABD"), &json!("**-***4321"), &json!("ABC"))
    );
    let related = abc["related"].as_array().unwrap();
    assert_eq!(related.len(), 1);
    assert_eq!(
        (&related[0]["corporation"]["id"], &related[0]["kind"], &related[0]["share"]),
        (&json!(holding), &json!("parent"), &json!(6000))
    );
    // The number that was not kept is free, the other is not.
    let again = |ein: &str| json!({ "name": "Nueva", "ein": ein });
    owner.post("/api/corporations", again("98-7654321")).await.field(
        409,
        "duplicate",
        "ein",
        "taken",
    );
    owner.post("/api/corporations", again("12-3456789")).await.created();
}

async fn no_company_becomes_its_own_parent(app: TestApp) {
    let world = World::new(&app).await;
    let middle = world.owner.corporation("Media").await;
    let upper = world.owner.corporation("Alta").await;
    let relate = async |of: Uuid, parent: Uuid| {
        let body = json!({ "corporation_id": parent, "kind": "parent" });
        world.owner.post(&format!("/api/corporations/{of}/related"), body).await.created();
    };
    let refused = async || {
        let before = (world.all().await, app.counts().await);
        let path = format!("/api/corporations/{}/merge", world.abc);
        let body = json!({ "others": [{ "id": world.abd }] });
        world.owner.post(&path, body).await.problem(409, "ownership_ring");
        assert_eq!((world.all().await, app.counts().await), before);
    };
    relate(world.abc, middle).await;
    relate(middle, world.abd).await;
    refused().await;
    let path = format!("/api/corporations/{middle}/related/{}", world.abd);
    world.owner.delete(&path).await.no_content();
    relate(middle, upper).await;
    relate(upper, world.abd).await;
    refused().await;
}

async fn all_of_it_is_undone(app: TestApp) {
    let world = World::new(&app).await;
    let holding = world.owner.corporation("Holding").await;
    let body = json!({ "corporation_id": holding, "kind": "parent", "share": 6000 });
    world.owner.post(&format!("/api/corporations/{}/related", world.abd), body).await.created();
    let before = world.all().await;
    let done = world.merge(json!({ "ein": world.abd, "name": world.abd })).await;
    assert_eq!(undo(&world.owner, &done).await, json!({ "restored": 2, "left": [] }));
    assert_eq!(world.all().await, before);
    let list = world.owner.get("/api/deletions").await.ok();
    assert_eq!(list["total"], 0);
}

async fn who_has_another_primary_since_keeps_it(app: TestApp) {
    let world = World::new(&app).await;
    let owner = &world.owner;
    let xyz = owner.corporation("XYZ").await;
    let done = world.merge(json!({})).await;
    let beto = format!("/api/contacts/{}", world.beto);
    owner.patch(&beto, json!({ "primary_corporation_id": xyz })).await.ok();
    let eva = format!("/api/contacts/{}", world.eva);
    owner.patch(&eva, json!({ "corporation_ids": [] })).await.ok();
    owner.delete(&format!("/api/contacts/{}", world.ana)).await.no_content();
    let undone = undo(owner, &done).await;
    assert_eq!(undone["restored"], 1);
    assert_eq!(undone["left"][0]["fields"], json!(["contacts"]));
    let (beto, eva) = (world.contact(world.beto).await, world.contact(world.eva).await);
    assert_eq!(beto["primary_corporation_id"], json!(xyz));
    let names: Vec<_> =
        beto["corporations"].as_array().unwrap().iter().map(|it| it["name"].clone()).collect();
    assert_eq!(names, ["XYZ", "ABD"], "the company came back, but not as the primary one");
    assert_eq!(eva["corporations"], json!([]), "nothing becomes primary silently");
}

async fn a_number_that_was_taken_meanwhile_is_named(app: TestApp) {
    let world = World::new(&app).await;
    let done = world.merge(json!({})).await;
    let body = json!({ "name": "Nueva", "ein": "98-7654321" });
    let new = id(&world.owner.post("/api/corporations", body).await.created());
    let undone = undo(&world.owner, &done).await;
    assert_eq!(
        undone,
        json!({ "restored": 0, "left": [{ "id": world.abd, "reason": "conflict" }] })
    );
    // Once it is free, the way back is open.
    world.owner.delete(&format!("/api/corporations/{new}")).await.no_content();
    assert_eq!(undo(&world.owner, &done).await["restored"], 2);
}
