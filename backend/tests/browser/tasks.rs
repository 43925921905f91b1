//! Tasks as people use them.

use crate::support::{Browser, ROW, Server, Target, firm};
use ebenezer_shared::crm::task::{Frequency, TaskStatus};
use ebenezer_shared::permission::Role;
use ebenezer_shared::texts::tasks as k;
use serde_json::json;
use thirtyfour::Key;

const BOX: &str = "tbody .check-box";

/// Writes a task down in the line above the list.
fn quick(browser: &Browser, title: &str) {
    browser.fill("[data-testid=quick-task] [name=title]", title);
    browser.keys(Key::Enter);
    browser.sees(ROW, title);
}

#[test]
fn a_task_is_written_down_done_and_taken_up_again() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    browser.visit("/tasks");
    browser.sees("main", browser.say(k::EMPTY));
    quick(&browser, "Llamar al banco");
    browser.sees(ROW, "Lucía Peña");
    browser.click(BOX);
    browser.until("the task is gone from what is pending", || {
        browser.texts(ROW).iter().all(|row| !row.contains("Llamar al banco")).then_some(())
    });
    browser.visit(&format!("/tasks?status={}", TaskStatus::Done.as_str()));
    browser.sees(ROW, "Llamar al banco");
    browser.click(BOX);
    browser.visit("/tasks");
    browser.sees(ROW, "Llamar al banco");
}

#[test]
fn one_that_comes_again_shows_the_next() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    browser.create_contact("Ana", "Ruiz", &[]);
    browser.click("[data-testid=add-task]");
    browser.fill("[name=title]", "Pagar la nómina");
    browser.select("[name=recurrence]", browser.say(Frequency::Week.text()));
    browser.save();
    browser.finds("[name=recurrence][aria-invalid=true]");
    browser.set("[name=due_at]", "2030-04-10");
    browser.set("[name=time]", "14:30");
    browser.save();
    browser.at("/tasks");
    browser.sees(ROW, "10 abr 2030, 14:30");
    browser.sees(ROW, "Ana Ruiz");
    browser.click(BOX);
    browser.sees(".toast", "17 abr 2030, 14:30");
    browser.sees(ROW, "17 abr 2030, 14:30");
    browser.click(Target::Row("Pagar la nómina"));
    browser.finds("[name=time]");
    let typed = "return ['time', 'due_at'].map(it => document.querySelector(`[name=${it}]`).value)";
    assert_eq!(browser.script(typed, &[]), json!(["14:30", "2030-04-17"]));
}

#[test]
fn who_may_only_look_changes_nothing() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Viewer, "/tasks");
    browser.finds(ROW);
    assert!(!browser.has("[data-testid=quick-task]") && !browser.has("[data-testid=new-task]"));
    browser.finds("tbody .check-box:disabled");
}
