//! `kill -9` in the middle of each kind of job: another worker does it again, and what it
//! does is done once. Mails themselves have their test beside a real mail server.

use super::{Process, forget};
use crate::support::mail::wait_for;
use crate::support::{Backend, Member, PASSWORD, Setup, TestApp, json};
use chrono::TimeDelta;
use ebenezer_shared::permission::Role;

db_tests! {
    in_the_making_of_a_reset_link,
    in_telling_a_firm_about_its_people,
    in_a_change_of_many,
    in_taking_back_a_change_of_many,
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

/// As if the time of those that were killed were over.
pub async fn end_leases(app: &TestApp) {
    let past = "2020-01-01 00:00:00+00:00";
    app.execute(&format!("UPDATE jobs SET leased_until = '{past}' WHERE status = 'running'")).await;
}

/// Kills a worker while it is at one or more jobs of that kind, and has another one go on.
pub async fn kill_in(app: &TestApp, kind: &str, table: &str) -> Process {
    let running = format!("SELECT count(*) FROM jobs WHERE kind = '{kind}' AND status = 'running'");
    kill_when(app, kind, table, &running).await
}

/// The same, once the query counts something.
pub async fn kill_when(app: &TestApp, kind: &str, table: &str, ready: &str) -> Process {
    // So long that a slow statement of its own takes no lease from it.
    let mut first = Process::start(app, "60");
    wait_for("the job to run", async || (app.value::<i64>(ready).await > 0).then_some(())).await;
    let running = format!("SELECT count(*) FROM jobs WHERE kind = '{kind}' AND status = 'running'");
    first.kill();
    assert!(app.value::<i64>(&running).await > 0, "it was in the middle");
    fast(app, table).await;
    end_leases(app).await;
    let second = Process::start(app, "60");
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

/// A second part is under way: its records are changed, and nobody has seen it yet.
const SECOND_PART: &str =
    "SELECT count(*) FROM bulk_runs WHERE done > 0 AND done < total AND ended_at IS NULL";

async fn in_a_change_of_many(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    many(&owner, 120).await;
    slow(&app, "UPDATE", "bulk_runs").await;
    let body = json!({ "action": "set_status", "status": "inactive", "matching": "" });
    let asked = owner.post("/api/contacts/bulk", body).await.expect(202).json();
    let _worker = kill_when(&app, "bulk", "bulk_runs", SECOND_PART).await;
    let path = format!("/api/bulk/{}", asked["id"].as_str().unwrap());
    let report = owner.get(&path).await.ok();
    assert_eq!((&report["changed"], &report["run"]["done"]), (&json!(120), &json!(120)));
    assert_eq!(report["run"]["status"], "done");
    // Each record once, with one entry and one way back.
    let versions = "SELECT count(*) FROM contacts WHERE version = 2 AND status = 'inactive'";
    assert_eq!(app.value::<i64>(versions).await, 120);
    let log = app.audit(owner.tenant).await;
    assert_eq!(log.iter().filter(|entry| entry.action == "contact.update").count(), 120);
    assert_eq!(app.count("bulk_changes").await, 120);
}

async fn in_taking_back_a_change_of_many(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    many(&owner, 210).await;
    let body = json!({ "action": "delete", "matching": "" });
    let asked = owner.post("/api/contacts/bulk", body).await.expect(202).json();
    let worker = Process::start(&app, "30");
    app.jobs_are_done().await;
    drop(worker);
    assert_eq!(app.count("contacts").await, 0);
    slow(&app, "UPDATE", "bulk_runs").await;
    let path = format!("/api/bulk/{}", asked["id"].as_str().unwrap());
    owner.post(&format!("{path}/undo"), json!({})).await.expect(202);
    let second = format!("{SECOND_PART} AND undoing");
    app.execute("UPDATE jobs SET attempts = 0").await;
    let _worker = kill_when(&app, "bulk", "bulk_runs", &second).await;
    let report = owner.get(&path).await.ok();
    assert_eq!((&report["run"]["changed"], &report["run"]["refused"]), (&json!(210), &json!(0)));
    assert!(report["undone_at"].is_string(), "{report}");
    assert_eq!(app.count("contacts").await, 210);
    let log = app.audit(owner.tenant).await;
    assert_eq!(log.iter().filter(|entry| entry.action == "contact.restore").count(), 210);
}

/// Adds so many people.
async fn many(owner: &Member, count: usize) {
    for number in 0..count {
        owner.contact(&format!("Ana {number}"), json!({})).await;
    }
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
