//! `kill -9` in the middle of each kind of job: another worker does it again, and what it
//! does is done once. Mails themselves have their test beside a real mail server.

use super::{Process, forget};
use crate::support::mail::wait_for;
use crate::support::{Backend, PASSWORD, Setup, TestApp, json};
use chrono::TimeDelta;
use ebenezer_shared::permission::Role;

db_tests! {
    in_the_making_of_a_reset_link,
    in_telling_a_firm_about_its_people,
    in_housekeeping,
}

/// Makes a statement on the table take seconds, until [`fast`] again.
pub async fn slow(app: &TestApp, event: &str, table: &str) {
    match app.backend() {
        Backend::Postgres => {
            app.execute(
                "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
                 'BEGIN PERFORM pg_sleep(3); IF TG_OP = ''DELETE'' THEN RETURN OLD; END IF;
                 RETURN NEW; END'",
            )
            .await;
            let sql = format!(
                "CREATE TRIGGER wait BEFORE {event} ON {table}
                 FOR EACH ROW EXECUTE FUNCTION wait()"
            );
            app.execute(&sql).await;
        }
        Backend::Sqlite => {
            app.execute("CREATE TABLE wait_rows (x INTEGER)").await;
            app.execute(
                "INSERT INTO wait_rows WITH RECURSIVE n(x) AS
                 (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 9000) SELECT x FROM n",
            )
            .await;
            let sql = format!(
                "CREATE TRIGGER wait BEFORE {event} ON {table} BEGIN
                 SELECT count(*) FROM wait_rows a, wait_rows b WHERE a.x + b.x < 0; END"
            );
            app.execute(&sql).await;
        }
    }
}

/// As quick as before.
pub async fn fast(app: &TestApp, table: &str) {
    match app.backend() {
        // Waits for the killed one's statement to end.
        Backend::Postgres => app.execute(&format!("DROP TRIGGER wait ON {table}")).await,
        Backend::Sqlite => app.execute("DROP TRIGGER wait").await,
    }
}

/// Kills a worker while it is at one or more jobs of that kind, and has another one go on.
async fn kill_in(app: &TestApp, kind: &str, table: &str) -> Process {
    let mut first = Process::start(app, "2");
    let running = format!("SELECT count(*) FROM jobs WHERE kind = '{kind}' AND status = 'running'");
    wait_for("the job to run", async || (app.value::<i64>(&running).await > 0).then_some(())).await;
    first.kill();
    assert!(app.value::<i64>(&running).await > 0, "it was in the middle");
    fast(app, table).await;
    let second = Process::start(app, "2");
    app.jobs_are_done().await;
    let attempts = format!("SELECT max(attempts) FROM jobs WHERE kind = '{kind}'");
    assert_eq!(app.value::<i32>(&attempts).await, 2);
    let undone = "SELECT count(*) FROM jobs WHERE status <> 'done'";
    assert_eq!(app.value::<i64>(undone).await, 0);
    second
}

async fn in_the_making_of_a_reset_link(setup: Setup) {
    let app = setup.no_worker().start().await;
    slow(&app, "INSERT", "password_resets").await;
    forget(&app, "rosa@firma.test").await;
    let _worker = kill_in(&app, "password_forgotten", "password_resets").await;
    assert_eq!(app.count("password_resets").await, 1);
    assert_eq!(app.mails_to("rosa@firma.test").await.len(), 1);
}

async fn in_telling_a_firm_about_its_people(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Member).await;
    owner.patch(&format!("/api/team/{}", member.user), json!({ "role": "sales" })).await.ok();
    // As if the process had died before it told the firm.
    app.execute("UPDATE staff SET version = 0, email = 'x'").await;
    slow(&app, "UPDATE", "staff").await;
    let _worker = kill_in(&app, "news", "staff").await;
    let email = format!("SELECT email FROM staff WHERE email = '{}'", member.email);
    assert_eq!(app.value::<String>(&email).await, member.email);
    assert_eq!(app.audit(owner.tenant).await.len(), 1);
}

async fn in_housekeeping(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    let login = json!({ "email": owner.email, "password": PASSWORD, "cookie": false });
    app.client.post("/api/auth/login", login).await.ok();
    let past = (app.clock.now() - TimeDelta::days(40)).format("%Y-%m-%d %H:%M:%S+00:00");
    app.execute(&format!("UPDATE sessions SET last_active_at = '{past}'")).await;
    slow(&app, "DELETE", "sessions").await;
    let _worker = kill_in(&app, "housekeeping", "sessions").await;
    assert_eq!(app.count("sessions").await, 0);
}
