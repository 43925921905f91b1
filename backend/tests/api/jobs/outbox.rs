//! What a firm's command wants done gets from the firm's plane to the queue, once.

use super::killed::{fast, slow};
use super::{Process, with_server};
use crate::support::mail::wait_for;
use crate::support::smtp::MailServer;
use crate::support::{Member, Setup, TestApp, json};
use ebenezer::jobs::{Job, Origin, write_to_outbox};
use ebenezer_shared::locale::Locale;
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    a_job_can_be_followed_from_the_start,
    a_row_that_is_carried_twice_is_one_job,
    a_killed_worker_loses_nothing_of_an_outbox,
    nobody_else_sees_or_stops_a_job,
    what_waits_is_cancelled_at_once,
}

/// As a command of the owner leaves it, who asks for a reset mail to their own address.
async fn ask(app: &TestApp, owner: &Member) -> Uuid {
    let origin = Origin { tenant: owner.tenant, user: owner.user };
    let job = Job::PasswordForgotten { email: owner.email.clone(), locale: Locale::Es };
    write_to_outbox(&app.db, &app.state, origin, &job).await.unwrap()
}

async fn a_job_can_be_followed_from_the_start(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    let id = ask(&app, &owner).await;
    let job = owner.get(&format!("/api/jobs/{id}")).await.ok();
    assert_eq!(job["status"], "waiting");
    assert_eq!(job["kind"], "password_forgotten");
    assert_eq!(job["progress"], json!({ "done": 0 }));
    assert_eq!(app.count("outbox").await, 0);
    let _worker = app.another_with(Setup::with_worker).await;
    app.jobs_are_done().await;
    assert_eq!(owner.get(&format!("/api/jobs/{id}")).await.ok()["status"], "done");
    let list = owner.get("/api/jobs").await.ok();
    assert_eq!(list["items"][0]["id"], json!(id));
    assert_eq!(list["items"][0]["status"], "done");
    assert_eq!(app.mails_to(&owner.email).await.len(), 1);
}

async fn a_row_that_is_carried_twice_is_one_job(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    ask(&app, &owner).await;
    app.execute("CREATE TABLE kept AS SELECT * FROM outbox").await;
    let worker = app.another_with(Setup::with_worker).await;
    app.jobs_are_done().await;
    // Whoever carried the row died before it was deleted: it is there again.
    app.execute("INSERT INTO outbox SELECT * FROM kept").await;
    worker.state.bell.ring();
    app.jobs_are_done().await;
    assert_eq!(app.count("outbox").await, 0);
    let jobs = "SELECT count(*) FROM jobs WHERE kind = 'password_forgotten'";
    assert_eq!(app.value::<i64>(jobs).await, 1);
    assert_eq!(app.mails_to(&owner.email).await.len(), 1);
}

async fn a_killed_worker_loses_nothing_of_an_outbox(setup: Setup) {
    let server = MailServer::start();
    let app = with_server(setup.no_worker(), server.port).start().await;
    let owner = app.owner().await;
    for _ in 0..20 {
        ask(&app, &owner).await;
    }
    // No mail leaves before the worker is killed: what comes is what another one made of it.
    slow(&app, "INSERT", "password_resets").await;
    let mut first = Process::start(&app, "2");
    wait_for("the first jobs", async || (app.count("jobs").await > 1).then_some(())).await;
    first.kill();
    assert_eq!(app.count("password_resets").await, 0, "it was in the middle");
    fast(&app, "password_resets").await;
    let _second = Process::start(&app, "2");
    app.jobs_are_done().await;
    let mut ids: Vec<_> = server.mails().into_iter().map(|mail| mail.message_id).collect();
    assert_eq!(ids.len(), 20);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 20);
    let dead = "SELECT count(*) FROM jobs WHERE status <> 'done'";
    assert_eq!(app.value::<i64>(dead).await, 0);
}

async fn nobody_else_sees_or_stops_a_job(setup: Setup) {
    let app = setup.no_worker().start().await;
    let (owner, stranger) = (app.owner().await, app.owner().await);
    let admin = app.member(owner.tenant, Role::Admin).await;
    let id = ask(&app, &owner).await;
    for other in [&stranger, &admin] {
        other.get(&format!("/api/jobs/{id}")).await.problem(404, "not_found");
        other.post(&format!("/api/jobs/{id}/cancel"), json!({})).await.problem(404, "not_found");
        assert_eq!(other.get("/api/jobs").await.ok()["items"], json!([]));
    }
    assert_eq!(owner.get(&format!("/api/jobs/{id}")).await.ok()["status"], "waiting");
}

async fn what_waits_is_cancelled_at_once(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    let id = ask(&app, &owner).await;
    let path = format!("/api/jobs/{id}/cancel");
    assert_eq!(owner.post(&path, json!({})).await.ok()["status"], "cancelled");
    owner.post(&path, json!({})).await.problem(409, "state_conflict");
    let _worker = app.another_with(Setup::with_worker).await;
    app.jobs_are_done().await;
    assert_eq!(owner.get(&format!("/api/jobs/{id}")).await.ok()["status"], "cancelled");
    assert_eq!(app.mails_to(&owner.email).await.len(), 0);
}
