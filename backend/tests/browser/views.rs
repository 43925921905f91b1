//! Saved views, chosen columns, and changes of many at once.

use crate::support::{Browser, DEMO_PASSWORD, ROW, Server, demo, firm, texts};
use ebenezer_shared::permission::Role;

/// The heads of the table, in their order.
fn heads(browser: &Browser) -> Vec<String> {
    browser.texts("thead th").into_iter().filter(|text| !text.is_empty()).collect()
}

#[test]
fn a_view_is_saved_shared_and_seen_by_somebody_else() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.visit("/login");
    browser.log_in(&demo(Role::Owner), DEMO_PASSWORD);
    browser.at("/dashboard");
    browser.visit("/contacts");
    browser.visit("/contacts?status=prospect&ordering=-created_at");
    browser.sees(ROW, browser.say(texts::statuses::PROSPECT));
    browser.click("[data-testid=views] button");
    browser.press(texts::views::SAVE_AS);
    browser.fill("dialog[open] [name=name]", "Prospectos nuevos");
    browser.click("dialog[open] .check-label");
    browser.save();
    browser.at_path("the view", |path| path.contains("view="));
    browser.sees("[data-testid=views] button", "Prospectos nuevos");
    let link = browser.path();
    browser.click("[data-testid=clear-all-filters]");
    browser.finds("[data-testid=view-changed]");
    browser.person_menu(browser.say(texts::shell::LOG_OUT));
    browser.at("/login");
    browser.log_in(&demo(Role::Viewer), DEMO_PASSWORD);
    browser.at("/dashboard");
    browser.visit("/contacts");
    browser.click("[data-testid=views] button");
    browser.press_named("Prospectos nuevos");
    browser.at_path("the same view", |path| path.contains("status=prospect"));
    browser.sees(ROW, browser.say(texts::statuses::PROSPECT));
    browser.visit(&link);
    browser.sees("[data-testid=views] button", "Prospectos nuevos");
    assert!(!browser.has("[data-testid=view-changed]"));
}

#[test]
fn columns_are_chosen_and_kept() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.visit("/login");
    browser.log_in(&demo(Role::Owner), DEMO_PASSWORD);
    browser.at("/dashboard");
    browser.visit("/contacts");
    browser.finds(ROW);
    browser.click("[data-testid=columns]");
    browser.click("dialog[open] [data-name=phone] .check-label");
    browser.click("dialog[open] [data-name=owner] .check-label");
    browser.click("dialog[open] [data-name=owner] [data-testid=column-up]");
    browser.click("[data-testid=columns-done]");
    let owner = browser.say(texts::contacts::OWNER).to_owned();
    let phone = browser.say(texts::contacts::PHONE).to_owned();
    browser.until("the chosen columns", || {
        let heads = heads(&browser);
        (heads.contains(&owner) && !heads.contains(&phone)).then_some(())
    });
    browser.reload();
    browser.until("the columns after a reload", || {
        let heads = heads(&browser);
        (heads.contains(&owner) && !heads.contains(&phone)).then_some(())
    });
}

#[test]
fn many_are_changed_deleted_and_taken_back() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    for (first, last) in [("Ana", "Ruiz"), ("Beto", "Mora"), ("Caro", "Luna")] {
        browser.create_contact(first, last, &[]);
    }
    browser.go_to("/contacts");
    browser.sees(ROW, "Caro Luna");
    // By keys: the first two rows.
    for key in ["j", "x", "j", "x"] {
        browser.keys(key);
    }
    browser.sees(".bulk-count", &texts::table::selected(browser.locale(), 2));
    browser.click("[data-testid=bulk-bar] button[aria-haspopup=menu]");
    browser.press(texts::statuses::INACTIVE);
    browser.sees("[data-testid=toast]", &texts::bulk::changed(browser.locale(), 2));
    let inactive = browser.say(texts::statuses::INACTIVE);
    let count = |browser: &Browser| {
        browser.texts(ROW).into_iter().filter(|row| row.contains(inactive)).count()
    };
    browser.until("two inactive rows", || (count(&browser) == 2).then_some(()));
    browser.press(texts::common::UNDO);
    browser.until("none inactive", || (count(&browser) == 0).then_some(()));
    browser.click("thead .check-box");
    browser.sees(".bulk-count", &texts::table::selected(browser.locale(), 3));
    browser.click("[data-testid=bulk-delete]");
    browser.click("dialog[open] [data-kind=danger]");
    browser.finds("[data-testid=empty]");
    browser.visit("/recent-changes");
    browser.sees("tbody tr", browser.say(texts::common::DELETE));
    browser.click("tbody tr:first-child [data-testid=undo]");
    browser.sees("tbody tr:first-child", browser.say(texts::bulk::UNDONE));
    browser.go_to("/contacts");
    browser.until("three rows", || (browser.texts(ROW).len() == 3).then_some(()));
}
