//! What nobody can read stands in nobody's way and is not lost: it waits, given up, for the
//! key that opens it.

use super::{forget, manage};
use crate::support::{Member, Setup, TestApp, Value, json};
use ebenezer::config::generate_keys;
use ebenezer::jobs::{Job, Origin, write_to_outbox};
use ebenezer_shared::locale::Locale;
use secrecy::ExposeSecret as _;
use uuid::Uuid;

db_tests! {
    a_row_of_an_outbox_that_no_key_opens_is_put_aside,
    a_job_that_no_key_opens_is_put_aside,
    a_job_of_no_known_kind_is_put_aside_without_telling_what_it_holds,
}

/// Another process that has another key.
async fn with_another_key(app: &TestApp) -> TestApp {
    let keys = generate_keys();
    let (_, key) = keys.iter().find(|(name, _)| *name == "FIELD_ENCRYPTION_KEY").unwrap();
    let key = key.expose_secret().to_owned();
    app.another_with(|setup| setup.set("FIELD_ENCRYPTION_KEY", &key).with_worker()).await
}

async fn ask(app: &TestApp, owner: &Member) -> Uuid {
    let origin = Origin { tenant: owner.tenant, user: owner.user };
    let job = Job::PasswordForgotten { email: owner.email.clone(), locale: Locale::Es };
    write_to_outbox(&app.db, &app.state, origin, &job).await.unwrap()
}

async fn dead_jobs(operator: &Member, kind: &str) -> Vec<Value> {
    let filters = [("status", "dead"), ("kind", kind)];
    let list = operator.list("/api/admin/jobs", &filters).await.ok();
    list["items"].as_array().unwrap().clone()
}

/// The key is back: the operator has it done after all.
async fn is_done_after_all(app: &TestApp, operator: &Member, id: &str) {
    let _worker = app.another_with(Setup::with_worker).await;
    operator.post(&format!("/api/admin/jobs/{id}/retry"), json!({})).await.ok();
    app.jobs_are_done().await;
    let filters = [("status", "done"), ("kind", "password_forgotten")];
    let list = operator.list("/api/admin/jobs", &filters).await.ok();
    assert!(list["items"].as_array().unwrap().iter().any(|job| job["id"] == id), "{list}");
}

async fn a_row_of_an_outbox_that_no_key_opens_is_put_aside(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = manage::operator(&app).await;
    let unreadable = ask(&app, &owner).await.to_string();
    let other = with_another_key(&app).await;
    // What comes after it is done as ever, and whoever asked for it can see both.
    let readable = ask(&other, &owner).await.to_string();
    other.state.bell.ring();
    app.jobs_are_done().await;
    assert_eq!(app.mails_to(&owner.email).await.len(), 1);
    let list = other.client.bearer(&owner.token).get("/api/jobs").await.ok();
    let states: Vec<_> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|job| (job["id"].as_str().unwrap(), job["status"].as_str().unwrap()))
        .collect();
    assert_eq!(states, [(readable.as_str(), "done"), (unreadable.as_str(), "dead")]);
    let dead = dead_jobs(&owner, "unreadable").await;
    assert_eq!((dead.len(), &dead[0]["id"]), (1, &json!(unreadable)));
    assert_eq!(dead[0]["tenant_id"], json!(owner.tenant));
    assert!(dead[0]["error"].as_str().unwrap().contains("FIELD_ENCRYPTION_KEY"), "{dead:?}");
    drop(other);
    is_done_after_all(&app, &owner, &unreadable).await;
    assert_eq!(app.mails_to(&owner.email).await.len(), 2);
}

async fn a_job_that_no_key_opens_is_put_aside(setup: Setup) {
    let app = setup.no_worker().start().await;
    let operator = manage::operator(&app).await;
    forget(&app, "rosa@firma.test").await;
    let other = with_another_key(&app).await;
    app.jobs_are_done().await;
    let dead = dead_jobs(&operator, "password_forgotten").await;
    assert_eq!((dead.len(), &dead[0]["attempts"]), (1, &json!(0)));
    assert!(dead[0]["error"].as_str().unwrap().contains("FIELD_ENCRYPTION_KEY"), "{dead:?}");
    let done = "SELECT count(*) FROM jobs WHERE kind = 'housekeeping' AND status = 'done'";
    assert_eq!(app.value::<i64>(done).await, 1);
    drop(other);
    is_done_after_all(&app, &operator, dead[0]["id"].as_str().unwrap()).await;
    assert_eq!(app.mails_to("rosa@firma.test").await.len(), 1);
}

async fn a_job_of_no_known_kind_is_put_aside_without_telling_what_it_holds(setup: Setup) {
    let app = setup.no_worker().start().await;
    let operator = manage::operator(&app).await;
    ask(&app, &operator).await;
    let later = r#"{"kind":"fax","number":"555-1234"}"#;
    let sealed = app.state.sealer.seal(later);
    app.execute(&format!("UPDATE outbox SET job_sealed = '{sealed}'")).await;
    let list = operator.get("/api/jobs").await.ok();
    assert_eq!(list["items"][0]["status"], "dead");
    let dead = dead_jobs(&operator, "unreadable").await;
    let error = dead[0]["error"].as_str().unwrap();
    assert!(error.contains("`fax`") && !error.contains("555"), "{error}");
    let kept: String = app.value("SELECT payload FROM jobs WHERE kind = 'unreadable'").await;
    assert_eq!(app.state.sealer.open(&kept).unwrap(), later);
}
