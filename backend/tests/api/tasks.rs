//! Tasks.

mod lists;
mod recurring;

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};

db_tests! {
    a_task_has_every_field_that_it_was_given,
    each_field_can_be_changed,
    what_breaks_a_rule_is_refused,
    an_older_version_is_refused,
    a_deleted_task_is_gone_and_told,
    it_knows_since_when_it_is_done,
    what_tasks_are_about_is_not_deleted,
    tasks_follow_a_merge_and_come_back,
}

impl Member {
    /// Writes a task down.
    pub async fn task(&self, body: Value) -> Value {
        self.post("/api/tasks", body).await.created()
    }
}

async fn a_task_has_every_field_that_it_was_given(app: TestApp) {
    let owner = app.owner().await;
    let ana = owner.contact("Ana Paz", Value::Null).await;
    let case = owner.case_of(id(&ana), Value::Null).await;
    let body = json!({
        "title": "  Pedir el W-2 ", "due_at": "2030-04-10T15:00:00Z", "assignee_id": owner.user,
        "priority": "high", "status": "in_progress", "case_id": case["id"],
        "recurrence": { "unit": "month", "every": 2, "until": "2031-01-01" },
        "notes": " Llamar después de las 5. ", "external_id": "T-1",
    });
    let reply = owner.post("/api/tasks", body).await.expect(201);
    let task = reply.json();
    assert_eq!(reply.header("location"), format!("/api/tasks/{}", id(&task)));
    assert_eq!(reply.header("etag"), "\"v1\"");
    let me = owner.get("/api/auth/me").await.ok();
    assert_eq!(
        task,
        json!({
            "id": task["id"], "title": "Pedir el W-2", "due_at": "2030-04-10T15:00:00Z",
            "assignee": { "id": owner.user, "full_name": me["user"]["full_name"] },
            "priority": "high", "status": "in_progress", "done_at": null,
            "client": { "kind": "contact", "id": ana["id"], "name": "Ana Paz" },
            "case": { "id": case["id"], "type": "form_1040", "tax_year": 2023, "period": "year" },
            "recurrence": { "unit": "month", "every": 2, "until": "2031-01-01" },
            "next_id": null, "notes": "Llamar después de las 5.", "external_id": "T-1",
            "version": 1, "created_at": task["created_at"], "updated_at": task["created_at"],
        })
    );
    assert_eq!(owner.get(reply.header("location")).await.ok(), task);
    let plain = owner.task(json!({ "title": "Comprar papel" })).await;
    for field in ["due_at", "assignee", "client", "case", "recurrence", "notes"] {
        assert_eq!(plain[field], Value::Null, "{field}");
    }
    assert_eq!((&plain["priority"], &plain["status"]), (&json!("normal"), &json!("open")));
}

async fn each_field_can_be_changed(app: TestApp) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let company = owner.corporation("ABC Corp").await;
    let path = format!("/api/tasks/{}", id(&owner.task(json!({ "title": "Llamar" })).await));
    for (field, value, shown, expected) in [
        ("title", json!("Escribir"), "/title", json!("Escribir")),
        ("due_at", json!("2030-01-02T03:04:05Z"), "/due_at", json!("2030-01-02T03:04:05Z")),
        ("assignee_id", json!(owner.user), "/assignee/id", json!(owner.user)),
        ("assignee_id", Value::Null, "/assignee", Value::Null),
        ("priority", json!("urgent"), "/priority", json!("urgent")),
        ("status", json!("in_progress"), "/status", json!("in_progress")),
        ("contact_id", json!(ana), "/client/id", json!(ana)),
        ("corporation_id", json!(company), "/client/id", json!(company)),
        ("corporation_id", Value::Null, "/client", Value::Null),
        ("recurrence", json!({ "unit": "week" }), "/recurrence/every", json!(1)),
        ("recurrence", Value::Null, "/recurrence", Value::Null),
        ("notes", json!("Con calma"), "/notes", json!("Con calma")),
        ("external_id", json!("T-9"), "/external_id", json!("T-9")),
        ("due_at", Value::Null, "/due_at", Value::Null),
    ] {
        let task = owner.patch(&path, json!({ field: value })).await.ok();
        assert_eq!(task.pointer(shown), Some(&expected), "{field}");
        assert_eq!(owner.get(&path).await.ok(), task, "{field}");
    }
    let version = owner.get(&path).await.ok()["version"].clone();
    assert_eq!(version, 15);
    // What changes nothing is no new version.
    let same = owner.patch(&path, json!({ "title": "Escribir" })).await.ok();
    assert_eq!(same["version"], version);
}

async fn what_breaks_a_rule_is_refused(app: TestApp) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let company = owner.corporation("ABC Corp").await;
    let due = "2030-04-10T15:00:00Z";
    for (body, field, why) in [
        (json!({ "title": "  " }), "title", "required"),
        (json!({}), "title", "required"),
        (json!({ "title": "x".repeat(256) }), "title", "too_long"),
        (json!({ "title": "x", "due_at": "1800-01-01T00:00:00Z" }), "due_at", "out_of_range"),
        (
            json!({ "title": "x", "contact_id": ana, "corporation_id": company }),
            "corporation_id",
            "one_thing",
        ),
        (json!({ "title": "x", "contact_id": company }), "contact_id", "unknown_reference"),
        (json!({ "title": "x", "case_id": ana }), "case_id", "unknown_reference"),
        (json!({ "title": "x", "assignee_id": ana }), "assignee_id", "unknown_reference"),
        (json!({ "title": "x", "recurrence": { "unit": "day" } }), "recurrence", "needs_due"),
        (
            json!({ "title": "x", "due_at": due,
                "recurrence": { "unit": "day", "until": "2030-04-09" } }),
            "recurrence",
            "ends_before_it_begins",
        ),
        (
            json!({ "title": "x", "due_at": due, "recurrence": { "unit": "day", "every": 0 } }),
            "recurrence.every",
            "out_of_range",
        ),
    ] {
        owner.post("/api/tasks", body).await.invalid(field, why);
    }
    let task = json!({ "title": "x", "due_at": due, "recurrence": { "unit": "day" } });
    let path = format!("/api/tasks/{}", id(&owner.task(task).await));
    owner.patch(&path, json!({ "due_at": null })).await.invalid("recurrence", "needs_due");
    owner.patch(&path, json!({ "title": null })).await.invalid("title", "required");
    let often = json!({ "recurrence": { "unit": "day", "every": 366 } });
    owner.patch(&path, often).await.invalid("recurrence", "out_of_range");
    owner.task(json!({ "title": "a", "external_id": "T-1" })).await;
    let twice = owner.post("/api/tasks", json!({ "title": "b", "external_id": "T-1" })).await;
    twice.field(409, "duplicate", "external_id", "taken");
    assert_eq!(owner.get("/api/tasks").await.ok()["total"], 2);
}

async fn an_older_version_is_refused(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/tasks/{}", id(&owner.task(json!({ "title": "Llamar" })).await));
    let mine = owner.with("If-Match", "\"v1\"");
    mine.patch(&path, json!({ "status": "done" })).await.ok();
    mine.patch(&path, json!({ "status": "open" })).await.problem(412, "precondition_failed");
    mine.delete(&path).await.problem(412, "precondition_failed");
    assert_eq!(owner.get(&path).await.ok()["status"], "done");
}

async fn a_deleted_task_is_gone_and_told(app: TestApp) {
    let owner = app.owner().await;
    let task = id(&owner.task(json!({ "title": "Llamar" })).await);
    let path = format!("/api/tasks/{task}");
    owner.delete(&path).await.expect(204);
    owner.get(&path).await.problem(404, "not_found");
    owner.delete(&path).await.problem(404, "not_found");
    let gone = owner.get("/api/deletions").await.ok();
    assert_eq!(
        (&gone["items"][0]["type"], &gone["items"][0]["id"]),
        (&json!("task"), &json!(task))
    );
    let log = owner.get("/api/audit-logs?resource_type=task").await.ok();
    let acts: Vec<&Value> =
        log["items"].as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert_eq!(acts, ["task.delete", "task.create"]);
}

async fn it_knows_since_when_it_is_done(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/tasks/{}", id(&owner.task(json!({ "title": "Llamar" })).await));
    let done = owner.patch(&path, json!({ "status": "done" })).await.ok();
    assert_eq!(done["done_at"], done["updated_at"]);
    let cancelled = owner.patch(&path, json!({ "status": "cancelled" })).await.ok();
    assert_eq!(cancelled["done_at"], done["done_at"]);
    let open = owner.patch(&path, json!({ "status": "open" })).await.ok();
    assert_eq!(open["done_at"], Value::Null);
}

async fn what_tasks_are_about_is_not_deleted(app: TestApp) {
    let owner = app.owner().await;
    let (ana, luis) = (
        id(&owner.contact("Ana Paz", Value::Null).await),
        id(&owner.contact("Luis Rey", Value::Null).await),
    );
    let company = owner.corporation("ABC Corp").await;
    let case = id(&owner.case_of(luis, Value::Null).await);
    for (field, thing, path) in [
        ("contact_id", ana, format!("/api/contacts/{ana}")),
        ("corporation_id", company, format!("/api/corporations/{company}")),
        ("case_id", case, format!("/api/cases/{case}")),
    ] {
        let task = id(&owner.task(json!({ "title": "Llamar", field: thing })).await);
        assert_eq!(owner.delete(&path).await.problem(409, "in_use")["used"], 1, "{field}");
        owner.delete(&format!("/api/tasks/{task}")).await.expect(204);
        owner.delete(&path).await.expect(204);
    }
}

async fn tasks_follow_a_merge_and_come_back(app: TestApp) {
    let owner = app.owner().await;
    let (ana, twin) = (
        id(&owner.contact("Ana Paz", Value::Null).await),
        id(&owner.contact("Ana Paz", Value::Null).await),
    );
    let task = owner.task(json!({ "title": "Llamar", "contact_id": twin })).await;
    let path = format!("/api/tasks/{}", id(&task));
    let body = json!({ "others": [{ "id": twin }] });
    let merge = owner.post(&format!("/api/contacts/{ana}/merge"), body).await.ok();
    let moved = owner.get(&path).await.ok();
    assert_eq!((&moved["client"]["id"], &moved["version"]), (&json!(ana), &json!(2)));
    let undo = format!("/api/bulk/{}/undo", merge["bulk_id"].as_str().unwrap());
    owner.post(&undo, json!({})).await.ok();
    assert_eq!(owner.get(&path).await.ok()["client"]["id"], json!(twin));
}
