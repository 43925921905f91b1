//! One's own sessions: seeing them, and ending them.

use crate::screens::FOLDER;
use crate::support::{
    Browser, DEMO_PASSWORD, Findings, Locale, ROW, Screen, Server, cut_texts, demo, texts,
    too_wide, violations,
};
use ebenezer_shared::permission::Role;
use serde_json::{Value, json};
use std::path::PathBuf;
use texts::sessions as s;
use thirtyfour::Key;

const PAGE: &str = "/account/sessions";
const FIREFOX: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0";
const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) \
    AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

/// The same person logs in elsewhere; answers the access token.
fn log_in_elsewhere(browser: &Browser, server: &Server, user_agent: &str) -> String {
    let body = json!({ "email": demo(Role::Owner), "password": DEMO_PASSWORD, "cookie": false });
    let request = reqwest::Client::new()
        .post(format!("{}/api/auth/login", server.origin()))
        .header("User-Agent", user_agent)
        .json(&body);
    let answer: Value = browser.run(async { request.send().await?.json().await }).unwrap();
    let token = answer.get("access_token").and_then(Value::as_str);
    token.expect("a token").to_owned()
}

/// What the server answers to that token.
fn status_of(browser: &Browser, server: &Server, token: &str) -> u16 {
    let request =
        reqwest::Client::new().get(format!("{}/api/auth/me", server.origin())).bearer_auth(token);
    browser.run(request.send()).unwrap().status().as_u16()
}

#[test]
fn a_session_elsewhere_is_seen_and_ended() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts");
    let firefox = log_in_elsewhere(&browser, &server, FIREFOX);
    let unknown = log_in_elsewhere(&browser, &server, "Contabilidad 2.1");
    browser.person_menu(browser.say(s::TITLE));
    browser.at(PAGE);
    browser.until("three sessions", || (browser.texts(ROW).len() == 3).then_some(()));
    let rows = browser.texts(ROW);
    let row = |text: &str| rows.iter().find(|row| row.contains(text)).expect("a row").clone();
    let current = row(browser.say(s::CURRENT));
    assert!(current.contains("Chrome") && !current.contains(browser.say(s::END)), "{current}");
    assert!(row("Firefox en Windows").contains("127.0.0.1"), "{rows:?}");
    assert!(row("Contabilidad 2.1").contains(browser.say(s::UNKNOWN)), "{rows:?}");

    assert_eq!(status_of(&browser, &server, &firefox), 200);
    browser.press_named("Cerrar sesión: Firefox en Windows");
    browser.sees("[data-testid=toast]", "Firefox en Windows");
    browser.misses(ROW, "Firefox");
    browser.until("the end of the session", || {
        (status_of(&browser, &server, &firefox) == 401).then_some(())
    });
    assert_eq!(status_of(&browser, &server, &unknown), 200);
    browser.focused("[data-testid=end-session]");
    browser.reload();
    browser.until("two sessions", || (browser.texts(ROW).len() == 2).then_some(()));
}

#[test]
fn all_others_are_ended_by_keyboard_after_a_question() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, PAGE);
    browser.sees("[data-testid=empty]", browser.say(s::ALONE));
    assert!(!browser.has("[data-testid=end-others]"), "there is nothing to end");
    let others = [FIREFOX, IPHONE].map(|it| log_in_elsewhere(&browser, &server, it));
    browser.show_on(Screen::Phone);
    browser.reload();
    browser.sees(ROW, "Safari en iOS");
    browser.tab_to("[data-testid=end-others]");
    browser.keys(Key::Enter);
    browser.sees("dialog[open]", browser.say(s::END_OTHERS_TITLE));
    browser.keys(Key::Escape);
    browser.focused("[data-testid=end-others]");
    assert_eq!(status_of(&browser, &server, &others[0]), 200, "it was not confirmed");

    browser.keys(Key::Enter);
    browser.tab_to("dialog[open] [data-kind=danger]");
    browser.keys(Key::Enter);
    browser.sees("[data-testid=toast]", browser.say(s::OTHERS_ENDED));
    browser.sees("[data-testid=empty]", browser.say(s::ALONE));
    browser.focused(".page-title");
    assert_eq!(browser.texts(ROW).len(), 1);
    for other in &others {
        assert_eq!(status_of(&browser, &server, other), 401);
    }
    browser.reload();
    browser.at(PAGE);
}

#[test]
fn a_session_that_was_ended_elsewhere_leads_to_the_login() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, PAGE);
    let token = log_in_elsewhere(&browser, &server, FIREFOX);
    let end = reqwest::Client::new()
        .delete(format!("{}/api/auth/sessions", server.origin()))
        .bearer_auth(token);
    assert_eq!(browser.run(end.send()).unwrap().status().as_u16(), 204);
    browser.click("nav a[href='/contacts']");
    browser.at("/login?next=%2Fcontacts");
    browser.sees("main", browser.say(texts::session::ENDED_EXPIRED));
}

/// The walks over every page see a single session; here are several, one with a long name and
/// one with a long address.
#[test]
fn a_list_of_several_is_readable_on_every_screen() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    let folder = std::env::var_os(FOLDER).map(PathBuf::from);
    let mut found = Findings::default();
    browser.enter(Role::Owner, PAGE);
    let unknown = format!("Contabilidad/2.1 ({})", "sincronizador-de-la-oficina; ".repeat(6));
    for user_agent in [FIREFOX, IPHONE, &unknown, "curl/8.15.0"] {
        log_in_elsewhere(&browser, &server, user_agent);
    }
    for locale in Locale::ALL {
        let tag = locale.tag();
        browser.script("localStorage.setItem('ebenezer.locale', arguments[0])", &[tag.into()]);
        for (screen, theme) in [
            (Screen::Desktop, "light"),
            (Screen::Desktop, "dark"),
            (Screen::Phone, "light"),
            (Screen::Phone, "dark"),
        ] {
            browser.show_on(screen);
            browser.script("localStorage.setItem('ebenezer.theme', arguments[0])", &[theme.into()]);
            browser.visit(PAGE);
            browser.sees(ROW, "curl");
            browser.script(
                "document.querySelector('.session-address').textContent = arguments[0]",
                &["2001:0db8:85a3:1234:5678:8a2e:0370:7334".into()],
            );
            let name = format!("sessions-several-{}-{theme}-{tag}", screen.width());
            found.add(&name, cut_texts(&browser));
            found.add(&name, too_wide(&browser));
            found.add(&name, violations(&browser));
            if let Some(folder) = &folder {
                browser.whole_picture(screen, &folder.join(format!("{name}.png")));
            }
        }
    }
    found.none();
}
