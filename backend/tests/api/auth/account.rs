//! One's own account: `me`, `switch`, `password/change`.

use crate::support::{Member, PASSWORD, Reply, TestApp, Value, json};
use ebenezer::platform::tenant::Status;
use ebenezer_shared::permission::Role;

db_tests! {
    everybody_sees_who_they_are,
    switching_enters_another_firm_of_ones_own,
    switching_to_a_foreign_firm_answers_as_to_an_unknown_one,
    switching_to_a_closed_firm_is_refused,
    a_new_password_replaces_the_old_one,
    changing_the_password_ends_the_other_sessions,
    the_present_password_is_needed,
    a_weak_new_password_is_refused,
    a_password_is_not_made_of_ones_own_data,
    the_present_password_is_no_new_one,
}

async fn everybody_sees_who_they_are(app: TestApp) {
    let owner = app.owner().await;
    let viewer = app.member(owner.tenant, Role::Viewer).await;
    let me = viewer.get("/api/auth/me").await.ok();
    assert_eq!(me["user"]["id"], viewer.user.to_string());
    assert_eq!(me["user"]["email"], viewer.email);
    assert_eq!(me["tenant"]["id"], owner.tenant.to_string());
    assert_eq!(me["tenant"]["role"], "viewer");
    let permissions = me["tenant"]["permissions"].as_array().unwrap();
    assert!(permissions.contains(&json!("contacts.view")));
    assert!(!permissions.contains(&json!("contacts.add")));
    assert!(!permissions.contains(&json!("team.view")));
    assert!(!me.to_string().contains("argon2"));
}

async fn two_firms(app: &TestApp) -> (Member, Member) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let user = ebenezer::platform::user::by_id(&app.db, owner.user).await.unwrap().unwrap();
    app.join(other.tenant, &user, Role::Viewer).await;
    (owner, other)
}

async fn switch(member: &Member, tenant: impl ToString) -> Reply {
    member.post("/api/auth/switch", json!({ "tenant_id": tenant.to_string() })).await
}

async fn switching_enters_another_firm_of_ones_own(app: TestApp) {
    let (owner, other) = two_firms(&app).await;
    let names = json!({ "first_name": "Rosa", "last_name": "Mora" });
    owner.post("/api/contacts", names).await.created();
    let answer = switch(&owner, other.tenant).await.ok();
    assert_eq!(answer["tenant"]["id"], other.tenant.to_string());
    assert_eq!(answer["tenant"]["role"], "viewer");
    assert!(answer.get("refresh_token").is_none());
    let there = app.member_of(&answer);
    assert_eq!(there.session, owner.session);
    assert_eq!(there.get("/api/contacts").await.ok()["total"], 0);
    assert_eq!(
        owner.get("/api/contacts").await.ok()["total"],
        1,
        "the old token names the old firm"
    );
    let entries = app.activities("session.switched").await;
    assert_eq!(entries[0].tenant_id, Some(other.tenant));
}

async fn switching_to_a_foreign_firm_answers_as_to_an_unknown_one(app: TestApp) {
    let (owner, foreign) = (app.owner().await, app.owner().await);
    let mut answers = Vec::new();
    for tenant in [foreign.tenant, uuid::Uuid::now_v7()] {
        let mut problem = switch(&owner, tenant).await.problem(403, "not_a_member");
        problem["request_id"] = Value::Null;
        answers.push(problem);
    }
    assert_eq!(answers[0], answers[1]);
    switch(&owner, "somewhere").await.invalid("tenant_id", "wrong_type");
    assert!(app.activities("session.switched").await.is_empty());
}

async fn switching_to_a_closed_firm_is_refused(app: TestApp) {
    let (owner, other) = two_firms(&app).await;
    for (status, code) in
        [(Status::Suspended, "tenant_suspended"), (Status::Cancelled, "tenant_cancelled")]
    {
        app.change_tenant(other.tenant, |tenant| tenant.status = status).await;
        switch(&owner, other.tenant).await.problem(403, code);
    }
    app.change_tenant(other.tenant, |tenant| tenant.status = Status::Paused).await;
    switch(&owner, other.tenant).await.ok();
}

const NEW_PASSWORD: &str = "tres-faroles-y-un-erizo";

async fn change(member: &Member, current: &str, new: &str) -> Reply {
    let body = json!({ "current_password": current, "new_password": new });
    member.post("/api/auth/password/change", body).await
}

async fn a_new_password_replaces_the_old_one(app: TestApp) {
    let owner = app.owner().await;
    change(&owner, PASSWORD, NEW_PASSWORD).await.no_content();
    let login = |password| json!({ "email": owner.email, "password": password });
    let old = app.client.post("/api/auth/login", login(PASSWORD)).await;
    old.problem(401, "invalid_credentials");
    app.client.post("/api/auth/login", login(NEW_PASSWORD)).await.ok();
    assert_eq!(app.activities("password.changed").await[0].user_id, Some(owner.user));
}

async fn changing_the_password_ends_the_other_sessions(app: TestApp) {
    let (owner, bystander) = (app.owner().await, app.owner().await);
    let user = ebenezer::platform::user::by_id(&app.db, owner.user).await.unwrap().unwrap();
    let elsewhere = app.session(&user, owner.tenant).await;
    elsewhere.get("/api/auth/me").await.ok();
    change(&owner, PASSWORD, NEW_PASSWORD).await.no_content();
    owner.get("/api/auth/me").await.ok();
    bystander.get("/api/auth/me").await.ok();
    elsewhere.get("/api/auth/me").await.problem(401, "session_expired");
    let token = json!({ "refresh_token": elsewhere.refresh_token });
    app.client.post("/api/auth/refresh", token).await.problem(401, "session_expired");
}

async fn the_present_password_is_needed(app: TestApp) {
    let owner = app.owner().await;
    let reply = change(&owner, "no-es-la-clave", NEW_PASSWORD).await;
    reply.invalid("current_password", "password_wrong");
    let login = json!({ "email": owner.email, "password": PASSWORD });
    app.client.post("/api/auth/login", login).await.ok();
    assert!(app.activities("password.changed").await.is_empty());
}

async fn a_weak_new_password_is_refused(app: TestApp) {
    let owner = app.owner().await;
    change(&owner, PASSWORD, "corta").await.invalid("new_password", "password_too_short");
    change(&owner, PASSWORD, "qwertyuiopas").await.invalid("new_password", "password_weak");
    let own = app.tenant(owner.tenant).await.company.replace(' ', "").repeat(2);
    change(&owner, PASSWORD, &format!("{own}12")).await.invalid("new_password", "password_weak");
    let login = json!({ "email": owner.email, "password": PASSWORD });
    app.client.post("/api/auth/login", login).await.ok();
}

async fn a_password_is_not_made_of_ones_own_data(app: TestApp) {
    let mut body = crate::support::fixtures::registration("tax");
    body["company"] = json!("Mi Firma");
    body["full_name"] = json!("Ana Ruiz");
    for made in ["mifirma2-ana-ruiz", "ana.ruiz.mifirma4", "Mi Firma Tres 2026", "ANARUIZ-firma-99"]
    {
        body["password"] = json!(made);
        let refused = app.client.post("/api/auth/register", body.clone()).await;
        refused.invalid("password", "password_weak");
    }
    body["password"] = json!(PASSWORD);
    let owner = app.member_of(&app.client.post("/api/auth/register", body).await.created());
    let change = json!({ "current_password": PASSWORD, "new_password": "mifirma-ana-ruiz-7" });
    owner.post("/api/auth/password/change", change).await.invalid("new_password", "password_weak");
    // A word of one's own among others that are strong by themselves does no harm.
    let change =
        json!({ "current_password": PASSWORD, "new_password": "ruiz-tormenta-cuchara-azul-81" });
    owner.post("/api/auth/password/change", change).await.no_content();
}

async fn the_present_password_is_no_new_one(app: TestApp) {
    let owner = app.owner().await;
    let change = json!({ "current_password": PASSWORD, "new_password": PASSWORD });
    owner.post("/api/auth/password/change", change).await.invalid("new_password", "password_same");
}
