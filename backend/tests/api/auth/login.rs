//! `POST /api/auth/login`

use crate::support::{Client, PASSWORD, Reply, TestApp, Value, json};
use ebenezer::platform::tenant::Status;
use ebenezer_shared::permission::Role;

db_tests! {
    the_right_password_logs_in,
    an_email_is_known_in_any_case,
    wrong_password_unknown_email_and_inactive_user_answer_alike,
    a_firm_is_chosen_by_id_or_subdomain,
    the_last_firm_is_entered_again,
    a_user_without_a_firm_is_no_member,
    platform_staff_need_no_firm,
    a_paused_firm_is_entered,
    closed_firms_are_not_entered,
    an_open_firm_is_preferred_to_a_closed_one,
    a_former_member_does_not_enter,
}

async fn login(client: &Client, email: &str, tenant: Value) -> Reply {
    let mut body = json!({ "email": email, "password": PASSWORD, "cookie": false });
    if !tenant.is_null() {
        body["tenant"] = tenant;
    }
    client.post("/api/auth/login", body).await
}

async fn the_right_password_logs_in(app: TestApp) {
    let owner = app.owner().await;
    let answer = login(&app.client, &owner.email, Value::Null).await.ok();
    assert_eq!(answer["token_type"], "Bearer");
    assert_eq!(answer["expires_in"], 900);
    assert_eq!(answer["user"]["email"], owner.email);
    assert_eq!(answer["tenant"]["id"], owner.tenant.to_string());
    assert!(answer["refresh_token"].as_str().unwrap().len() >= 43);
    let member = app.member_of(&answer);
    member.get("/api/contacts").await.ok();
    assert_ne!(member.session, owner.session);
    let entries = app.activities("login").await;
    assert_eq!(entries.len(), 1);
    assert_eq!((entries[0].user_id, entries[0].tenant_id), (Some(owner.user), Some(owner.tenant)));
    assert_eq!(entries[0].ip, "127.0.0.1");
    let raw: String = app.value("SELECT hash FROM refresh_tokens LIMIT 1").await;
    assert!(raw != member.refresh_token && raw != owner.refresh_token, "stored hashed");
    let hash: String = app.value("SELECT password_hash FROM users").await;
    assert!(hash.starts_with("$argon2id$"));
}

async fn an_email_is_known_in_any_case(app: TestApp) {
    let owner = app.owner().await;
    let shouted = format!("  {} ", owner.email.to_uppercase());
    let answer = login(&app.client, &shouted, Value::Null).await.ok();
    assert_eq!(answer["user"]["email"], owner.email);
}

async fn wrong_password_unknown_email_and_inactive_user_answer_alike(app: TestApp) {
    let (owner, gone) = (app.owner().await, app.owner().await);
    app.change_user(gone.user, |user| user.is_active = false).await;
    let mut answers = Vec::new();
    for (email, password) in [
        (owner.email.as_str(), "no-es-la-clave"),
        ("nadie@firma.test", PASSWORD),
        (gone.email.as_str(), PASSWORD),
        ("' OR 1=1 --", PASSWORD),
    ] {
        let body = json!({ "email": email, "password": password });
        let reply = app.client.post("/api/auth/login", body).await;
        assert!(!reply.headers.contains_key("set-cookie"));
        let mut problem = reply.problem(401, "invalid_credentials");
        problem["request_id"] = Value::Null;
        answers.push(problem);
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    let failed = app.activities("login.failed").await;
    assert_eq!(failed.len(), 4);
    assert_eq!(failed[0].user_id, Some(owner.user));
    assert_eq!(failed[1].user_id, None);
    gone.get("/api/auth/me").await.problem(401, "session_expired");
    let unwritable = json!({ "email": "nadie\u{0}@firma.test", "password": PASSWORD });
    let reply = app.client.post("/api/auth/login", unwritable).await;
    reply.invalid("email", "control_characters");
}

async fn a_firm_is_chosen_by_id_or_subdomain(app: TestApp) {
    let (owner, other, foreign) = (app.owner().await, app.owner().await, app.owner().await);
    let user = ebenezer::platform::user::by_id(&app.db, owner.user).await.unwrap().unwrap();
    app.join(other.tenant, &user, Role::Viewer).await;
    let subdomain = app.tenant(other.tenant).await.subdomain;
    for name in [other.tenant.to_string(), subdomain.clone(), subdomain.to_uppercase()] {
        let answer = login(&app.client, &owner.email, json!(name)).await.ok();
        assert_eq!(answer["tenant"]["id"], other.tenant.to_string());
        assert_eq!(answer["tenant"]["role"], "viewer");
        assert_eq!(answer["tenants"].as_array().unwrap().len(), 2);
    }
    for name in [foreign.tenant.to_string(), "nowhere".to_owned(), uuid::Uuid::now_v7().to_string()]
    {
        login(&app.client, &owner.email, json!(name)).await.problem(403, "not_a_member");
    }
}

async fn the_last_firm_is_entered_again(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let user = ebenezer::platform::user::by_id(&app.db, owner.user).await.unwrap().unwrap();
    app.join(other.tenant, &user, Role::Member).await;
    for tenant in [other.tenant, owner.tenant] {
        login(&app.client, &owner.email, json!(tenant)).await.ok();
        let again = login(&app.client, &owner.email, Value::Null).await.ok();
        assert_eq!(again["tenant"]["id"], tenant.to_string());
    }
}

async fn a_user_without_a_firm_is_no_member(app: TestApp) {
    let user = app.add_user().await;
    login(&app.client, &user.email, Value::Null).await.problem(403, "not_a_member");
}

async fn platform_staff_need_no_firm(app: TestApp) {
    let user = app.add_user().await;
    app.change_user(user.id, |user| user.is_staff = true).await;
    let answer = login(&app.client, &user.email, Value::Null).await.ok();
    assert_eq!(answer["tenant"], Value::Null);
    let staff = app.member_of(&answer);
    assert_eq!(staff.get("/api/auth/me").await.ok()["user"]["is_staff"], true);
    staff.get("/api/contacts").await.problem(403, "not_a_member");
}

async fn a_paused_firm_is_entered(app: TestApp) {
    let owner = app.owner().await;
    app.change_tenant(owner.tenant, |tenant| tenant.status = Status::Paused).await;
    let answer = login(&app.client, &owner.email, Value::Null).await.ok();
    assert_eq!(answer["tenant"]["status"], "paused");
    assert_eq!(answer["tenants"][0]["status"], "paused");
}

async fn closed_firms_are_not_entered(app: TestApp) {
    for (status, code) in
        [(Status::Suspended, "tenant_suspended"), (Status::Cancelled, "tenant_cancelled")]
    {
        let owner = app.owner().await;
        app.change_tenant(owner.tenant, |tenant| tenant.status = status).await;
        login(&app.client, &owner.email, Value::Null).await.problem(403, code);
        login(&app.client, &owner.email, json!(owner.tenant)).await.problem(403, code);
        // Platform staff look after closed firms.
        app.change_user(owner.user, |user| user.is_staff = true).await;
        login(&app.client, &owner.email, Value::Null).await.ok();
    }
}

async fn an_open_firm_is_preferred_to_a_closed_one(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let user = ebenezer::platform::user::by_id(&app.db, owner.user).await.unwrap().unwrap();
    app.join(other.tenant, &user, Role::Member).await;
    app.change_tenant(owner.tenant, |tenant| tenant.status = Status::Suspended).await;
    let answer = login(&app.client, &owner.email, Value::Null).await.ok();
    assert_eq!(answer["tenant"]["id"], other.tenant.to_string());
}

async fn a_former_member_does_not_enter(app: TestApp) {
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Member).await;
    member.get("/api/contacts").await.ok();
    app.end_membership(member.user, owner.tenant).await;
    login(&app.client, &member.email, Value::Null).await.problem(403, "not_a_member");
    member.get("/api/contacts").await.problem(403, "not_a_member");
    owner.get("/api/contacts").await.ok();
}
