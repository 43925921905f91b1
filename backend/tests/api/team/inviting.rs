//! `/api/team/invitations`

use crate::support::crm::column;
use crate::support::fixtures::id;
use crate::support::{Member, Reply, Setup, TestApp, Value, json};
use chrono::TimeDelta;
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    an_invitation_is_mailed_and_listed,
    the_mail_speaks_the_language_that_was_chosen,
    what_breaks_a_rule_is_named,
    members_and_the_invited_are_not_invited_again,
    an_old_invitation_makes_room_for_another,
    one_of_two_invitations_at_once_wins,
    sending_again_replaces_the_link,
    the_plan_limits_members_and_invitations_together,
    invitations_stay_in_their_firm,
    changes_stand_in_the_firms_log,
    a_repeated_request_sends_one_mail,
    mails_are_limited_per_firm,
}

const PATH: &str = "/api/team/invitations";

async fn invite(member: &Member, email: &str) -> Reply {
    member.post(PATH, json!({ "email": email, "role": "member" })).await
}

async fn an_invitation_is_mailed_and_listed(app: TestApp) {
    let owner = app.owner().await;
    let department = owner.department("Nómina", "NOM").await;
    let body = json!({
        "email": " Nueva@Firma.test ", "role": "sales", "department_id": department,
        "extra_permissions": ["pii.reveal"], "message": "¡Bienvenida!\n<b>Hasta el lunes</b>",
    });
    let reply = owner.post(PATH, body).await.expect(201);
    let mut invitation = reply.json();
    let me = owner.get("/api/auth/me").await.ok();
    assert_eq!(
        invitation,
        json!({
            "id": invitation["id"], "email": "Nueva@Firma.test", "status": "pending",
            "role": { "key": "sales", "name": "Ventas" }, "extra_permissions": ["pii.reveal"],
            "department": { "id": department, "name": "Nómina", "color": "#64748b" },
            "locale": "es", "message": "¡Bienvenida!\n<b>Hasta el lunes</b>",
            "invited_by": me["user"]["full_name"], "delivery": { "status": "queued" },
            "sent_at": invitation["sent_at"],
            "expires_at": invitation["expires_at"], "created_at": invitation["created_at"],
        })
    );
    let mail = app.mail_to("Nueva@Firma.test").await;
    invitation["delivery"] = json!({ "status": "sent" });
    assert_eq!(owner.get(reply.header("location")).await.ok(), invitation);
    assert_eq!(owner.get(PATH).await.ok()["items"], json!([invitation]));
    assert_eq!(owner.get("/api/team").await.ok()["total"], 1, "no member yet");
    let company = me["tenant"]["company"].as_str().unwrap();
    assert_eq!(mail.subject, format!("Le invitan a {company}"));
    assert!(mail.text.starts_with("Hola,"), "{}", mail.text);
    assert!(mail.text.contains("Ventas") && mail.text.contains("> ¡Bienvenida!"), "{}", mail.text);
    assert!(mail.html.contains("&lt;b&gt;Hasta el lunes"), "{}", mail.html);
    assert!(mail.html.contains("/accept-invitation#"));
    let token = super::accepting::token(&mail);
    let stored: String = app.value("SELECT token_hash FROM invitations").await;
    assert_ne!(stored, token);
    app.advance(TimeDelta::days(7));
    let owner = app.session(&app.user(owner.user).await, owner.tenant).await;
    assert_eq!(column(&owner.get(PATH).await.ok(), "status"), ["expired"]);
}

async fn the_mail_speaks_the_language_that_was_chosen(app: TestApp) {
    let owner = app.owner().await;
    let body = json!({ "email": "new@firma.test", "role": "viewer", "locale": "en" });
    assert_eq!(owner.post(PATH, body).await.created()["locale"], "en");
    let mail = app.mail_to("new@firma.test").await;
    assert!(mail.subject.starts_with("You are invited to "), "{}", mail.subject);
    assert!(mail.text.contains("as Viewer"), "{}", mail.text);
}

async fn what_breaks_a_rule_is_named(app: TestApp) {
    let owner = app.owner().await;
    let counts = app.counts().await;
    for (field, value, why) in [
        ("email", json!("nadie"), "invalid_email"),
        ("email", json!(""), "required"),
        ("role", json!("boss"), "unknown_value"),
        ("role", json!(Uuid::now_v7()), "unknown_reference"),
        ("department_id", json!(Uuid::now_v7()), "unknown_reference"),
        ("extra_permissions", json!("all"), "wrong_type"),
        ("locale", json!("fr"), "unknown_value"),
        ("message", json!("x".repeat(1001)), "too_long"),
        ("message", json!("a\u{0}b"), "control_characters"),
        ("name", json!("Ana"), "unknown_field"),
    ] {
        let mut body = json!({ "email": "nueva@firma.test", "role": "viewer" });
        body[field] = value;
        owner.post(PATH, body).await.invalid(field, why);
    }
    assert_eq!(app.counts().await, counts);
}

async fn members_and_the_invited_are_not_invited_again(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let member = app.member(owner.tenant, Role::Member).await;
    let known = invite(&owner, &member.email.to_uppercase()).await;
    known.field(409, "already_member", "email", "already_member");
    owner.post(&format!("/api/team/{}/deactivate", member.user), json!({})).await.ok();
    let known = invite(&owner, &member.email).await;
    known.field(409, "already_member", "email", "former_member");
    invite(&owner, "nueva@firma.test").await.created();
    let twice = invite(&owner, "NUEVA@firma.test").await;
    twice.field(409, "already_invited", "email", "already_invited");
    invite(&other, "nueva@firma.test").await.created();
    invite(&other, &member.email).await.created();
    owner.delete(&format!("/api/team/{}", member.user)).await.no_content();
    invite(&owner, &member.email).await.created();
}

async fn an_old_invitation_makes_room_for_another(app: TestApp) {
    let owner = app.owner().await;
    let old = id(&invite(&owner, "nueva@firma.test").await.created());
    app.advance(TimeDelta::days(8));
    let owner = app.session(&app.user(owner.user).await, owner.tenant).await;
    let new = id(&invite(&owner, "nueva@firma.test").await.created());
    assert_ne!(old, new);
    assert_eq!(column(&owner.get(PATH).await.ok(), "id"), [json!(new)]);
}

async fn one_of_two_invitations_at_once_wins(app: TestApp) {
    let owner = app.owner().await;
    let email = "nueva@firma.test";
    let (a, b) = tokio::join!(invite(&owner, email), invite(&owner, email));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    assert_eq!(app.mails_to(email).await.len(), 1);
}

async fn sending_again_replaces_the_link(app: TestApp) {
    let owner = app.owner().await;
    let invitation = invite(&owner, "nueva@firma.test").await.created();
    let path = format!("{PATH}/{}", id(&invitation));
    app.mail_to("nueva@firma.test").await;
    app.advance(TimeDelta::minutes(10));
    let again = owner.post(&format!("{path}/resend"), json!({})).await.ok();
    assert!(again["expires_at"].as_str() > invitation["expires_at"].as_str());
    let mails = app.mails_to("nueva@firma.test").await;
    let tokens: Vec<_> = mails.iter().map(super::accepting::token).collect();
    assert_eq!(tokens.len(), 2);
    super::accepting::look(&app, &tokens[0]).await.problem(410, "link_expired");
    super::accepting::look(&app, &tokens[1]).await.ok();
    owner.delete(&path).await.no_content();
    owner.delete(&path).await.problem(404, "not_found");
    owner.post(&format!("{path}/resend"), json!({})).await.problem(404, "not_found");
    assert_eq!(owner.get(PATH).await.ok()["total"], 0);
    super::accepting::look(&app, &tokens[1]).await.problem(410, "invitation_revoked");
}

async fn the_plan_limits_members_and_invitations_together(app: TestApp) {
    let owner = app.owner().await;
    app.member(owner.tenant, Role::Viewer).await;
    for number in 0..3 {
        invite(&owner, &format!("nueva{number}@firma.test")).await.created();
    }
    let full = invite(&owner, "otra@firma.test").await.problem(402, "plan_limit");
    assert_eq!((&full["limit"], &full["used"]), (&json!(5), &json!(5)));
    assert!(full["upgrade_url"].as_str().unwrap().contains("://"), "{full}");
    let first = column(&owner.get(&format!("{PATH}?ordering=email")).await.ok(), "id");
    owner.delete(&format!("{PATH}/{}", first[0].as_str().unwrap())).await.no_content();
    invite(&owner, "otra@firma.test").await.created();
    app.change_tenant(owner.tenant, |tenant| tenant.plan_key = "enterprise".to_owned()).await;
    invite(&owner, "mas@firma.test").await.created();
}

async fn invitations_stay_in_their_firm(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let foreign = id(&invite(&other, "nueva@firma.test").await.created());
    assert_eq!(owner.get(PATH).await.ok()["total"], 0);
    for id in [foreign, Uuid::now_v7()] {
        let path = format!("{PATH}/{id}");
        owner.get(&path).await.problem(404, "not_found");
        owner.delete(&path).await.problem(404, "not_found");
        owner.post(&format!("{path}/resend"), json!({})).await.problem(404, "not_found");
    }
    let member = app.member(other.tenant, Role::Member).await;
    member.get(PATH).await.ok();
    invite(&member, "otra@firma.test").await.problem(403, "permission_required");
}

async fn changes_stand_in_the_firms_log(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("{PATH}/{}", id(&invite(&owner, "nueva@firma.test").await.created()));
    owner.post(&format!("{path}/resend"), json!({})).await.ok();
    owner.delete(&path).await.no_content();
    let log = app.audit(owner.tenant).await;
    let told: Vec<_> = log.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(told, ["invitation.create", "invitation.update", "invitation.delete"]);
    assert_eq!(log[0].changes["email"]["after"], "nueva@firma.test");
    assert!(log.iter().all(|entry| !entry.changes.to_string().contains("token")));
}

async fn a_repeated_request_sends_one_mail(app: TestApp) {
    let owner = app.owner().await;
    let client = owner.with("Idempotency-Key", "k1");
    let body = json!({ "email": "nueva@firma.test", "role": "viewer" });
    let first = client.post(PATH, body.clone()).await.expect(201);
    let again = client.post(PATH, body).await.expect(201);
    assert_eq!((again.header("idempotency-replayed"), &again.text), ("true", &first.text));
    let resend = format!("{PATH}/{}/resend", id(&first.json()));
    let client = owner.with("Idempotency-Key", "k2");
    let (a, b) = (client.post(&resend, Value::Null).await, client.post(&resend, Value::Null).await);
    assert_eq!((a.status, &a.text), (200, &b.text));
    assert_eq!(app.mails_to("nueva@firma.test").await.len(), 2);
}

async fn mails_are_limited_per_firm(setup: Setup) {
    let app = setup.set("RATE_LIMIT_INVITATIONS", "2").start().await;
    let (owner, other) = (app.owner().await, app.owner().await);
    for number in 0..2 {
        invite(&owner, &format!("nueva{number}@firma.test")).await.created();
    }
    invite(&owner, "otra@firma.test").await.problem(429, "rate_limited");
    invite(&other, "otra@firma.test").await.created();
}
