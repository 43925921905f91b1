//! The log as a chain: what was written holds, whatever happens to who binds it.

use crate::support::mail::wait_for;
use crate::support::{Backend, Member, PASSWORD, Setup, TestApp, json};
use std::process::{Child, Command, Output, Stdio};

db_tests! {
    what_was_written_holds,
    the_database_refuses_to_change_an_entry,
    two_processes_bind_one_chain,
    a_killed_worker_leaves_a_chain_that_holds,
    an_anchor_that_cannot_be_moved_holds_up_no_other_and_follows,
}

/// The program, in the application's place.
fn program(app: &TestApp) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ebenezer"));
    command.env_clear().envs(app.variables()).env("LOG_LEVEL", "off");
    command.env("DATABASE_URL", app.database_url()).env("DATA_PATH", app.folder());
    command
}

/// `ebenezer audit verify`
pub fn verify(app: &TestApp, arguments: &[&str]) -> Output {
    program(app).args(["audit", "verify"]).args(arguments).output().unwrap()
}

#[track_caller]
pub fn assert_holds(app: &TestApp) {
    let output = verify(app, &[]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && !text.contains("WRONG"), "{text}");
}

pub async fn all_is_bound(app: &TestApp) {
    app.state.audit_bell.ring();
    wait_for("the chains", async || {
        let open = "SELECT (SELECT count(*) FROM audit_logs WHERE seq IS NULL)
            + (SELECT count(*) FROM activity_logs WHERE seq IS NULL)";
        (app.value::<i64>(open).await == 0).then_some(())
    })
    .await;
}

/// A firm whose log has some entries, and nobody else's; so has the platform's.
pub async fn firm(app: &TestApp) -> Member {
    let owner = app.owner().await;
    for name in ["Ana", "Berta", "Carla", "Diana", "Elena", "Flora"] {
        owner.contact(&format!("{name} Gil"), json!({})).await;
    }
    for _ in 0..6 {
        let login = json!({ "email": owner.email, "password": PASSWORD, "cookie": false });
        app.client.post("/api/auth/login", login).await.ok();
    }
    all_is_bound(app).await;
    owner
}

async fn what_was_written_holds(app: TestApp) {
    let owner = firm(&app).await;
    let bad = json!({ "email": owner.email, "password": "no es esta clave" });
    app.client.post("/api/auth/login", bad).await.problem(401, "invalid_credentials");
    let login = json!({ "email": owner.email, "password": PASSWORD, "cookie": false });
    app.client.post("/api/auth/login", login).await.ok();
    all_is_bound(&app).await;
    assert_holds(&app);
    let output = verify(&app, &[]);
    let text = String::from_utf8(output.stdout).unwrap();
    let line = text.lines().find(|line| line.starts_with(&owner.tenant.to_string())).unwrap();
    let entries = app.count("audit_logs").await;
    assert_eq!(line.split('\t').nth(1), Some(entries.to_string().as_str()), "{text}");
}

async fn the_database_refuses_to_change_an_entry(app: TestApp) {
    firm(&app).await;
    for statement in [
        "UPDATE audit_logs SET actor_name = 'Otra' WHERE seq = 2",
        "DELETE FROM audit_logs WHERE seq = 2",
        "UPDATE activity_logs SET ip = '10.0.0.1' WHERE seq = 1",
        "DELETE FROM activity_logs",
    ] {
        let refused = app.try_execute(statement).await.unwrap_err();
        assert!(refused.contains("append-only"), "{statement}: {refused}");
    }
    assert_holds(&app);
}

async fn two_processes_bind_one_chain(app: TestApp) {
    let other = app.another().await;
    let owner = app.owner().await;
    let elsewhere = other.client.bearer(&owner.token);
    for number in 0..30 {
        let client = if number % 2 == 0 { &owner.client } else { &elsewhere };
        let body = json!({ "first_name": "Ana", "last_name": format!("Número {number}") });
        client.post("/api/contacts", body).await.created();
    }
    all_is_bound(&app).await;
    assert_holds(&app);
    assert_eq!(app.count("audit_logs WHERE resource_type = 'contact'").await, 30);
}

async fn a_killed_worker_leaves_a_chain_that_holds(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    let worker = || Process::start(&app);
    for round in 0..3 {
        let process = worker();
        for number in 0..15 {
            owner.contact(&format!("Ana {round} {number}"), json!({})).await;
        }
        drop(process);
    }
    let _last = worker();
    all_is_bound(&app).await;
    assert_holds(&app);
}

struct Process(Child);

impl Process {
    fn start(app: &TestApp) -> Self {
        let mut command = program(app);
        command.arg("worker").stdout(Stdio::null()).stderr(Stdio::null());
        Self(command.spawn().unwrap())
    }
}

impl Drop for Process {
    /// As `kill -9` does.
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// Lets nobody move the anchor of that firm.
async fn refuse_to_move(app: &TestApp, firm: uuid::Uuid) {
    match app.backend() {
        Backend::Postgres => {
            app.execute(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                 'BEGIN RAISE ''not now''; END'",
            )
            .await;
            app.execute(&format!(
                "CREATE TRIGGER refuse BEFORE UPDATE ON audit_anchors FOR EACH ROW
                 WHEN (NEW.chain_id = '{firm}') EXECUTE FUNCTION refuse()"
            ))
            .await;
        }
        Backend::Sqlite => {
            app.execute(&format!(
                "CREATE TRIGGER refuse BEFORE UPDATE ON audit_anchors
                 WHEN NEW.chain_id = X'{}' BEGIN SELECT RAISE(FAIL, 'not now'); END",
                firm.simple()
            ))
            .await;
        }
    }
}

async fn an_anchor_that_cannot_be_moved_holds_up_no_other_and_follows(app: TestApp) {
    let firms = [app.owner().await, app.owner().await, app.owner().await];
    refuse_to_move(&app, firms[1].tenant).await;
    for owner in &firms {
        owner.contact("Ana Gil", json!({})).await;
    }
    all_is_bound(&app).await;
    let behind = "SELECT count(*) FROM audit_heads JOIN audit_anchors
        ON chain_id = tenant_id AND audit_anchors.seq < audit_heads.seq";
    let anchors = async |left: i64| {
        wait_for("the anchors", async || {
            app.state.audit_bell.ring();
            (app.value::<i64>(behind).await == left).then_some(())
        })
        .await;
    };
    anchors(1).await;
    app.execute(match app.backend() {
        Backend::Postgres => "DROP TRIGGER refuse ON audit_anchors",
        Backend::Sqlite => "DROP TRIGGER refuse",
    })
    .await;
    // Nothing is written any more.
    anchors(0).await;
    assert_holds(&app);
}
