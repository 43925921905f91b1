//! One's own name, language and email.

use crate::support::mail::Mail;
use crate::support::{Member, PASSWORD, Reply, Setup, TestApp, Value, json};
use chrono::TimeDelta;
use ebenezer_shared::permission::Role;

db_tests! {
    a_new_name_shows_in_every_firm,
    a_name_is_judged,
    the_language_is_that_of_mails,
    a_new_email_is_confirmed_by_its_link_once,
    the_old_email_is_told,
    links_in_the_old_mailbox_open_nothing,
    a_closed_account_keeps_its_email,
    sessions_go_on_with_the_new_email,
    the_firms_logs_tell_of_it,
    an_email_link_is_good_for_an_hour,
    nobody_learns_whether_another_has_an_account,
    an_email_taken_meanwhile_is_refused,
    a_new_password_makes_email_links_useless,
    only_the_last_email_link_is_good,
    the_password_is_needed_for_another_email,
    email_links_are_limited,
}

const NEW: &str = "Nueva@firma.test";

async fn ask(member: &Member, email: &str) -> Reply {
    let body = json!({ "new_email": email, "password": PASSWORD });
    member.post("/api/auth/email/change", body).await
}

async fn confirm(app: &TestApp, token: &str) -> Reply {
    app.client.post("/api/auth/email/confirm", json!({ "token": token })).await
}

fn token(mail: &Mail) -> String {
    let rest = mail.text.split_once("/confirm-email#").expect("a link").1;
    rest.split_whitespace().next().unwrap().to_owned()
}

async fn link(app: &TestApp, member: &Member, email: &str) -> String {
    ask(member, email).await.no_content();
    token(app.mails_to(email).await.last().expect("a mail"))
}

async fn log_in(app: &TestApp, email: &str) -> Reply {
    let body = json!({ "email": email, "password": PASSWORD, "cookie": false });
    app.client.post("/api/auth/login", body).await
}

async fn names_in(member: &Member) -> Vec<String> {
    let team = member.get("/api/team").await.ok();
    let name = |row: &Value| row["full_name"].as_str().unwrap().to_owned();
    team["items"].as_array().unwrap().iter().map(name).collect()
}

async fn a_new_name_shows_in_every_firm(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let user = ebenezer::platform::user::by_id(&app.db, owner.user).await.unwrap().unwrap();
    app.join(other.tenant, &user, Role::Member).await;
    let me = owner.patch("/api/auth/me", json!({ "full_name": " Lucía Peña " })).await.ok();
    assert_eq!(me["user"]["full_name"], "Lucía Peña");
    assert_eq!(me["tenant"]["id"], owner.tenant.to_string());
    assert_eq!(owner.get("/api/auth/me").await.ok()["user"]["full_name"], "Lucía Peña");
    for member in [&owner, &other] {
        assert!(names_in(member).await.contains(&"Lucía Peña".to_owned()));
    }
    assert_eq!(app.activities("profile.changed").await[0].user_id, Some(owner.user));
    owner.patch("/api/auth/me", json!({ "full_name": "Lucía Peña" })).await.ok();
    assert_eq!(app.activities("profile.changed").await.len(), 1, "nothing changed");
}

async fn a_name_is_judged(app: TestApp) {
    let owner = app.owner().await;
    for (body, field, why) in [
        (json!({ "full_name": "" }), "full_name", "required"),
        (json!({ "full_name": null }), "full_name", "required"),
        (json!({ "full_name": "x".repeat(151) }), "full_name", "too_long"),
        (json!({ "locale": "fr" }), "locale", "unknown_value"),
        (json!({ "is_staff": true }), "is_staff", "unknown_field"),
        (json!({ "email": NEW }), "email", "unknown_field"),
    ] {
        owner.patch("/api/auth/me", body).await.invalid(field, why);
    }
}

async fn the_language_is_that_of_mails(app: TestApp) {
    let owner = app.owner().await;
    let me = owner.patch("/api/auth/me", json!({ "locale": "en" })).await.ok();
    assert_eq!(me["user"]["locale"], "en");
    app.enrol(&owner).await;
    assert_eq!(app.mail_to(&owner.email).await.subject, "You turned on two-step verification");
}

async fn a_new_email_is_confirmed_by_its_link_once(app: TestApp) {
    let owner = app.owner().await;
    let token = link(&app, &owner, NEW).await;
    assert_eq!(owner.get("/api/auth/me").await.ok()["user"]["email"], owner.email);
    log_in(&app, NEW).await.problem(401, "invalid_credentials");
    confirm(&app, &token).await.no_content();
    log_in(&app, NEW).await.ok();
    log_in(&app, &owner.email).await.problem(401, "invalid_credentials");
    assert_eq!(owner.get("/api/auth/me").await.ok()["user"]["email"], NEW);
    let team = owner.get("/api/team").await.ok();
    assert_eq!(team["items"][0]["email"], NEW);
    confirm(&app, &token).await.problem(410, "link_expired");
    assert_eq!(app.activities("email.changed").await[0].user_id, Some(owner.user));
    let stored: String = app.value("SELECT hash FROM email_changes").await;
    assert_ne!(stored, token);
    ask(&owner, NEW).await.invalid("new_email", "email_same");
}

async fn the_old_email_is_told(app: TestApp) {
    let owner = app.owner().await;
    let token = link(&app, &owner, NEW).await;
    let asked = app.mail_to(&owner.email).await;
    assert_eq!(asked.subject, "Alguien pidió cambiar el correo de su cuenta");
    assert!(!asked.text.contains(&token), "the link goes to the new email alone");
    confirm(&app, &token).await.no_content();
    let mails = app.mails_to(&owner.email).await;
    assert_eq!(mails.last().unwrap().subject, "El correo de su cuenta se cambió");
}

async fn links_in_the_old_mailbox_open_nothing(app: TestApp) {
    let owner = app.owner().await;
    app.client.post("/api/auth/password/forgot", json!({ "email": owner.email })).await.expect(204);
    let reset = app.mail_to(&owner.email).await;
    let reset = reset.text.split_once("/reset-password#").expect("a link").1;
    let reset = reset.split_whitespace().next().unwrap();
    let token = link(&app, &owner, NEW).await;
    confirm(&app, &token).await.no_content();
    let body = json!({ "token": reset, "password": "ventana-nube-sendero-38" });
    app.client.post("/api/auth/password/reset", body).await.problem(410, "link_expired");
    log_in(&app, NEW).await.ok();
}

async fn a_closed_account_keeps_its_email(app: TestApp) {
    let owner = app.owner().await;
    let token = link(&app, &owner, NEW).await;
    app.change_user(owner.user, |user| user.is_active = false).await;
    confirm(&app, &token).await.problem(410, "link_expired");
    app.change_user(owner.user, |user| user.is_active = true).await;
    log_in(&app, &owner.email).await.ok();
    log_in(&app, NEW).await.problem(401, "invalid_credentials");
}

async fn sessions_go_on_with_the_new_email(app: TestApp) {
    let owner = app.owner().await;
    let elsewhere = app.member_of(&log_in(&app, &owner.email).await.ok());
    let token = link(&app, &owner, NEW).await;
    confirm(&app, &token).await.no_content();
    for session in [&owner, &elsewhere] {
        assert_eq!(session.get("/api/auth/me").await.ok()["user"]["email"], NEW);
    }
}

async fn the_firms_logs_tell_of_it(app: TestApp) {
    let owner = app.owner().await;
    owner.patch("/api/auth/me", json!({ "full_name": "Lucía Peña" })).await.ok();
    let token = link(&app, &owner, NEW).await;
    confirm(&app, &token).await.no_content();
    let log = app.account_log(&owner, "email.changed").await;
    for action in ["profile.changed", "email.change_asked", "email.changed"] {
        let entry = log.iter().find(|entry| entry["action"] == action);
        assert_eq!(entry.expect(action)["actor_id"], json!(owner.user));
    }
    let changed = log.iter().find(|entry| entry["action"] == "email.changed").unwrap();
    assert_eq!(changed["changes"], json!({ "email": { "before": owner.email, "after": NEW } }));
}

async fn an_email_link_is_good_for_an_hour(app: TestApp) {
    let owner = app.owner().await;
    let late = link(&app, &owner, NEW).await;
    app.advance(TimeDelta::hours(1));
    confirm(&app, &late).await.problem(410, "link_expired");
    for made_up in ["x", "' OR 1=1 --"] {
        confirm(&app, made_up).await.problem(410, "link_expired");
    }
    assert_eq!(app.activities("email.changed").await.len(), 0);
}

async fn nobody_learns_whether_another_has_an_account(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let known = ask(&owner, &other.email.to_uppercase()).await.expect(204);
    let unknown = ask(&owner, NEW).await.expect(204);
    assert_eq!(known.text, unknown.text);
    assert!(app.mails_to(&other.email).await.is_empty());
    assert_eq!(app.mails_to(NEW).await.len(), 1);
    ask(&owner, "no es un correo").await.invalid("new_email", "invalid_email");
}

async fn an_email_taken_meanwhile_is_refused(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let token = link(&app, &owner, NEW).await;
    let rival = link(&app, &other, &NEW.to_lowercase()).await;
    confirm(&app, &rival).await.no_content();
    confirm(&app, &token).await.problem(410, "link_expired");
    log_in(&app, &owner.email).await.ok();
}

async fn a_new_password_makes_email_links_useless(app: TestApp) {
    let owner = app.owner().await;
    let token = link(&app, &owner, NEW).await;
    let body = json!({ "current_password": PASSWORD, "new_password": "ventana-nube-sendero-38" });
    owner.post("/api/auth/password/change", body).await.no_content();
    confirm(&app, &token).await.problem(410, "link_expired");
}

async fn only_the_last_email_link_is_good(app: TestApp) {
    let owner = app.owner().await;
    let first = link(&app, &owner, "uno@firma.test").await;
    let second = link(&app, &owner, "dos@firma.test").await;
    confirm(&app, &first).await.problem(410, "link_expired");
    let (a, b) = tokio::join!(confirm(&app, &second), confirm(&app, &second));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 410]);
    log_in(&app, "dos@firma.test").await.ok();
}

async fn the_password_is_needed_for_another_email(app: TestApp) {
    let owner = app.owner().await;
    let body = json!({ "new_email": NEW, "password": "no-es-la-clave" });
    let refused = owner.post("/api/auth/email/change", body).await;
    refused.invalid("password", "password_wrong");
    app.jobs_are_done().await;
    assert_eq!(app.count("email_changes").await, 0);
}

async fn email_links_are_limited(setup: Setup) {
    let app = setup.set("RATE_LIMIT_PASSWORD_RESET", "3").start().await;
    let owner = app.owner().await;
    for n in 0..3 {
        ask(&owner, &format!("n{n}@firma.test")).await.no_content();
    }
    ask(&owner, NEW).await.problem(429, "rate_limited");
}
