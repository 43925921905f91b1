//! Mails on their way to a real mail server: what is the recipient's fault is given up, what
//! is ours or the server's is tried again.

use super::{forget, status, with_server};
use crate::support::mail::wait_for;
use crate::support::smtp::MailServer;
use crate::support::{Setup, TestApp};
use chrono::TimeDelta;

db_tests! {
    a_mail_server_gets_the_mails,
    a_server_that_is_down_gets_its_mail_later,
    a_busy_server_is_asked_again,
    a_sender_that_the_server_does_not_know_yet_is_tried_again,
    a_wrong_password_for_the_server_is_tried_again,
    a_server_that_relays_nothing_yet_is_asked_again,
    a_mail_that_was_taken_for_rubbish_is_tried_again,
    a_refused_recipient_is_given_up_at_once,
}

async fn first_attempt(app: &TestApp) {
    wait_for("a first attempt", async || {
        let failed = "SELECT count(*) FROM jobs WHERE kind = 'mail' AND error IS NOT NULL";
        (app.value::<i64>(failed).await == 1).then_some(())
    })
    .await;
}

/// The server refuses once, with that answer, and takes the mail the next time.
async fn is_sent_at_the_second_attempt(server: &MailServer, setup: Setup, to: &str, why: &str) {
    let app = with_server(setup, server.port).start().await;
    forget(&app, to).await;
    first_attempt(&app).await;
    assert_eq!(status(&app).await, ("waiting".to_owned(), 1));
    let error: String = app.value("SELECT error FROM jobs WHERE kind = 'mail'").await;
    assert!(error.contains(why), "{error}");
    app.advance(TimeDelta::seconds(13));
    app.jobs_are_done().await;
    assert_eq!(status(&app).await, ("done".to_owned(), 2));
    assert_eq!(server.mails().len(), 1);
}

async fn a_mail_server_gets_the_mails(setup: Setup) {
    let server = MailServer::start();
    let app = with_server(setup, server.port).start().await;
    forget(&app, "rosa@firma.test").await;
    app.jobs_are_done().await;
    let mails = server.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].from, "Oficina Rápida <oficina@firma.test>");
    assert!(mails[0].to.ends_with("<rosa@firma.test>"), "{}", mails[0].to);
    assert!(mails[0].message_id.ends_with("@firma.test>"), "{}", mails[0].message_id);
    assert!(mails[0].text.contains("/reset-password#"));
}

async fn a_server_that_is_down_gets_its_mail_later(setup: Setup) {
    let server = MailServer::start();
    let port = server.port;
    drop(server);
    let app = with_server(setup, port).start().await;
    forget(&app, "rosa@firma.test").await;
    first_attempt(&app).await;
    assert_eq!(status(&app).await, ("waiting".to_owned(), 1));
    let server = MailServer::start_on(port);
    app.advance(TimeDelta::seconds(13));
    app.jobs_are_done().await;
    assert_eq!(server.mails().len(), 1);
    assert_eq!(status(&app).await, ("done".to_owned(), 2));
}

async fn a_busy_server_is_asked_again(setup: Setup) {
    let server = MailServer::start();
    is_sent_at_the_second_attempt(&server, setup, "ocupado@firma.test", "451").await;
}

async fn a_sender_that_the_server_does_not_know_yet_is_tried_again(setup: Setup) {
    let server = MailServer::start();
    let setup = setup.set("DEFAULT_FROM_EMAIL", "nuevo@firma.test");
    is_sent_at_the_second_attempt(&server, setup, "rosa@firma.test", "5.7.60").await;
}

async fn a_wrong_password_for_the_server_is_tried_again(setup: Setup) {
    let server = MailServer::start();
    let setup = setup.set("EMAIL_HOST_USER", "oficina").set("EMAIL_HOST_PASSWORD", "equivocada");
    is_sent_at_the_second_attempt(&server, setup, "rosa@firma.test", "535").await;
}

async fn a_server_that_relays_nothing_yet_is_asked_again(setup: Setup) {
    let server = MailServer::start();
    is_sent_at_the_second_attempt(&server, setup, "ajeno@firma.test", "5.7.1").await;
}

async fn a_mail_that_was_taken_for_rubbish_is_tried_again(setup: Setup) {
    let server = MailServer::start();
    is_sent_at_the_second_attempt(&server, setup, "basura@firma.test", "554").await;
}

async fn a_refused_recipient_is_given_up_at_once(setup: Setup) {
    let server = MailServer::start();
    let app = with_server(setup, server.port).start().await;
    forget(&app, "nadie@firma.test").await;
    app.jobs_are_done().await;
    assert_eq!(status(&app).await, ("dead".to_owned(), 1));
    let why: String = app.value("SELECT error FROM jobs WHERE kind = 'mail'").await;
    assert!(why.contains("550"), "{why}");
    assert_eq!(server.mails().len(), 0);
}
