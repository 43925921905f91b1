//! Following the link of an invitation.

use crate::support::fixtures::id;
use crate::support::mail::Mail;
use crate::support::{Member, PASSWORD, Reply, TestApp, Value, json};
use chrono::TimeDelta;
use ebenezer::platform::tenant::Status;
use ebenezer_shared::permission::Role;

db_tests! {
    a_newcomer_gets_an_account_and_is_in,
    who_has_an_account_joins_with_its_password,
    a_second_factor_is_asked_for_as_at_a_login,
    an_account_is_neither_shown_nor_changed,
    a_link_works_once,
    one_of_two_acceptances_at_once_wins,
    a_link_is_good_for_seven_days,
    a_made_up_link_is_refused,
    what_breaks_a_rule_leaves_the_link_good,
    a_link_goes_with_whoever_sent_it,
    a_closed_firm_takes_nobody,
    a_full_firm_takes_nobody,
    a_department_that_went_is_none,
    who_was_removed_comes_back_as_what_they_are_invited,
    tries_are_limited_like_logins,
}

const EMAIL: &str = "nueva@firma.test";
const NEW: &str = "ventana-nube-sendero-38";

/// What stands behind the hash sign of the link.
pub fn token(mail: &Mail) -> String {
    let rest = mail.text.split_once("/accept-invitation#").expect("a link").1;
    rest.split_whitespace().next().unwrap().to_owned()
}

pub async fn look(app: &TestApp, token: &str) -> Reply {
    app.client.post("/api/auth/invitations/look", json!({ "token": token })).await
}

async fn accept(app: &TestApp, token: &str, password: &str) -> Reply {
    let body = json!({
        "token": token, "full_name": "Camila Reyes", "password": password, "cookie": false,
    });
    app.client.post("/api/auth/invitations/accept", body).await
}

/// The token of an invitation that was just mailed.
async fn invited(app: &TestApp, by: &Member, email: &str, more: Value) -> String {
    let body = crate::support::crm::merged(json!({ "email": email, "role": "member" }), more);
    by.post("/api/team/invitations", body).await.created();
    token(app.mails_to(email).await.last().expect("a mail"))
}

async fn a_newcomer_gets_an_account_and_is_in(app: TestApp) {
    let owner = app.owner().await;
    let department = owner.department("Nómina", "NOM").await;
    let more = json!({ "department_id": department, "extra_permissions": ["departments.add"] });
    let token = invited(&app, &owner, EMAIL, more).await;
    let offer = look(&app, &token).await.ok();
    let me = owner.get("/api/auth/me").await.ok();
    assert_eq!(offer["company"], me["tenant"]["company"]);
    assert_eq!(offer["invited_by"], me["user"]["full_name"]);
    assert_eq!(
        (&offer["email"], &offer["role"]["key"], &offer["has_account"]),
        (&json!(EMAIL), &json!("member"), &json!(false))
    );
    let answer = accept(&app, &token, NEW).await.ok();
    assert_eq!(answer["user"]["full_name"], "Camila Reyes");
    assert_eq!(answer["tenant"]["id"], owner.tenant.to_string());
    let member = app.member_of(&answer);
    member.contact("Ana Ruiz", json!({ "owner_id": member.user })).await;
    member.post("/api/departments", json!({ "name": "Otro", "code": "O" })).await.created();
    member.post("/api/team/invitations", json!({})).await.problem(403, "permission_required");
    let seat = owner.get(&format!("/api/team/{}", member.user)).await.ok();
    assert_eq!(seat["department"]["id"], department.to_string());
    assert_ne!(seat["last_login_at"], Value::Null);
    assert_eq!(owner.get("/api/team/invitations").await.ok()["total"], 0);
    let login = json!({ "email": EMAIL, "password": NEW, "cookie": false });
    app.client.post("/api/auth/login", login).await.ok();
    let joined = app.audit(owner.tenant).await;
    let joined = joined.iter().find(|entry| entry.action == "member.create").expect("an entry");
    assert_eq!(joined.actor_id, Some(member.user));
    assert_eq!(app.activities("invitation.accepted").await[0].user_id, Some(member.user));
}

async fn who_has_an_account_joins_with_its_password(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let token = invited(&app, &owner, &other.email.to_uppercase(), Value::Null).await;
    assert_eq!(look(&app, &token).await.ok()["has_account"], true);
    let body = json!({ "token": token, "password": PASSWORD, "cookie": false });
    let answer = app.client.post("/api/auth/invitations/accept", body).await.ok();
    assert_eq!(answer["user"]["id"], other.user.to_string());
    assert_eq!(answer["tenant"]["id"], owner.tenant.to_string());
    assert_eq!(answer["tenants"].as_array().unwrap().len(), 2);
    assert_eq!(app.count("users").await, 2);
    other.get("/api/contacts").await.ok();
}

async fn a_second_factor_is_asked_for_as_at_a_login(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let (authenticator, _) = app.enrol(&other).await;
    let token = invited(&app, &owner, &other.email, Value::Null).await;
    accept(&app, &token, PASSWORD).await.problem(401, "mfa_required");
    let mut body = json!({ "token": token, "password": PASSWORD, "totp_code": "000000" });
    let path = "/api/auth/invitations/accept";
    app.client.post(path, body.clone()).await.problem(401, "mfa_code_wrong");
    assert_eq!(app.activities("login.failed").await.len(), 1);
    body["totp_code"] = authenticator.code(app.clock.now()).into();
    let answer = app.client.post(path, body).await.ok();
    assert_eq!(answer["tenant"]["id"], owner.tenant.to_string());
}

async fn an_account_is_neither_shown_nor_changed(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let before = app.user(other.user).await;
    let token = invited(&app, &owner, &other.email, Value::Null).await;
    accept(&app, &token, NEW).await.problem(401, "invalid_credentials");
    assert_eq!(app.user(other.user).await, before);
    assert_eq!(app.activities("login.failed").await.len(), 1);
    look(&app, &token).await.ok();
    app.change_user(other.user, |user| user.is_active = false).await;
    accept(&app, &token, PASSWORD).await.problem(401, "invalid_credentials");
    app.change_user(other.user, |user| user.is_active = true).await;
    let answer = accept(&app, &token, PASSWORD).await.ok();
    assert_eq!(answer["user"]["full_name"], before.full_name, "the account keeps its name");
}

async fn a_link_works_once(app: TestApp) {
    let owner = app.owner().await;
    let token = invited(&app, &owner, EMAIL, Value::Null).await;
    accept(&app, &token, NEW).await.ok();
    accept(&app, &token, NEW).await.problem(410, "invitation_used");
    look(&app, &token).await.problem(410, "invitation_used");
    assert_eq!(owner.get("/api/team").await.ok()["total"], 2);
}

async fn one_of_two_acceptances_at_once_wins(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let token = invited(&app, &owner, EMAIL, Value::Null).await;
    let elsewhere = invited(&app, &other, EMAIL, Value::Null).await;
    let (a, b) = tokio::join!(accept(&app, &token, NEW), accept(&app, &token, NEW));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410], "{} {}", a.text, b.text);
    assert_eq!(owner.get("/api/team").await.ok()["total"], 2);
    accept(&app, &elsewhere, NEW).await.ok();
    assert_eq!(app.count("users").await, 3);
}

async fn a_link_is_good_for_seven_days(app: TestApp) {
    let owner = app.owner().await;
    let late = invited(&app, &owner, "tarde@firma.test", Value::Null).await;
    app.advance(TimeDelta::minutes(5));
    let good = invited(&app, &owner, EMAIL, Value::Null).await;
    app.advance(TimeDelta::days(7) - TimeDelta::minutes(5));
    look(&app, &late).await.problem(410, "invitation_expired");
    accept(&app, &late, NEW).await.problem(410, "invitation_expired");
    accept(&app, &good, NEW).await.ok();
}

async fn a_made_up_link_is_refused(app: TestApp) {
    app.owner().await;
    for token in ["x", "' OR 1=1 --", "\u{1f511}"] {
        look(&app, token).await.problem(410, "link_expired");
        accept(&app, token, NEW).await.problem(410, "link_expired");
    }
    look(&app, "").await.invalid("token", "required");
}

async fn what_breaks_a_rule_leaves_the_link_good(app: TestApp) {
    let owner = app.owner().await;
    let token = invited(&app, &owner, EMAIL, Value::Null).await;
    let counts = app.counts().await;
    for (field, value, why) in [
        ("password", json!("corta"), "password_too_short"),
        ("password", json!("aaaaaaaaaaaaaa"), "password_weak"),
        ("password", json!(EMAIL), "password_weak"),
        ("password", json!(""), "required"),
        ("full_name", json!(" "), "required"),
        ("full_name", json!("x".repeat(151)), "too_long"),
        ("full_name", Value::Null, "required"),
        ("role", json!("owner"), "unknown_field"),
    ] {
        let mut body = json!({ "token": token, "full_name": "Camila", "password": NEW });
        body[field] = value;
        app.client.post("/api/auth/invitations/accept", body).await.invalid(field, why);
    }
    assert_eq!(app.counts().await, counts);
    accept(&app, &token, NEW).await.ok();
}

async fn a_link_goes_with_whoever_sent_it(app: TestApp) {
    let owner = app.owner().await;
    let admin = app.member(owner.tenant, Role::Admin).await;
    let seat = format!("/api/team/{}", admin.user);
    let by_admin = invited(&app, &admin, EMAIL, json!({ "role": "admin" })).await;
    let by_owner = invited(&app, &owner, "otra@firma.test", Value::Null).await;
    owner.patch(&seat, json!({ "role": "manager" })).await.ok();
    look(&app, &by_admin).await.problem(410, "invitation_revoked");
    accept(&app, &by_admin, NEW).await.problem(410, "invitation_revoked");
    owner.patch(&seat, json!({ "role": "admin" })).await.ok();
    look(&app, &by_admin).await.ok();
    owner.post(&format!("{seat}/deactivate"), json!({})).await.ok();
    owner.post(&format!("{seat}/reactivate"), json!({})).await.ok();
    accept(&app, &by_admin, NEW).await.problem(410, "invitation_revoked");
    assert_eq!(owner.get("/api/team/invitations").await.ok()["total"], 1);
    accept(&app, &by_owner, NEW).await.ok();
}

async fn a_closed_firm_takes_nobody(app: TestApp) {
    let owner = app.owner().await;
    let token = invited(&app, &owner, EMAIL, Value::Null).await;
    for (status, code) in [
        (Status::Paused, "tenant_paused"),
        (Status::Suspended, "tenant_suspended"),
        (Status::Cancelled, "tenant_cancelled"),
    ] {
        app.change_tenant(owner.tenant, |tenant| tenant.status = status).await;
        look(&app, &token).await.problem(403, code);
        accept(&app, &token, NEW).await.problem(403, code);
    }
    app.change_tenant(owner.tenant, |tenant| tenant.status = Status::Active).await;
    accept(&app, &token, NEW).await.ok();
}

async fn a_full_firm_takes_nobody(app: TestApp) {
    let owner = app.owner().await;
    let token = invited(&app, &owner, EMAIL, Value::Null).await;
    for _ in 0..4 {
        app.member(owner.tenant, Role::Viewer).await;
    }
    let full = accept(&app, &token, NEW).await.problem(402, "plan_limit");
    assert_eq!((&full["limit"], &full["used"]), (&json!(5), &json!(5)));
    assert_eq!(
        app.value::<i64>("SELECT count(*) FROM users WHERE email = 'nueva@firma.test'").await,
        0
    );
    app.change_tenant(owner.tenant, |tenant| tenant.plan_key = "starter".to_owned()).await;
    accept(&app, &token, NEW).await.ok();
}

async fn a_department_that_went_is_none(app: TestApp) {
    let owner = app.owner().await;
    let department = owner.department("Nómina", "NOM").await;
    let token = invited(&app, &owner, EMAIL, json!({ "department_id": department })).await;
    owner.delete(&format!("/api/departments/{department}")).await.no_content();
    let answer = accept(&app, &token, NEW).await.ok();
    let seat = owner.get(&format!("/api/team/{}", id(&answer["user"]))).await.ok();
    assert_eq!(seat["department"], Value::Null);
}

async fn who_was_removed_comes_back_as_what_they_are_invited(app: TestApp) {
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Admin).await;
    let contact = owner.contact("Ana Ruiz", json!({ "owner_id": member.user })).await;
    owner.delete(&format!("/api/team/{}", member.user)).await.no_content();
    let token = invited(&app, &owner, &member.email, json!({ "role": "viewer" })).await;
    let answer = accept(&app, &token, PASSWORD).await.ok();
    assert_eq!(answer["tenant"]["role"], "viewer");
    let back = app.member_of(&answer);
    assert_eq!(back.user, member.user);
    let path = format!("/api/contacts/{}", id(&contact));
    back.get(&path).await.ok();
    owner.patch(&path, json!({ "owner_id": member.user, "notes": "x" })).await.ok();
}

async fn tries_are_limited_like_logins(setup: crate::support::Setup) {
    let app = setup.set("RATE_LIMIT_LOGIN", "4").start().await;
    let (owner, other) = (app.owner().await, app.owner().await);
    let token = invited(&app, &owner, &other.email, Value::Null).await;
    for _ in 0..3 {
        accept(&app, &token, NEW).await.problem(401, "invalid_credentials");
    }
    accept(&app, &token, PASSWORD).await.problem(429, "rate_limited");
}
