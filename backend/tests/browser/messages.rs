//! Messages as people use them.

use crate::support::{Browser, Screen, Server};
use ebenezer_shared::permission::Role;
use ebenezer_shared::texts::messages as m;
use serde_json::json;
use thirtyfour::Key;

const MESSAGE: &str = "[data-testid=message]";
const FIELD: &str = "[data-testid=composer] [name=body]";
const UNREAD: &str = ".sidebar [data-testid=unread]";
const THREAD: &str = "[data-testid=thread]";

#[test]
fn a_message_arrives_in_a_second_browser_and_is_read_there() {
    let server = Server::with_demo_data();
    let (owner, manager) = (Browser::open(&server), Browser::open(&server));
    owner.enter(Role::Owner, "/messages");
    owner.sees(UNREAD, "3");
    manager.enter(Role::Manager, "/messages");
    for browser in [&owner, &manager] {
        browser.sees(THREAD, "Carta del IRS a ABC Corp");
        browser.click(THREAD);
        browser.sees(MESSAGE, "¿Lo revisas?");
    }
    owner.sees(UNREAD, "1");
    owner.fill(FIELD, "Lo leo ahora");
    owner.keys(Key::Enter);
    owner.sees(MESSAGE, "Lo leo ahora");
    manager.sees(MESSAGE, "Lo leo ahora");
    manager.sees(THREAD, "Lo leo ahora");
    // What is typed stays while another one comes.
    owner.fill(FIELD, "A medio");
    manager.fill(FIELD, "Gracias");
    manager.keys(Key::Enter);
    owner.sees(MESSAGE, "Gracias");
    let typed = owner.script("return document.querySelector(arguments[0]).value", &[json!(FIELD)]);
    assert_eq!(typed, "A medio");
}

#[test]
fn a_conversation_is_begun_with_a_file_and_opened_on_a_phone() {
    let server = Server::with_demo_data();
    let owner = Browser::open(&server);
    owner.enter(Role::Owner, "/messages/new");
    owner.click("[data-testid=send]");
    owner.finds("[name=subject][aria-invalid=true]");
    owner.fill("[name=subject]", "Balance de enero");
    owner.fill("[name='message.body']", "Adjunto el balance.");
    let file = std::env::temp_dir().join(format!("balance-{}.txt", std::process::id()));
    std::fs::write(&file, "Activo 100").unwrap();
    owner.upload("[data-testid=drop-area]", &[file.as_path()]);
    owner.sees(".chip", "balance");
    owner.click("[data-testid=send]");
    owner.at_path("the conversation", |at| at.starts_with("/messages/0"));
    owner.sees("[data-testid=attachment]", "balance");
    owner.show_on(Screen::Phone);
    assert!(!owner.has(THREAD), "beside a conversation a phone shows no list");
    owner.click(".thread-back a");
    owner.sees(THREAD, "Balance de enero");
    assert!(!owner.has(MESSAGE));
    std::fs::remove_file(&file).unwrap();
    owner.sees("h1", owner.say(m::TITLE));
}
