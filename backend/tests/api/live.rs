//! Live events: who is told of what.

use crate::support::fixtures::id;
use crate::support::mail::wait_for;
use crate::support::relay::{Relay, fresh_url};
use crate::support::{Client, Setup, TestApp, asking_for, json};
use chrono::TimeDelta;
use ebenezer_shared::permission::Role;
use std::time::{Duration, Instant};

db_tests! {
    a_change_is_told_to_those_who_may_see_it,
    other_firms_are_told_nothing,
    an_ended_session_is_told_nothing_more,
    who_must_set_up_a_second_factor_first_is_told_nothing,
    watching_keeps_no_session_open,
    looking_at_a_number_is_no_change,
}

redis_tests! {
    a_change_in_one_process_is_told_in_the_other,
    without_redis_each_process_tells_its_own,
    a_redis_that_never_answers_keeps_no_entry_waiting,
}

async fn a_change_is_told_to_those_who_may_see_it(app: TestApp) {
    let owner = app.owner().await;
    let viewer = app.member(owner.tenant, Role::Viewer).await;
    let (mut all, mut some) = (owner.watch("/api/live").await, viewer.watch("/api/live").await);
    let department = owner.department("Impuestos", "IMP").await;
    let contact = owner.contact("Ana Gil", json!({})).await;
    let change = all.change().await;
    assert_eq!((&change["subject"], &change["verb"]), (&json!("department"), &json!("create")));
    assert_eq!(change["record"], json!(department));
    assert_eq!(change["by"], json!(owner.user));
    assert!(change["by_name"].as_str().is_some_and(|name| !name.is_empty()));
    assert!(!change.to_string().contains("Impuestos"), "an event tells nothing of the content");
    assert_eq!(all.change().await["record"], contact["id"]);
    // A viewer does not see departments.
    let change = some.change().await;
    assert_eq!((&change["subject"], &change["record"]), (&json!("contact"), &contact["id"]));
}

async fn other_firms_are_told_nothing(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let mut watch = other.watch("/api/live").await;
    owner.contact("Ana Gil", json!({})).await;
    let own = other.contact("Berta Gil", json!({})).await;
    assert_eq!(watch.change().await["record"], own["id"]);
    let foreign = other.with("X-Organization-ID", owner.tenant.to_string());
    foreign.get("/api/live").await.problem(403, "not_a_member");
}

async fn an_ended_session_is_told_nothing_more(app: TestApp) {
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Member).await;
    let mut watch = member.watch("/api/live").await;
    member.delete(&format!("/api/auth/sessions/{}", member.session)).await.no_content();
    owner.contact("Ana Gil", json!({})).await;
    assert_eq!(watch.next().await, None);
}

async fn who_must_set_up_a_second_factor_first_is_told_nothing(app: TestApp) {
    let owner = app.owner().await;
    app.enrol(&owner).await;
    let member = app.member(owner.tenant, Role::Member).await;
    let mut watch = member.watch("/api/live").await;
    owner.patch("/api/tenant", json!({ "require_2fa": true })).await.ok();
    owner.contact("Ana Gil", json!({})).await;
    assert_eq!(watch.next().await, None);
    member.get("/api/live").await.problem(403, "mfa_enrolment_required");
    app.enrol(&member).await;
    let mut watch = member.watch("/api/live").await;
    let contact = owner.contact("Berta Gil", json!({})).await;
    assert_eq!(watch.change().await["record"], contact["id"]);
}

async fn watching_keeps_no_session_open(app: TestApp) {
    let owner = app.owner().await;
    app.advance(TimeDelta::minutes(14));
    let _watch = owner.watch("/api/live").await;
    app.advance(TimeDelta::minutes(17));
    let token =
        app.state.tokens.issue(owner.user, owner.session, Some(owner.tenant), app.clock.now());
    let client: Client = app.client.bearer(secrecy::ExposeSecret::expose_secret(&token.unwrap()));
    client.get("/api/contacts").await.problem(401, "session_expired");
}

async fn looking_at_a_number_is_no_change(app: TestApp) {
    let owner = app.owner().await;
    let contact = owner.contact("Ana Gil", json!({ "ssn": "123-45-6789" })).await;
    let mut watch = owner.watch("/api/live").await;
    let path = format!("/api/contacts/{}", contact["id"].as_str().unwrap());
    owner.post(&format!("{path}/reveal"), asking_for("ssn")).await.ok();
    owner.patch(&path, json!({ "notes": "Llamó hoy" })).await.ok();
    loop {
        let change = watch.change().await;
        assert_ne!(change["verb"], "reveal");
        if change["verb"] == "update" {
            break;
        }
    }
}

async fn a_change_in_one_process_is_told_in_the_other(setup: Setup) {
    let app = setup.set("REDIS_URL", &fresh_url().await).start().await;
    let other = app.another_with(Setup::no_worker).await;
    let owner = app.owner().await;
    let mut here = owner.watch("/api/live").await;
    let mut there = other.client.bearer(&owner.token).watch("/api/live").await;
    // What came while the channels were being opened is not waited for.
    let contact = owner.contact("Ana Gil", json!({})).await;
    assert_eq!(here.change().await["record"], contact["id"]);
    assert_eq!(there.change().await["record"], contact["id"]);
    let body = json!({ "first_name": "Berta", "last_name": "Díaz" });
    let second = other.client.bearer(&owner.token).post("/api/contacts", body).await.created();
    assert_eq!(here.change().await["record"], second["id"]);
    assert_eq!(there.change().await["record"], second["id"]);
}

async fn without_redis_each_process_tells_its_own(setup: Setup) {
    let app = setup.set("REDIS_URL", "redis://127.0.0.1:1/0").start().await;
    let owner = app.owner().await;
    let mut watch = owner.watch("/api/live").await;
    let contact = owner.contact("Ana Gil", json!({})).await;
    assert_eq!(watch.change().await["record"], contact["id"]);
}

async fn a_redis_that_never_answers_keeps_no_entry_waiting(setup: Setup) {
    let relay = Relay::to(&fresh_url().await).await;
    let app = setup.set("REDIS_URL", relay.url()).start().await;
    let owner = app.owner().await;
    let mut people = Vec::new();
    for number in 0..60 {
        people.push(id(&owner.contact(&format!("Ana {number}"), json!({})).await));
    }
    let bound = async || {
        wait_for("their places in the chain", async || {
            let open = "SELECT count(*) FROM audit_logs WHERE seq IS NULL";
            (app.value::<i64>(open).await == 0).then_some(())
        })
        .await;
    };
    bound().await;
    let mut watch = owner.watch("/api/live").await;
    relay.hold();
    let body = json!({ "action": "set_status", "status": "inactive", "ids": people });
    owner.post("/api/contacts/bulk", body).await.ok();
    let since = Instant::now();
    bound().await;
    // Half a minute, if each of the sixty waited for half a second.
    assert!(since.elapsed() < Duration::from_secs(15), "{:?}", since.elapsed());
    // Those of this process are told all the same, and again once everybody can be.
    while watch.change().await["verb"] != "update" {}
    relay.restore();
    let eva = owner.contact("Eva Mora", json!({})).await;
    while watch.change().await["record"] != eva["id"] {}
}
