//! The log as a chain: what is done to it afterwards shows.

use crate::support::mail::wait_for;
use crate::support::{Backend, Member, PASSWORD, Setup, TestApp, json};
use std::process::{Child, Command, Output, Stdio};

db_tests! {
    what_was_written_holds,
    the_database_refuses_to_change_an_entry,
    a_changed_entry_is_found,
    a_deleted_entry_is_found,
    an_inserted_entry_is_found,
    swapped_entries_are_found,
    a_cut_off_end_is_found,
    an_end_that_was_cut_off_everywhere_is_known_by_an_earlier_run,
    an_entry_that_was_smuggled_in_is_found,
    a_changed_login_is_found,
    entries_from_before_there_were_chains_are_taken_over,
    two_processes_bind_one_chain,
    a_killed_worker_leaves_a_chain_that_holds,
}

/// The program, in the application's place.
fn program(app: &TestApp) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ebenezer"));
    command.env_clear().envs(app.variables()).env("LOG_LEVEL", "off");
    command.env("DATABASE_URL", app.database_url()).env("DATA_PATH", app.folder());
    command
}

/// `ebenezer audit verify`
fn verify(app: &TestApp, arguments: &[&str]) -> Output {
    program(app).args(["audit", "verify"]).args(arguments).output().unwrap()
}

#[track_caller]
fn assert_holds(app: &TestApp) {
    let output = verify(app, &[]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && !text.contains("WRONG"), "{text}");
}

/// What is wrong, line by line.
#[track_caller]
fn findings(app: &TestApp) -> Vec<String> {
    let output = verify(app, &[]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    let wrong = text.lines().filter_map(|line| line.trim().strip_prefix("WRONG: "));
    wrong.map(str::to_owned).collect()
}

async fn all_is_bound(app: &TestApp) {
    app.state.audit_bell.ring();
    wait_for("the chains", async || {
        let open = "SELECT (SELECT count(*) FROM audit_logs WHERE seq IS NULL)
            + (SELECT count(*) FROM activity_logs WHERE seq IS NULL)";
        (app.value::<i64>(open).await == 0).then_some(())
    })
    .await;
}

/// A firm whose log has some entries, and nobody else's.
async fn firm(app: &TestApp) -> Member {
    let owner = app.owner().await;
    for name in ["Ana", "Berta", "Carla", "Diana", "Elena", "Flora"] {
        owner.contact(&format!("{name} Gil"), json!({})).await;
    }
    all_is_bound(app).await;
    owner
}

/// What somebody does who owns the database.
async fn lift_guards(app: &TestApp) {
    for table in ["audit_logs", "activity_logs"] {
        for trigger in ["keeps", "stays"] {
            let on = if app.backend() == Backend::Postgres {
                format!(" ON {table}")
            } else {
                String::new()
            };
            app.execute(&format!("DROP TRIGGER {table}_{trigger}{on}")).await;
        }
    }
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

async fn a_changed_entry_is_found(app: TestApp) {
    firm(&app).await;
    lift_guards(&app).await;
    app.execute("UPDATE audit_logs SET actor_name = 'Otra' WHERE seq = 3").await;
    let found = findings(&app);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("entry 3 (") && found[0].ends_with("not what was written"));
}

async fn a_deleted_entry_is_found(app: TestApp) {
    firm(&app).await;
    lift_guards(&app).await;
    app.execute("DELETE FROM audit_logs WHERE seq IN (3, 4)").await;
    assert_eq!(findings(&app), ["entries 3 to 4 are missing"]);
}

async fn an_inserted_entry_is_found(app: TestApp) {
    firm(&app).await;
    lift_guards(&app).await;
    // A copy of the second entry in the place of the third; those behind it move on.
    app.execute("UPDATE audit_logs SET seq = -seq - 1 WHERE seq > 2").await;
    let id = match app.backend() {
        Backend::Sqlite => "randomblob(16)",
        Backend::Postgres => "gen_random_uuid()",
    };
    let columns = "tenant_id, at, actor_id, actor_name, action, resource_type, resource_id,
        changes, ip, request_id, mac, hash";
    let copy = format!(
        "INSERT INTO audit_logs (id, {columns}, seq)
         SELECT {id}, {columns}, 3 FROM audit_logs WHERE seq = 2"
    );
    app.execute(&copy).await;
    app.execute("UPDATE audit_logs SET seq = -seq WHERE seq < 0").await;
    let found = findings(&app);
    assert!(found.iter().any(|line| line.starts_with("entry 3 (")), "{found:?}");
}

async fn swapped_entries_are_found(app: TestApp) {
    firm(&app).await;
    lift_guards(&app).await;
    for (from, to) in [("4", "-1"), ("5", "4"), ("-1", "5")] {
        app.execute(&format!("UPDATE audit_logs SET seq = {to} WHERE seq = {from}")).await;
    }
    let found = findings(&app);
    assert!(found.iter().any(|line| line.starts_with("entry 4 (")), "{found:?}");
    assert!(found.iter().any(|line| line.starts_with("entry 5 (")), "{found:?}");
}

/// Takes the last two entries away, and makes the head fit.
async fn cut_off(app: &TestApp) {
    lift_guards(app).await;
    let last: i64 = app.value("SELECT max(seq) FROM audit_logs").await;
    app.execute(&format!("DELETE FROM audit_logs WHERE seq > {}", last - 2)).await;
    let from = format!("FROM audit_logs WHERE seq = {}", last - 2);
    app.execute(&format!(
        "UPDATE audit_heads SET seq = (SELECT seq {from}), hash = (SELECT hash {from})"
    ))
    .await;
}

async fn a_cut_off_end_is_found(app: TestApp) {
    let owner = firm(&app).await;
    cut_off(&app).await;
    let found = findings(&app);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("are cut off"), "{found:?}");
    // What comes after does not hide it.
    for name in ["Gala", "Hilda", "Inés"] {
        owner.contact(&format!("{name} Gil"), json!({})).await;
    }
    all_is_bound(&app).await;
    let found = findings(&app);
    assert!(found.iter().any(|line| line.contains("another than the anchor knows")), "{found:?}");
}

async fn an_end_that_was_cut_off_everywhere_is_known_by_an_earlier_run(app: TestApp) {
    firm(&app).await;
    let heads = app.folder().join("heads.txt");
    std::fs::write(&heads, verify(&app, &[]).stdout).unwrap();
    let since = ["--since", heads.to_str().unwrap()];
    assert!(verify(&app, &since).status.success());
    cut_off(&app).await;
    let from = "FROM audit_heads WHERE audit_heads.tenant_id = chain_id";
    app.execute(&format!(
        "UPDATE audit_anchors SET seq = (SELECT seq {from}), hash = (SELECT hash {from})
         WHERE EXISTS (SELECT 1 {from})"
    ))
    .await;
    assert_holds(&app);
    let output = verify(&app, &since);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!output.status.success() && text.contains("the earlier run knows them"), "{text}");
}

async fn an_entry_that_was_smuggled_in_is_found(app: TestApp) {
    firm(&app).await;
    let id = match app.backend() {
        Backend::Sqlite => "randomblob(16)",
        Backend::Postgres => "gen_random_uuid()",
    };
    let columns = "tenant_id, at, actor_id, action, resource_type, resource_id, changes, ip,
        request_id, mac";
    app.execute(&format!(
        "INSERT INTO audit_logs (id, actor_name, {columns})
         SELECT {id}, 'Nadie', {columns} FROM audit_logs WHERE seq = 2"
    ))
    .await;
    all_is_bound(&app).await;
    let found = findings(&app);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].ends_with("is not what was written"), "{found:?}");
}

async fn a_changed_login_is_found(app: TestApp) {
    firm(&app).await;
    lift_guards(&app).await;
    app.execute("UPDATE activity_logs SET ip = '10.1.2.3' WHERE seq = 1").await;
    assert_eq!(findings(&app).len(), 1);
}

async fn entries_from_before_there_were_chains_are_taken_over(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    owner.contact("Antigua Gil", json!({})).await;
    app.execute("UPDATE audit_logs SET mac = ''").await;
    app.execute("UPDATE activity_logs SET mac = ''").await;
    let _worker = app.another_with(Setup::with_worker).await;
    all_is_bound(&app).await;
    assert_holds(&app);
    owner.contact("Nueva Gil", json!({})).await;
    all_is_bound(&app).await;
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
