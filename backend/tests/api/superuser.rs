//! `ebenezer create-superuser`, as somebody at a terminal runs it.

use crate::support::{PASSWORD, Setup, TestApp, Value, json};
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

db_tests! {
    the_first_of_the_platform_staff_is_made,
    twice_is_as_good_as_once,
    who_is_there_becomes_platform_staff,
    weak_passwords_and_wrong_emails_are_refused,
    the_password_is_no_argument,
    in_production_the_second_factor_comes_first,
}

const EMAIL: &str = "Operadora@plataforma.test";

/// Runs the binary on the application's database, the password on standard input.
fn run(app: &TestApp, arguments: &[&str], password: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ebenezer"));
    command.env_clear().current_dir(app.folder()).arg("create-superuser").args(arguments);
    command.envs(app.variables());
    command.env("DATABASE_URL", app.database_url()).env("DATA_PATH", app.folder());
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = pipes.spawn().unwrap();
    // A process that refuses its arguments reads nothing.
    let _ = writeln!(process.stdin.take().unwrap(), "{password}");
    process.wait_with_output().unwrap()
}

fn create(app: &TestApp, email: &str, password: &str) -> Output {
    run(app, &["--email", email, "--name", "Olga Operadora", "--password-stdin"], password)
}

#[track_caller]
fn said(output: &Output) -> String {
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[track_caller]
fn complaint(output: &Output) -> String {
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

async fn log_in(app: &TestApp, email: &str) -> Value {
    let body = json!({ "email": email, "password": PASSWORD, "cookie": false });
    app.client.post("/api/auth/login", body).await.ok()
}

async fn the_first_of_the_platform_staff_is_made(app: TestApp) {
    let output = create(&app, EMAIL, PASSWORD);
    assert!(said(&output).contains(EMAIL));
    assert!(!format!("{output:?}").contains(PASSWORD));
    let answer = log_in(&app, EMAIL).await;
    assert_eq!(answer["user"]["full_name"], "Olga Operadora");
    assert_eq!((&answer["user"]["is_staff"], &answer["tenant"]), (&json!(true), &Value::Null));
    assert_eq!(app.activities("superuser.created").await.len(), 1);
}

async fn twice_is_as_good_as_once(app: TestApp) {
    said(&create(&app, EMAIL, PASSWORD));
    let again = create(&app, &EMAIL.to_lowercase(), "otra-clave-bien-larga-93");
    assert!(said(&again).contains("already"));
    log_in(&app, EMAIL).await;
    assert_eq!(app.count("users").await, 1);
    assert_eq!(app.activities("superuser.created").await.len(), 1);
}

async fn who_is_there_becomes_platform_staff(app: TestApp) {
    let owner = app.owner().await;
    let output = run(&app, &["--email", &owner.email], "");
    assert!(said(&output).contains("runs the platform now"));
    let answer = log_in(&app, &owner.email).await;
    assert_eq!(answer["user"]["is_staff"], true);
    assert_ne!(answer["user"]["full_name"], "Olga Operadora");
    assert_eq!(app.activities("superuser.promoted").await[0].user_id, Some(owner.user));
    app.change_user(owner.user, |user| user.is_active = false).await;
    let refused = run(&app, &["--email", &owner.email], "");
    assert!(complaint(&refused).contains("closed"));
}

async fn weak_passwords_and_wrong_emails_are_refused(app: TestApp) {
    for weak in ["", "corta", "aaaaaaaaaaaaaaaa", "olgaoperadora1", "password123456"] {
        let said = complaint(&create(&app, EMAIL, weak));
        assert!(said.contains("password:"), "{weak}: {said}");
        assert!(weak.is_empty() || !said.contains(weak), "{said}");
    }
    assert!(complaint(&create(&app, "no es un correo", PASSWORD)).contains("email:"));
    let nameless = run(&app, &["--email", EMAIL, "--name", " ", "--password-stdin"], PASSWORD);
    assert!(complaint(&nameless).contains("name:"));
    let unasked = run(&app, &["--email", EMAIL, "--password-stdin"], PASSWORD);
    assert!(complaint(&unasked).contains("--name is missing"));
    assert_eq!(app.count("users").await, 0);
}

async fn the_password_is_no_argument(app: TestApp) {
    let unpiped = run(&app, &["--email", EMAIL, "--name", "Olga"], PASSWORD);
    assert!(complaint(&unpiped).contains("--password-stdin"));
    let argument = run(&app, &["--email", EMAIL, "--name", "Olga", "--password", PASSWORD], "");
    assert!(complaint(&argument).contains("unexpected argument"));
    assert_eq!(app.count("users").await, 0);
}

async fn in_production_the_second_factor_comes_first(setup: Setup) {
    let setup = setup.set("DEBUG", "false").set("PUBLIC_URL", "https://crm.firma.test");
    let app = setup.set("ALLOWED_HOSTS", "127.0.0.1").start().await;
    assert!(said(&create(&app, EMAIL, PASSWORD)).contains("two-step verification"));
    let answer = log_in(&app, EMAIL).await;
    assert_eq!(answer["user"]["two_factor_required"], true);
    let staff = app.member_of(&answer);
    app.enrol(&staff).await;
    let me = staff.get("/api/auth/me").await.ok();
    assert_eq!(me["user"]["two_factor_enabled"], true);
}
