//! The dashboard as people use it.

use crate::support::{Browser, ROW, Server, firm};
use ebenezer_shared::permission::Role;
use ebenezer_shared::texts::dashboard as d;

/// What a figure says.
fn figure(browser: &Browser, name: &str) -> Option<String> {
    browser.texts(&format!("[data-testid=figure-{name}]")).into_iter().next()
}

fn counts(browser: &Browser, name: &str, wanted: &str) {
    browser.until(&format!("{wanted} {name}"), || {
        (figure(browser, name).as_deref() == Some(wanted)).then_some(())
    });
}

#[test]
fn its_numbers_follow_what_was_done() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    browser.visit("/dashboard");
    counts(&browser, "active_cases", "0");
    browser.create_contact("Ana", "Ruiz", &[]);
    browser.click("[data-testid=add-case]");
    browser.fill("[name=tax_year]", "2023");
    browser.save();
    browser.at_record("/cases");
    browser.visit("/tasks");
    browser.fill("[data-testid=quick-task] [name=title]", "Llamar");
    browser.keys(thirtyfour::Key::Enter);
    browser.sees(ROW, "Llamar");
    browser.visit("/dashboard");
    counts(&browser, "active_cases", "1");
    counts(&browser, "pending_tasks", "1");
    browser.click("[data-testid=figure-pending_tasks]");
    browser.at("/tasks");
    browser.click("tbody .check-box");
    browser.visit("/dashboard");
    counts(&browser, "pending_tasks", "0");
}

#[test]
fn a_figure_leads_to_what_it_counts() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/dashboard");
    counts(&browser, "active_cases", "24");
    counts(&browser, "pending_tasks", "8");
    browser.click("[data-testid=figure-active_cases]");
    browser.at("/cases?status=open");
    browser.sees("[data-testid=total]", "24");
}

#[test]
fn its_cards_are_put_in_ones_own_order() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/dashboard");
    let order = || {
        let script = "return [...document.querySelectorAll('.panels [data-card]')].map(
            it => it.dataset.card).join()";
        browser.script(script, &[]).as_str().map(str::to_owned).filter(|it| !it.is_empty())
    };
    let before = browser.until("the cards", order);
    assert_eq!(before, "cases_by_status,workload,deadlines");
    browser.click("[data-testid=order-cards]");
    browser.press_named(&d::earlier(browser.locale(), d::DEADLINES.get(browser.locale())));
    let moved = "cases_by_status,deadlines,workload";
    browser.until("another order", || order().filter(|it| it == moved));
    browser.until("it is kept", || {
        browser.reload();
        browser.until("the cards", order);
        order().filter(|it| it == moved)
    });
}
