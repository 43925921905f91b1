//! Tasks that come again.

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};

db_tests! {
    one_that_is_done_leaves_the_next_one_behind,
    the_clock_on_the_wall_stays,
    what_was_missed_is_left_out,
    the_last_one_leaves_none_behind,
    one_that_is_taken_up_again_takes_the_next_one_back,
    a_cancelled_one_is_the_last,
}

/// A task of every week, and its path.
async fn weekly(owner: &Member, due: &str) -> String {
    let body = json!({ "title": "Nómina", "due_at": due, "assignee_id": owner.user,
        "recurrence": { "unit": "week" }, "external_id": "N-1" });
    format!("/api/tasks/{}", id(&owner.task(body).await))
}

async fn done(owner: &Member, path: &str) -> Value {
    owner.patch(path, json!({ "status": "done" })).await.ok()
}

/// The one that follows.
async fn next(owner: &Member, task: &Value) -> Value {
    owner.get(&format!("/api/tasks/{}", task["next_id"].as_str().unwrap())).await.ok()
}

async fn one_that_is_done_leaves_the_next_one_behind(app: TestApp) {
    let owner = app.owner().await;
    let path = weekly(&owner, "2030-04-10T15:00:00Z").await;
    let first = done(&owner, &path).await;
    let second = next(&owner, &first).await;
    assert_eq!(second["due_at"], "2030-04-17T15:00:00Z");
    for field in ["title", "assignee", "recurrence", "priority"] {
        assert_eq!(second[field], first[field], "{field}");
    }
    assert_eq!(
        (&second["status"], &second["external_id"], &second["done_at"]),
        (&json!("open"), &Value::Null, &Value::Null)
    );
    // Done twice is done once.
    assert_eq!(done(&owner, &path).await["next_id"], first["next_id"]);
    assert_eq!(owner.get("/api/tasks").await.ok()["total"], 2);
    let log = owner.get("/api/audit-logs?resource_type=task").await.ok();
    assert_eq!(log["total"], 3, "two were created, one was changed");
}

async fn the_clock_on_the_wall_stays(app: TestApp) {
    let owner = app.owner().await;
    let zone = json!({ "time_zone": "America/New_York" });
    owner.patch("/api/tenant", zone).await.ok();
    for (due, expected) in [
        // Nine in the morning, before and after the clocks are put forward.
        ("2030-03-05T14:00:00Z", "2030-03-12T13:00:00Z"),
        // Half past two is skipped that night.
        ("2030-03-03T07:30:00Z", "2030-03-10T07:30:00Z"),
        // Half past one comes twice: the first counts.
        ("2030-10-27T05:30:00Z", "2030-11-03T05:30:00Z"),
    ] {
        let body = json!({ "title": "x", "due_at": due, "recurrence": { "unit": "week" } });
        let path = format!("/api/tasks/{}", id(&owner.task(body).await));
        let first = done(&owner, &path).await;
        assert_eq!(next(&owner, &first).await["due_at"], expected, "{due}");
    }
}

async fn what_was_missed_is_left_out(app: TestApp) {
    let owner = app.owner().await;
    let path = weekly(&owner, "2020-01-06T15:00:00Z").await;
    let first = done(&owner, &path).await;
    let due = next(&owner, &first).await["due_at"].as_str().unwrap().to_owned();
    assert!(*due >= *first["done_at"].as_str().unwrap().split('T').next().unwrap(), "{due}");
    let (due, began) = (due.parse::<chrono::DateTime<chrono::Utc>>().unwrap(), "2020-01-06");
    let began: chrono::NaiveDate = began.parse().unwrap();
    assert_eq!((due.date_naive() - began).num_days() % 7, 0);
    let open = owner.get("/api/tasks?status=pending").await.ok();
    assert_eq!(open["total"], 1);
}

async fn the_last_one_leaves_none_behind(app: TestApp) {
    let owner = app.owner().await;
    let body = json!({ "title": "x", "due_at": "2030-04-10T15:00:00Z",
        "recurrence": { "unit": "week", "until": "2030-04-20" } });
    let path = format!("/api/tasks/{}", id(&owner.task(body).await));
    let first = done(&owner, &path).await;
    let second = format!("/api/tasks/{}", first["next_id"].as_str().unwrap());
    assert_eq!(done(&owner, &second).await["next_id"], Value::Null);
    assert_eq!(owner.get("/api/tasks").await.ok()["total"], 2);
}

async fn one_that_is_taken_up_again_takes_the_next_one_back(app: TestApp) {
    let owner = app.owner().await;
    let path = weekly(&owner, "2030-04-10T15:00:00Z").await;
    let second = done(&owner, &path).await["next_id"].clone();
    let open = owner.patch(&path, json!({ "status": "open" })).await.ok();
    assert_eq!(open["next_id"], Value::Null);
    owner.get(&format!("/api/tasks/{}", second.as_str().unwrap())).await.problem(404, "not_found");
    // One that somebody touched stays, and there is no second one.
    let third = done(&owner, &path).await["next_id"].clone();
    let third_path = format!("/api/tasks/{}", third.as_str().unwrap());
    owner.patch(&third_path, json!({ "priority": "high" })).await.ok();
    owner.patch(&path, json!({ "status": "open" })).await.ok();
    assert_eq!(done(&owner, &path).await["next_id"], third);
    assert_eq!(owner.get("/api/tasks").await.ok()["total"], 2);
    // Without its next one it is as if it were done for the first time.
    owner.delete(&third_path).await.expect(204);
    assert_eq!(owner.get(&path).await.ok()["next_id"], Value::Null);
}

async fn a_cancelled_one_is_the_last(app: TestApp) {
    let owner = app.owner().await;
    let path = weekly(&owner, "2030-04-10T15:00:00Z").await;
    let task = owner.patch(&path, json!({ "status": "cancelled" })).await.ok();
    assert_eq!(task["next_id"], Value::Null);
    assert_eq!(owner.get("/api/tasks").await.ok()["total"], 1);
}
