//! The search over everything, by keyboard and by mouse.

use crate::offline::cut_off;
use crate::support::{Browser, Findings, Screen, Server, cut_texts, firm, too_wide, violations};
use ebenezer_shared::permission::Role;
use ebenezer_shared::texts::{cases, contacts, nav, palette as p, search_select};
use serde_json::json;
use std::path::PathBuf;
use thirtyfour::Key;

const INPUT: &str = "[data-testid=palette-input]";
const OPTION: &str = "[data-testid=palette] [role=option]";
const ACTIVE: &str = "[data-testid=palette] [role=option][aria-selected=true]";

/// Calls the palette by the keyboard.
fn call(browser: &Browser) {
    browser.keys(Key::Control + "k");
    browser.focused(INPUT);
}

fn is_closed(browser: &Browser) {
    browser.until("the palette to close", || (!browser.has("dialog[open]")).then_some(()));
}

/// Keeps a picture where somebody wants to look at it.
fn picture(browser: &Browser, screen: Screen, name: &str) {
    if let Some(folder) = std::env::var_os(crate::screens::FOLDER).map(PathBuf::from) {
        std::fs::create_dir_all(&folder).unwrap();
        for theme in ["light", "dark"] {
            browser
                .script("document.documentElement.dataset.theme = arguments[0]", &[theme.into()]);
            browser.ready();
            let file = format!("palette-{name}-{}-{theme}.png", screen.width());
            browser.whole_picture(screen, &folder.join(file));
        }
    }
}

#[test]
fn a_record_is_found_and_opened_without_the_mouse() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/departments");
    call(&browser);
    browser.keys("rodriguez carlos");
    browser.sees(ACTIVE, "Carlos Rodríguez");
    browser.sees("[data-testid=palette] mark", "Rodríguez");
    picture(&browser, Screen::Desktop, "found");
    browser.keys(Key::Enter);
    browser.at_record("/contacts");
    browser.sees("h1", "Carlos Rodríguez");
    is_closed(&browser);
    // Quicker than the server answers.
    call(&browser);
    browser.keys("abc corp".to_owned() + Key::Enter);
    browser.at_record("/corporations");
    browser.sees("h1", "ABC Corp");
}

#[test]
fn arrows_walk_through_what_was_found_and_escape_closes() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts");
    call(&browser);
    browser.keys("garcia");
    browser.sees(OPTION, "María García");
    let labels = browser.texts(&format!("{OPTION} .option-label"));
    browser.keys(Key::Up);
    browser.sees(ACTIVE, labels.last().expect("something found"));
    browser.keys(Key::Down);
    browser.sees(ACTIVE, &labels[0]);
    let active = "return document.querySelector(arguments[0]).getAttribute('aria-activedescendant')
        === document.querySelector(arguments[1]).id";
    assert_eq!(browser.script(active, &[json!(INPUT), json!(ACTIVE)]), true);
    let mut found = Findings::default();
    found.add("palette", violations(&browser));
    found.none();
    browser.keys(Key::Escape);
    is_closed(&browser);
    assert_eq!(browser.path(), "/contacts");
    call(&browser);
    browser.keys(Key::Control + "k");
    is_closed(&browser);
}

#[test]
fn actions_and_pages_are_found_in_ones_language_without_accents() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts");
    call(&browser);
    browser.sees(OPTION, browser.say(contacts::NEW));
    browser.sees(OPTION, browser.say(nav::AUDIT));
    picture(&browser, Screen::Desktop, "blank");
    browser.keys("AUDITORIA");
    browser.sees(ACTIVE, browser.say(nav::AUDIT));
    browser.keys(Key::Enter);
    browser.at("/audit");
    call(&browser);
    browser.keys("nue cas");
    browser.sees(ACTIVE, browser.say(cases::NEW));
    browser.click(ACTIVE);
    browser.at("/cases/new");
}

#[test]
fn what_was_opened_lately_is_at_hand_and_gone_after_logout() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    let ana = browser.create_contact("Ana", "Ruiz", &[]);
    browser.create_contact("Luis", "Gil", &[]);
    browser.go_to("/departments");
    call(&browser);
    browser.sees(OPTION, "Luis Gil");
    browser.sees("[data-testid=palette]", browser.say(p::RECENT));
    let labels = browser.texts(&format!("{OPTION} .option-label"));
    assert_eq!(labels[..2], ["Luis Gil", "Ana Ruiz"]);
    let stored = browser.script("return localStorage.getItem('ebenezer.recent')", &[]);
    assert!(!stored.as_str().expect("a text").contains("Ana"), "{stored}");
    browser.keys(Key::Down + Key::Enter);
    browser.at(&ana);
    browser.person_menu(browser.say(ebenezer_shared::texts::shell::LOG_OUT));
    browser.at("/login");
    assert!(browser.script("return localStorage.getItem('ebenezer.recent')", &[]).is_null());
}

#[test]
fn unsaved_work_is_asked_for_and_a_fruitless_search_says_so() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    browser.visit("/contacts/new");
    browser.fill("[name=first_name]", "Ana");
    call(&browser);
    browser.keys("zzqq");
    browser.sees("[data-testid=palette-note]", &p::nothing(browser.locale(), "zzqq"));
    assert!(!browser.has(OPTION));
    browser.keys(Key::Control + "a");
    browser.keys("tareas");
    browser.sees(ACTIVE, browser.say(nav::TASKS));
    browser.keys(Key::Enter);
    browser.press(ebenezer_shared::texts::unsaved::STAY);
    assert_eq!(browser.path(), "/contacts/new");
    call(&browser);
    browser.keys("tareas".to_owned() + Key::Enter);
    browser.press(ebenezer_shared::texts::unsaved::LEAVE);
    browser.at("/tasks");
}

#[test]
fn it_serves_on_a_phone_and_says_when_it_cannot_search() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.show_on(Screen::Phone);
    browser.enter(Role::Owner, "/contacts");
    let mut found = Findings::default();
    found.add("top bar", too_wide(&browser));
    browser.click("[data-testid=open-search]");
    browser.focused(INPUT);
    browser.keys("garcia");
    browser.sees(OPTION, "María García");
    found.add("palette", too_wide(&browser));
    found.add("palette", cut_texts(&browser));
    picture(&browser, Screen::Phone, "found");
    found.none();
    browser.click(OPTION);
    browser.at_record("/contacts");
    cut_off(&browser, true);
    browser.click("[data-testid=open-search]");
    browser.focused(INPUT);
    browser.keys("perez");
    browser.sees("[data-testid=palette-note]", browser.say(search_select::FAILED));
    cut_off(&browser, false);
    browser.sees(OPTION, "Juan Pérez");
}
