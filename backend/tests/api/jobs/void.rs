//! Mails whose links are good no longer when their turn comes.

use super::forget;
use crate::support::fixtures::id;
use crate::support::{Member, PASSWORD, Setup, TestApp, Value, json};
use chrono::TimeDelta;

db_tests! {
    a_reset_link_that_is_too_old_is_not_sent,
    a_reset_link_of_whom_nobody_lets_in_is_not_sent,
    an_invitation_that_was_revoked_or_sent_anew_is_not_sent,
    only_the_last_of_two_links_to_an_email_is_sent,
}

const WHY: &str = "the link in it is used, revoked, replaced or too old";

/// How the mails ended: in which state, and why.
async fn ends(app: &TestApp, status: &str) -> i64 {
    let why = if status == "cancelled" { format!("= '{WHY}'") } else { "IS NULL".to_owned() };
    let sql = format!(
        "SELECT count(*) FROM jobs WHERE kind = 'mail' AND status = '{status}' AND error {why}"
    );
    app.value(&sql).await
}

/// Has a worker take what waits.
async fn work(app: &TestApp) -> TestApp {
    let worker = app.another_with(Setup::with_worker).await;
    app.jobs_are_done().await;
    worker
}

/// A mail with a reset link that has waited for a server since.
async fn waiting(app: &TestApp) {
    forget(app, "rosa@firma.test").await;
    let worker = work(app).await;
    assert_eq!((ends(app, "done").await, ends(app, "cancelled").await), (1, 0));
    drop(worker);
    app.execute("UPDATE jobs SET status = 'waiting', attempts = 3 WHERE kind = 'mail'").await;
    std::fs::remove_dir_all(app.folder().join("outbox")).unwrap();
}

async fn is_not_sent(app: &TestApp) {
    let _worker = work(app).await;
    assert_eq!((ends(app, "done").await, ends(app, "cancelled").await), (0, 1));
    assert!(!app.folder().join("outbox").exists());
}

async fn a_reset_link_that_is_too_old_is_not_sent(setup: Setup) {
    let app = setup.no_worker().start().await;
    waiting(&app).await;
    app.advance(TimeDelta::minutes(61));
    is_not_sent(&app).await;
}

async fn a_reset_link_of_whom_nobody_lets_in_is_not_sent(setup: Setup) {
    let app = setup.no_worker().start().await;
    waiting(&app).await;
    app.execute("UPDATE memberships SET is_active = FALSE").await;
    is_not_sent(&app).await;
}

async fn invite(owner: &Member, email: &str) -> Value {
    let body = json!({ "email": email, "role": "member" });
    owner.post("/api/team/invitations", body).await.created()
}

async fn an_invitation_that_was_revoked_or_sent_anew_is_not_sent(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    let revoked = invite(&owner, "ana@firma.test").await;
    let again = invite(&owner, "rosa@firma.test").await;
    owner.delete(&format!("/api/team/invitations/{}", id(&revoked))).await.no_content();
    let resend = format!("/api/team/invitations/{}/resend", id(&again));
    owner.post(&resend, json!({})).await.ok();
    let _worker = work(&app).await;
    assert_eq!((ends(&app, "done").await, ends(&app, "cancelled").await), (1, 2));
    assert_eq!(app.mails_to("ana@firma.test").await.len(), 0);
    let mail = app.mail_to("rosa@firma.test").await;
    let (_, token) = mail.text.split_once("/accept-invitation#").unwrap();
    let token = token.split_whitespace().next().unwrap();
    let look = json!({ "token": token });
    app.client.post("/api/auth/invitations/look", look).await.ok();
    let list = owner.get("/api/team/invitations").await.ok();
    assert_eq!(list["items"][0]["delivery"], json!({ "status": "sent" }));
}

async fn only_the_last_of_two_links_to_an_email_is_sent(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    for email in ["primero@firma.test", "segundo@firma.test"] {
        let body = json!({ "new_email": email, "password": PASSWORD });
        owner.post("/api/auth/email/change", body).await.expect(204);
    }
    let _worker = work(&app).await;
    assert_eq!(app.mails_to("primero@firma.test").await.len(), 0);
    assert_eq!(app.mails_to("segundo@firma.test").await.len(), 1);
    // Two notices to the present email, too.
    assert_eq!((ends(&app, "done").await, ends(&app, "cancelled").await), (3, 1));
}
