//! People related to people.

use crate::support::crm::column;
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    each_side_sees_it_its_own_way,
    each_kind_has_its_inverse,
    a_relation_is_changed_from_either_side,
    what_breaks_a_rule_is_named_and_leaves_nothing,
    nobody_is_related_twice_nor_to_themselves,
    of_two_at_once_one_wins,
    an_ended_relation_comes_last,
    a_relation_is_taken_away,
    who_is_deleted_leaves_no_relation,
    foreign_and_unknown_people_are_not_found,
    roles_that_may_not_change_only_see,
    both_histories_tell_of_it,
}

struct World {
    owner: Member,
    ana: Uuid,
    beto: Uuid,
}

impl World {
    async fn new(app: &TestApp) -> Self {
        let owner = app.owner().await;
        let ana = id(&owner.contact("Ana Ruiz", Value::Null).await);
        let beto = id(&owner.contact("Beto Mora", Value::Null).await);
        Self { owner, ana, beto }
    }

    async fn relate(&self, kind: &str) -> Value {
        let body = json!({ "contact_id": self.beto, "kind": kind });
        self.owner.post(&of(self.ana), body).await.created()
    }
}

fn of(contact: Uuid) -> String {
    format!("/api/contacts/{contact}/related")
}

async fn list(member: &Member, contact: Uuid) -> Value {
    member.get(&of(contact)).await.ok()
}

async fn each_side_sees_it_its_own_way(app: TestApp) {
    let world = World::new(&app).await;
    let body = json!({
        "contact_id": world.beto, "kind": "dependent", "from": "2010-05-01",
        "note": " Hijo de su hermana ",
    });
    let reply = world.owner.post(&of(world.ana), body).await.expect(201);
    let place = format!("{}/{}", of(world.ana), world.beto);
    assert_eq!(reply.header("location"), place);
    let related = json!({
        "contact": { "id": world.beto, "first_name": "Beto", "last_name": "Mora" },
        "status": "active", "kind": "dependent", "from": "2010-05-01", "to": null,
        "note": "Hijo de su hermana",
    });
    assert_eq!(reply.json(), related);
    assert_eq!(list(&world.owner, world.ana).await["items"], json!([related]));
    let inverse = list(&world.owner, world.beto).await;
    assert_eq!(inverse["items"][0]["kind"], "guardian");
    assert_eq!(inverse["items"][0]["contact"]["id"], world.ana.to_string());
    assert_eq!(inverse["items"][0]["from"], "2010-05-01");
}

async fn each_kind_has_its_inverse(app: TestApp) {
    let world = World::new(&app).await;
    world.relate("spouse").await;
    let path = format!("{}/{}", of(world.ana), world.beto);
    for (kind, inverse) in [
        ("spouse", "spouse"),
        ("partner", "partner"),
        ("parent", "child"),
        ("child", "parent"),
        ("sibling", "sibling"),
        ("guardian", "dependent"),
        ("dependent", "guardian"),
        ("other", "other"),
    ] {
        assert_eq!(world.owner.patch(&path, json!({ "kind": kind })).await.ok()["kind"], kind);
        assert_eq!(column(&list(&world.owner, world.ana).await, "kind"), [kind]);
        assert_eq!(column(&list(&world.owner, world.beto).await, "kind"), [inverse]);
    }
}

async fn a_relation_is_changed_from_either_side(app: TestApp) {
    let world = World::new(&app).await;
    world.relate("parent").await;
    let from_beto = format!("{}/{}", of(world.beto), world.ana);
    let body = json!({ "kind": "spouse", "from": "2001-01-01", "to": "2019-03-04", "note": "x" });
    let changed = world.owner.patch(&from_beto, body).await.ok();
    assert_eq!((&changed["kind"], &changed["to"]), (&json!("spouse"), &json!("2019-03-04")));
    let cleared = json!({ "to": null, "note": null });
    let changed = world.owner.patch(&from_beto, cleared).await.ok();
    assert_eq!((&changed["to"], &changed["note"]), (&Value::Null, &Value::Null));
    assert_eq!(changed["from"], "2001-01-01", "what is not named stays");
}

async fn what_breaks_a_rule_is_named_and_leaves_nothing(app: TestApp) {
    let world = World::new(&app).await;
    let before = app.counts().await;
    for (field, value, why) in [
        ("kind", json!("friend"), "unknown_value"),
        ("kind", json!(null), "wrong_type"),
        ("from", json!("1899-12-31"), "out_of_range"),
        ("to", json!("2200-01-01"), "out_of_range"),
        ("note", json!("x".repeat(256)), "too_long"),
        ("note", json!("a\u{7}"), "control_characters"),
        ("contact_id", json!("x"), "wrong_type"),
        ("share", json!(1), "unknown_field"),
    ] {
        let mut body = json!({ "contact_id": world.beto, "kind": "spouse" });
        body[field] = value;
        world.owner.post(&of(world.ana), body).await.invalid(field, why);
    }
    let body = json!({
        "contact_id": world.beto, "kind": "spouse", "from": "2020-01-02", "to": "2020-01-01",
    });
    world.owner.post(&of(world.ana), body).await.invalid("to", "before_start");
    assert_eq!(app.counts().await, before);
    world.relate("spouse").await;
    let path = format!("{}/{}", of(world.ana), world.beto);
    world.owner.patch(&path, json!({ "kind": null })).await.invalid("kind", "wrong_type");
    world.owner.patch(&path, json!({ "from": "2020-01-02" })).await.ok();
    world.owner.patch(&path, json!({ "to": "2020-01-01" })).await.invalid("to", "before_start");
}

async fn nobody_is_related_twice_nor_to_themselves(app: TestApp) {
    let world = World::new(&app).await;
    world.relate("spouse").await;
    let before = app.counts().await;
    for (one, other) in [(world.ana, world.beto), (world.beto, world.ana)] {
        let body = json!({ "contact_id": other, "kind": "sibling" });
        let twice = world.owner.post(&of(one), body).await;
        twice.field(409, "duplicate", "contact_id", "already_related");
    }
    let body = json!({ "contact_id": world.ana, "kind": "sibling" });
    world.owner.post(&of(world.ana), body).await.invalid("contact_id", "itself");
    assert_eq!(app.counts().await, before);
}

async fn of_two_at_once_one_wins(app: TestApp) {
    for _ in 0..3 {
        let world = World::new(&app).await;
        let (here, there) = (of(world.ana), of(world.beto));
        let (a, b) = tokio::join!(
            world.owner.post(&here, json!({ "contact_id": world.beto, "kind": "spouse" })),
            world.owner.post(&there, json!({ "contact_id": world.ana, "kind": "sibling" })),
        );
        let (won, lost) = if a.status == 201 { (a, b) } else { (b, a) };
        won.created();
        lost.problem(409, "duplicate");
        assert_eq!(list(&world.owner, world.ana).await["total"], 1);
    }
}

async fn an_ended_relation_comes_last(app: TestApp) {
    let world = World::new(&app).await;
    for (name, to) in [("Aldo Uno", json!("2010-01-01")), ("Zoe Dos", json!(null))] {
        let other = id(&world.owner.contact(name, Value::Null).await);
        let body = json!({ "contact_id": other, "kind": "spouse", "to": to });
        world.owner.post(&of(world.ana), body).await.created();
    }
    let list = list(&world.owner, world.ana).await;
    let names: Vec<_> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["contact"]["first_name"].clone())
        .collect();
    assert_eq!(names, ["Zoe", "Aldo"]);
}

async fn a_relation_is_taken_away(app: TestApp) {
    let world = World::new(&app).await;
    world.relate("spouse").await;
    let from_beto = format!("{}/{}", of(world.beto), world.ana);
    world.owner.delete(&from_beto).await.no_content();
    world.owner.delete(&from_beto).await.problem(404, "not_found");
    assert_eq!(list(&world.owner, world.ana).await["total"], 0);
    world.relate("sibling").await;
}

async fn who_is_deleted_leaves_no_relation(app: TestApp) {
    let world = World::new(&app).await;
    world.relate("spouse").await;
    world.owner.delete(&format!("/api/contacts/{}", world.ana)).await.no_content();
    assert_eq!(list(&world.owner, world.beto).await["total"], 0);
    assert_eq!(app.count("contact_relations").await, 0);
    let log = app.audit(world.owner.tenant).await;
    let told = log.iter().rfind(|entry| entry.resource_id == Some(world.beto)).unwrap();
    assert_eq!(told.changes["related"]["before"]["name"], "Ana Ruiz");
    assert_eq!(told.changes["related"]["after"], Value::Null);
}

async fn foreign_and_unknown_people_are_not_found(app: TestApp) {
    let (world, other) = (World::new(&app).await, World::new(&app).await);
    other.relate("spouse").await;
    for stranger in [other.ana, Uuid::now_v7()] {
        world.owner.get(&of(stranger)).await.problem(404, "not_found");
        let body = json!({ "contact_id": world.beto, "kind": "spouse" });
        world.owner.post(&of(stranger), body).await.problem(404, "not_found");
        let body = json!({ "contact_id": stranger, "kind": "spouse" });
        let refused = world.owner.post(&of(world.ana), body).await;
        refused.invalid("contact_id", "unknown_reference");
        for path in [
            format!("{}/{}", of(stranger), other.beto),
            format!("{}/{stranger}", of(world.ana)),
            format!("{}/{}", of(world.ana), world.beto),
        ] {
            let reply = world.owner.patch(&path, json!({ "kind": "other" })).await;
            reply.problem(404, "not_found");
            world.owner.delete(&path).await.problem(404, "not_found");
        }
    }
    assert_eq!(list(&other.owner, other.ana).await["total"], 1);
}

async fn roles_that_may_not_change_only_see(app: TestApp) {
    let world = World::new(&app).await;
    world.relate("spouse").await;
    let viewer = app.member(world.owner.tenant, Role::Viewer).await;
    assert_eq!(list(&viewer, world.ana).await["total"], 1);
    let body = json!({ "contact_id": world.beto, "kind": "spouse" });
    viewer.post(&of(world.ana), body).await.problem(403, "permission_required");
    let path = format!("{}/{}", of(world.ana), world.beto);
    viewer.delete(&path).await.problem(403, "permission_required");
}

async fn both_histories_tell_of_it(app: TestApp) {
    let world = World::new(&app).await;
    world.relate("parent").await;
    let log = app.audit(world.owner.tenant).await;
    let told = |who: Uuid| {
        let entry = log.iter().rfind(|entry| entry.resource_id == Some(who)).unwrap();
        assert_eq!(entry.action, "contact.relate");
        let after = &entry.changes["related"]["after"];
        (after["name"].clone(), after["kind"].clone())
    };
    assert_eq!(told(world.ana), (json!("Beto Mora"), json!("parent")));
    assert_eq!(told(world.beto), (json!("Ana Ruiz"), json!("child")));
}
