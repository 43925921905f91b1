//! What is to be known at a glance.

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use chrono::{TimeDelta, TimeZone as _, Utc};
use ebenezer::demo;
use ebenezer_shared::permission::Role;

db_tests! {
    the_figures_follow_what_was_done,
    a_change_is_measured_over_thirty_days,
    a_day_is_the_firms_own,
    who_may_not_see_an_area_gets_no_figure_of_it,
    the_order_of_the_cards_is_ones_own,
    the_demo_shows_the_figures_of_the_manual,
}

async fn dashboard(member: &Member) -> Value {
    member.get("/api/dashboard").await.ok()
}

async fn the_figures_follow_what_was_done(app: TestApp) {
    let owner = app.owner().await;
    let empty = dashboard(&owner).await;
    assert_eq!(empty["active_cases"], json!({ "count": 0, "change_percent": null }));
    assert_eq!(empty["appointments_today"], json!({ "count": 0, "next_at": null }));
    assert_eq!(empty["pending_tasks"], json!({ "count": 0, "overdue": 0 }));
    assert_eq!(empty["messages"], json!({ "count": 0, "unread": 0 }));
    assert_eq!(empty["notes"], json!([]));
    assert_eq!((&empty["workload"], &empty["deadlines"]), (&json!([]), &json!([])));
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let due = (app.clock.now() + TimeDelta::days(9)).date_naive();
    let case = owner.case_of(ana, json!({ "assignee_id": owner.user, "due_on": due })).await;
    owner.case_of(ana, json!({ "type": "bookkeeping" })).await;
    let late =
        json!({ "title": "Llamar", "due_at": "2020-01-01T00:00:00Z", "assignee_id": owner.user });
    let task = owner.task(late).await;
    owner.task(json!({ "title": "Archivar" })).await;
    let full = dashboard(&owner).await;
    assert_eq!(full["active_cases"]["count"], 2);
    assert_eq!(full["cases_by_status"][0], json!({ "status": "intake", "count": 2 }));
    assert_eq!(full["pending_tasks"], json!({ "count": 2, "overdue": 1 }));
    assert_eq!(full["workload"][0]["staff"]["id"], json!(owner.user));
    assert_eq!(
        (&full["workload"][0]["cases"], &full["workload"][0]["tasks"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(full["deadlines"][0]["id"], case["id"]);
    let path = format!("/api/cases/{}", id(&case));
    owner.patch(&path, json!({ "status": "closed" })).await.ok();
    owner.patch(&format!("/api/tasks/{}", id(&task)), json!({ "status": "done" })).await.ok();
    let after = dashboard(&owner).await;
    assert_eq!(after["active_cases"]["count"], 1);
    assert_eq!(after["pending_tasks"], json!({ "count": 1, "overdue": 0 }));
    assert_eq!((&after["workload"], &after["deadlines"]), (&json!([]), &json!([])));
}

async fn a_change_is_measured_over_thirty_days(app: TestApp) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    for days in [5, 29, 31, 45, 59, 61] {
        let case = id(&owner.case_of(ana, json!({ "type": "bookkeeping" })).await);
        let at = (app.clock.now() - TimeDelta::days(days)).format("%Y-%m-%d %H:%M:%S+00:00");
        let case = app.sql_id(case);
        app.execute(&format!("UPDATE cases SET created_at = '{at}' WHERE id = {case}")).await;
    }
    assert_eq!(
        dashboard(&owner).await["active_cases"],
        json!({ "count": 6, "change_percent": -33 })
    );
}

async fn a_day_is_the_firms_own(app: TestApp) {
    let owner = app.owner().await;
    let zone = chrono_tz::America::Bogota;
    let today = app.clock.now().with_timezone(&zone).date_naive();
    let at = |days: i64, hour: u32, minute: u32| {
        let local = (today + TimeDelta::days(days)).and_hms_opt(hour, minute, 0).unwrap();
        zone.from_local_datetime(&local).unwrap().to_utc()
    };
    for (start, status) in [
        (at(0, 0, 0), "scheduled"),
        (at(0, 23, 45), "scheduled"),
        (at(0, 12, 0), "cancelled"),
        (at(-1, 23, 45), "scheduled"),
        (at(1, 0, 0), "scheduled"),
    ] {
        let more = json!({ "starts_at": start, "ends_at": start + TimeDelta::minutes(10),
            "status": status });
        owner.appointment(more).await;
    }
    let shown = dashboard(&owner).await["appointments_today"].clone();
    assert_eq!(shown["count"], 2);
    let last = at(0, 23, 45);
    let next = if app.clock.now() < last { json!(last) } else { Value::Null };
    assert_eq!(shown["next_at"], next);
}

async fn who_may_not_see_an_area_gets_no_figure_of_it(app: TestApp) {
    let owner = app.owner().await;
    let role = json!({ "name": "Agenda", "permissions": ["dashboard.view", "appointments.view"] });
    let role = id(&owner.post("/api/roles", role).await.created());
    let member = app.member(owner.tenant, Role::Viewer).await;
    let path = format!("/api/team/{}", member.user);
    owner.patch(&path, json!({ "role": role })).await.ok();
    let shown = dashboard(&member).await;
    let parts: Vec<&String> = shown.as_object().unwrap().keys().collect();
    assert_eq!(parts, ["appointments_today", "cards"]);
}

async fn the_order_of_the_cards_is_ones_own(app: TestApp) {
    let owner = app.owner().await;
    let other = app.member(owner.tenant, Role::Admin).await;
    let usual = dashboard(&owner).await["cards"].clone();
    let first = json!({ "cards": ["deadlines", "pending_tasks"] });
    let set = owner.patch("/api/dashboard", first).await.ok();
    let count = usual.as_array().unwrap().len();
    assert_eq!(
        (&set["cards"][0], &set["cards"][1]),
        (&json!("deadlines"), &json!("pending_tasks"))
    );
    assert_eq!(set["cards"].as_array().unwrap().len(), count);
    assert_eq!(dashboard(&owner).await["cards"], set["cards"]);
    assert_eq!(dashboard(&other).await["cards"], usual);
    owner.patch("/api/dashboard", json!({ "cards": [] })).await.ok();
    assert_eq!(dashboard(&owner).await["cards"], usual);
    let twice = json!({ "cards": ["deadlines", "deadlines"] });
    owner.patch("/api/dashboard", twice).await.invalid("cards", "already_related");
    let unknown = json!({ "cards": ["weather"] });
    assert_eq!(owner.patch("/api/dashboard", unknown).await.status, 422);
}

async fn the_demo_shows_the_figures_of_the_manual(app: TestApp) {
    let noon = Utc.with_ymd_and_hms(2026, 3, 17, 15, 0, 0).unwrap();
    app.advance(noon - app.clock.now());
    let options = demo::Options { today: Some(noon.date_naive()), contacts: None };
    demo::seed(&app.state, &options, &mut std::io::sink()).await.unwrap();
    let login = json!({ "email": "owner@ebenezer.example", "password": "lluvia-verde-camino-42" });
    let owner = app.member_of(&app.client.post("/api/auth/login", login).await.ok());
    let shown = dashboard(&owner).await;
    assert_eq!(shown["active_cases"], json!({ "count": 24, "change_percent": 12 }));
    let next = "2026-03-17T19:30:00Z";
    assert_eq!(shown["appointments_today"], json!({ "count": 5, "next_at": next }));
    assert_eq!(shown["pending_tasks"], json!({ "count": 8, "overdue": 2 }));
    assert_eq!(shown["messages"], json!({ "count": 12, "unread": 3 }));
    assert!(!shown["notes"].as_array().unwrap().is_empty());
}
