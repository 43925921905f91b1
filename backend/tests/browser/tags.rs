//! Tags as people use them.

use crate::support::{Browser, ROW, Server, Target, firm};
use ebenezer_shared::texts;

const FIELD: &str = "[data-testid=tags-field] [role=combobox]";

/// A tag is made on the way, found by, renamed, and taken off everything.
#[test]
fn a_contact_is_tagged_found_by_it_and_the_tag_deleted() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    browser.create_contact("Ana", "Ruiz", &[]);
    let path = browser.create_contact("Beto", "Mora", &[]);
    browser.visit(&format!("{path}/edit"));
    browser.fill(FIELD, "Debe papeles");
    browser.keys(thirtyfour::Key::Enter);
    browser.sees("[data-testid=tags-field] .chip", "Debe papeles");
    browser.save();
    browser.at(&path);
    browser.sees("[data-testid=tag]", "Debe papeles");
    browser.go_to("/contacts");
    browser.sees(ROW, "Ana Ruiz");
    browser.click("[data-testid=filter-tag] button");
    browser.press_named("Debe papeles");
    browser.at_path("the filtered list", |path| path.contains("tag="));
    browser.until("one row", || (browser.texts(ROW).len() == 1).then_some(()));
    assert!(browser.texts(ROW)[0].contains("Debe papeles"));
    browser.go_to("/tags");
    browser.sees(ROW, "Debe papeles");
    let actions = texts::common::actions_of(browser.locale(), "Debe papeles");
    browser.press_named(&actions);
    browser.press(texts::common::EDIT);
    browser.fill("[name=name]", "Le faltan papeles");
    browser.save();
    browser.sees(ROW, "Le faltan papeles");
    browser.press_named(&texts::common::actions_of(browser.locale(), "Le faltan papeles"));
    browser.press(texts::common::DELETE);
    browser.sees("dialog[open]", &texts::tags::delete_detail(browser.locale(), 1));
    browser.click(Target::Css("dialog[open] [data-kind=danger]"));
    browser.finds("[data-testid=empty]");
    browser.visit(&path);
    browser.sees("h1", "Beto Mora");
    assert!(!browser.has("[data-testid=tag]"));
}
