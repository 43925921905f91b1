//! `/api/auth/sessions`: which of one's sessions are open, and ending them.

use crate::support::{Member, PASSWORD, TestApp, Value, json};
use chrono::TimeDelta;
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    a_session_says_where_it_is_from,
    the_last_used_comes_first,
    nobody_sees_the_sessions_of_others,
    idle_old_and_ended_sessions_are_not_listed,
    an_ended_session_is_refused_at_once,
    only_own_open_sessions_can_be_ended,
    ending_the_present_session_logs_out,
    ending_the_others_keeps_this_one,
    another_process_refuses_it_within_a_second,
}

const PATH: &str = "/api/auth/sessions";
const FIREFOX: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0";

fn path_of(session: Uuid) -> String {
    format!("{PATH}/{session}")
}

/// Another login of the same person.
async fn log_in_as(app: &TestApp, member: &Member, user_agent: &str) -> Member {
    let body = json!({ "email": member.email, "password": PASSWORD, "cookie": false });
    let client = app.client.with("User-Agent", user_agent);
    app.member_of(&client.post("/api/auth/login", body).await.ok())
}

/// A second session without the cost of a login.
async fn another_of(app: &TestApp, member: &Member) -> Member {
    let user = ebenezer::platform::user::by_id(&app.db, member.user).await.unwrap().unwrap();
    app.session(&user, member.tenant).await
}

async fn listed(member: &Member) -> Vec<Value> {
    let page = member.get(PATH).await.ok();
    let items = page["items"].as_array().unwrap().clone();
    assert_eq!(page["total"], items.len());
    assert_eq!(page["total_is_exact"], true);
    items
}

async fn ids(member: &Member) -> Vec<String> {
    let items = listed(member).await;
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

async fn a_session_says_where_it_is_from(app: TestApp) {
    let owner = app.owner().await;
    let firefox = log_in_as(&app, &owner, FIREFOX).await;
    let unknown = log_in_as(&app, &owner, "Contabilidad 2.1").await;
    let items = listed(&firefox).await;
    let of = |member: &Member| {
        let id = json!(member.session);
        items.iter().find(|item| item["id"] == id).unwrap().clone()
    };
    let mine = of(&firefox);
    assert_eq!(mine["is_current"], true);
    assert_eq!(mine["browser"], "Firefox");
    assert_eq!(mine["system"], "Windows");
    assert_eq!(mine["user_agent"], FIREFOX);
    assert_eq!(mine["ip"], "127.0.0.1");
    let time = |name: &str| mine[name].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>();
    let age = app.clock.now() - time("created_at").unwrap();
    assert!(age < TimeDelta::minutes(1), "{age}");
    assert!(time("last_active_at").unwrap() >= time("created_at").unwrap());
    let other = of(&unknown);
    assert_eq!(other["is_current"], false);
    assert_eq!(other["user_agent"], "Contabilidad 2.1");
    assert!(other.get("browser").is_none() && other.get("system").is_none(), "{other}");
}

async fn the_last_used_comes_first(app: TestApp) {
    let first = app.owner().await;
    app.advance(TimeDelta::minutes(1));
    let second = another_of(&app, &first).await;
    let order = [second.session.to_string(), first.session.to_string()];
    assert_eq!(ids(&second).await, order);
    app.advance(TimeDelta::minutes(1));
    first.get("/api/contacts").await.ok();
    assert_eq!(ids(&first).await, [order[1].clone(), order[0].clone()]);
}

async fn nobody_sees_the_sessions_of_others(app: TestApp) {
    let owner = app.owner().await;
    let colleague = app.member(owner.tenant, Role::Viewer).await;
    let stranger = app.owner().await;
    for member in [&owner, &colleague, &stranger] {
        assert_eq!(ids(member).await, [member.session.to_string()]);
    }
}

async fn idle_old_and_ended_sessions_are_not_listed(app: TestApp) {
    let owner = app.owner().await;
    app.advance(TimeDelta::days(7) - TimeDelta::minutes(10));
    let idle = another_of(&app, &owner).await;
    app.advance(TimeDelta::minutes(11));
    // Somebody was at work in the first one all week; it is too old now.
    app.set_last_activity(owner.session).await;
    let ended = another_of(&app, &owner).await;
    ended.post("/api/auth/logout", json!({})).await.no_content();
    app.advance(TimeDelta::minutes(20));
    let present = another_of(&app, &owner).await;
    assert_eq!(ids(&present).await, [present.session.to_string()]);
    for gone in [&owner, &idle, &ended] {
        present.delete(&path_of(gone.session)).await.problem(404, "not_found");
    }
    assert!(app.activities("session.ended").await.is_empty());
}

async fn an_ended_session_is_refused_at_once(app: TestApp) {
    let owner = app.owner().await;
    let other = another_of(&app, &owner).await;
    // It is remembered for a second by who asks; ending it must not wait for that.
    other.get("/api/auth/me").await.ok();
    let reply = owner.delete(&path_of(other.session)).await;
    assert!(reply.headers.get("set-cookie").is_none(), "the caller's own cookie stays");
    reply.no_content();
    other.get("/api/auth/me").await.problem(401, "session_expired");
    let token = json!({ "refresh_token": other.refresh_token });
    app.client.post("/api/auth/refresh", token).await.problem(401, "session_expired");
    assert_eq!(ids(&owner).await, [owner.session.to_string()]);

    let entries = app.activities("session.ended").await;
    assert_eq!(entries.len(), 1);
    assert_eq!((entries[0].user_id, entries[0].tenant_id), (Some(owner.user), Some(owner.tenant)));
    assert_eq!(entries[0].details, json!({ "session": other.session }));
}

async fn only_own_open_sessions_can_be_ended(app: TestApp) {
    let owner = app.owner().await;
    let colleague = app.member(owner.tenant, Role::Viewer).await;
    let mut answers = Vec::new();
    for id in [colleague.session, Uuid::now_v7()] {
        let mut problem = owner.delete(&path_of(id)).await.problem(404, "not_found");
        problem["request_id"] = Value::Null;
        answers.push(problem);
    }
    assert_eq!(answers[0], answers[1]);
    colleague.get("/api/auth/me").await.ok();
    owner.delete(&format!("{PATH}/nothing")).await.problem(400, "invalid_path");

    let other = another_of(&app, &owner).await;
    owner.delete(&path_of(other.session)).await.no_content();
    owner.delete(&path_of(other.session)).await.problem(404, "not_found");
    assert_eq!(app.activities("session.ended").await.len(), 1);
}

async fn ending_the_present_session_logs_out(app: TestApp) {
    let owner = app.owner().await;
    let other = another_of(&app, &owner).await;
    let reply = owner.delete(&path_of(owner.session)).await;
    let cookie = reply.header("set-cookie").to_owned();
    assert!(cookie.starts_with("ebenezer_refresh=;"), "{cookie}");
    assert!(cookie.contains("Max-Age=0") && cookie.contains("Path=/api/auth"), "{cookie}");
    reply.no_content();
    owner.get("/api/auth/me").await.problem(401, "session_expired");
    assert_eq!(ids(&other).await, [other.session.to_string()]);
}

async fn ending_the_others_keeps_this_one(app: TestApp) {
    let owner = app.owner().await;
    let colleague = app.member(owner.tenant, Role::Viewer).await;
    let others = [another_of(&app, &owner).await, another_of(&app, &owner).await];
    for other in &others {
        other.get("/api/auth/me").await.ok();
    }
    let reply = owner.delete(PATH).await;
    assert!(reply.headers.get("set-cookie").is_none(), "the caller's own cookie stays");
    reply.no_content();
    for other in &others {
        other.get("/api/auth/me").await.problem(401, "session_expired");
    }
    colleague.get("/api/auth/me").await.ok();
    assert_eq!(ids(&owner).await, [owner.session.to_string()]);
    let token = json!({ "refresh_token": owner.refresh_token });
    app.client.post("/api/auth/refresh", token).await.ok();

    let entries = app.activities("sessions.ended_others").await;
    assert_eq!(entries.len(), 1);
    assert_eq!((entries[0].user_id, entries[0].tenant_id), (Some(owner.user), Some(owner.tenant)));
    assert_eq!(entries[0].details, json!({ "count": 2 }));
}

async fn another_process_refuses_it_within_a_second(app: TestApp) {
    let owner = app.owner().await;
    let other = another_of(&app, &owner).await;
    let elsewhere = app.another().await;
    let there = elsewhere.client.bearer(&other.token);
    there.get("/api/auth/me").await.ok();
    owner.delete(&path_of(other.session)).await.no_content();
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    there.get("/api/auth/me").await.problem(401, "session_expired");
}
