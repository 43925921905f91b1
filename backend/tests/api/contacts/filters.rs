//! Filters of the list, alone and together.

use crate::support::crm::people;
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use chrono::{SecondsFormat, TimeDelta};
use uuid::Uuid;

db_tests! {
    each_filter_narrows_the_list,
    filters_and_search_go_together,
    foreign_ids_find_nothing,
    the_id_in_another_system_finds_its_contact,
    updated_since_tells_what_changed,
    times_are_read_with_their_zone,
    values_of_the_wrong_form_are_told,
    what_no_calendar_holds_is_told,
}

struct World {
    owner: Member,
    abc: Uuid,
    xyz: Uuid,
    department: Uuid,
    colleague: Uuid,
}

async fn world(app: &TestApp) -> World {
    let owner = app.owner().await;
    let colleague = app.member(owner.tenant, ebenezer_shared::permission::Role::Member).await.user;
    let (abc, xyz) = (owner.corporation("ABC").await, owner.corporation("XYZ").await);
    let department = owner.department("Impuestos", "IMP").await;
    let both = json!({ "primary_corporation_id": abc, "corporation_ids": [xyz] });
    owner.contact("Ana Ambas", both).await;
    let one = json!({ "primary_corporation_id": xyz, "status": "inactive", "owner_id": colleague });
    owner.contact("Beto Xyz", one).await;
    let none = json!({ "department_id": department, "status": "prospect", "owner_id": owner.user });
    owner.contact("Caro Sola", none).await;
    World { owner, abc, xyz, department, colleague }
}

async fn filtered(owner: &Member, query: &[(&str, String)]) -> Vec<String> {
    let query: Vec<_> = query.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let list = owner.list("/api/contacts", &query).await.ok();
    let names = people(&list);
    assert_eq!(list["total"], names.len());
    names
}

async fn each_filter_narrows_the_list(app: TestApp) {
    let World { owner, abc, xyz, department, colleague } = world(&app).await;
    let by = async |name: &'static str, value: String| filtered(&owner, &[(name, value)]).await;
    assert_eq!(by("status", "active".into()).await, ["Ana Ambas"]);
    assert_eq!(by("status", "inactive".into()).await, ["Beto Xyz"]);
    assert_eq!(by("status", "prospect".into()).await, ["Caro Sola"]);
    assert_eq!(by("corporation_id", abc.to_string()).await, ["Ana Ambas"]);
    assert_eq!(by("corporation_id", xyz.to_string()).await, ["Ana Ambas", "Beto Xyz"]);
    assert_eq!(by("department_id", department.to_string()).await, ["Caro Sola"]);
    assert_eq!(by("owner_id", colleague.to_string()).await, ["Beto Xyz"]);
    assert_eq!(by("owner_id", owner.user.to_string()).await, ["Caro Sola"]);
    assert_eq!(filtered(&owner, &[]).await.len(), 3);
}

async fn filters_and_search_go_together(app: TestApp) {
    let World { owner, xyz, .. } = world(&app).await;
    let xyz = ("corporation_id", xyz.to_string());
    let status = |status: &str| ("status", status.to_owned());
    let search = |words: &str| ("search", words.to_owned());
    assert_eq!(filtered(&owner, &[xyz.clone(), status("inactive")]).await, ["Beto Xyz"]);
    assert_eq!(filtered(&owner, &[xyz.clone(), search("amb")]).await, ["Ana Ambas"]);
    assert_eq!(filtered(&owner, &[xyz.clone(), search("sol")]).await, [""; 0]);
    assert_eq!(filtered(&owner, &[xyz, search("am"), status("active")]).await, ["Ana Ambas"]);
    assert_eq!(filtered(&owner, &[search("so"), status("prospect")]).await, ["Caro Sola"]);
}

async fn foreign_ids_find_nothing(app: TestApp) {
    let World { abc, department, colleague, .. } = world(&app).await;
    let other = world(&app).await.owner;
    for (name, id) in
        [("corporation_id", abc), ("department_id", department), ("owner_id", colleague)]
    {
        assert_eq!(filtered(&other, &[(name, id.to_string())]).await, [""; 0], "{name}");
        assert_eq!(filtered(&other, &[(name, Uuid::nil().to_string())]).await, [""; 0]);
    }
}

async fn the_id_in_another_system_finds_its_contact(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    for member in [&owner, &other] {
        member.contact("Ana Ruiz", json!({ "external_id": " QB-7 " })).await;
    }
    let beto = owner.contact("Beto Mora", json!({ "external_id": "QB-70" })).await;
    let by = async |id: &str| filtered(&owner, &[("external_id", id.to_owned())]).await;
    assert_eq!(by("QB-7").await, ["Ana Ruiz"], "as it was given, trimmed, and in this firm");
    assert_eq!(by("qb-7").await, [""; 0]);
    assert_eq!(by("").await, [""; 0]);
    let wrong = owner.list("/api/contacts", &[("external_id", "\0")]).await;
    wrong.field(400, "invalid_query", "external_id", "invalid");
    let path = format!("/api/contacts/{}", id(&beto));
    let taken = owner.patch(&path, json!({ "external_id": "QB-7" })).await;
    taken.field(409, "duplicate", "external_id", "taken");
    owner.patch(&path, json!({ "external_id": null })).await.ok();
    assert_eq!(by("QB-70").await, [""; 0]);
    let body = json!({ "name": "ABC", "external_id": "QB-7" });
    let abc = owner.post("/api/corporations", body).await.created();
    let list = owner.get("/api/corporations?external_id=QB-7").await.ok();
    assert_eq!((&list["items"][0]["id"], &list["total"]), (&abc["id"], &json!(1)));
    assert_eq!(owner.get("/api/corporations?external_id=QB").await.ok()["total"], 0);
}

async fn updated_since_tells_what_changed(app: TestApp) {
    let owner = app.owner().await;
    let first = owner.contact("Ana Ruiz", Value::Null).await;
    app.advance(TimeDelta::minutes(1));
    let second = owner.contact("Beto Mora", Value::Null).await;
    let since =
        |contact: &Value| [("updated_since", contact["updated_at"].as_str().unwrap().to_owned())];
    assert_eq!(
        filtered(&owner, &since(&first)).await,
        ["Ana Ruiz", "Beto Mora"],
        "the moment counts"
    );
    assert_eq!(filtered(&owner, &since(&second)).await, ["Beto Mora"]);
    app.advance(TimeDelta::minutes(1));
    let path = format!("/api/contacts/{}", id(&first));
    let changed = owner.patch(&path, json!({ "notes": "x" })).await.ok();
    assert_eq!(filtered(&owner, &since(&changed)).await, ["Ana Ruiz"]);
    let now = (app.clock.now() + TimeDelta::seconds(1)).to_rfc3339_opts(SecondsFormat::Secs, true);
    assert_eq!(filtered(&owner, &[("updated_since", now)]).await, [""; 0]);
    // A whole second and its fractions sort as times do, on either database.
    let whole = app.clock.now() - TimeDelta::minutes(5);
    let whole = whole.to_rfc3339_opts(SecondsFormat::Secs, true);
    assert_eq!(filtered(&owner, &[("updated_since", whole)]).await.len(), 2);
}

async fn times_are_read_with_their_zone(app: TestApp) {
    let owner = app.owner().await;
    let contact = owner.contact("Ana Ruiz", Value::Null).await;
    let at: chrono::DateTime<chrono::FixedOffset> =
        contact["updated_at"].as_str().unwrap().parse().unwrap();
    let bogota = chrono::FixedOffset::west_opt(5 * 3600).unwrap();
    for (shift, found) in [(-1, 1), (1, 0)] {
        let since = (at + TimeDelta::seconds(shift)).with_timezone(&bogota).to_rfc3339();
        assert_eq!(filtered(&owner, &[("updated_since", since)]).await.len(), found);
    }
}

async fn values_of_the_wrong_form_are_told(app: TestApp) {
    let owner = app.owner().await;
    for (name, value, why) in [
        ("status", "friend", "unknown_value"),
        ("status", "", "unknown_value"),
        ("corporation_id", "abc", "wrong_type"),
        ("department_id", "1", "wrong_type"),
        ("owner_id", "me", "wrong_type"),
        ("updated_since", "yesterday", "wrong_type"),
        ("updated_since", "2024-02-30T00:00:00Z", "wrong_type"),
        ("updated_since", "2024-01-01", "wrong_type"),
        ("nonsense", "1", "unknown_field"),
        ("tenant_id", "00000000-0000-0000-0000-000000000000", "unknown_field"),
    ] {
        let reply = owner.list("/api/contacts", &[(name, value)]).await;
        reply.field(400, "invalid_query", name, why);
    }
    let twice = owner.get("/api/contacts?status=active&status=inactive").await;
    twice.problem(400, "invalid_query");
}

async fn what_no_calendar_holds_is_told(app: TestApp) {
    let owner = app.owner().await;
    owner.contact("Ana Ruiz", Value::Null).await;
    for since in ["-4800-01-01T00:00:00Z", "-262143-01-01T00:00:00Z", "+262142-12-31T23:59:59Z"] {
        let reply = owner.list("/api/contacts", &[("updated_since", since)]).await;
        reply.field(400, "invalid_query", "updated_since", "out_of_range");
    }
    assert_eq!(
        filtered(&owner, &[("updated_since", "0001-01-01T00:00:00Z".into())]).await.len(),
        1
    );
}
