//! A firm's work without a mouse.

use crate::support::{Browser, FURTHER, PASSWORD, ROW, Server, Target, firm, texts};
use texts::auth as a;
use thirtyfour::Key;

#[test]
fn everything_can_be_done_by_keyboard() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    register(&browser);
    for name in ["ABC Corp", "XYZ Inc"] {
        create_corporation(&browser, name);
    }
    create_contact(&browser, "Carlos", "Rodríguez");
    create_contact(&browser, "María", "García");
    walk_the_list(&browser);
    take_one_away(&browser);
    choose_a_language(&browser);
    leave(&browser);
}

fn register(browser: &Browser) {
    let firm = firm();
    browser.visit("/register");
    browser.focused(Target::Labelled(browser.say(a::COMPANY).to_owned()));
    browser.keys(firm.company);
    browser.finds("input[name=product]:not(:disabled)+*");
    browser.tab_to("input[name=product]");
    browser.keys(Key::Space);
    browser.tab_to(Target::Labelled(browser.say(a::FULL_NAME).to_owned()));
    browser.keys(firm.person);
    browser.keys(Key::Tab);
    browser.keys(firm.email);
    browser.keys(Key::Tab);
    browser.keys(PASSWORD);
    browser.keys(Key::Enter);
    browser.at("/dashboard");
}

fn create_corporation(browser: &Browser, name: &str) {
    browser.tab_to("nav a[href='/corporations']");
    browser.keys(Key::Enter);
    browser.at("/corporations");
    browser.tab_to("main a[href='/corporations/new']");
    browser.keys(Key::Enter);
    browser.focused("[name=name]");
    browser.keys(name);
    browser.keys(Key::Control + Key::Enter);
    browser.at_record("/corporations");
    browser.sees("h1", name);
}

/// Belongs to both corporations: one chosen by typing, the other with the arrows.
fn create_contact(browser: &Browser, first: &str, last: &str) {
    browser.tab_to("nav a[href='/contacts']");
    browser.keys(Key::Enter);
    browser.at("/contacts");
    browser.tab_to("main a[href='/contacts/new']");
    browser.keys(Key::Enter);
    browser.focused("[name=first_name]");
    browser.keys(first);
    browser.keys(Key::Tab);
    browser.keys(last);
    browser.tab_to("[name=primary_corporation_id]");
    browser.keys("abc");
    browser.finds(Target::Option("ABC Corp"));
    browser.keys(Key::Enter);
    browser.until_script(
        "the primary corporation",
        "return document.querySelector('[name=primary_corporation_id]').value === 'ABC Corp'",
    );

    browser.tab_to(FURTHER);
    browser.keys(Key::Down);
    browser.finds(Target::Option("XYZ Inc"));
    browser.keys(Key::Escape);
    browser.until("the list to close", || {
        browser.find(&Target::Option("XYZ Inc")).is_none().then_some(())
    });
    assert_eq!(browser.path(), "/contacts/new", "Escape closes the list alone");
    browser.keys(Key::Down);
    browser.finds(Target::Option("XYZ Inc"));
    browser.keys(Key::Enter);
    browser.sees("[data-testid=further-corporations] .chip", "XYZ Inc");
    browser.keys(Key::Control + Key::Enter);
    browser.at_record("/contacts");
    browser.sees("h1", &format!("{first} {last}"));
}

fn walk_the_list(browser: &Browser) {
    browser.tab_to("nav a[href='/contacts']");
    browser.keys(Key::Enter);
    browser.at("/contacts");
    browser.until("both people", || (browser.texts(ROW).len() == 2).then_some(()));
    let row = |text: &'static str| browser.focused(Target::Row(text));
    browser.keys("j");
    row("Carlos Rodríguez");
    browser.keys("j");
    row("María García");
    browser.keys("j");
    row("María García");
    browser.keys(Key::Up);
    row("Carlos Rodríguez");
    browser.keys(Key::Down);
    row("María García");
    browser.keys("k");
    row("Carlos Rodríguez");
    browser.sees(ROW, "ABC Corp +1");
    browser.keys(Key::Enter);
    browser.at_record("/contacts");
    browser.sees("h1", "Carlos Rodríguez");
}

fn take_one_away(browser: &Browser) {
    browser.tab_to("[data-testid=edit]");
    browser.keys(Key::Enter);
    browser.finds("[data-testid=further-corporations] .chip");
    browser.tab_to(".chip-remove");
    browser.keys(Key::Enter);
    browser.focused(FURTHER);
    // Esc and the dialog's own buttons: nothing is lost by a slip.
    browser.tab_to("[data-testid=cancel]");
    browser.keys(Key::Enter);
    browser.sees("dialog[open]", browser.say(texts::unsaved::TITLE));
    browser.keys(Key::Escape);
    browser.until("the dialog to close", || (!browser.has("dialog[open]")).then_some(()));
    browser.focused("[data-testid=cancel]");
    browser.keys(Key::Control + Key::Enter);
    browser.at_record("/contacts");
    browser.sees("[data-testid=corporation]", "ABC Corp");
    browser.misses("[data-testid=corporation]", "XYZ Inc");
}

fn choose_a_language(browser: &Browser) {
    let person = ".topbar-end button[aria-haspopup=menu]";
    browser.tab_to(person);
    browser.keys(Key::Enter);
    browser.focused("[role=menu] [role=menuitemradio]");
    browser.keys(Key::Escape);
    browser.focused(person);
    browser.keys(Key::Enter);
    browser.focused("[role=menu] [role=menuitemradio]");
    browser.keys(Key::Down);
    browser.focused(Target::Named("English".to_owned()));
    browser.keys(Key::Enter);
    browser.until("English", || (browser.root_attribute("lang")? == "en").then_some(()));
    browser.focused(person);
}

fn leave(browser: &Browser) {
    browser.keys(Key::Enter);
    browser.focused("[role=menu] [role=menuitemradio]");
    browser.keys(Key::End);
    browser.focused(Target::Named(browser.say(texts::shell::LOG_OUT).to_owned()));
    browser.keys(Key::Enter);
    browser.at("/login");
    browser.focused(Target::Labelled(browser.say(a::EMAIL).to_owned()));
    browser.keys(firm().email);
    browser.keys(Key::Tab);
    browser.keys(PASSWORD);
    browser.keys(Key::Enter);
    browser.at("/dashboard");
}
