//! The firm's settings, and what they ask of its people.

use crate::support::{Browser, DEMO_PASSWORD, Locale, Phone, Server, demo, texts};
use ebenezer_shared::permission::Role;
use serde_json::{Value, json};
use texts::auth as a;
use texts::firm as f;
use texts::two_factor as t;

const SWITCH: &str = "[data-testid=require-2fa] input";

/// Goes through the enrolment that is asked for.
#[track_caller]
fn set_up(browser: &Browser) {
    browser.fill_in(a::CURRENT_PASSWORD, DEMO_PASSWORD);
    browser.press(t::CONTINUE);
    browser.sees(".step-head", browser.say(t::SCAN_TITLE));
    let phone = Phone::shown_by(browser);
    browser.fill_in(t::CODE, &phone.code(0));
    browser.press(t::CONFIRM);
    browser.until("the codes", || {
        (browser.texts("[data-testid=recovery-codes] li").len() == 10).then_some(())
    });
    browser.click("[data-testid=codes-kept]");
}

/// The owner asks everybody for a second factor, at another desk.
fn ask_everybody(browser: &Browser, server: &Server) {
    let (phone, _) = Phone::of(browser, server, &demo(Role::Owner));
    let client = reqwest::Client::new();
    let url = |path: &str| format!("{}/api/{path}", server.origin());
    let login = json!({
        "email": demo(Role::Owner), "password": DEMO_PASSWORD, "cookie": false,
        "totp_code": phone.code(0),
    });
    let login = client.post(url("auth/login")).json(&login);
    let answer: Value = browser.run(async { login.send().await?.json().await }).unwrap();
    let token = answer.get("access_token").and_then(Value::as_str).expect("a token");
    let body = json!({ "require_2fa": true });
    let change = client.patch(url("tenant")).bearer_auth(token).json(&body);
    assert_eq!(browser.run(change.send()).unwrap().status().as_u16(), 200);
}

#[test]
fn unsaved_work_outlives_an_enrolment_that_comes_in_between() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Member, "/contacts/new");
    browser.fill("[name=first_name]", "Rosa");
    browser.fill("[name=last_name]", "Interrumpida");
    ask_everybody(&browser, &server);
    browser.save();
    browser.sees("h1", browser.say(t::REQUIRED_TITLE));
    assert!(!browser.has("[name=first_name]"), "nothing of the firm is seen");
    set_up(&browser);
    browser.sees("h1", browser.say(texts::contacts::NEW_TITLE));
    browser.save();
    browser.at_record("/contacts");
    browser.sees("h1", "Rosa Interrumpida");
}

#[test]
fn the_firm_is_renamed_and_shows_it_at_once() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts");
    browser.click("nav a[href='/settings']");
    browser.at("/settings");
    browser.fill("[name=company]", "Faro Contable");
    browser.save();
    browser.sees("[data-testid=toast]", browser.say(texts::common::SAVED));
    browser.sees(".topbar", "Faro Contable");
    browser.fill("[name=company]", "Faro Contable SAS");
    browser.save();
    browser.sees(".topbar", "Faro Contable SAS");
    browser.reload();
    browser.sees(".topbar", "Faro Contable SAS");
    browser.fill("[name=company]", " ");
    browser.save();
    browser.sees("[data-field=company]", browser.say(texts::fields::REQUIRED));
}

#[test]
fn who_must_have_a_second_factor_sets_it_up_and_goes_on() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/settings");
    browser.sees("main", browser.say(f::PROTECT_YOURSELF));
    let locked =
        browser.script("return document.querySelector(arguments[0]).disabled", &[SWITCH.into()]);
    assert_eq!(locked, true, "first one's own");

    let (phone, _) = Phone::of(&browser, &server, &demo(Role::Owner));
    browser.visit("/settings");
    browser.at("/login?next=%2Fsettings");
    browser.log_in(&demo(Role::Owner), DEMO_PASSWORD);
    browser.fill_in(t::CODE, &phone.code(0));
    browser.press(a::LOG_IN);
    browser.at("/settings");
    browser.click(SWITCH);
    browser.save();
    browser.sees("[data-testid=toast]", browser.say(texts::common::SAVED));
    browser.person_menu(browser.say(texts::shell::LOG_OUT));
    browser.at("/login");

    browser.visit("/login?next=%2Fcorporations");
    browser.log_in(&demo(Role::Member), DEMO_PASSWORD);
    browser.at("/corporations");
    browser.sees("h1", browser.say(t::REQUIRED_TITLE));
    assert!(!browser.has("tbody"), "nothing of the firm is seen");
    set_up(&browser);
    browser.sees("h1", browser.say(texts::corporations::TITLE));
    browser.sees("tbody", "ABC Corp");
}

#[test]
fn a_manager_reads_the_settings() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Manager, "/settings");
    browser.sees("dd", "Ebenezer Tax Services");
    assert!(!browser.has("[name=company]"));
    browser.sees("main", &f::gigabytes(Locale::Es, 100));
}

#[test]
fn two_who_change_the_settings_see_both_versions() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/settings");
    let first = browser.window();
    browser.fill("[name=company]", "Faro Contable");
    browser.another_window();
    browser.visit("/settings");
    browser.select("select[name=locale]", browser.say(texts::languages::EN));
    browser.save();
    browser.sees("[data-testid=toast]", browser.say(texts::common::SAVED));
    browser.switch_to(&first);
    browser.save();
    browser.sees("dialog[open]", browser.say(texts::problems::PRECONDITION_FAILED));
    browser
        .sees("[data-testid=conflict-row][data-field=locale]", browser.say(texts::languages::EN));
    browser.click("[data-testid=conflict-save]");
    browser.sees(".topbar", "Faro Contable");
    browser.reload();
    browser.sees(".topbar", "Faro Contable");
    let language = browser.script("return document.querySelector('[name=locale]').value", &[]);
    assert_eq!(language, "en");
}
