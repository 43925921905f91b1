//! Two records that turned out to be one.

use crate::support::{Browser, Locale, ROW, Server, firm, texts};
use texts::merge as m;

/// Ana twice: with a company and an email, and with a note and another email.
fn two(browser: &Browser) -> (String, String) {
    browser.register(&firm());
    browser.create_corporation("ABC Corp");
    let ana = browser.create_contact("Ana", "Ruiz", &[]);
    let twin = browser.create_contact("Anna", "Ruiz", &["ABC Corp"]);
    for (path, field, value) in [
        (&ana, "email", "ana@uno.test"),
        (&twin, "email", "ana@dos.test"),
        (&twin, "notes", "Llama tarde"),
    ] {
        browser.visit(&format!("{path}/edit"));
        browser.fill(format!("[name={field}]").as_str(), value);
        browser.save();
        browser.at_record("/contacts");
    }
    (ana, twin)
}

#[test]
fn two_contacts_become_one_and_two_again() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    let (ana, twin) = two(&browser);
    browser.visit(&ana);
    browser.click("[data-testid=more-actions] button");
    browser.press(m::ACTION);
    browser.choose("[name=with]", "Anna Ruiz");
    browser.sees("[data-testid=merge-table]", "ana@dos.test");
    browser.sees("[data-testid=merge-links]", "1 corporación");
    browser.click("[data-testid=other-email]");
    browser.click("[data-testid=merge]");
    browser.at(&ana);
    browser.sees("h1", "Ana Ruiz");
    browser.sees("main", "ana@dos.test");
    browser.sees("[data-testid=notes]", "Llama tarde");
    browser.sees("[data-testid=corporation]", "ABC Corp");
    browser.sees("[data-testid=timeline]", "unió este registro con Anna Ruiz");
    // The old address leads to the one that stayed.
    browser.visit(&twin);
    browser.at(&ana);
    browser.sees(".toasts", browser.say(m::MOVED));
    browser.visit("/recent-changes");
    browser.sees(ROW, browser.say(texts::bulk::MERGE));
    browser.click("[data-testid=undo]");
    browser.sees(".toasts", &texts::bulk::restored(Locale::Es, 2));
    browser.visit(&twin);
    browser.sees("h1", "Anna Ruiz");
    browser.sees("[data-testid=notes]", "Llama tarde");
    browser.sees("[data-testid=timeline]", "recuperó el registro");
    browser.visit(&ana);
    browser.sees("main", "ana@uno.test");
    browser.sees("main", browser.say(texts::contacts::NO_CORPORATIONS));
}

#[test]
fn two_selected_rows_are_merged_and_the_message_takes_it_back() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    let (ana, twin) = two(&browser);
    browser.visit("/contacts");
    browser.sees(ROW, "Ana Ruiz");
    browser.script(
        "document.querySelectorAll('tbody tr[data-id] input[type=checkbox]').forEach((it) => it.click())",
        &[],
    );
    browser.click("[data-testid=merge-two]");
    browser.at_path("the merge", |path| path.contains("/merge?with="));
    // Somebody is faster: nothing is merged, and the new data are shown.
    let first = browser.window();
    browser.another_window();
    browser.visit(&format!("{twin}/edit"));
    browser.fill("[name=notes]", "Llama temprano");
    browser.save();
    browser.at_record("/contacts");
    browser.switch_to(&first);
    browser.click("[data-testid=merge]");
    browser.sees("[data-testid=merge-changed]", browser.say(m::CHANGED_TITLE));
    browser.sees("[data-testid=merge-table]", "Llama temprano");
    browser.click("[data-testid=merge]");
    browser.at(&ana);
    browser.sees("[data-testid=notes]", "Llama temprano");
    browser.press(texts::common::UNDO);
    browser.at_path("the list", |path| path.starts_with("/contacts?") || path == "/contacts");
    browser.sees("tbody", "Anna Ruiz");
    browser.sees("tbody", "Ana Ruiz");
}

#[test]
fn a_likely_duplicate_is_created_and_merged() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    let ana = browser.create_contact("Ana", "Ruiz", &[]);
    browser.visit("/contacts/new");
    browser.fill("[name=first_name]", "ana");
    browser.fill("[name=last_name]", "ruíz");
    browser.fill("[name=notes]", "Vino por recomendación");
    browser.save();
    browser.click("[data-testid=duplicate-merge]");
    browser.at_path("the merge", |path| path.starts_with(&format!("{ana}/merge?with=")));
    browser.sees("[data-testid=merge-table]", "Vino por recomendación");
    browser.click("[data-testid=merge]");
    browser.at(&ana);
    browser.sees("[data-testid=notes]", "Vino por recomendación");
}

#[test]
fn three_become_one_and_it_is_said_what_moves_and_what_fills() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    let (ana, twin) = two(&browser);
    let third = browser.create_contact("Ana", "R.", &["ABC Corp"]);
    browser.visit("/contacts");
    browser.sees(ROW, "Ana Ruiz");
    browser.script(
        "document.querySelectorAll('tbody tr[data-id] input[type=checkbox]').forEach((it) => it.click())",
        &[],
    );
    browser.sees("[data-testid=merge-two]", &m::selected(Locale::Es, 3));
    browser.click("[data-testid=merge-two]");
    browser.at_path("the merge", |path| path.starts_with(&ana) && path.contains("/merge?with="));
    browser.sees("[data-testid=merge-table]", "Anna Ruiz");
    // The oldest one has no note and no company: it is said whose fill the places.
    browser.sees("[data-field=notes]", browser.say(m::FILLS));
    browser.sees("[data-testid=merge-moves]", "2 corporaciones");
    browser.click("[data-testid=merge]");
    browser.at(&ana);
    browser.sees("[data-testid=notes]", "Llama tarde");
    browser.sees("[data-testid=corporation]", "ABC Corp");
    for gone in [twin, third] {
        browser.visit(&gone);
        browser.at(&ana);
    }
}

#[test]
fn two_companies_become_one() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    browser.create_corporation("ABC Corp");
    let abc = browser.path();
    browser.create_corporation("ABC Corporation");
    let person = browser.create_contact("Ana", "Ruiz", &["ABC Corporation"]);
    browser.visit(&format!("{abc}/merge"));
    browser.choose("[name=with]", "ABC Corporation");
    browser.click("[data-testid=other-name]");
    browser.click("[data-testid=merge]");
    browser.at(&abc);
    browser.sees("h1", "ABC Corporation");
    browser.sees("[data-testid=people]", "Ana Ruiz");
    browser.visit(&person);
    browser.sees("[data-testid=corporation]", browser.say(texts::contacts::PRIMARY));
}
