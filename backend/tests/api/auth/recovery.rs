//! A forgotten password: `password/forgot` and `password/reset`.

use crate::merge::races::meanwhile;
use crate::support::mail::Mail;
use crate::support::{Member, PASSWORD, Reply, Setup, TestApp, json};
use chrono::TimeDelta;
use ebenezer_shared::permission::Role;

db_tests! {
    a_link_sets_a_new_password_once,
    nobody_learns_whether_an_email_has_an_account,
    a_link_is_good_for_an_hour,
    a_link_is_useless_once_the_account_is_closed,
    a_closed_account_gets_no_link,
    whom_no_firm_lets_in_any_more_gets_no_link,
    a_link_is_useless_once_no_firm_lets_its_owner_in,
    who_is_asked_to_join_another_firm_gets_a_link,
    whoever_runs_the_platform_needs_no_firm_for_a_link,
    a_weak_password_leaves_the_link_good,
    one_of_two_resets_at_once_wins,
    an_older_link_goes_with_the_one_that_was_used,
    changing_the_password_makes_links_useless,
    a_login_that_a_new_password_overtakes_is_refused,
    a_made_up_link_is_refused,
    links_speak_the_language_that_was_asked_for,
    reset_mails_are_limited_per_email,
}

const NEW: &str = "ventana-nube-sendero-38";

async fn forget(app: &TestApp, email: &str) -> Reply {
    app.client.post("/api/auth/password/forgot", json!({ "email": email })).await
}

async fn reset(app: &TestApp, token: &str, password: &str) -> Reply {
    let body = json!({ "token": token, "password": password });
    app.client.post("/api/auth/password/reset", body).await
}

async fn log_in(app: &TestApp, email: &str, password: &str) -> Reply {
    let body = json!({ "email": email, "password": password, "cookie": false });
    app.client.post("/api/auth/login", body).await
}

/// What stands behind the hash sign of the link.
fn token(mail: &Mail) -> String {
    let rest = mail.text.split_once("/reset-password#").expect("a link").1;
    rest.split_whitespace().next().unwrap().to_owned()
}

async fn link(app: &TestApp, member: &Member) -> String {
    forget(app, &member.email).await.expect(204);
    token(app.mails_to(&member.email).await.last().expect("a mail"))
}

async fn a_link_sets_a_new_password_once(app: TestApp) {
    let owner = app.owner().await;
    forget(&app, &owner.email.to_uppercase()).await.expect(204);
    let mail = app.mail_to(&owner.email).await;
    assert_eq!(mail.subject, "Restablezca su contraseña");
    assert!(mail.html.contains(&format!("/reset-password#{}\"", token(&mail))));
    reset(&app, &token(&mail), NEW).await.no_content();
    log_in(&app, &owner.email, PASSWORD).await.problem(401, "invalid_credentials");
    log_in(&app, &owner.email, NEW).await.ok();
    owner.get("/api/auth/me").await.problem(401, "session_expired");
    reset(&app, &token(&mail), PASSWORD).await.problem(410, "link_expired");
    log_in(&app, &owner.email, NEW).await.ok();
    let notice = app.mails_to(&owner.email).await.pop().unwrap();
    assert_eq!(notice.subject, "Su contraseña se cambió");
    assert_eq!(app.activities("password.forgotten").await.len(), 1);
    let entries = app.activities("password.reset").await;
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].user_id, Some(owner.user));
    let stored: String = app.value("SELECT hash FROM password_resets").await;
    assert_ne!(stored, token(&mail));
}

async fn nobody_learns_whether_an_email_has_an_account(app: TestApp) {
    let owner = app.owner().await;
    let unknown = forget(&app, "nadie@firma.test").await.expect(204);
    let known = forget(&app, &owner.email).await.expect(204);
    assert_eq!(unknown.text, known.text);
    app.mail_to(&owner.email).await;
    assert_eq!(app.count("password_resets").await, 1);
    forget(&app, "no es un correo").await.invalid("email", "invalid_email");
}

async fn a_link_is_good_for_an_hour(app: TestApp) {
    let owner = app.owner().await;
    let late = link(&app, &owner).await;
    app.advance(TimeDelta::minutes(59));
    let good = link(&app, &owner).await;
    app.advance(TimeDelta::minutes(1));
    reset(&app, &late, NEW).await.problem(410, "link_expired");
    reset(&app, &good, NEW).await.no_content();
}

async fn a_link_is_useless_once_the_account_is_closed(app: TestApp) {
    let owner = app.owner().await;
    let token = link(&app, &owner).await;
    app.change_user(owner.user, |user| user.is_active = false).await;
    reset(&app, &token, NEW).await.problem(410, "link_expired");
}

async fn a_closed_account_gets_no_link(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    app.change_user(owner.user, |user| user.is_active = false).await;
    forget(&app, &owner.email).await.expect(204);
    forget(&app, &other.email).await.expect(204);
    app.mail_to(&other.email).await;
    assert_eq!(app.mails_to(&owner.email).await.len(), 0);
}

/// A colleague of the owner who works nowhere else.
async fn colleague(app: &TestApp) -> (Member, Member) {
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Member).await;
    (owner, member)
}

async fn deactivate(owner: &Member, member: &Member) {
    owner.post(&format!("/api/team/{}/deactivate", member.user), json!({})).await.ok();
}

async fn whom_no_firm_lets_in_any_more_gets_no_link(app: TestApp) {
    let (owner, member) = colleague(&app).await;
    deactivate(&owner, &member).await;
    let (unknown, known) =
        (forget(&app, "nadie@firma.test").await, forget(&app, &member.email).await);
    assert_eq!((unknown.status, &unknown.text), (known.status, &known.text));
    assert_eq!(app.mails_to(&member.email).await.len(), 0);
    assert_eq!(app.count("password_resets").await, 0);
    // Back in the firm, they get one.
    owner.post(&format!("/api/team/{}/reactivate", member.user), json!({})).await.ok();
    let token = link(&app, &member).await;
    reset(&app, &token, NEW).await.no_content();
    log_in(&app, &member.email, NEW).await.ok();
}

async fn a_link_is_useless_once_no_firm_lets_its_owner_in(app: TestApp) {
    let (owner, member) = colleague(&app).await;
    let token = link(&app, &member).await;
    deactivate(&owner, &member).await;
    reset(&app, &token, NEW).await.problem(410, "link_expired");
    // Not even whether the password would do is told.
    reset(&app, &token, "aaaaaaaaaaaaaa").await.problem(410, "link_expired");
    assert_eq!(app.activities("password.reset").await.len(), 0);
    log_in(&app, &member.email, NEW).await.problem(401, "invalid_credentials");
}

async fn who_is_asked_to_join_another_firm_gets_a_link(app: TestApp) {
    let (owner, member) = colleague(&app).await;
    let other = app.owner().await;
    deactivate(&owner, &member).await;
    let invitation = json!({ "email": member.email, "role": "viewer" });
    let invitation = other.post("/api/team/invitations", invitation).await.created();
    let token = link(&app, &member).await;
    let path = format!("/api/team/invitations/{}", invitation["id"].as_str().unwrap());
    other.delete(&path).await.no_content();
    reset(&app, &token, NEW).await.problem(410, "link_expired");
    let again = json!({ "email": member.email, "role": "viewer" });
    other.post("/api/team/invitations", again).await.created();
    reset(&app, &token, NEW).await.no_content();
}

async fn whoever_runs_the_platform_needs_no_firm_for_a_link(app: TestApp) {
    let (owner, member) = colleague(&app).await;
    app.change_user(member.user, |user| user.is_staff = true).await;
    deactivate(&owner, &member).await;
    let token = link(&app, &member).await;
    reset(&app, &token, NEW).await.no_content();
}

async fn a_weak_password_leaves_the_link_good(app: TestApp) {
    let owner = app.owner().await;
    let token = link(&app, &owner).await;
    reset(&app, &token, "corta").await.invalid("password", "password_too_short");
    reset(&app, &token, "aaaaaaaaaaaaaa").await.invalid("password", "password_weak");
    reset(&app, &token, &owner.email).await.invalid("password", "password_weak");
    reset(&app, &token, NEW).await.no_content();
}

async fn one_of_two_resets_at_once_wins(app: TestApp) {
    let owner = app.owner().await;
    let token = link(&app, &owner).await;
    let other = "monte-arena-relampago-55";
    let (a, b) = tokio::join!(reset(&app, &token, NEW), reset(&app, &token, other));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 410]);
    let winner = if a.status == 204 { NEW } else { other };
    log_in(&app, &owner.email, winner).await.ok();
}

async fn an_older_link_goes_with_the_one_that_was_used(app: TestApp) {
    let owner = app.owner().await;
    let older = link(&app, &owner).await;
    let newer = link(&app, &owner).await;
    reset(&app, &newer, NEW).await.no_content();
    reset(&app, &older, PASSWORD).await.problem(410, "link_expired");
}

async fn changing_the_password_makes_links_useless(app: TestApp) {
    let owner = app.owner().await;
    let token = link(&app, &owner).await;
    let body = json!({ "current_password": PASSWORD, "new_password": NEW });
    owner.post("/api/auth/password/change", body).await.no_content();
    reset(&app, &token, PASSWORD).await.problem(410, "link_expired");
    let notice = app.mails_to(&owner.email).await.pop().unwrap();
    assert_eq!(notice.subject, "Su contraseña se cambió");
}

async fn a_made_up_link_is_refused(app: TestApp) {
    app.owner().await;
    for token in ["x", "' OR 1=1 --", "\u{1f511}"] {
        reset(&app, token, NEW).await.problem(410, "link_expired");
    }
    reset(&app, "", NEW).await.invalid("token", "required");
}

async fn links_speak_the_language_that_was_asked_for(app: TestApp) {
    let owner = app.owner().await;
    let body = json!({ "email": owner.email });
    let english = app.client.with("Accept-Language", "en");
    english.post("/api/auth/password/forgot", body).await.expect(204);
    let mail = app.mail_to(&owner.email).await;
    assert_eq!(mail.subject, "Reset your password");
    assert!(mail.text.starts_with("Hello Dueña "), "{}", mail.text);
    assert!(mail.html.contains("<html lang=\"en\">"), "{}", mail.html);
    assert_eq!(mail.from, "Ebenezer <no-reply@localhost>");
}

async fn reset_mails_are_limited_per_email(setup: Setup) {
    let app = setup.set("RATE_LIMIT_PASSWORD_RESET", "3").start().await;
    for _ in 0..3 {
        forget(&app, "a@firma.test").await.expect(204);
    }
    forget(&app, "A@firma.test").await.problem(429, "rate_limited");
    forget(&app, "b@firma.test").await.expect(204);
}

async fn a_login_that_a_new_password_overtakes_is_refused(app: TestApp) {
    let owner = app.owner().await;
    let before = app.count("sessions").await;
    let changed = "UPDATE users SET password_hash = 'of another password'";
    let reply = meanwhile(&app, changed, log_in(&app, &owner.email, PASSWORD)).await;
    reply.problem(401, "invalid_credentials");
    assert_eq!(app.count("sessions").await, before);
}
