//! What becomes of the mails that invite people is told to who sent them.

use crate::jobs::with_server;
use crate::support::fixtures::id;
use crate::support::mail::wait_for;
use crate::support::smtp::MailServer;
use crate::support::{Member, Setup, TestApp, Value, json};
use chrono::TimeDelta;

db_tests! {
    a_refused_address_is_told_and_another_mail_can_be_sent,
    a_mail_that_no_server_takes_is_tried_again_and_then_told,
    what_was_sent_stays_sent_when_its_job_is_forgotten,
}

const PATH: &str = "/api/team/invitations";

async fn invite(member: &Member, email: &str) -> Value {
    let body = json!({ "email": email, "role": "member" });
    member.post(PATH, body).await.created()
}

/// What the list and the invitation itself say.
async fn delivery(member: &Member) -> Value {
    let list = member.get(PATH).await.ok();
    let path = format!("{PATH}/{}", id(&list["items"][0]));
    assert_eq!(member.get(&path).await.ok(), list["items"][0]);
    list["items"][0]["delivery"].clone()
}

async fn a_refused_address_is_told_and_another_mail_can_be_sent(setup: Setup) {
    let server = MailServer::start();
    let app = with_server(setup, server.port).start().await;
    let owner = app.owner().await;
    let invitation = invite(&owner, "nadie@firma.test").await;
    assert_eq!(invitation["delivery"], json!({ "status": "queued" }));
    app.jobs_are_done().await;
    let refused = json!({ "status": "failed", "failure": "refused" });
    assert_eq!(delivery(&owner).await, refused);
    let resend = format!("{PATH}/{}/resend", id(&invitation));
    let again = owner.post(&resend, json!({})).await.ok();
    assert_eq!(again["delivery"], json!({ "status": "queued" }));
    app.jobs_are_done().await;
    assert_eq!(delivery(&owner).await, refused);
    // The log tells of invitations, not of what mail servers think of them.
    let entries = app.audit(owner.tenant).await;
    assert!(entries.iter().all(|entry| entry.changes.get("delivery").is_none()), "{entries:?}");
    // The mailbox is there after all.
    app.execute("UPDATE jobs SET status = 'done' WHERE kind = 'mail'").await;
    assert_eq!(delivery(&owner).await, json!({ "status": "sent" }));
}

async fn a_mail_that_no_server_takes_is_tried_again_and_then_told(setup: Setup) {
    let server = MailServer::start();
    let port = server.port;
    drop(server);
    let app = with_server(setup, port).start().await;
    let owner = app.owner().await;
    invite(&owner, "rosa@firma.test").await;
    let attempts = "SELECT attempts FROM jobs WHERE kind = 'mail' AND status = 'waiting'";
    wait_for("a first attempt", async || {
        let failed = "SELECT count(*) FROM jobs WHERE kind = 'mail' AND error IS NOT NULL";
        (app.value::<i64>(failed).await == 1).then_some(())
    })
    .await;
    assert_eq!(app.value::<i32>(attempts).await, 1);
    assert_eq!(delivery(&owner).await, json!({ "status": "retrying" }));
    app.execute("UPDATE jobs SET attempts = 14 WHERE kind = 'mail'").await;
    app.advance(TimeDelta::seconds(13));
    app.jobs_are_done().await;
    let given_up = json!({ "status": "failed", "failure": "undeliverable" });
    assert_eq!(delivery(&owner).await, given_up);
}

async fn what_was_sent_stays_sent_when_its_job_is_forgotten(app: TestApp) {
    let owner = app.owner().await;
    invite(&owner, "rosa@firma.test").await;
    app.jobs_are_done().await;
    app.execute("DELETE FROM jobs WHERE kind = 'mail'").await;
    assert_eq!(delivery(&owner).await, json!({ "status": "sent" }));
}
