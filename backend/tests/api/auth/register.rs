//! `POST /api/auth/register`

use crate::support::fixtures::registration;
use crate::support::{TestApp, Value, json};

db_tests! {
    a_firm_registers_and_its_owner_is_logged_in,
    each_product_can_be_registered,
    an_email_registers_once_whatever_its_case,
    a_subdomain_is_taken_once,
    what_breaks_a_rule_is_named_and_leaves_nothing,
    of_two_at_once_with_one_email_one_registers,
    of_two_at_once_with_one_subdomain_one_registers,
}

async fn a_firm_registers_and_its_owner_is_logged_in(app: TestApp) {
    let body = registration("tax");
    let reply = app.client.post("/api/auth/register", body.clone()).await.expect(201);
    assert_eq!(reply.header("location"), "/api/auth/me");
    assert_eq!(reply.header("cache-control"), "no-store");
    assert!(!reply.headers.contains_key("set-cookie"));
    let answer = reply.json();
    assert_eq!(answer["token_type"], "Bearer");
    assert_eq!(answer["expires_in"], 900);
    assert_eq!(answer["user"]["email"], body["email"]);
    assert_eq!(answer["user"]["full_name"], body["full_name"]);
    assert_eq!(answer["user"]["locale"], "es");
    assert_eq!(answer["user"]["is_staff"], false);
    let tenant = &answer["tenant"];
    assert_eq!(tenant["company"], body["company"]);
    assert_eq!(tenant["subdomain"], body["subdomain"]);
    assert_eq!(tenant["product"], "tax");
    assert_eq!(tenant["status"], "active");
    assert_eq!(tenant["role"], "owner");
    assert_eq!(tenant["time_zone"], "America/Bogota");
    let has = |list: &Value, name: &str| list.as_array().unwrap().contains(&json!(name));
    assert!(has(&tenant["modules"], "cases") && !has(&tenant["modules"], "requests"));
    assert!(has(&tenant["permissions"], "contacts.delete"));
    assert!(!has(&tenant["permissions"], "requests.view"), "the product lacks the module");
    assert_eq!(answer["tenants"].as_array().unwrap().len(), 1);

    let owner = app.member_of(&answer);
    assert_eq!(owner.get("/api/auth/me").await.ok()["user"], answer["user"]);
    assert_eq!(app.tenant(owner.tenant).await.plan_key, "free");
    let activity = app.activities("tenant.registered").await;
    assert_eq!(activity.len(), 1);
    assert_eq!(
        (activity[0].user_id, activity[0].tenant_id),
        (Some(owner.user), Some(owner.tenant))
    );
    assert_eq!(activity[0].details["company"], body["company"]);
    let team = owner.get("/api/team").await.ok();
    assert_eq!(team["items"][0]["full_name"], body["full_name"]);
}

async fn each_product_can_be_registered(app: TestApp) {
    let products = app.client.get("/api/products").await.ok();
    for product in products["items"].as_array().unwrap() {
        let owner = app.register(product["key"].as_str().unwrap()).await;
        let me = owner.get("/api/auth/me").await.ok();
        assert_eq!(me["tenant"]["product"], product["key"]);
        assert_eq!(me["tenant"]["modules"], product["modules"]);
    }
}

async fn an_email_registers_once_whatever_its_case(app: TestApp) {
    let first = registration("tax");
    app.client.post("/api/auth/register", first.clone()).await.created();
    let before = app.counts().await;
    let mut second = registration("tax");
    second["email"] = first["email"].as_str().unwrap().to_uppercase().into();
    let reply = app.client.post("/api/auth/register", second).await;
    reply.field(409, "email_taken", "email", "taken");
    assert_eq!(app.counts().await, before);
}

async fn a_subdomain_is_taken_once(app: TestApp) {
    let first = registration("tax");
    app.client.post("/api/auth/register", first.clone()).await.created();
    let before = app.counts().await;
    let mut second = registration("legal");
    second["subdomain"] = first["subdomain"].clone();
    let reply = app.client.post("/api/auth/register", second).await;
    reply.field(409, "subdomain_taken", "subdomain", "taken");
    assert_eq!(app.counts().await, before);
}

async fn what_breaks_a_rule_is_named_and_leaves_nothing(app: TestApp) {
    let before = app.counts().await;
    let cases = [
        ("company", json!(" "), "required"),
        ("company", json!("x".repeat(151)), "too_long"),
        ("company", json!("a\u{1b}[31m"), "control_characters"),
        ("company", json!(7), "wrong_type"),
        ("subdomain", json!("portal"), "reserved_subdomain"),
        ("subdomain", json!("www"), "reserved_subdomain"),
        ("subdomain", json!("api"), "reserved_subdomain"),
        ("subdomain", json!("admin"), "reserved_subdomain"),
        ("subdomain", json!("app"), "reserved_subdomain"),
        ("subdomain", json!("docs"), "reserved_subdomain"),
        ("subdomain", json!("Con Espacio"), "invalid_subdomain"),
        ("subdomain", json!("ab"), "invalid_subdomain"),
        ("product", json!("spaceship"), "unknown_product"),
        ("full_name", json!(""), "required"),
        ("email", json!("nobody"), "invalid_email"),
        ("email", json!("a@b.co\u{0}"), "invalid_email"),
        ("password", json!("corta"), "password_too_short"),
        ("password", json!("password1234"), "password_weak"),
        ("password", json!("aaaaaaaaaaaaaaa"), "password_weak"),
        ("password", json!("x".repeat(201)), "too_long"),
        ("cookie", json!("yes"), "wrong_type"),
        ("is_staff", json!(true), "unknown_field"),
        ("role", json!("owner"), "unknown_field"),
    ];
    for (field, value, why) in cases {
        let mut body = registration("tax");
        body[field] = value;
        app.client.post("/api/auth/register", body).await.invalid(field, why);
    }
    for field in ["company", "subdomain", "product", "full_name", "email", "password"] {
        let mut body = registration("tax");
        body.as_object_mut().unwrap().remove(field);
        app.client.post("/api/auth/register", body).await.invalid(field, "required");
    }
    let mut own_data = registration("tax");
    own_data["company"] = "Contadores Asociados".into();
    own_data["password"] = "contadoresasociados".into();
    app.client.post("/api/auth/register", own_data).await.invalid("password", "password_weak");
    assert_eq!(app.counts().await, before);
}

async fn of_two_at_once_with_one_email_one_registers(app: TestApp) {
    let (a, mut b) = (registration("tax"), registration("tax"));
    b["email"] = a["email"].clone();
    let (a, b) = tokio::join!(
        app.client.post("/api/auth/register", a),
        app.client.post("/api/auth/register", b),
    );
    let (won, lost) = if a.status == 201 { (a, b) } else { (b, a) };
    won.created();
    lost.field(409, "email_taken", "email", "taken");
    for table in ["tenants", "users", "memberships", "staff", "sessions"] {
        assert_eq!(app.count(table).await, 1, "{table}");
    }
}

async fn of_two_at_once_with_one_subdomain_one_registers(app: TestApp) {
    let (a, mut b) = (registration("tax"), registration("tax"));
    b["subdomain"] = a["subdomain"].clone();
    let (a, b) = tokio::join!(
        app.client.post("/api/auth/register", a),
        app.client.post("/api/auth/register", b),
    );
    let (won, lost) = if a.status == 201 { (a, b) } else { (b, a) };
    won.created();
    lost.field(409, "subdomain_taken", "subdomain", "taken");
    for table in ["tenants", "users", "memberships", "staff", "sessions"] {
        assert_eq!(app.count(table).await, 1, "{table}");
    }
}
