//! All that a list finds, changed at once.

use crate::support::{Browser, Locale, ROW, Screen, Server, firm, texts};
use texts::bulk as b;

/// Three people of whom a page shows two.
fn three(browser: &Browser) {
    browser.register(&firm());
    for name in ["Ruiz", "Mora", "Vega"] {
        browser.create_contact("Ana", name, &[]);
    }
    browser.visit("/contacts?page_size=2&search=ana");
    browser.sees(ROW, "Ana Mora");
}

fn select_page(browser: &Browser) {
    browser.script(
        "document.querySelectorAll('tbody tr[data-id] input[type=checkbox]').forEach((it) => it.click())",
        &[],
    );
}

#[test]
fn all_that_match_are_changed_and_changed_back() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    three(&browser);
    select_page(&browser);
    browser.sees(".bulk-count", &texts::table::selected(Locale::Es, 2));
    browser.sees("[data-testid=select-all]", &b::select_all(Locale::Es, "3"));
    browser.click("[data-testid=select-all]");
    browser.sees(".bulk-count", &b::all_selected(Locale::Es, "3"));
    browser.click("[data-testid=bulk-delete]");
    browser.sees("dialog[open]", browser.say(b::DELETE_ALL_TITLE));
    browser.click("dialog[open] [data-kind=danger]");
    browser.sees("[data-testid=bulk-run]", browser.say(b::run::DONE));
    browser.sees("[data-testid=run-count]", &b::run::progress(Locale::Es, "3", "3"));
    browser.finds("[data-testid=no-matches]");
    browser.click("[data-testid=run-undo]");
    browser.sees(".toasts", &b::restored(Locale::Es, 3));
    browser.sees(ROW, "Ana Mora");
    // The list of changes knows it, too.
    browser.visit("/recent-changes");
    browser.sees(ROW, browser.say(b::run::DONE));
    browser.sees(ROW, browser.say(b::UNDONE));
    browser.show_on(Screen::Phone);
    browser.click("[data-testid=run-look]");
    browser.sees("[data-testid=bulk-run]", "3");
}

#[test]
fn another_row_more_or_less_means_the_selected_ones_again() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    three(&browser);
    select_page(&browser);
    browser.click("[data-testid=select-all]");
    browser.sees(".bulk-count", &b::all_selected(Locale::Es, "3"));
    browser.click("tbody tr[data-id] input[type=checkbox]");
    browser.sees(".bulk-count", &texts::table::selected(Locale::Es, 1));
    assert!(!browser.has("[data-testid=select-all]"), "a whole page is not selected");
}
