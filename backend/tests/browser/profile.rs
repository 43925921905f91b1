//! One's own profile.

use crate::support::{Browser, DEMO_PASSWORD, Server, demo, texts};
use ebenezer_shared::permission::Role;
use texts::profile as p;

const NEW: &str = "nueva@ebenezer.example";

/// The path of the link in a mail.
fn path(mail: &str) -> String {
    let text = mail.replace("=\r\n", "").replace("=3D", "=");
    let rest = text.split_once("/confirm-email#").expect("a link").1;
    let token = rest.split(|c: char| c.is_whitespace() || c == '"').next().unwrap_or_default();
    format!("/confirm-email#{token}")
}

#[test]
fn name_and_language_are_changed() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts");
    browser.person_menu(browser.say(p::TITLE));
    browser.at("/account/profile");
    browser.fill("[name=full_name]", "Lucía Peña");
    browser.select("select[name=locale]", browser.say(texts::languages::EN));
    browser.click("[data-testid=save-profile]");
    browser.sees("h1", "My profile");
    browser.click(".topbar-end button[aria-haspopup=menu]");
    browser.sees(".menu-person", "Lucía Peña");
    browser.reload();
    browser.sees("h1", "My profile");
    let name = browser.script("return document.querySelector('[name=full_name]').value", &[]);
    assert_eq!(name, "Lucía Peña");
}

#[test]
fn another_email_is_confirmed_by_its_link() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/account/profile");
    browser.fill("[name=new_email]", NEW);
    browser.fill("input[autocomplete=current-password]", DEMO_PASSWORD);
    browser.click("[data-testid=change-email]");
    browser.sees("main", browser.say(p::EMAIL_SENT));
    browser.sees("[data-testid=present-email]", &demo(Role::Owner));

    let link = path(&server.mail_to(NEW));
    browser.visit(&link);
    browser.press(p::CONFIRM);
    browser.sees("main", browser.say(p::CONFIRMED));
    browser.press(p::GO_ON);
    browser.at("/dashboard");
    browser.visit("/account/profile");
    browser.sees("[data-testid=present-email]", NEW);
    browser.person_menu(browser.say(texts::shell::LOG_OUT));
    browser.at("/login");
    browser.log_in(NEW, DEMO_PASSWORD);
    browser.at("/dashboard");
    browser.visit(&link);
    browser.press(p::CONFIRM);
    browser.sees("[role=alert]", browser.say(texts::problems::LINK_EXPIRED));
}
