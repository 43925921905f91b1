//! `ebenezer reset-two-factor`, as whoever runs the platform calls it.

use crate::support::{PASSWORD, TestApp, json};
use std::process::{Command, Output};

db_tests! {
    who_lost_phone_and_codes_is_let_in_again,
    twice_changes_nothing_more,
    only_accounts_that_are_open_are_reset,
}

fn run(app: &TestApp, email: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ebenezer"));
    command.env_clear().current_dir(app.folder()).envs(app.variables());
    command.env("DATABASE_URL", app.database_url()).env("DATA_PATH", app.folder());
    command.args(["reset-two-factor", email]).output().unwrap()
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

async fn who_lost_phone_and_codes_is_let_in_again(app: TestApp) {
    let owner = app.owner().await;
    app.enrol(&owner).await;
    owner.patch("/api/tenant", json!({ "require_2fa": true })).await.ok();
    let body = json!({ "email": owner.email, "password": PASSWORD, "cookie": false });
    app.client.post("/api/auth/login", body.clone()).await.problem(401, "mfa_required");

    assert!(said(&run(&app, &owner.email.to_uppercase())).contains("password alone"));
    app.state.principals.clear();
    owner.get("/api/auth/me").await.problem(401, "session_expired");
    let again = app.member_of(&app.client.post("/api/auth/login", body).await.ok());
    again.get("/api/contacts").await.problem(403, "mfa_enrolment_required");
    app.enrol(&again).await;
    again.get("/api/contacts").await.ok();

    let subject = "Se restableció la verificación en dos pasos";
    assert!(app.mails_to(&owner.email).await.iter().any(|mail| mail.subject == subject));
    assert_eq!(app.activities("2fa.reset").await[0].user_id, Some(owner.user));
    let log = app.account_log(&again, "2fa.reset").await;
    let entry = log.iter().find(|entry| entry["action"] == "2fa.reset").unwrap();
    assert_eq!(entry["actor_id"], json!(null), "it was not the owner who did it");
    assert_eq!(entry["resource_id"], json!(owner.user));
}

async fn twice_changes_nothing_more(app: TestApp) {
    let owner = app.owner().await;
    assert!(said(&run(&app, &owner.email)).contains("nothing changed"));
    owner.get("/api/auth/me").await.ok();
    assert_eq!(app.activities("2fa.reset").await.len(), 0);
}

async fn only_accounts_that_are_open_are_reset(app: TestApp) {
    let owner = app.owner().await;
    app.enrol(&owner).await;
    assert!(complaint(&run(&app, "nadie@firma.test")).contains("nobody logs in"));
    app.change_user(owner.user, |user| user.is_active = false).await;
    assert!(complaint(&run(&app, &owner.email)).contains("closed"));
    assert_eq!(app.count("second_factors").await, 1);
}
