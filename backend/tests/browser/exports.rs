//! Lists as files.

use crate::support::{Browser, ROW, Screen, Server, texts};
use ebenezer_shared::permission::Role;
use serde_json::json;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use texts::exports as x;

const EXPORT: &str = ".list-head [data-testid=export] > button";

/// Where the browser puts files.
fn folder(browser: &Browser) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let allow = json!({ "behavior": "allow", "downloadPath": folder.path() });
    browser.devtools("Browser.setDownloadBehavior", allow);
    folder
}

/// The file of that kind, once it is whole: it has another name until then.
fn file(browser: &Browser, folder: &Path, kind: &str) -> Vec<u8> {
    browser.until("the file", || {
        let mut files = fs::read_dir(folder).ok()?.flatten().map(|file| file.path());
        let whole = files.find(|file| file.extension().is_some_and(|it| it == kind))?;
        let bytes = fs::read(&whole).ok()?;
        fs::remove_file(whole).ok()?;
        Some(bytes)
    })
}

fn lines(bytes: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(bytes).unwrap();
    text.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect()
}

/// What the list shows becomes a file: filtered, sorted, with the columns that somebody chose.
#[test]
fn what_a_list_shows_becomes_a_file() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    let folder = folder(&browser);
    browser.enter(
        Role::Owner,
        "/contacts?status=prospect&ordering=-name&columns=city,status&view=all",
    );
    browser.finds(ROW);
    let shown = browser.texts(&format!("{ROW} .person-name"));
    browser.click(EXPORT);
    browser.press(x::CSV);
    browser.sees(".toasts", browser.say(x::PREPARING));
    let told = lines(&file(&browser, folder.path(), "csv"));
    let names: Vec<&str> =
        told.iter().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(names, shown);
    assert!(told[0].starts_with(browser.say(texts::contacts::NAME)), "{told:?}");
    assert!(told[1..].iter().all(|line| line.contains(browser.say(texts::statuses::PROSPECT))));
}

/// Of the selected rows alone; on a phone, too, and in English.
#[test]
fn selected_rows_become_a_file() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    let folder = folder(&browser);
    browser.enter(Role::Owner, "/corporations");
    browser.finds(ROW);
    browser.click("tbody tr[data-id] input[type=checkbox]");
    let first = browser.texts(&format!("{ROW} .person-name")).remove(0);
    browser.click("[data-testid=bulk-bar] [data-testid=export] > button");
    browser.press(x::CSV);
    let told = lines(&file(&browser, folder.path(), "csv"));
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[1].starts_with(&first), "{told:?}");
    browser.click("[data-testid=bulk-clear]");

    browser.show_on(Screen::Phone);
    for path in ["/tasks", "/cases", "/documents"] {
        browser.visit(path);
        browser.finds(ROW);
        browser.click(EXPORT);
        browser.press(x::XLSX);
        assert!(file(&browser, folder.path(), "xlsx").starts_with(b"PK"), "{path}");
    }
}

/// A file that is refused is told where it was asked for.
#[test]
fn who_exports_too_often_is_told_so() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    let folder = folder(&browser);
    browser.enter(Role::Viewer, "/tasks");
    for _ in 0..20 {
        browser.click(EXPORT);
        browser.press(x::CSV);
        file(&browser, folder.path(), "csv");
    }
    browser.click(EXPORT);
    browser.press(x::CSV);
    browser.sees(".toasts", browser.say(x::LIMIT));
}
