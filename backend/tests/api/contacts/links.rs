//! What a person is to a company, with what share, from when to when.

use crate::support::crm::{column, people};
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use chrono::{NaiveDate, TimeDelta};
use uuid::Uuid;

db_tests! {
    a_link_says_role_share_and_dates_on_both_sides,
    what_breaks_a_rule_is_named_and_leaves_nothing,
    an_ended_link_is_history_and_counts_nowhere,
    the_last_day_still_counts,
    the_primary_goes_on_or_another_is_named,
    the_only_company_can_end,
    a_former_company_comes_back,
    what_becomes_primary_has_no_end,
    lists_of_ids_leave_history_alone,
    shares_over_a_whole_are_shown,
    older_versions_foreign_and_unknown_ones_are_refused,
    companies_learn_of_their_people,
    a_paths_wrong_id_is_told,
}

struct World {
    owner: Member,
    abc: Uuid,
    xyz: Uuid,
    /// Somebody of both, ABC first.
    path: String,
}

impl World {
    async fn new(app: &TestApp) -> Self {
        let owner = app.owner().await;
        let (abc, xyz) = (owner.corporation("ABC").await, owner.corporation("XYZ").await);
        let more = json!({ "primary_corporation_id": abc, "corporation_ids": [xyz] });
        let path = format!("/api/contacts/{}", id(&owner.contact("Ana Ruiz", more).await));
        Self { owner, abc, xyz, path }
    }

    fn link(&self, company: Uuid) -> String {
        format!("{}/corporations/{company}", self.path)
    }

    async fn contact(&self) -> Value {
        self.owner.get(&self.path).await.ok()
    }

    async fn people(&self, company: Uuid, query: &str) -> Value {
        self.owner.get(&format!("/api/corporations/{company}/contacts?{query}")).await.ok()
    }
}

fn names(contact: &Value, list: &str) -> Vec<Value> {
    contact[list].as_array().unwrap().iter().map(|link| link["name"].clone()).collect()
}

/// So many days from the firm's today.
fn day(app: &TestApp, days: i64) -> NaiveDate {
    let bogota = chrono::FixedOffset::west_opt(5 * 3600).unwrap();
    app.clock.now().with_timezone(&bogota).date_naive() + TimeDelta::days(days)
}

async fn a_link_says_role_share_and_dates_on_both_sides(app: TestApp) {
    let world = World::new(&app).await;
    let body = json!({ "role": "owner", "share": 3333, "from": "2020-01-31", "to": "2199-12-31" });
    let reply = world.owner.patch(&world.link(world.xyz), body).await.expect(200);
    assert_eq!(reply.header("etag"), "\"v2\"");
    let contact = reply.json();
    assert_eq!(
        contact["corporations"],
        json!([
            { "id": world.abc, "name": "ABC", "is_primary": true, "role": null, "share": null,
              "from": null, "to": null },
            { "id": world.xyz, "name": "XYZ", "is_primary": false, "role": "owner",
              "share": 3333, "from": "2020-01-31", "to": "2199-12-31" },
        ])
    );
    assert_eq!(contact["former_corporations"], json!([]));
    assert_eq!(world.contact().await, contact);
    let person = &world.people(world.xyz, "").await["items"][0];
    assert_eq!(
        (&person["role"], &person["share"], &person["from"], &person["to"]),
        (&json!("owner"), &json!(3333), &json!("2020-01-31"), &json!("2199-12-31"))
    );
    // Lists stay lean.
    let listed = &world.owner.get("/api/contacts").await.ok()["items"][0]["corporations"][1];
    assert_eq!(*listed, json!({ "id": world.xyz, "name": "XYZ", "is_primary": false }));
    // What is not named stays; null clears.
    let body = json!({ "role": null, "to": null });
    let contact = world.owner.patch(&world.link(world.xyz), body.clone()).await.ok();
    let link = &contact["corporations"][1];
    assert_eq!((&link["role"], &link["share"]), (&Value::Null, &json!(3333)));
    let again = world.owner.patch(&world.link(world.xyz), body).await.expect(200);
    assert_eq!(again.header("etag"), "\"v3\"", "nothing changed");
}

async fn what_breaks_a_rule_is_named_and_leaves_nothing(app: TestApp) {
    let world = World::new(&app).await;
    let link = world.link(world.xyz);
    let before = app.counts().await;
    for (field, value, why) in [
        ("role", json!("friend"), "unknown_value"),
        ("share", json!(10_001), "out_of_range"),
        ("share", json!(-1), "wrong_type"),
        ("share", json!(12.5), "wrong_type"),
        ("from", json!("1899-12-31"), "out_of_range"),
        ("to", json!("2200-01-01"), "out_of_range"),
        ("to", json!("2020-02-30"), "wrong_type"),
        ("primary_corporation_id", json!(null), "wrong_type"),
        ("since", json!("2020-01-01"), "unknown_field"),
    ] {
        world.owner.patch(&link, json!({ field: value })).await.invalid(field, why);
    }
    let body = json!({ "from": "2020-02-01", "to": "2020-01-31" });
    world.owner.patch(&link, body).await.invalid("to", "before_start");
    world.owner.patch(&link, json!({ "from": "2020-02-01" })).await.ok();
    let body = json!({ "to": "2020-01-31" });
    world.owner.patch(&link, body).await.invalid("to", "before_start");
    let tables = ["contacts", "corporations", "contact_corporations"];
    let kept = |counts: Vec<(&'static str, i64)>| -> Vec<_> {
        counts.into_iter().filter(|(table, _)| tables.contains(table)).collect()
    };
    assert_eq!(kept(app.counts().await), kept(before));
}

async fn an_ended_link_is_history_and_counts_nowhere(app: TestApp) {
    let world = World::new(&app).await;
    let body = json!({ "role": "employee", "to": "2020-12-31" });
    let contact = world.owner.patch(&world.link(world.xyz), body).await.ok();
    assert_eq!(names(&contact, "corporations"), ["ABC"]);
    assert_eq!(names(&contact, "former_corporations"), ["XYZ"]);
    assert_eq!(contact["former_corporations"][0]["role"], "employee");
    let list = world.owner.get("/api/contacts").await.ok();
    assert_eq!(list["items"][0]["corporations"].as_array().unwrap().len(), 1);
    let by_company = format!("/api/contacts?corporation_id={}", world.xyz);
    assert_eq!(world.owner.get(&by_company).await.ok()["total"], 0);
    assert_eq!(world.people(world.xyz, "").await["total"], 0);
    assert_eq!(people(&world.people(world.xyz, "former=true").await), ["Ana Ruiz"]);
    assert_eq!(world.people(world.abc, "former=true").await["total"], 0);
    let xyz = world.owner.get(&format!("/api/corporations/{}", world.xyz)).await.ok();
    assert_eq!((&xyz["contact_count"], &xyz["former_contact_count"]), (&json!(0), &json!(1)));
    let counts = column(&world.owner.get("/api/corporations").await.ok(), "contact_count");
    assert_eq!(counts, [1, 0]);
    // The company can go, its history with it.
    world.owner.delete(&format!("/api/corporations/{}", world.xyz)).await.no_content();
    assert_eq!(world.contact().await["former_corporations"], json!([]));
}

async fn the_last_day_still_counts(app: TestApp) {
    let world = World::new(&app).await;
    let body = json!({ "to": day(&app, 0) });
    world.owner.patch(&world.link(world.xyz), body).await.ok();
    assert_eq!(names(&world.contact().await, "corporations"), ["ABC", "XYZ"]);
    app.advance(TimeDelta::days(1));
    // The session ended overnight.
    let member = app.member(world.owner.tenant, ebenezer_shared::permission::Role::Owner).await;
    let contact = member.get(&world.path).await.ok();
    assert_eq!(names(&contact, "former_corporations"), ["XYZ"]);
}

async fn the_primary_goes_on_or_another_is_named(app: TestApp) {
    let world = World::new(&app).await;
    let link = world.link(world.abc);
    let before = world.contact().await;
    for to in ["2020-12-31".to_owned(), day(&app, 30).to_string()] {
        let refused = world.owner.patch(&link, json!({ "to": to })).await;
        refused.field(409, "primary_required", "primary_corporation_id", "required");
    }
    for named in [Uuid::now_v7(), world.abc, world.owner.corporation("Otra").await] {
        let body = json!({ "to": "2020-12-31", "primary_corporation_id": named });
        let refused = world.owner.patch(&link, body).await;
        refused.invalid("primary_corporation_id", "unknown_reference");
    }
    assert_eq!(world.contact().await, before);
    let leaving = json!({ "to": day(&app, 30), "primary_corporation_id": world.xyz });
    let contact = world.owner.patch(&link, leaving).await.ok();
    assert_eq!(names(&contact, "corporations"), ["XYZ", "ABC"]);
    assert_eq!(contact["primary_corporation_id"], world.xyz.to_string());
    let contact = world.owner.patch(&link, json!({ "to": "2020-12-31" })).await.ok();
    assert_eq!(names(&contact, "corporations"), ["XYZ"]);
    let xyz = world.owner.get(&format!("/api/corporations/{}", world.xyz)).await.ok();
    assert_eq!(xyz["primary_contact_count"], 1);
}

async fn the_only_company_can_end(app: TestApp) {
    let world = World::new(&app).await;
    let more = json!({ "primary_corporation_id": world.abc });
    let eva = id(&world.owner.contact("Eva Luna", more).await);
    let link = format!("/api/contacts/{eva}/corporations/{}", world.abc);
    let later = world.owner.patch(&link, json!({ "to": day(&app, 1) })).await;
    later.problem(409, "primary_required");
    let contact = world.owner.patch(&link, json!({ "to": day(&app, -1) })).await.ok();
    assert_eq!(contact["primary_corporation_id"], Value::Null);
    assert_eq!(contact["corporations"], json!([]));
    assert_eq!(names(&contact, "former_corporations"), ["ABC"]);
    world.owner.delete(&format!("/api/contacts/{eva}")).await.no_content();
}

async fn a_former_company_comes_back(app: TestApp) {
    let world = World::new(&app).await;
    let link = world.link(world.xyz);
    world.owner.patch(&link, json!({ "role": "agent", "to": "2020-12-31" })).await.ok();
    let contact = world.owner.patch(&link, json!({ "to": null })).await.ok();
    assert_eq!(names(&contact, "corporations"), ["ABC", "XYZ"]);
    // By the list of ids as well: what is known of it stays.
    world.owner.patch(&link, json!({ "to": "2020-12-31" })).await.ok();
    let ids = json!({ "corporation_ids": [world.abc, world.xyz] });
    let contact = world.owner.patch(&world.path, ids).await.ok();
    assert_eq!(contact["corporations"][1]["role"], "agent");
    assert_eq!(contact["corporations"][1]["to"], Value::Null);
    assert_eq!(contact["former_corporations"], json!([]));
    // To somebody without any it comes back as the primary one that is named.
    let more = json!({ "primary_corporation_id": world.abc });
    let eva = id(&world.owner.contact("Eva Luna", more).await);
    let link = format!("/api/contacts/{eva}/corporations/{}", world.abc);
    world.owner.patch(&link, json!({ "to": "2020-12-31" })).await.ok();
    world.owner.patch(&link, json!({ "to": null })).await.problem(409, "primary_required");
    let body = json!({ "to": null, "primary_corporation_id": world.abc });
    let contact = world.owner.patch(&link, body).await.ok();
    assert_eq!(contact["primary_corporation_id"], world.abc.to_string());
}

async fn what_becomes_primary_has_no_end(app: TestApp) {
    let world = World::new(&app).await;
    let link = world.link(world.xyz);
    world.owner.patch(&link, json!({ "to": day(&app, 30), "role": "owner" })).await.ok();
    let body = json!({ "primary_corporation_id": world.xyz });
    let contact = world.owner.patch(&world.path, body).await.ok();
    assert_eq!(contact["corporations"][0]["name"], "XYZ");
    assert_eq!(contact["corporations"][0]["to"], Value::Null);
    assert_eq!(contact["corporations"][0]["role"], "owner");
    // A company that is deleted hands over to a former one: it goes on again.
    let link = world.link(world.abc);
    world.owner.patch(&link, json!({ "to": "2020-12-31" })).await.ok();
    let path = format!("/api/corporations/{}?reassign_primary_to={}", world.xyz, world.abc);
    world.owner.delete(&path).await.no_content();
    let contact = world.contact().await;
    assert_eq!(names(&contact, "corporations"), ["ABC"]);
    assert_eq!(contact["corporations"][0]["is_primary"], true);
}

async fn lists_of_ids_leave_history_alone(app: TestApp) {
    let world = World::new(&app).await;
    world.owner.patch(&world.link(world.xyz), json!({ "to": "2020-12-31" })).await.ok();
    let third = world.owner.corporation("Tercera").await;
    let body = json!({ "corporation_ids": [world.abc, third] });
    let contact = world.owner.patch(&world.path, body).await.ok();
    assert_eq!(names(&contact, "corporations"), ["ABC", "Tercera"]);
    assert_eq!(names(&contact, "former_corporations"), ["XYZ"]);
    let contact = world.owner.patch(&world.path, json!({ "corporation_ids": [] })).await.ok();
    assert_eq!(names(&contact, "former_corporations"), ["XYZ"]);
    assert_eq!(contact["primary_corporation_id"], Value::Null);
}

async fn shares_over_a_whole_are_shown(app: TestApp) {
    let world = World::new(&app).await;
    let path = format!("/api/corporations/{}", world.abc);
    let owned = async || world.owner.get(&path).await.ok()["owned"].clone();
    assert_eq!(owned().await, 0);
    let body = json!({ "role": "owner", "share": 6000 });
    world.owner.patch(&world.link(world.abc), body.clone()).await.ok();
    assert_eq!(owned().await, 6000);
    let more = json!({ "primary_corporation_id": world.abc });
    let eva = id(&world.owner.contact("Eva Luna", more).await);
    let link = format!("/api/contacts/{eva}/corporations/{}", world.abc);
    world.owner.patch(&link, body).await.ok();
    assert_eq!(owned().await, 12_000, "shown, not refused");
    world.owner.patch(&link, json!({ "role": "employee" })).await.ok();
    assert_eq!(owned().await, 6000);
    // One followed the other: never more than a whole.
    world.owner.patch(&link, json!({ "role": "owner", "from": "2022-01-01" })).await.ok();
    let body = json!({ "to": "2021-12-31", "primary_corporation_id": world.xyz });
    world.owner.patch(&world.link(world.abc), body).await.ok();
    assert_eq!(owned().await, 6000);
}

async fn older_versions_foreign_and_unknown_ones_are_refused(app: TestApp) {
    let world = World::new(&app).await;
    let other = World::new(&app).await;
    let body = json!({ "role": "owner" });
    let old = world.owner.with("If-Match", "\"v9\"");
    old.patch(&world.link(world.xyz), body.clone()).await.problem(412, "precondition_failed");
    let strange = world.owner.corporation("Ajena").await;
    for path in [
        world.link(strange),
        world.link(other.abc),
        world.link(Uuid::now_v7()),
        other.link(other.abc),
        format!("/api/contacts/{}/corporations/{}", Uuid::now_v7(), world.abc),
    ] {
        world.owner.patch(&path, body.clone()).await.problem(404, "not_found");
    }
    let viewer = app.member(world.owner.tenant, ebenezer_shared::permission::Role::Viewer).await;
    viewer.patch(&world.link(world.xyz), body).await.problem(403, "permission_required");
}

async fn companies_learn_of_their_people(app: TestApp) {
    let world = World::new(&app).await;
    world.owner.patch(&world.link(world.xyz), json!({ "role": "owner" })).await.ok();
    world.owner.patch(&world.path, json!({ "corporation_ids": [world.abc] })).await.ok();
    let log = app.audit(world.owner.tenant).await;
    let told: Vec<_> = log
        .iter()
        .filter(|entry| {
            entry.resource_id == Some(world.xyz) && entry.action == "corporation.relate"
        })
        .map(|entry| {
            let link = &entry.changes["contact"];
            (link["before"]["role"].clone(), link["after"]["role"].clone())
        })
        .collect();
    assert_eq!(
        told,
        [(Value::Null, Value::Null), (Value::Null, json!("owner")), (json!("owner"), Value::Null)]
    );
    assert_eq!(log.last().unwrap().action, "contact.update");
}

async fn a_paths_wrong_id_is_told(app: TestApp) {
    let world = World::new(&app).await;
    for path in
        [format!("{}/corporations/abc", world.path), "/api/contacts/1/corporations/2".into()]
    {
        let reply = world.owner.patch(&path, json!({ "role": "owner" })).await;
        reply.problem(400, "invalid_path");
    }
}
