//! Mails that a server took, or hangs at, while something else goes wrong.

use super::killed::end_leases;
use super::{Process, forget, status, with_server};
use crate::support::mail::wait_for;
use crate::support::smtp::{MailServer, Silent};
use crate::support::{Backend, Setup, TestApp, json};
use chrono::TimeDelta;

db_tests! {
    what_a_server_took_is_noted_when_the_database_is_back,
    what_a_server_took_is_known_at_the_next_attempt,
    what_nobody_lived_to_note_is_sent_again_under_the_same_id,
    a_server_that_says_nothing_holds_up_mails_alone,
}

/// Lets nobody mark a mail as done, and counts who tries.
async fn refuse_to_note(app: &TestApp) {
    match app.backend() {
        Backend::Postgres => {
            app.execute("CREATE SEQUENCE tries").await;
            app.execute(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                 'BEGIN PERFORM nextval(''tries''); RAISE ''not now''; END'",
            )
            .await;
            app.execute(
                "CREATE TRIGGER refuse BEFORE UPDATE ON jobs FOR EACH ROW
                 WHEN (NEW.kind = 'mail' AND NEW.status = 'done') EXECUTE FUNCTION refuse()",
            )
            .await;
        }
        Backend::Sqlite => {
            app.execute("CREATE TABLE tries (x INTEGER)").await;
            // FAIL keeps what the statement wrote before.
            app.execute(
                "CREATE TRIGGER refuse BEFORE UPDATE ON jobs
                 WHEN NEW.kind = 'mail' AND NEW.status = 'done'
                 BEGIN INSERT INTO tries VALUES (1); SELECT RAISE(FAIL, 'not now'); END",
            )
            .await;
        }
    }
}

async fn tries(app: &TestApp, count: i64) {
    let sql = match app.backend() {
        Backend::Postgres => "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM tries",
        Backend::Sqlite => "SELECT count(*) FROM tries",
    };
    wait_for("tries to note it", async || (app.value::<i64>(sql).await >= count).then_some(()))
        .await;
}

async fn note_again(app: &TestApp) {
    match app.backend() {
        Backend::Postgres => app.execute("DROP TRIGGER refuse ON jobs").await,
        Backend::Sqlite => app.execute("DROP TRIGGER refuse").await,
    }
}

async fn what_a_server_took_is_noted_when_the_database_is_back(setup: Setup) {
    let server = MailServer::start();
    let app = with_server(setup, server.port).start().await;
    refuse_to_note(&app).await;
    forget(&app, "rosa@firma.test").await;
    tries(&app, 3).await;
    note_again(&app).await;
    app.jobs_are_done().await;
    assert_eq!(status(&app).await, ("done".to_owned(), 1));
    assert_eq!(server.mails().len(), 1);
}

async fn what_a_server_took_is_known_at_the_next_attempt(setup: Setup) {
    let server = MailServer::start();
    let setup = setup.set("WORKER_LEASE_SECONDS", "1");
    let app = with_server(setup, server.port).start().await;
    refuse_to_note(&app).await;
    forget(&app, "rosa@firma.test").await;
    wait_for("the end of the tries", async || {
        let over = "SELECT count(*) FROM jobs WHERE kind = 'mail' AND error IS NOT NULL";
        (app.value::<i64>(over).await == 1).then_some(())
    })
    .await;
    assert_eq!(status(&app).await, ("waiting".to_owned(), 1));
    note_again(&app).await;
    app.advance(TimeDelta::seconds(13));
    app.jobs_are_done().await;
    assert_eq!(status(&app).await, ("done".to_owned(), 2));
    assert_eq!(server.mails().len(), 1);
}

/// Killed between the server's yes and the note: nobody can know that it was sent. It comes
/// again rather than never, as a copy that mail programs know for one.
async fn what_nobody_lived_to_note_is_sent_again_under_the_same_id(setup: Setup) {
    let server = MailServer::start();
    let app = with_server(setup.no_worker(), server.port).start().await;
    refuse_to_note(&app).await;
    forget(&app, "rosa@firma.test").await;
    let mut first = Process::start(&app, "60");
    tries(&app, 1).await;
    first.kill();
    assert_eq!(server.mails().len(), 1);
    assert_eq!(status(&app).await, ("running".to_owned(), 1));
    note_again(&app).await;
    end_leases(&app).await;
    let _second = Process::start(&app, "60");
    app.jobs_are_done().await;
    assert_eq!(status(&app).await, ("done".to_owned(), 2));
    let mails = server.mails();
    assert_eq!(mails.len(), 2);
    let [one, other] = [0, 1].map(|number| serde_json::to_value(&mails[number]).unwrap());
    assert_eq!(one, other, "the same id, date, text and link");
}

async fn a_server_that_says_nothing_holds_up_mails_alone(setup: Setup) {
    let silent = Silent::start();
    let app = with_server(setup.no_worker(), silent.port).start().await;
    let owner = app.owner().await;
    let body = json!({ "email": owner.email });
    for _ in 0..6 {
        app.client.post("/api/auth/password/forgot", body.clone()).await.expect(204);
    }
    let worker = app.another_with(Setup::with_worker).await;
    let count = async |what: &str| {
        app.value::<i64>(&format!("SELECT count(*) FROM jobs WHERE {what}")).await
    };
    wait_for("two mails", async || (silent.calls() >= 2).then_some(())).await;
    wait_for("all others", async || {
        let open = count("kind <> 'mail' AND status <> 'done'").await;
        (open == 0 && count("kind = 'mail'").await == 6).then_some(())
    })
    .await;
    // Something that was asked for after all those mails.
    app.client.post("/api/auth/password/forgot", body).await.expect(204);
    wait_for("another job", async || {
        (count("kind = 'password_forgotten' AND status = 'done'").await == 7).then_some(())
    })
    .await;
    assert_eq!(count("kind = 'mail' AND status = 'running'").await, 2);
    assert_eq!(count("kind = 'mail' AND error IS NOT NULL").await, 0, "the server is waited for");
    let server = MailServer::start_on(silent.stop());
    wait_for("a first attempt at each", async || {
        let fresh = "kind = 'mail' AND (attempts = 0 OR status = 'running')";
        (count(fresh).await == 0).then_some(())
    })
    .await;
    app.advance(TimeDelta::seconds(13));
    app.jobs_are_done().await;
    assert_eq!(server.mails().len(), 7);
    drop(worker);
}
