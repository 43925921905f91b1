//! The second factor: turning it on, and logging in with it.

use crate::screens::FOLDER;
use crate::support::{
    Browser, DEMO_PASSWORD, Findings, Locale, Phone, Screen, Server, Target, cut_texts, demo,
    texts, too_wide, violations,
};
use ebenezer_shared::permission::Role;
use std::path::PathBuf;
use texts::auth as a;
use texts::two_factor as f;

const PAGE: &str = "/account/security";
const CODES: &str = "[data-testid=recovery-codes] li";

/// Whatever is wrong with what the page shows now, on both screens and in both themes.
fn look(browser: &Browser, found: &mut Findings, name: &str) {
    let folder = std::env::var_os(FOLDER).map(PathBuf::from);
    for (screen, theme) in [
        (Screen::Desktop, "light"),
        (Screen::Desktop, "dark"),
        (Screen::Phone, "light"),
        (Screen::Phone, "dark"),
    ] {
        browser.show_on(screen);
        browser.script("document.documentElement.dataset.theme = arguments[0]", &[theme.into()]);
        browser.ready();
        let name = format!("{name}-{}-{theme}", screen.width());
        found.add(&name, cut_texts(browser));
        found.add(&name, too_wide(browser));
        found.add(&name, violations(browser));
        if let Some(folder) = &folder {
            browser.whole_picture(screen, &folder.join(format!("{name}.png")));
        }
    }
    browser.show_on(Screen::Desktop);
}

fn log_out(browser: &Browser) {
    browser.person_menu(browser.say(texts::shell::LOG_OUT));
    browser.at("/login");
}

#[test]
fn it_is_turned_on_in_three_steps_and_asked_for() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    let mut found = Findings::default();
    browser.enter(Role::Owner, "/contacts");
    browser.person_menu(browser.say(f::TITLE));
    browser.at(PAGE);
    browser.sees(".badge", browser.say(f::OFF));
    browser.click("[data-testid=set-up]");
    browser.sees(".step-head", &f::step(Locale::Es, 1));
    look(&browser, &mut found, "2fa-password");
    browser.fill_in(a::CURRENT_PASSWORD, "no-es-la-clave");
    browser.press(f::CONTINUE);
    browser.sees(".field-error", browser.say(texts::fields::PASSWORD_WRONG));
    browser.fill_in(a::CURRENT_PASSWORD, DEMO_PASSWORD);
    browser.press(f::CONTINUE);

    browser.sees(".step-head", browser.say(f::SCAN_TITLE));
    browser.until_script(
        "the QR code",
        "const it = document.querySelector('.scan-picture'); return it.complete && it.naturalWidth > 0",
    );
    look(&browser, &mut found, "2fa-scan");
    let phone = Phone::shown_by(&browser);
    browser.fill_in(f::CODE, &phone.code(-9));
    browser.press(f::CONFIRM);
    browser.sees(".field-error", browser.say(texts::fields::CODE_WRONG));
    browser.fill_in(f::CODE, &phone.code(-1));
    browser.press(f::CONFIRM);

    browser.sees(".step-head", browser.say(f::CODES_TITLE));
    let codes = browser.texts(CODES);
    assert_eq!(codes.len(), 10, "{codes:?}");
    look(&browser, &mut found, "2fa-codes");
    let file = browser
        .script("return decodeURIComponent(document.querySelector('a[download]').href)", &[]);
    let file = file.as_str().unwrap_or_default();
    assert!(codes.iter().all(|code| file.contains(code)), "{file}");
    browser.click("nav a[href='/contacts']");
    browser.press(texts::unsaved::STAY);
    browser.click("[data-testid=codes-kept]");
    browser.sees(".badge", browser.say(f::ON));
    browser.sees("[data-testid=codes-left]", &f::codes_left(Locale::Es, 10));
    look(&browser, &mut found, "2fa-on");

    log_out(&browser);
    browser.log_in(&demo(Role::Owner), DEMO_PASSWORD);
    browser.focused(Target::Labelled(browser.say(f::CODE).to_owned()));
    let filled = browser.script("return document.activeElement.autocomplete", &[]);
    assert_eq!(filled, "one-time-code");
    look(&browser, &mut found, "2fa-login");
    browser.fill_in(f::CODE, &phone.code(-9));
    browser.press(a::LOG_IN);
    browser.sees("[role=alert]", browser.say(texts::problems::MFA_CODE_WRONG));
    browser.until_script(
        "the focus in the emptied code",
        "const it = document.activeElement; return it.name === 'totp_code' && it.value === ''",
    );
    browser.fill_in(f::CODE, &phone.code(0));
    browser.press(a::LOG_IN);
    browser.at("/dashboard");
    found.none();
}

#[test]
fn a_recovery_code_lets_in_who_lost_the_phone() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    let (_, codes) = Phone::of(&browser, &server, &demo(Role::Owner));
    let [first, second, third, ..] = codes.as_slice() else { panic!("{codes:?}") };
    browser.visit("/login?next=%2Faccount%2Fsecurity");
    browser.log_in(&demo(Role::Owner), DEMO_PASSWORD);
    browser.press(f::USE_RECOVERY);
    browser.focused(Target::Labelled(browser.say(f::RECOVERY_CODE).to_owned()));
    browser.press(a::LOG_IN);
    browser.sees(".field-error", browser.say(texts::fields::REQUIRED));
    browser.fill_in(f::RECOVERY_CODE, &first.to_uppercase());
    browser.press(a::LOG_IN);
    browser.at(PAGE);
    browser.sees("[data-testid=toast]", &f::used_recovery(Locale::Es, 9));
    browser.sees("[data-testid=codes-left]", &f::codes_left(Locale::Es, 9));

    browser.click("[data-testid=renew-codes]");
    browser.fill_in(a::CURRENT_PASSWORD, DEMO_PASSWORD);
    browser.fill_in(f::ANY_CODE, first);
    browser.click("[data-testid=prove]");
    browser.sees("dialog[open] .field-error", browser.say(texts::fields::CODE_WRONG));
    browser.fill_in(f::ANY_CODE, second);
    browser.click("[data-testid=prove]");
    browser.until("new codes", || (browser.texts(CODES).len() == 10).then_some(()));
    assert!(!browser.texts(CODES).contains(third));
    let new = browser.texts(CODES).remove(0);
    browser.click("[data-testid=codes-kept]");
    browser.sees("[data-testid=codes-left]", &f::codes_left(Locale::Es, 10));

    browser.click("[data-testid=disable]");
    browser.fill_in(a::CURRENT_PASSWORD, DEMO_PASSWORD);
    browser.fill_in(f::ANY_CODE, &new);
    browser.click("[data-testid=prove]");
    browser.sees(".badge", browser.say(f::OFF));
    log_out(&browser);
    browser.log_in(&demo(Role::Owner), DEMO_PASSWORD);
    browser.at("/dashboard");
}

#[test]
fn a_locked_page_asks_for_the_code_and_goes_on() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    let (phone, _) = Phone::of(&browser, &server, &demo(Role::Owner));
    browser.visit("/login?next=%2Fcontacts%2Fnew");
    browser.log_in(&demo(Role::Owner), DEMO_PASSWORD);
    browser.fill_in(f::CODE, &phone.code(0));
    browser.press(a::LOG_IN);
    browser.at("/contacts/new");
    browser.fill("[name=first_name]", "Rosa");
    browser.fill("[name=last_name]", "Interrumpida");
    crate::lock::end_session(&browser);
    browser.save();
    browser.sees("h1", browser.say(texts::session::LOCKED_TITLE));
    browser.fill_in(a::PASSWORD, DEMO_PASSWORD);
    browser.press(a::LOG_IN);
    browser.fill_in(f::CODE, &phone.code(1));
    browser.press(a::LOG_IN);
    browser.misses("h1", browser.say(texts::session::LOCKED_TITLE));
    browser.save();
    browser.at_record("/contacts");
    browser.sees("h1", "Rosa Interrumpida");
}
