//! What goes wrong for one firm keeps nothing from the others, and is tried again.

use crate::documents::by_day;
use crate::support::fixtures::id;
use crate::support::mail::wait_for;
use crate::support::{Member, Setup, TestApp, Value, json};
use chrono::TimeDelta;

db_tests! {
    an_outbox_row_that_cannot_be_carried_waits_alone,
    a_firm_that_cannot_be_told_waits_alone,
    a_reminder_that_cannot_be_written_waits_alone,
}

/// Asks for all people of the firm to be inactive; answers where that can be followed.
async fn ask(owner: &Member) -> String {
    owner.contact("Ana Ruiz", json!({})).await;
    let body = json!({ "action": "set_status", "status": "inactive", "matching": "" });
    let asked = owner.post("/api/contacts/bulk", body).await.expect(202).json();
    asked["id"].as_str().unwrap().to_owned()
}

async fn ended(app: &TestApp, bulk: &str) -> bool {
    let id = app.sql_id(bulk.parse().unwrap());
    let sql = format!("SELECT changed FROM bulk_runs WHERE bulk_id = {id}");
    app.value::<i64>(&sql).await == 1
}

async fn an_outbox_row_that_cannot_be_carried_waits_alone(setup: Setup) {
    let app = setup.no_worker().start().await;
    let (first, second) = (app.owner().await, app.owner().await);
    let (held, free) = (ask(&first).await, ask(&second).await);
    let theirs = format!("NEW.tenant_id = {}", app.sql_id(first.tenant));
    app.refuse("INSERT", "jobs", &theirs).await;
    let _worker = app.another_with(Setup::with_worker).await;
    wait_for("the other firm's run", async || ended(&app, &free).await.then_some(())).await;
    assert!(!ended(&app, &held).await);
    assert_eq!(app.count("outbox").await, 1);
    // Whoever asks in the other firm has an answer.
    assert_eq!(second.get("/api/jobs").await.ok()["items"][0]["status"], "done");
    app.allow("jobs").await;
    app.jobs_are_done().await;
    assert!(ended(&app, &held).await);
}

async fn a_firm_that_cannot_be_told_waits_alone(setup: Setup) {
    let app = setup.no_worker().start().await;
    let (first, second) = (app.owner().await, app.owner().await);
    let theirs =
        format!("NEW.resource_type = 'account' AND NEW.tenant_id = {}", app.sql_id(first.tenant));
    app.refuse("INSERT", "audit_logs", &theirs).await;
    for owner in [&first, &second] {
        let bad = json!({ "email": owner.email, "password": "no-es-la-que-era" });
        app.client.post("/api/auth/login", bad).await.problem(401, "invalid_credentials");
    }
    let _worker = app.another_with(Setup::with_worker).await;
    app.account_log(&second, "login.failed").await;
    let bound = |owner: &Member| {
        let user = app.sql_id(owner.user);
        format!(
            "SELECT count(*) FROM activity_logs WHERE user_id = {user} AND seq IS NOT NULL
             AND action = 'login.failed'"
        )
    };
    wait_for("its place in the chain", async || {
        (app.value::<i64>(&bound(&second)).await == 1).then_some(())
    })
    .await;
    assert_eq!(app.value::<i64>(&bound(&first)).await, 0, "nothing is bound and not told");
    app.allow("audit_logs").await;
    let told = app.account_log(&first, "login.failed").await;
    let failed = told.iter().filter(|entry| entry["action"] == "login.failed");
    assert_eq!(failed.count(), 1);
    wait_for("its place in the chain", async || {
        (app.value::<i64>(&bound(&first)).await == 1).then_some(())
    })
    .await;
}

async fn request(owner: &Member, email: &str) -> Value {
    by_day(owner).await;
    let contact = id(&owner.contact("Ana Ruiz", json!({ "email": email })).await);
    let body = json!({
        "title": "Declaración", "items": [{ "name": "W-2" }], "contact_id": contact,
        "remind_every_days": 3,
    });
    owner.post("/api/document-requests", body).await.created()
}

async fn a_reminder_that_cannot_be_written_waits_alone(setup: Setup) {
    let app = setup.no_worker().start().await;
    let (first, second) = (app.owner().await, app.owner().await);
    request(&first, "ana@uno.test").await;
    request(&second, "ana@dos.test").await;
    let theirs = format!("NEW.tenant_id = {}", app.sql_id(first.tenant));
    app.refuse("INSERT", "outbox", &theirs).await;
    app.advance(TimeDelta::days(5));
    let failed = "SELECT count(*) FROM jobs WHERE kind = 'housekeeping' AND error IS NOT NULL";
    let worker = app.another_with(Setup::with_worker).await;
    wait_for("a failure", async || (app.value::<i64>(failed).await > 0).then_some(())).await;
    let sent = "SELECT count(*) FROM document_requests WHERE reminder_count = 1";
    let why: String = app.value("SELECT error FROM jobs WHERE kind = 'housekeeping'").await;
    assert!(why.contains("not now"), "{why}");
    assert_eq!(app.value::<i64>(sent).await, 1);
    app.allow("outbox").await;
    app.advance(TimeDelta::seconds(13));
    for email in ["ana@uno.test", "ana@dos.test"] {
        assert_eq!(worker.mails_to(email).await.len(), 1, "{email}");
    }
}
