//! A firm's first day, from its registration to the evening.

use crate::support::{Browser, Locale, PASSWORD, ROW, Server, firm, texts};
use texts::conflict as c;

#[test]
fn a_firm_keeps_its_contacts_and_corporations() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    arrive(&browser);
    for name in ["ABC Corp", "XYZ Inc", "Tech Solutions LLC"] {
        browser.create_corporation(name);
    }
    let corporations = ["ABC Corp", "XYZ Inc", "Tech Solutions LLC"];
    let carlos = browser.create_contact("Carlos", "Rodríguez", &corporations);
    browser.go_to("/contacts");
    browser.sees(ROW, "ABC Corp +2");
    take_one_away(&browser);
    meet_in_the_same_form(&browser, &carlos);
    find_without_accents(&browser);
    change_language_and_theme(&browser);
    leave_and_come_back(&browser);
}

fn arrive(browser: &Browser) {
    browser.register(&firm());
    browser.sees("[data-testid=empty]", browser.say(texts::contacts::EMPTY));
    browser.person_menu(browser.say(texts::shell::LOG_OUT));
    browser.at("/login");
    browser.log_in(firm().email, PASSWORD);
    browser.at("/dashboard");
    browser.visit("/contacts");
}

fn take_one_away(browser: &Browser) {
    browser.open_row("Carlos Rodríguez");
    browser.at_record("/contacts");
    let belongings = ["ABC Corp Primaria", "XYZ Inc", "Tech Solutions LLC"];
    let shown = browser.texts("[data-testid=corporation]");
    for name in belongings {
        assert!(shown.iter().any(|it| it.contains(name)), "{name} is not in {shown:?}");
    }
    browser.click("[data-testid=edit]");
    browser.press_named(&texts::common::remove_item(Locale::Es, "XYZ Inc"));
    browser.save();
    browser.at_record("/contacts");
    browser.sees("[data-testid=toast]", browser.say(texts::common::SAVED));
    browser.go_to("/contacts");
    browser.sees(ROW, "ABC Corp +1");
}

/// A second window saves first; the first is told, sees both versions and keeps some of
/// each.
fn meet_in_the_same_form(browser: &Browser, path: &str) {
    let edit = format!("{path}/edit");
    let first = browser.window();
    browser.visit(&edit);
    browser.fill("[name=phone]", "(305) 555-0101");
    browser.fill("[name=notes]", "Llamar por la mañana");
    let second = browser.another_window();
    browser.visit(&edit);
    browser.fill("[name=email]", "carlos@abc.example");
    browser.fill("[name=notes]", "Llamar por la tarde");
    browser.save();
    browser.at(path);

    browser.switch_to(&first);
    browser.save();
    browser.sees("dialog[open]", browser.say(texts::problems::PRECONDITION_FAILED));
    browser.focused(".dialog-title");
    let notes = "[data-testid=conflict-row][data-field=notes]";
    browser.sees(notes, "Llamar por la mañana");
    browser.sees(notes, "Llamar por la tarde");
    browser.sees(notes, browser.say(c::BOTH));
    browser.sees("[data-testid=conflict-row][data-field=email]", "carlos@abc.example");
    browser.click("label:has(> [data-testid=theirs-notes])");
    browser.click("[data-testid=conflict-save]");
    browser.at(path);
    browser.sees("main", "(305) 555-0101");
    browser.sees("main", "carlos@abc.example");
    browser.sees("[data-testid=notes]", "Llamar por la tarde");

    browser.switch_to(&second);
    browser.reload();
    browser.sees("main", "(305) 555-0101");
    browser.run(async { browser.driver().close_window().await }).unwrap();
    browser.switch_to(&first);
}

fn find_without_accents(browser: &Browser) {
    browser.create_contact("María", "García", &["ABC Corp"]);
    browser.go_to("/contacts");
    browser.until("both people", || (browser.texts(ROW).len() == 2).then_some(()));
    browser.fill("[data-testid=search]", "garcia");
    browser.until("María alone", || {
        let rows = browser.texts(ROW);
        matches!(rows.as_slice(), [row] if row.contains("María García")).then_some(())
    });
    browser.at("/contacts?search=garcia");
}

fn change_language_and_theme(browser: &Browser) {
    browser.shows("h1", &[texts::contacts::TITLE.get(Locale::Es)]);
    browser.person_menu(browser.say(texts::languages::EN));
    browser.shows("h1", &[texts::contacts::TITLE.get(Locale::En)]);
    assert_eq!(browser.root_attribute("lang").as_deref(), Some("en"));
    assert_eq!(browser.path(), "/contacts?search=garcia");
    browser.person_menu(browser.say(texts::themes::DARK));
    browser.until("dark", || (browser.root_attribute("data-theme")? == "dark").then_some(()));
}

fn leave_and_come_back(browser: &Browser) {
    browser.reload();
    browser.at("/contacts?search=garcia");
    browser.sees(ROW, "María García");
    browser.person_menu(browser.say(texts::shell::LOG_OUT));
    browser.at("/login");
    browser.visit("/corporations");
    browser.at("/login?next=%2Fcorporations");
    browser.log_in(firm().email, PASSWORD);
    browser.at("/corporations");
    browser.sees(ROW, "Tech Solutions LLC");
}
