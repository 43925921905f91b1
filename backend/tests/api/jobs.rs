//! Jobs: done at least once, their effects once, whatever happens to the worker.

pub mod killed;
mod mails;
mod manage;
mod others;
mod outbox;
mod sent;
mod unreadable;
mod void;

use crate::support::mail::wait_for;
use crate::support::smtp::MailServer;
use crate::support::{PASSWORD, Setup, TestApp, fixtures, json};
use chrono::TimeDelta;
use std::process::{Child, Command, Stdio};

db_tests! {
    a_killed_workers_mail_is_sent_once,
    two_workers_share_the_work,
    housekeeping_is_done_once_an_hour,
    what_a_job_holds_is_sealed,
}

/// `ebenezer worker` on the application's ground.
pub struct Process(Child);

impl Process {
    pub fn start(app: &TestApp, lease: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ebenezer"));
        command.arg("worker").env_clear().stdout(Stdio::null()).stderr(Stdio::null());
        command.envs(app.variables()).env("WORKER_LEASE_SECONDS", lease);
        command.env("DATABASE_URL", app.database_url()).env("DATA_PATH", app.folder());
        Self(command.spawn().unwrap())
    }

    /// As `kill -9` does.
    pub fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn with_server(setup: Setup, port: u16) -> Setup {
    setup
        .or_set("DEFAULT_FROM_EMAIL", "Oficina Rápida <oficina@firma.test>")
        .set("EMAIL_HOST", "127.0.0.1")
        .set("EMAIL_PORT", &port.to_string())
        .set("EMAIL_USE_TLS", "false")
}

/// Registers somebody with that email, who then forgets the password.
async fn forget(app: &TestApp, email: &str) {
    let mut body = fixtures::registration("tax");
    body["email"] = json!(email);
    app.client.post("/api/auth/register", body).await.created();
    let body = json!({ "email": email });
    app.client.post("/api/auth/password/forgot", body).await.expect(204);
}

async fn status(app: &TestApp) -> (String, i32) {
    let status = app.value("SELECT status FROM jobs WHERE kind = 'mail'").await;
    (status, app.value("SELECT attempts FROM jobs WHERE kind = 'mail'").await)
}

async fn a_killed_workers_mail_is_sent_once(setup: Setup) {
    let mut server = MailServer::start();
    let app = with_server(setup.no_worker(), server.port).start().await;
    let mut first = Process::start(&app, "2");
    forget(&app, "lento@firma.test").await;
    assert_eq!(server.line(), "begun");
    first.kill();
    assert_eq!(status(&app).await, ("running".to_owned(), 1));
    let _second = Process::start(&app, "2");
    app.jobs_are_done().await;
    assert_eq!(server.mails().len(), 1);
    assert_eq!(status(&app).await, ("done".to_owned(), 2));
}

async fn two_workers_share_the_work(setup: Setup) {
    let server = MailServer::start();
    let app = with_server(setup, server.port).start().await;
    let other = app.another().await;
    let owner = app.owner().await;
    let body = json!({ "email": owner.email });
    for _ in 0..12 {
        app.client.post("/api/auth/password/forgot", body.clone()).await.expect(204);
        other.client.post("/api/auth/password/forgot", body.clone()).await.expect(204);
    }
    app.jobs_are_done().await;
    let mut ids: Vec<_> = server.mails().into_iter().map(|mail| mail.message_id).collect();
    assert_eq!(ids.len(), 24);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 24);
    assert_eq!(app.value::<i64>("SELECT count(*) FROM jobs WHERE attempts > 1").await, 0);
}

async fn housekeeping_is_done_once_an_hour(app: TestApp) {
    let other = app.another().await;
    let owner = app.owner().await;
    let login = json!({ "email": owner.email, "password": PASSWORD, "cookie": false });
    app.client.post("/api/auth/login", login).await.ok();
    let body = json!({ "email": owner.email });
    app.client.post("/api/auth/password/forgot", body).await.expect(204);
    app.jobs_are_done().await;
    let hours = async || app.value::<i64>("SELECT count(*) FROM jobs WHERE kind = 'housekeeping'");
    assert_eq!(hours().await.await, 1);
    assert_eq!(app.count("sessions").await, 2);
    // Whoever comes after a month finds what nobody needs any more gone.
    app.advance(TimeDelta::days(31));
    wait_for("a later hour's job", async || {
        let late = "SELECT count(*) FROM sessions";
        (app.value::<i64>(late).await == 0).then_some(())
    })
    .await;
    app.jobs_are_done().await;
    assert_eq!(app.count("refresh_tokens").await, 0);
    assert_eq!(app.count("password_resets").await, 0);
    assert_eq!(app.value::<i64>("SELECT count(*) FROM jobs WHERE kind = 'mail'").await, 0);
    drop(other);
}

async fn what_a_job_holds_is_sealed(setup: Setup) {
    let app = setup.no_worker().start().await;
    forget(&app, "rosa@firma.test").await;
    let sql = "SELECT payload FROM jobs WHERE kind <> 'news'";
    let payload: String = app.value(sql).await;
    assert!(!payload.contains("rosa"));
    assert!(app.state.sealer.open(&payload).unwrap().contains("rosa@firma.test"));
}
