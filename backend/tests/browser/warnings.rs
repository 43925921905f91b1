//! What the app asks before it does something doubtful.

use crate::support::{Browser, Locale, ROW, Server, Target, texts};
use ebenezer_shared::permission::Role;

#[test]
fn a_likely_duplicate_is_shown_before_it_is_created() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts/new");
    browser.fill("[name=first_name]", "Maria");
    browser.fill("[name=last_name]", "GARCIA");
    browser.fill("[name=email]", "maria.garcia@email.com");
    browser.save();
    browser.sees("dialog[open]", browser.say(texts::problems::POSSIBLE_DUPLICATE));
    browser.sees("[data-testid=duplicate-match]", "María García");
    browser.sees("[data-testid=duplicate-match]", browser.say(texts::duplicates::NAME_AND_EMAIL));

    browser.click("[data-testid=duplicates-back]");
    browser.until("the form", || (!browser.has("dialog[open]")).then_some(()));
    assert_eq!(browser.path(), "/contacts/new");
    browser.save();
    browser.click("[data-testid=duplicates-create]");
    browser.at_record("/contacts");
    browser.sees("h1", "Maria GARCIA");
}

#[test]
fn deleting_a_primary_corporation_names_its_people_and_reassigns_them() {
    let server = Server::with_demo_data();
    // Whoever has tasks, cases or documents stays.
    server.execute(
        "PRAGMA foreign_keys = OFF; DELETE FROM tasks; DELETE FROM appointments; DELETE FROM notes; DELETE FROM threads; DELETE FROM cases;
         DELETE FROM case_checklist_items;
         DELETE FROM document_request_items; DELETE FROM document_requests;
         DELETE FROM document_versions; DELETE FROM documents",
    );
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/corporations?search=abc%20corp");
    browser.press_named(&texts::common::actions_of(Locale::Es, "ABC Corp"));
    browser.press(texts::common::DELETE);
    browser.sees("dialog[open]", &texts::corporations::delete_title(Locale::Es, "ABC Corp"));
    browser.sees("dialog[open]", browser.say(texts::corporations::REASSIGN_DETAIL));
    browser.sees("[data-testid=primary-of]", "María García");
    browser.sees("[data-testid=primary-of]", "Carlos Rodríguez");

    browser.click("[data-testid=reassign-delete]");
    browser.sees("dialog[open] .field-error", browser.say(texts::fields::REQUIRED));
    browser.choose("[name=reassign_primary_to]", "XYZ Inc");
    browser.click("[data-testid=reassign-delete]");
    browser.sees("[data-testid=toast]", &texts::corporations::deleted(Locale::Es, "ABC Corp"));
    browser.visit("/contacts?search=maria%20garcia");
    browser.sees(ROW, "XYZ Inc");
    browser.misses(ROW, "ABC Corp");
}

#[test]
fn unsaved_work_is_not_lost_by_a_slip() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts/new");
    browser.fill("[name=first_name]", "Casi");
    browser.click("nav a[href='/corporations']");
    browser.sees("dialog[open]", browser.say(texts::unsaved::TITLE));
    browser.press(texts::unsaved::STAY);
    assert_eq!(browser.path(), "/contacts/new");
    let typed = browser.script("return document.querySelector('[name=first_name]').value", &[]);
    assert_eq!(typed, "Casi");
    browser.click("nav a[href='/corporations']");
    browser.press(texts::unsaved::LEAVE);
    browser.at("/corporations");
}

#[test]
fn the_form_names_what_is_wrong_and_goes_there() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts/new");
    browser.fill("[name=first_name]", "Ana");
    browser.fill("[name=email]", "no es un correo");
    browser.choose(crate::support::FURTHER, "XYZ Inc");
    browser.save();
    browser.sees("[data-field=last_name]", browser.say(texts::fields::REQUIRED));
    browser.sees("[data-field=email]", browser.say(texts::fields::INVALID_EMAIL));
    let focused = browser.script("return document.activeElement.name", &[]);
    assert_eq!(focused, "last_name");
    assert_eq!(browser.path(), "/contacts/new");

    browser.fill("[name=last_name]", "Correa");
    browser.fill("[name=email]", "ana.correa@email.example");
    browser.save();
    browser.sees("[data-field=primary_corporation_id] .field-error", "");
    assert_eq!(browser.path(), "/contacts/new", "a further corporation needs a primary one");
    browser.choose("[name=primary_corporation_id]", "ABC Corp");
    browser.save();
    browser.at_record("/contacts");
    browser.finds(Target::Css("[data-testid=corporation]"));
}
