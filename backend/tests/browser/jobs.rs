//! What the operator sees of the jobs.

use crate::support::{Browser, DEMO_PASSWORD, ROW, Server, cut_texts};
use ebenezer_shared::permission::Role;
use ebenezer_shared::texts;
use ebenezer_shared::texts::{auth as a, jobs as j};

const ACT: &str = "[data-testid=act]";

/// A job that was given up is tried again.
#[test]
fn an_operator_tries_again_what_was_given_up() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.visit("/forgot-password");
    browser.fill_in(a::EMAIL, "viewer@ebenezer.example");
    browser.click("button[type=submit]");
    assert!(server.mail().contains("viewer@ebenezer.example"));

    browser.visit("/login");
    browser.log_in("plataforma@operador.example", DEMO_PASSWORD);
    browser.sees("main", browser.say(texts::shell::PLATFORM));
    browser.go_to("/admin/jobs");
    browser.sees(ROW, browser.say(j::kinds::MAIL));
    browser.sees(ROW, browser.say(j::DONE));
    server.execute("UPDATE jobs SET status = 'dead', error = '421 busy' WHERE kind = 'mail'");
    browser.click("[data-testid=filter-status] button");
    browser.press(j::DEAD);
    browser.at("/admin/jobs?status=dead");
    browser.sees("[data-testid=job-error]", "421 busy");
    assert_eq!(cut_texts(&browser), Vec::<String>::new());
    browser.click(ACT);
    browser.sees("[data-testid=toast]", browser.say(j::RETRIED));
    browser.finds("[data-testid=empty]");
    browser.press(texts::common::CLEAR_FILTERS);
    browser.until("the job to be done again", || {
        browser.click("[data-testid=reload]");
        let row =
            browser.texts(ROW).into_iter().find(|row| row.contains(browser.say(j::kinds::MAIL)))?;
        row.contains(browser.say(j::DONE)).then_some(())
    });
}

/// What a mail server refused while it was set up wrongly leaves after all, at one press.
#[test]
fn an_operator_tries_all_again_at_once() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    for name in ["viewer", "admin"] {
        browser.visit("/forgot-password");
        browser.fill_in(a::EMAIL, &format!("{name}@ebenezer.example"));
        browser.click("button[type=submit]");
        server.mail_to(&format!("{name}@ebenezer.example"));
    }
    browser.visit("/login");
    browser.log_in("plataforma@operador.example", DEMO_PASSWORD);
    browser.go_to("/admin/jobs");
    browser.sees(ROW, browser.say(j::DONE));
    server.execute("UPDATE jobs SET status = 'dead', error = '535 who?' WHERE kind = 'mail'");
    browser.visit("/admin/jobs?status=dead");
    browser.sees("main", browser.say(j::RETRY_ALL_HINT));
    browser.visit("/admin/jobs?kind=mail&status=dead");
    browser.click("[data-testid=retry-all]");
    let count = browser.texts(ROW).len() as u64;
    browser.sees("dialog[open]", &j::retry_all_title(browser.locale(), count));
    browser.click("dialog[open] .dialog-footer button:last-child");
    browser.sees("[data-testid=toast]", &j::retried_all(browser.locale(), count));
    browser.finds("[data-testid=empty]");
}

#[test]
fn nobody_else_sees_the_jobs() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/admin/jobs");
    browser.sees("main", "platform_staff");
    assert!(!browser.has("nav a[href='/admin/jobs']"));
}
