//! People who turned out to be one.

use super::{merge, tag, whole};
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, asking_for, json};
use uuid::Uuid;

db_tests! {
    every_link_is_kept,
    what_is_missing_is_taken_and_what_is_chosen_is_kept,
    two_links_with_one_company_become_one,
    what_differs_about_the_same_company_is_told,
    several_are_merged_at_once,
    the_old_id_leads_to_the_one_that_stayed,
    everybody_concerned_learns_of_it,
    a_chosen_person_without_company_costs_no_primary,
}

struct World {
    owner: Member,
    ana: Uuid,
    twin: Uuid,
}

impl World {
    async fn new(app: &TestApp, ana: Value, twin: Value) -> Self {
        let owner = app.owner().await;
        let ana = id(&owner.contact("Ana Ruiz", ana).await);
        let twin = id(&owner.contact("Anna Ruiz", twin).await);
        Self { owner, ana, twin }
    }

    async fn merge(&self, keep: Value) -> Value {
        merge(&self.owner, "contacts", self.ana, &[self.twin], keep).await
    }

    async fn ana(&self) -> Value {
        whole(&self.owner, "contacts", self.ana).await
    }
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect()
}

async fn every_link_is_kept(app: TestApp) {
    let world = World::new(&app, Value::Null, Value::Null).await;
    let owner = &world.owner;
    let (abc, xyz) = (owner.corporation("ABC").await, owner.corporation("XYZ").await);
    let old = owner.corporation("Vieja").await;
    let (vip, new) = (tag(owner, "VIP").await, tag(owner, "Nueva").await);
    let beto = id(&owner.contact("Beto Mora", Value::Null).await);
    let (ana, twin) =
        (format!("/api/contacts/{}", world.ana), format!("/api/contacts/{}", world.twin));
    owner.patch(&ana, json!({ "primary_corporation_id": abc, "tag_ids": [vip] })).await.ok();
    let body =
        json!({ "primary_corporation_id": xyz, "corporation_ids": [old], "tag_ids": [new, vip] });
    owner.patch(&twin, body).await.ok();
    let share = json!({ "role": "owner", "share": 2500, "from": "2020-01-01" });
    owner.patch(&format!("{twin}/corporations/{xyz}"), share).await.ok();
    owner.patch(&format!("{twin}/corporations/{old}"), json!({ "to": "2019-12-31" })).await.ok();
    let body = json!({ "contact_id": beto, "kind": "parent", "note": "Padre" });
    owner.post(&format!("{twin}/related"), body).await.created();
    let done = world.merge(json!({})).await;
    assert_eq!((&done["id"], &done["merged"]), (&json!(world.ana), &json!([world.twin])));
    let ana = world.ana().await;
    assert_eq!(names(&ana["corporations"]), ["ABC", "XYZ"]);
    assert_eq!(ana["primary_corporation_id"], json!(abc));
    let link = &ana["corporations"][1];
    assert_eq!(
        (&link["role"], &link["share"], &link["from"]),
        (&json!("owner"), &json!(2500), &json!("2020-01-01"))
    );
    assert_eq!(names(&ana["former_corporations"]), ["Vieja"]);
    assert_eq!(names(&ana["tags"]), ["Nueva", "VIP"]);
    let related = &ana["related"][0];
    assert_eq!(
        (&related["contact"]["id"], &related["kind"], &related["note"]),
        (&json!(beto), &json!("parent"), &json!("Padre"))
    );
    let of_beto = whole(owner, "contacts", beto).await;
    assert_eq!(of_beto["related"][0]["contact"]["id"], json!(world.ana));
    assert_eq!(of_beto["related"][0]["kind"], "child");
    assert_eq!(owner.get("/api/contacts").await.ok()["total"], 2);
}

async fn what_is_missing_is_taken_and_what_is_chosen_is_kept(app: TestApp) {
    let ana = json!({ "email": "ana@uno.test", "status": "active", "external_id": "A-1" });
    let twin = json!({
        "email": "ana@dos.test", "phone": "555 123 4567", "status": "prospect", "notes": "Llama",
        "ssn": "123-45-6789", "date_of_birth": "1980-02-29", "external_id": "A-2",
        "address": { "city": "Miami" },
    });
    let world = World::new(&app, ana, twin).await;
    let keep = json!({ "email": world.twin, "external_id": world.twin, "last_name": world.ana });
    world.merge(keep).await;
    let ana = world.ana().await;
    let told: Vec<_> = ["email", "external_id", "status", "notes", "ssn", "phone", "first_name"]
        .map(|field| ana[field].as_str().unwrap().to_owned())
        .into();
    assert_eq!(
        told,
        ["ana@dos.test", "A-2", "active", "Llama", "***-**-6789", "+15551234567", "Ana"]
    );
    assert_eq!(ana["address"]["city"], "Miami");
    let secret = asking_for("date_of_birth");
    let shown = world.owner.post(&format!("/api/contacts/{}/reveal", world.ana), secret).await.ok();
    assert_eq!(shown["value"], "1980-02-29");
    for search in ["6789", "dos.test", "5551234567"] {
        assert_eq!(world.owner.found(search).await, ["Ana Ruiz"], "{search}");
    }
    assert!(world.owner.found("uno.test").await.is_empty());
}

async fn two_links_with_one_company_become_one(app: TestApp) {
    let world = World::new(&app, Value::Null, Value::Null).await;
    let owner = &world.owner;
    let abc = owner.corporation("ABC").await;
    let beto = id(&owner.contact("Beto Mora", Value::Null).await);
    for (contact, link, relation) in [
        (
            world.ana,
            json!({ "role": "employee", "from": "2015-01-01" }),
            json!({ "kind": "spouse" }),
        ),
        (
            world.twin,
            json!({ "share": 1000, "from": "2012-03-01" }),
            json!({ "kind": "partner", "from": "2001-01-01", "note": "Desde siempre" }),
        ),
    ] {
        let path = format!("/api/contacts/{contact}");
        owner.patch(&path, json!({ "primary_corporation_id": abc })).await.ok();
        owner.patch(&format!("{path}/corporations/{abc}"), link).await.ok();
        let mut relation = relation;
        relation["contact_id"] = json!(beto);
        owner.post(&format!("{path}/related"), relation).await.created();
    }
    // What ties the two to each other goes.
    let body = json!({ "contact_id": world.twin, "kind": "sibling" });
    owner.post(&format!("/api/contacts/{}/related", world.ana), body).await.created();
    let done = world.merge(json!({})).await;
    let of = |kind: &str, id: Uuid, name: &str| json!({ "kind": kind, "id": id, "name": name });
    let beto_said = json!({ "kind": "partner", "from": "2001-01-01" });
    let expected = json!([{ "about": of("contact", beto, "Beto Mora"), "said": beto_said }]);
    assert_eq!(done["set_aside"], expected);
    let timeline = owner.get(&format!("/api/contacts/{}/timeline", world.ana)).await.ok();
    let entry = timeline["items"].as_array().unwrap().iter().find(|it| it["action"] == "merge");
    let told = "no tomó lo que el otro registro decía de Beto Mora (Pareja, desde 1 ene 2001)";
    assert!(entry.unwrap()["changes"].as_array().unwrap().contains(&json!(told)), "{entry:?}");
    let ana = world.ana().await;
    let link = json!({
        "id": abc, "name": "ABC", "is_primary": true, "role": "employee", "share": 1000,
        "from": "2012-03-01", "to": null,
    });
    assert_eq!(ana["corporations"], json!([link]));
    let related = ana["related"].as_array().unwrap();
    assert_eq!(related.len(), 1);
    assert_eq!(
        (&related[0]["kind"], &related[0]["from"], &related[0]["note"]),
        (&json!("spouse"), &Value::Null, &json!("Desde siempre"))
    );
    assert_eq!(owner.get(&format!("/api/corporations/{abc}")).await.ok()["contact_count"], 1);
}

async fn what_differs_about_the_same_company_is_told(app: TestApp) {
    let world = World::new(&app, Value::Null, Value::Null).await;
    let owner = &world.owner;
    let abc = owner.corporation("ABC").await;
    let third = id(&owner.contact("Ana R", Value::Null).await);
    for (contact, link) in [
        (world.ana, json!({ "role": "employee", "share": 1000, "from": "2012-03-01" })),
        (world.twin, json!({ "role": "owner", "share": 5000, "from": "2015-01-01" })),
        (third, json!({ "role": "employee", "share": 1000 })),
    ] {
        let path = format!("/api/contacts/{contact}");
        owner.patch(&path, json!({ "primary_corporation_id": abc })).await.ok();
        owner.patch(&format!("{path}/corporations/{abc}"), link).await.ok();
    }
    let done = merge(owner, "contacts", world.ana, &[world.twin, third], json!({})).await;
    let expected = json!([{
        "about": { "kind": "corporation", "id": abc, "name": "ABC" },
        "said": { "role": "owner", "share": 5000, "from": "2015-01-01" },
    }]);
    assert_eq!(done["set_aside"], expected);
    let timeline = owner.get(&format!("/api/contacts/{}/timeline", world.ana)).await.ok();
    let entry = timeline["items"].as_array().unwrap().iter().find(|it| it["action"] == "merge");
    let said = "Propietario, 50\u{a0}%, desde 1 ene 2015";
    assert!(entry.unwrap()["changes"].to_string().contains(said), "{entry:?}");
    owner
        .post(&format!("/api/bulk/{}/undo", done["bulk_id"].as_str().unwrap()), json!({}))
        .await
        .ok();
    let twin = whole(owner, "contacts", world.twin).await;
    assert_eq!(twin["corporations"][0]["role"], "owner");
    assert_eq!(twin["corporations"][0]["share"], 5000);
}

async fn several_are_merged_at_once(app: TestApp) {
    let world = World::new(&app, Value::Null, json!({ "notes": "Dos" })).await;
    let owner = &world.owner;
    let abc = owner.corporation("ABC").await;
    let more = json!({ "email": "tres@ruiz.test", "notes": "Tres", "primary_corporation_id": abc });
    let third = id(&owner.contact("Ana R", more).await);
    let done = merge(owner, "contacts", world.ana, &[world.twin, third], json!({})).await;
    assert_eq!(done["merged"], json!([world.twin, third]));
    let ana = world.ana().await;
    assert_eq!((&ana["email"], &ana["notes"]), (&json!("tres@ruiz.test"), &json!("Dos")));
    assert_eq!(ana["primary_corporation_id"], json!(abc));
    assert_eq!(owner.get("/api/contacts").await.ok()["total"], 1);
}

async fn the_old_id_leads_to_the_one_that_stayed(app: TestApp) {
    let world = World::new(&app, Value::Null, Value::Null).await;
    let owner = &world.owner;
    let first = id(&owner.contact("Anita Ruiz", Value::Null).await);
    merge(owner, "contacts", world.twin, &[first], json!({})).await;
    world.merge(json!({})).await;
    for gone in [world.twin, first] {
        let path = format!("/api/contacts/{gone}");
        for reply in [
            owner.get(&path).await,
            owner.patch(&path, json!({ "notes": "x" })).await,
            owner.delete(&path).await,
            owner.get(&format!("{path}/timeline")).await,
            owner.post(&format!("{path}/merge"), json!({ "others": [{ "id": world.ana }] })).await,
        ] {
            assert_eq!(reply.problem(404, "merged")["merged_into"], json!(world.ana));
        }
    }
    let list = owner.get("/api/deletions").await.ok();
    for item in list["items"].as_array().unwrap() {
        assert_eq!(item["merged_into"], json!(world.ana), "{item}");
    }
    assert_eq!(list["total"], 2);
    // Nobody else learns that there was such a record.
    let other = app.owner().await;
    other.get(&format!("/api/contacts/{}", world.twin)).await.problem(404, "not_found");
}

async fn everybody_concerned_learns_of_it(app: TestApp) {
    let world = World::new(&app, Value::Null, json!({ "ssn": "123-45-6789" })).await;
    let owner = &world.owner;
    let abc = owner.corporation("ABC").await;
    let path = format!("/api/contacts/{}", world.twin);
    owner.patch(&path, json!({ "primary_corporation_id": abc })).await.ok();
    let mut watch = owner.watch("/api/live").await;
    let done = world.merge(json!({})).await;
    let mut expected = vec![
        (json!("contact"), json!("merge"), json!(world.ana)),
        (json!("contact"), json!("delete"), json!(world.twin)),
        (json!("corporation"), json!("relate"), json!(abc)),
    ];
    while !expected.is_empty() {
        let change = watch.change().await;
        let told = (change["subject"].clone(), change["verb"].clone(), change["record"].clone());
        expected.retain(|it| *it != told);
    }
    let log = app.audit(owner.tenant).await;
    let entry = log.iter().find(|entry| entry.action == "contact.merge").unwrap();
    assert_eq!(entry.changes["merged"]["after"][0]["id"], json!(world.twin));
    assert_eq!(entry.changes["bulk_id"]["after"], done["bulk_id"]);
    assert_eq!(entry.changes["ssn"]["after"], "***-**-6789");
    let entry = log.iter().rfind(|entry| entry.action == "contact.delete").unwrap();
    assert_eq!(entry.changes["merged_into"]["after"]["id"], json!(world.ana));
    // Ids may hold any few digits.
    let shows = |text: &str| ["123-45", "123456789"].iter().any(|number| text.contains(number));
    assert!(!log.iter().any(|entry| shows(&entry.changes.to_string())));
}

async fn a_chosen_person_without_company_costs_no_primary(app: TestApp) {
    let world = World::new(&app, Value::Null, Value::Null).await;
    let abc = world.owner.corporation("ABC").await;
    let path = format!("/api/contacts/{}", world.ana);
    world.owner.patch(&path, json!({ "primary_corporation_id": abc })).await.ok();
    world.merge(json!({ "primary_corporation_id": world.twin })).await;
    let ana = world.ana().await;
    assert_eq!(ana["primary_corporation_id"], json!(abc));
    assert_eq!(ana["corporations"][0]["is_primary"], true);
}
