//! Notes as people use them.

use crate::support::{Browser, Server, firm};
use ebenezer_shared::permission::Role;
use ebenezer_shared::texts::notes as n;
use serde_json::json;
use thirtyfour::Key;

const CARD: &str = "[data-testid=notes-card]";
const TEXT: &str = "[data-testid=note-text]";
const FIELD: &str = "[data-testid=notes-card] [data-testid=note-form] [name=text]";

/// Writes a note in the field of the card, without the mouse.
fn write(browser: &Browser, text: &str) {
    browser.fill(FIELD, text);
    browser.keys(Key::Control + Key::Enter);
    browser.sees(TEXT, text);
}

#[test]
fn a_note_on_a_client_is_written_pinned_changed_and_deleted() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    browser.create_contact("Ana", "Ruiz", &[]);
    browser.sees(CARD, browser.say(n::NONE_YET));
    write(&browser, "Paga puntual");
    write(&browser, "Llamar en abril");
    assert_eq!(browser.texts(TEXT), ["Llamar en abril", "Paga puntual"]);
    browser.click("[data-testid=note]:nth-child(2) [data-testid=pin-note]");
    browser.until("the pinned one comes first", || {
        (browser.texts(TEXT).first()? == "Paga puntual").then_some(())
    });
    browser.click("[data-testid=note]:nth-child(2) [data-testid=edit-note]");
    browser.fill("[data-testid=note] [name=text]", "Llamar en mayo");
    browser.click("[data-testid=note] [data-testid=save-note]");
    browser.sees(TEXT, "Llamar en mayo");
    browser.click("[data-testid=note]:nth-child(2) [data-testid=delete-note]");
    browser.click("[data-testid=confirm-delete][open] [data-kind=danger]");
    browser.until("one is left", || (browser.texts(TEXT) == ["Paga puntual"]).then_some(()));
}

#[test]
fn a_sticky_note_is_kept_on_coloured_paper() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    browser.go_to("/notes");
    browser.click("[data-testid=new-sticky]");
    browser.finds("[data-testid=sticky-notes] [name=text]");
    browser.keys("Comprar café");
    browser.click("[data-testid=sticky-notes] .color-choice:has([value=pink])");
    browser.click("[data-testid=save-note]");
    browser.sees("[data-testid=note][data-color=pink]", "Comprar café");
    assert!(!browser.has("[data-testid=note-form]"));
    browser.visit("/notes");
    browser.sees("[data-testid=note][data-color=pink]", "Comprar café");
}

#[test]
fn a_note_of_somebody_else_comes_by_itself_and_what_is_typed_stays() {
    let server = Server::with_demo_data();
    let (mine, theirs) = (Browser::open(&server), Browser::open(&server));
    for (browser, role) in [(&mine, Role::Owner), (&theirs, Role::Manager)] {
        browser.enter(role, "/contacts?search=juan%20perez");
        browser.click("[data-row-open]");
        browser.at_record("/contacts");
        browser.finds(CARD);
    }
    mine.fill(FIELD, "A medio escribir");
    write(&theirs, "Trajo el formulario");
    mine.sees(TEXT, "Trajo el formulario");
    let typed = mine.script("return document.querySelector(arguments[0]).value", &[json!(FIELD)]);
    assert_eq!(typed, "A medio escribir");
}

#[test]
fn who_may_only_look_writes_nothing() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Viewer, "/notes");
    browser.finds(TEXT);
    assert!(!browser.has("[data-testid=new-sticky]") && !browser.has("[data-testid=pin-note]"));
}
