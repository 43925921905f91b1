//! All that a list's query means, changed by a worker.

use super::{person, tag, undo};
use crate::jobs::Process;
use crate::jobs::killed::{end_leases, fast, slow};
use crate::merge::races::meanwhile;
use crate::support::fixtures::id;
use crate::support::mail::wait_for;
use crate::support::{Member, Setup, TestApp, Value, json};
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    all_that_match_are_changed_and_no_others,
    those_that_come_later_are_not_meant,
    what_is_left_is_named,
    a_search_means_what_the_list_shows,
    more_than_two_hundred_are_taken_back_by_a_worker,
    it_stops_between_two_parts_and_is_undone_as_one,
    undoing_ends_a_run,
    who_may_no_longer_has_nothing_done,
    a_tag_that_went_meanwhile_ends_it,
    a_paused_firm_ends_it_and_is_named,
    a_missing_second_factor_ends_it_and_is_named,
    what_goes_while_many_get_it_is_refused,
    a_query_that_the_list_refuses_is_refused,
    others_neither_see_nor_stop_it,
    asking_twice_is_asking_once,
}

async fn ask(owner: &Member, list: &str, body: Value) -> Value {
    owner.post(&format!("/api/{list}/bulk"), body).await.expect(202).json()
}

fn path(asked: &Value) -> String {
    format!("/api/bulk/{}", asked["id"].as_str().unwrap())
}

async fn report(owner: &Member, asked: &Value) -> Value {
    owner.get(&path(asked)).await.ok()
}

async fn count(owner: &Member, status: &str) -> Value {
    owner.list("/api/contacts", &[("status", status)]).await.ok()["total"].clone()
}

fn inactive(matching: &str) -> Value {
    json!({ "action": "set_status", "status": "inactive", "matching": matching })
}

async fn all_that_match_are_changed_and_no_others(app: TestApp) {
    let owner = app.owner().await;
    let vip = tag(&owner, "VIP").await;
    for number in 0..60 {
        owner.contact(&format!("Ana {number}"), json!({ "tag_ids": [vip] })).await;
    }
    let eva = person(&owner, "Eva Mora").await;
    let asked = ask(&owner, "contacts", inactive(&format!("tag={vip}&status=active"))).await;
    assert_eq!((&asked["run"]["status"], &asked["run"]["total"]), (&json!("waiting"), &json!(60)));
    app.jobs_are_done().await;
    let done = report(&owner, &asked).await;
    let run = &done["run"];
    assert_eq!((&run["status"], &run["done"]), (&json!("done"), &json!(60)));
    assert_eq!((&run["changed"], &run["refused"]), (&json!(60), &json!(0)));
    assert_eq!((&done["changed"], &done["may_undo"]), (&json!(60), &json!(true)));
    assert_eq!(count(&owner, "inactive").await, 60);
    let eva = owner.get(&format!("/api/contacts/{eva}")).await.ok();
    assert_eq!(eva["status"], "active");
    let log = app.audit(owner.tenant).await;
    let entries: Vec<_> = log.iter().filter(|it| it.action == "contact.update").collect();
    assert_eq!(entries.len(), 60);
    assert!(entries.iter().all(|it| it.changes["bulk_id"]["after"] == asked["id"]));
    assert!(entries.iter().all(|it| it.actor_id == Some(owner.user) && it.ip == "127.0.0.1"));
    let done = json!({ "bulk_id": asked["id"] });
    assert_eq!(undo(&owner, &done).await, json!({ "restored": 60, "left": [] }));
    assert_eq!(count(&owner, "inactive").await, 0);
}

async fn those_that_come_later_are_not_meant(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    let ana = person(&owner, "Ana Ruiz").await;
    let asked = ask(&owner, "contacts", inactive("")).await;
    person(&owner, "Eva Tarde").await;
    // Somebody was at her first: she is not as the list showed her.
    let luz = person(&owner, "Luz Antes").await;
    app.execute(
        "UPDATE contacts SET created_at = (SELECT min(created_at) FROM contacts)
        WHERE last_name = 'Antes'",
    )
    .await;
    owner.patch(&format!("/api/contacts/{luz}"), json!({ "status": "inactive" })).await.ok();
    let _worker = app.another_with(Setup::with_worker).await;
    app.jobs_are_done().await;
    let run = report(&owner, &asked).await["run"].clone();
    assert_eq!((&run["changed"], &run["unchanged"]), (&json!(1), &json!(1)));
    assert_eq!(count(&owner, "active").await, 1, "Eva");
    let ana = owner.get(&format!("/api/contacts/{ana}")).await.ok();
    assert_eq!(ana["status"], "inactive");
}

async fn what_is_left_is_named(app: TestApp) {
    let owner = app.owner().await;
    let (abc, _) = (owner.corporation("ABC").await, owner.corporation("XYZ").await);
    owner.contact("Ana Ruiz", json!({ "primary_corporation_id": abc })).await;
    let body = json!({ "action": "delete", "matching": "status=active" });
    let asked = ask(&owner, "corporations", body).await;
    app.jobs_are_done().await;
    let done = report(&owner, &asked).await;
    assert_eq!((&done["changed"], &done["run"]["refused"]), (&json!(1), &json!(1)));
    let named = json!([{ "id": abc, "name": "ABC", "reason": "corporation_is_primary" }]);
    assert_eq!(done["refused"], named);
    assert_eq!(owner.get("/api/corporations").await.ok()["total"], 1);
}

async fn a_search_means_what_the_list_shows(app: TestApp) {
    let owner = app.owner().await;
    owner.contact("José Núñez", json!({ "ssn": "123-45-6789" })).await;
    person(&owner, "Ana Ruiz").await;
    for matching in ["search=nunez&ordering=-name&page_size=5", "search=6789"] {
        let asked = ask(&owner, "contacts", inactive(matching)).await;
        app.jobs_are_done().await;
        assert_eq!(report(&owner, &asked).await["run"]["changed"], 1, "{matching}");
        undo(&owner, &json!({ "bulk_id": asked["id"] })).await;
    }
}

async fn more_than_two_hundred_are_taken_back_by_a_worker(app: TestApp) {
    let owner = app.owner().await;
    for number in 0..201 {
        owner.contact(&format!("Ana {number}"), Value::Null).await;
    }
    let eva = id(&owner.contact("Eva Mora", json!({ "external_id": "Q-1" })).await);
    let body = json!({ "action": "delete", "matching": "" });
    let asked = ask(&owner, "contacts", body).await;
    app.jobs_are_done().await;
    assert_eq!(owner.get("/api/contacts").await.ok()["total"], 0);
    let other = id(&owner.contact("Otra Eva", json!({ "external_id": "Q-1" })).await);
    let back = format!("{}/undo", path(&asked));
    let answer = owner.post(&back, json!({})).await.expect(202).json();
    assert_eq!((&answer["run"]["undoing"], &answer["may_undo"]), (&json!(true), &json!(false)));
    app.jobs_are_done().await;
    let done = report(&owner, &asked).await;
    assert_eq!((&done["run"]["status"], &done["run"]["changed"]), (&json!("done"), &json!(201)));
    assert_eq!(done["refused"], json!([{ "id": eva, "reason": "conflict" }]));
    assert_eq!((&done["undone_at"], &done["may_undo"]), (&Value::Null, &json!(true)));
    // What stood in the way goes, and the rest follows at once.
    owner.delete(&format!("/api/contacts/{other}")).await.no_content();
    assert_eq!(owner.post(&back, json!({})).await.ok()["restored"], 1);
    assert_eq!(owner.get("/api/contacts").await.ok()["total"], 202);
    owner.post(&back, json!({})).await.problem(409, "state_conflict");
}

async fn it_stops_between_two_parts_and_is_undone_as_one(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    for number in 0..120 {
        owner.contact(&format!("Ana {number}"), Value::Null).await;
    }
    let asked = ask(&owner, "contacts", inactive("")).await;
    slow(&app, "UPDATE", "bulk_runs").await;
    let mut first = Process::start(&app, "60");
    wait_for("a first part", async || {
        let done = "SELECT count(*) FROM bulk_runs WHERE done > 0";
        (app.value::<i64>(done).await > 0).then_some(())
    })
    .await;
    first.kill();
    fast(&app, "bulk_runs").await;
    // It is under way, as far as anybody knows.
    let job = asked["run"]["job_id"].as_str().unwrap();
    let stopped = owner.post(&format!("/api/jobs/{job}/cancel"), json!({})).await.ok();
    assert_eq!(
        (&stopped["status"], &stopped["cancel_requested"]),
        (&json!("running"), &json!(true))
    );
    end_leases(&app).await;
    let _worker = app.another_with(Setup::with_worker).await;
    app.jobs_are_done().await;
    let done = report(&owner, &asked).await;
    assert_eq!(done["run"]["status"], "cancelled");
    let changed = done["changed"].as_u64().unwrap();
    assert!([50, 100].contains(&changed), "{done}");
    assert_eq!(count(&owner, "inactive").await, changed);
    assert_eq!(undo(&owner, &json!({ "bulk_id": asked["id"] })).await["restored"], changed);
    assert_eq!(count(&owner, "active").await, 120);
}

async fn undoing_ends_a_run(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    let ana = person(&owner, "Ana Ruiz").await;
    let asked = ask(&owner, "contacts", inactive("")).await;
    assert_eq!(undo(&owner, &json!({ "bulk_id": asked["id"] })).await["restored"], 0);
    let _worker = app.another_with(Setup::with_worker).await;
    app.jobs_are_done().await;
    assert_eq!(report(&owner, &asked).await["run"]["status"], "undone");
    let ana = owner.get(&format!("/api/contacts/{ana}")).await.ok();
    assert_eq!(ana["status"], "active");
}

async fn who_may_no_longer_has_nothing_done(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    person(&owner, "Ana Ruiz").await;
    let manager = app.member(owner.tenant, Role::Manager).await;
    let asked = ask(&manager, "contacts", inactive("")).await;
    let body = json!({ "role": "viewer" });
    owner.patch(&format!("/api/team/{}", manager.user), body).await.ok();
    let leaver = app.member(owner.tenant, Role::Manager).await;
    let gone = ask(&leaver, "contacts", inactive("")).await;
    owner.delete(&format!("/api/team/{}", leaver.user)).await.no_content();
    let _worker = app.another_with(Setup::with_worker).await;
    app.jobs_are_done().await;
    for asked in [asked, gone] {
        let done = report(&owner, &asked).await;
        assert_eq!((&done["run"]["status"], &done["changed"]), (&json!("forbidden"), &json!(0)));
    }
    assert_eq!(count(&owner, "inactive").await, 0);
}

async fn a_tag_that_went_meanwhile_ends_it(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    person(&owner, "Ana Ruiz").await;
    let vip = tag(&owner, "VIP").await;
    let body = json!({ "action": "add_tag", "tag_id": vip, "matching": "" });
    let asked = ask(&owner, "contacts", body).await;
    owner.delete(&format!("/api/tags/{vip}")).await.no_content();
    let _worker = app.another_with(Setup::with_worker).await;
    app.jobs_are_done().await;
    let done = report(&owner, &asked).await;
    assert_eq!((&done["run"]["status"], &done["changed"]), (&json!("outdated"), &json!(0)));
}

async fn a_paused_firm_ends_it_and_is_named(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    person(&owner, "Ana Ruiz").await;
    let asked = ask(&owner, "contacts", inactive("")).await;
    app.execute("UPDATE tenants SET status = 'paused'").await;
    app.forget();
    let _worker = app.another_with(Setup::with_worker).await;
    app.jobs_are_done().await;
    let done = report(&owner, &asked).await;
    assert_eq!((&done["run"]["status"], &done["changed"]), (&json!("firm_closed"), &json!(0)));
}

async fn a_missing_second_factor_ends_it_and_is_named(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    person(&owner, "Ana Ruiz").await;
    app.enrol(&owner).await;
    let manager = app.member(owner.tenant, Role::Manager).await;
    let asked = ask(&manager, "contacts", inactive("")).await;
    owner.patch("/api/tenant", json!({ "require_2fa": true })).await.ok();
    let _worker = app.another_with(Setup::with_worker).await;
    app.jobs_are_done().await;
    let done = report(&owner, &asked).await;
    assert_eq!((&done["run"]["status"], &done["changed"]), (&json!("second_factor"), &json!(0)));
}

async fn what_goes_while_many_get_it_is_refused(app: TestApp) {
    let owner = app.owner().await;
    let ana = person(&owner, "Ana Ruiz").await;
    let (vip, unit) = (tag(&owner, "VIP").await, owner.department("Impuestos", "IMP").await);
    let unit = json!({ "action": "set_department", "department_id": unit, "ids": [ana] });
    let vip = json!({ "action": "add_tag", "tag_id": vip, "ids": [ana] });
    for (body, field, table) in [(unit, "department_id", "departments"), (vip, "tag_id", "tags")] {
        let goes = format!("DELETE FROM {table}");
        let reply = meanwhile(&app, &goes, owner.post("/api/contacts/bulk", body)).await;
        reply.invalid(field, "unknown_reference");
    }
    let ana = owner.get(&format!("/api/contacts/{ana}")).await.ok();
    assert_eq!((&ana["department"], &ana["tags"]), (&Value::Null, &json!([])));
}

async fn a_query_that_the_list_refuses_is_refused(app: TestApp) {
    let owner = app.owner().await;
    let ana = person(&owner, "Ana Ruiz").await;
    let counts = app.counts().await;
    for matching in ["status=burnt", "colour=red", "tag=1", "updated_since=yesterday"] {
        let refused = owner.post("/api/contacts/bulk", inactive(matching)).await;
        refused.invalid("matching", "invalid");
    }
    let long = inactive(&format!("search={}", "a".repeat(1000)));
    owner.post("/api/contacts/bulk", long).await.invalid("matching", "too_long");
    let mut both = inactive("");
    both["ids"] = json!([ana]);
    owner.post("/api/contacts/bulk", both).await.invalid("matching", "unknown_field");
    assert_eq!(app.counts().await, counts);
}

async fn others_neither_see_nor_stop_it(setup: Setup) {
    let app = setup.no_worker().start().await;
    let (owner, other) = (app.owner().await, app.owner().await);
    person(&owner, "Ana Ruiz").await;
    let asked = ask(&owner, "contacts", inactive("")).await;
    let viewer = app.member(owner.tenant, Role::Viewer).await;
    for stranger in [&other, &viewer] {
        stranger.get(&path(&asked)).await.problem(404, "not_found");
        assert_eq!(stranger.get("/api/bulk").await.ok()["items"], json!([]));
    }
    let colleague = app.member(owner.tenant, Role::Admin).await;
    let seen = report(&colleague, &asked).await;
    assert_eq!(seen["run"]["may_cancel"], false);
    let job = asked["run"]["job_id"].as_str().unwrap();
    let stop = format!("/api/jobs/{job}/cancel");
    colleague.post(&stop, json!({})).await.problem(404, "not_found");
    owner.post(&stop, json!({})).await.ok();
    assert_eq!(report(&owner, &asked).await["run"]["status"], "cancelled");
    colleague.get(&format!("/api/bulk/{}", Uuid::now_v7())).await.problem(404, "not_found");
}

async fn asking_twice_is_asking_once(app: TestApp) {
    let owner = app.owner().await;
    person(&owner, "Ana Ruiz").await;
    let client = owner.with("Idempotency-Key", "k1");
    let first = client.post("/api/contacts/bulk", inactive("")).await.expect(202);
    let again = client.post("/api/contacts/bulk", inactive("")).await.expect(202);
    assert_eq!((again.header("idempotency-replayed"), &again.text), ("true", &first.text));
    app.jobs_are_done().await;
    assert_eq!(owner.get("/api/bulk").await.ok()["total"], 1);
}
