//! Every page that there is.

use super::browser::Browser;
use super::people::{DEMO_PASSWORD, demo};
use ebenezer_shared::permission::Role;
use ebenezer_shared::texts;
use thirtyfour::Key;

const PAGES: [(&str, &str); 40] = [
    ("dashboard", "/dashboard"),
    ("contacts", "/contacts"),
    ("contacts-empty", "/contacts?search=zzzz"),
    ("contact-new", "/contacts/new"),
    ("corporations", "/corporations"),
    ("corporation-new", "/corporations/new"),
    ("cases", "/cases"),
    ("cases-empty", "/cases?search=zzzz"),
    ("case-board", "/cases/board"),
    ("case-new", "/cases/new"),
    ("documents", "/documents"),
    ("documents-empty", "/documents?search=zzzz"),
    ("trash", "/documents/trash"),
    ("tasks", "/tasks"),
    ("task-new", "/tasks/new"),
    ("messages", "/messages"),
    ("message-new", "/messages/new"),
    ("notes", "/notes"),
    ("notes-empty", "/notes?search=zzzz"),
    ("calendar-month", "/calendar?view=month&date=2026-03-17"),
    ("calendar-week", "/calendar?view=week&date=2026-03-17"),
    ("calendar-day", "/calendar?view=day&date=2026-03-17"),
    ("calendar-empty", "/calendar?view=week&date=2031-03-17"),
    ("appointment-new", "/appointments/new?start=2026-03-17T14:30"),
    ("tags", "/tags"),
    ("recent-changes", "/recent-changes"),
    ("departments", "/departments"),
    ("team", "/team"),
    ("roles", "/team/roles"),
    ("role", "/team/roles/manager"),
    ("role-new", "/team/roles/new"),
    ("audit", "/audit"),
    ("audit-empty", "/audit?from=2001-01-01&to=2001-01-02"),
    ("password", "/account/password"),
    ("sessions", "/account/sessions"),
    ("security", "/account/security"),
    ("profile", "/account/profile"),
    ("settings", "/settings"),
    ("not-found", "/no/such/page"),
    ("record-not-found", "/contacts/00000000-0000-7000-8000-000000000000"),
];

/// Records with much to show: their name for files, their list, and how to find them.
const RECORDS: [(&str, &str, &str); 2] = [
    ("contact", "/contacts", "carlos%20rodriguez"),
    ("corporation", "/corporations", "abc%20corp"),
];

/// Shows each page with demo data, first those of visitors, then those of an owner, and
/// calls `look` with its name.
#[track_caller]
pub fn each_page(browser: &Browser, mut look: impl FnMut(&str)) {
    for name in ["login", "register", "confirm-email"] {
        browser.visit(&format!("/{name}"));
        look(name);
    }
    browser.visit("/login");
    browser.log_in(&demo(Role::Owner), DEMO_PASSWORD);
    browser.at("/dashboard");
    for (name, path) in PAGES {
        browser.visit(path);
        look(name);
    }
    for (name, list, word) in RECORDS {
        browser.visit(&format!("{list}?search={word}"));
        browser.click("[data-row-open]");
        let path = browser.at_record(list);
        browser.visit(&path);
        look(name);
        browser.click("[data-testid=edit-tie]");
        browser.finds("[data-testid=tie-dialog][open] [name=from]");
        look(&format!("{name}-tie"));
        browser.visit(&format!("{path}/edit"));
        look(&format!("{name}-edit"));
        browser.visit(&format!("{path}/merge"));
        browser.click("[name=with]");
        browser.click("[role=option]");
        browser.finds("[data-testid=merge-table]");
        look(&format!("{name}-merge"));
    }
    browser.visit("/cases?status=in_preparation");
    browser.click("[data-row-open]");
    let path = browser.at_record("/cases");
    look("case");
    browser.visit(&format!("{path}/edit"));
    look("case-edit");
    browser.visit("/messages");
    browser.click("[data-testid=thread]");
    browser.finds("[data-testid=message]");
    look("thread");
    browser.visit("/documents?kind=image");
    browser.click("[data-row-open]");
    browser.at_record("/documents");
    browser.finds("[data-testid=preview] img");
    look("document");
    browser.click("[data-testid=more-actions] button");
    browser.press(texts::documents::EDIT);
    browser.finds("dialog[open] [name=name]");
    look("document-edit");
    browser.visit("/contacts?search=carlos%20rodriguez");
    browser.click("[data-row-open]");
    browser.at_record("/contacts");
    browser.click("[data-testid=new-folder]");
    browser.finds("dialog[open] [name=name]");
    look("folder-new");
    browser.keys(Key::Escape);
    browser.click("[data-testid=new-request]");
    browser.finds("dialog[open] [name=title]");
    look("request-new");
    browser.visit("/departments");
    browser.click("[data-testid=new-department]");
    browser.finds("dialog[open] [name=name]");
    look("department-new");
    browser.visit("/audit");
    browser.click("[data-row-open]");
    browser.finds("[data-testid=audit-entry]");
    look("audit-entry");
    browser.visit("/team");
    browser.click("[data-testid=invite]");
    browser.finds("dialog[open] [name=email]");
    look("invite");
    browser.visit("/team");
    browser.click("[data-row-open]");
    browser.finds("dialog[open] select[name=role]");
    look("member");
}
