//! Cases as people use them.

use crate::support::{Browser, ROW, Server, Target, firm};
use ebenezer_shared::crm::case::CaseStatus;
use ebenezer_shared::texts::cases as c;

const ITEM: &str = "[data-testid=checklist-item]";

/// Opens a case of a new person from the person's page; answers its path.
fn open_case(browser: &Browser, first: &str, last: &str) -> String {
    browser.create_contact(first, last, &[]);
    browser.click("[data-testid=add-case]");
    browser.fill("[name=tax_year]", "2023");
    browser.save();
    browser.at_record("/cases")
}

/// Drags a card to the column of a status, as the mouse does.
fn drag(browser: &Browser, name: &str, status: &str) {
    let script = "const card = [...document.querySelectorAll('[data-testid=case-card]')]
            .find(it => it.innerText.includes(arguments[0]));
        const column = document.querySelector(`[data-status=${arguments[1]}]`);
        if (!card || !column) return false;
        const dataTransfer = new DataTransfer();
        const fire = (target, type) => target.dispatchEvent(
            new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
        fire(card, 'dragstart');
        fire(column, 'dragover');
        fire(column, 'drop');
        fire(card, 'dragend');
        return true;";
    browser.until("the card and the column", || {
        (browser.script(script, &[name.into(), status.into()]) == true).then_some(())
    });
}

#[test]
fn a_case_is_opened_worked_at_and_closed() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    let path = open_case(&browser, "Ana", "Ruiz");
    browser.sees("h1", "1040 · 2023");
    browser.sees(".record-side", "15 abr 2024");
    let items = browser.texts(ITEM).len();
    browser.click("[data-testid=checklist-item] input");
    browser.finds("[data-testid=checklist-item][data-done]");
    browser.fill("[name=label]", "Carta del banco");
    browser.click("[data-testid=add-item]");
    browser.until("one more", || (browser.texts(ITEM).len() == items + 1).then_some(()));
    browser.click("[data-testid=advance] button");
    browser.press(CaseStatus::InReview.text());
    browser.sees(".page-header", browser.say(CaseStatus::InReview.text()));
    browser.sees("[data-testid=timeline]", "completó «Identificación vigente»");
    browser.visit(&format!("{path}/edit"));
    browser.fill("[name=tax_year]", "1800");
    browser.save();
    browser.finds("[name=tax_year][aria-invalid=true]");
    browser.fill("[name=tax_year]", "2022");
    browser.fill("[name=fee]", "350,50");
    browser.save();
    browser.at(&path);
    browser.sees(".record-side", "350.50 USD");
    browser.sees(".record-side", "18 abr 2023");
    browser.go_to("/cases");
    browser.sees(ROW, "Ana Ruiz");
    browser.click(Target::Row("1040"));
    browser.at(&path);
    browser.click("[data-testid=more-actions] button");
    browser.press(ebenezer_shared::texts::common::DELETE);
    browser.click("dialog[open] [data-kind=danger]");
    browser.at("/cases");
    browser.finds("[data-testid=empty]");
}

#[test]
fn a_case_is_moved_across_the_board() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    open_case(&browser, "Ana", "Ruiz");
    browser.go_to("/cases");
    browser.sees(ROW, "Ana Ruiz");
    browser.click("[data-testid=switch-view]");
    browser.at("/cases/board");
    browser.sees("[data-status=intake]", "Ana Ruiz");
    drag(&browser, "Ana Ruiz", "in_preparation");
    browser.sees("[data-status=in_preparation]", "Ana Ruiz");
    browser.reload();
    browser.sees("[data-status=in_preparation]", "Ana Ruiz");
    // With the keyboard it goes by the card's menu.
    browser.click("[data-testid=case-card] [aria-haspopup]");
    browser.press(CaseStatus::Filed.text());
    browser.sees("[data-status=filed]", "Ana Ruiz");
    // Where it may not go it stays, and it is said why.
    drag(&browser, "Ana Ruiz", "intake");
    browser.misses("[data-status=intake]", "Ana Ruiz");
    browser.reload();
    browser.sees("[data-status=filed]", "Ana Ruiz");
    browser.press(c::TO_LIST);
    browser.at("/cases");
    browser.sees(ROW, browser.say(CaseStatus::Filed.text()));
}
