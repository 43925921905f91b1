//! `GET` and `PATCH /api/tenant`: what a firm says of itself and decides for its people.

use crate::support::{Member, PASSWORD, TestApp, Value, json};
use ebenezer_shared::permission::Role;

db_tests! {
    a_firm_reads_and_changes_its_settings,
    invitations_are_written_in_the_firms_language,
    a_lost_race_is_told,
    values_are_judged,
    who_asks_for_a_second_factor_has_one,
    without_a_second_factor_nothing_of_the_firm_is_seen,
    other_firms_go_on_without_it,
    only_who_may_changes_settings,
}

const PATH: &str = "/api/tenant";

async fn a_firm_reads_and_changes_its_settings(app: TestApp) {
    let owner = app.owner().await;
    app.member(owner.tenant, Role::Member).await;
    let before = owner.get(PATH).await.ok();
    assert_eq!(before["id"], owner.tenant.to_string());
    assert_eq!(
        (&before["time_zone"], &before["product"]),
        (&json!("America/Bogota"), &json!("tax"))
    );
    assert_eq!((&before["require_2fa"], &before["default_country"]), (&json!(false), &json!("US")));
    let plan = json!({
        "key": "free", "max_users": 5, "max_api_queries": 100,
        "max_storage_bytes": 1_073_741_824_u64, "expires_at": null,
    });
    assert_eq!(before["plan"], plan);
    assert_eq!(
        before["usage"],
        json!({ "users": 2, "pending_invitations": 0, "storage_bytes": 0 })
    );
    let body = json!({
        "company": "  Faro Contable ", "time_zone": "America/Mexico_City", "default_country": "co",
        "require_primary_corporation": true, "locale": "en",
    });
    let after = owner.patch(PATH, body).await.ok();
    assert_eq!(
        (&after["company"], &after["default_country"]),
        (&json!("Faro Contable"), &json!("CO"))
    );
    let me = owner.get("/api/auth/me").await.ok();
    assert_eq!(me["tenant"]["company"], "Faro Contable");
    assert_eq!(me["tenant"]["time_zone"], "America/Mexico_City");
    assert_eq!((&before["locale"], &me["tenant"]["locale"]), (&json!("es"), &json!("en")));
    let ana = json!({ "first_name": "Ana", "last_name": "Luz", "phone": "601 2345678" });
    owner.post("/api/contacts", ana).await.problem(409, "primary_required");
    let entries = app.audit(owner.tenant).await;
    let entry = entries.iter().find(|entry| entry.action == "tenant.update").expect("an entry");
    assert_eq!(entry.actor_id, Some(owner.user));
    assert_eq!(entry.changes["company"]["after"], "Faro Contable");
    for same in ["plan", "usage", "subdomain"] {
        assert_eq!(entry.changes.get(same), None, "{}", entry.changes);
    }
    let count = entries.len();
    owner.patch(PATH, json!({ "company": "Faro Contable" })).await.ok();
    assert_eq!(app.audit(owner.tenant).await.len(), count, "nothing changed");
    let cleared = owner.patch(PATH, json!({ "default_country": null })).await.ok();
    assert_eq!(cleared["default_country"], "US");
}

async fn invitations_are_written_in_the_firms_language(app: TestApp) {
    let owner = app.owner().await;
    owner.patch(PATH, json!({ "locale": "en" })).await.ok();
    let invite = |email: &'static str| json!({ "email": email, "role": "member" });
    let sent = owner.post("/api/team/invitations", invite("nueva@firma.test")).await.created();
    assert_eq!(sent["locale"], "en");
    assert!(app.mail_to("nueva@firma.test").await.subject.contains("invited"));
    assert_eq!(owner.get(PATH).await.ok()["usage"]["pending_invitations"], 1);
}

async fn a_lost_race_is_told(app: TestApp) {
    let owner = app.owner().await;
    let first = owner.get(PATH).await.expect(200);
    let known = owner.with("If-Match", first.header("etag"));
    let second = known.patch(PATH, json!({ "company": "Uno" })).await.expect(200);
    assert_ne!(first.header("etag"), second.header("etag"));
    known.patch(PATH, json!({ "company": "Dos" })).await.problem(412, "precondition_failed");
    assert_eq!(owner.get(PATH).await.ok()["company"], "Uno");
}

async fn values_are_judged(app: TestApp) {
    let owner = app.owner().await;
    for (body, field, why) in [
        (json!({ "company": null }), "company", "required"),
        (json!({ "company": " " }), "company", "required"),
        (json!({ "company": "x".repeat(151) }), "company", "too_long"),
        (json!({ "time_zone": "Marte/Olimpo" }), "time_zone", "invalid_time_zone"),
        (json!({ "time_zone": null }), "time_zone", "required"),
        (json!({ "default_country": "ZZ" }), "default_country", "invalid_country"),
        (json!({ "locale": "fr" }), "locale", "unknown_value"),
        (json!({ "locale": null }), "locale", "wrong_type"),
        (json!({ "require_2fa": null }), "require_2fa", "wrong_type"),
        (json!({ "subdomain": "otra" }), "subdomain", "unknown_field"),
        (json!({ "plan": "enterprise" }), "plan", "unknown_field"),
    ] {
        owner.patch(PATH, body).await.invalid(field, why);
    }
}

async fn require(owner: &Member) -> Value {
    owner.patch(PATH, json!({ "require_2fa": true })).await.ok()
}

async fn who_asks_for_a_second_factor_has_one(app: TestApp) {
    let owner = app.owner().await;
    let refused = owner.patch(PATH, json!({ "require_2fa": true })).await;
    refused.field(409, "mfa_not_enabled", "require_2fa", "own_second_factor_first");
    assert_eq!(owner.get(PATH).await.ok()["require_2fa"], false);
    app.enrol(&owner).await;
    assert_eq!(require(&owner).await["require_2fa"], true);
    owner.get("/api/contacts").await.ok();
    owner.patch(PATH, json!({ "require_2fa": false })).await.ok();
}

async fn without_a_second_factor_nothing_of_the_firm_is_seen(app: TestApp) {
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Admin).await;
    member.get("/api/contacts").await.ok();
    app.enrol(&owner).await;
    require(&owner).await;
    for path in ["/api/contacts", "/api/team", PATH] {
        member.get(path).await.problem(403, "mfa_enrolment_required");
    }
    let ana = json!({ "first_name": "Ana", "last_name": "Luz" });
    member.post("/api/contacts", ana).await.problem(403, "mfa_enrolment_required");
    member
        .patch(PATH, json!({ "require_2fa": false }))
        .await
        .problem(403, "mfa_enrolment_required");

    let body = json!({ "email": member.email, "password": PASSWORD, "cookie": false });
    let answer = app.client.post("/api/auth/login", body).await.ok();
    assert_eq!(answer["user"]["two_factor_required"], true);
    assert_eq!(answer["user"]["two_factor_enabled"], false);
    let again = app.member_of(&answer);
    again.get("/api/auth/sessions").await.ok();
    let me = again.get("/api/auth/me").await.ok();
    assert_eq!(me["user"]["two_factor_required"], true);
    again.get("/api/contacts").await.problem(403, "mfa_enrolment_required");

    let (_, codes) = app.enrol(&again).await;
    again.get("/api/contacts").await.ok();
    let body = json!({ "password": PASSWORD, "code": codes[0] });
    again.post("/api/auth/2fa/disable", body).await.no_content();
    again.get("/api/contacts").await.problem(403, "mfa_enrolment_required");
}

async fn other_firms_go_on_without_it(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let user = ebenezer::platform::user::by_id(&app.db, other.user).await.unwrap().unwrap();
    app.join(owner.tenant, &user, Role::Member).await;
    app.enrol(&owner).await;
    require(&owner).await;
    other.get("/api/contacts").await.ok();
    let there = other.with("X-Organization-ID", owner.tenant.to_string());
    there.get("/api/contacts").await.problem(403, "mfa_enrolment_required");
    assert_eq!(there.get("/api/auth/me").await.ok()["user"]["two_factor_required"], true);
    assert_eq!(other.get("/api/auth/me").await.ok()["user"]["two_factor_required"], false);
}

async fn only_who_may_changes_settings(app: TestApp) {
    let owner = app.owner().await;
    let manager = app.member(owner.tenant, Role::Manager).await;
    manager.get(PATH).await.ok();
    let refused = manager.patch(PATH, json!({ "company": "Mía" })).await;
    assert_eq!(
        refused.problem(403, "permission_required")["required_permission"],
        "settings.change"
    );
    let viewer = app.member(owner.tenant, Role::Viewer).await;
    viewer.get(PATH).await.problem(403, "permission_required");
}
