//! Documents as people use them.

use crate::support::{Browser, ROW, Server, Target, firm};
use ebenezer::demo::files::{pdf, png};
use ebenezer_shared::permission::Role;
use ebenezer_shared::texts::{common, document_requests as r, documents as d, fields};
use serde_json::json;
use std::path::PathBuf;
use tempfile::TempDir;

const CARD: &str = "[data-testid=documents-card]";
const DOCUMENT: &str = "[data-testid=document]";
const UPLOAD: &str = "[data-testid=documents-card] [data-testid=upload]";

/// Files on somebody's disk.
struct Disk(TempDir);

impl Disk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    fn pdf(&self, name: &str) -> PathBuf {
        self.file(name, &pdf(name, &["Para la prueba".to_owned()]))
    }

    fn picture(&self, name: &str) -> PathBuf {
        self.file(name, &png(60, 40, |x, _| u8::try_from(x).unwrap_or_default()))
    }
}

/// A firm with one client, at the client's page; answers its path.
fn at_client(browser: &Browser) -> String {
    browser.register(&firm());
    let path = browser.create_contact("Ana", "Ruiz", &[]);
    browser.finds(CARD);
    path
}

/// Brings one PDF of that name to the client.
fn bring(browser: &Browser, disk: &Disk, name: &str) {
    browser.upload(CARD, &[&disk.pdf(name)]);
    browser.sees(DOCUMENT, name);
}

/// Lets files of that many bytes fall on the documents, as the mouse does.
fn let_fall(browser: &Browser, names: &[&str], bytes: usize) {
    let script = "const dataTransfer = new DataTransfer();
        for (const name of arguments[0])
            dataTransfer.items.add(new File(['a'.repeat(arguments[1])], name));
        const area = document.querySelector('[data-testid=drop-area]');
        for (const type of ['dragover', 'drop']) area.dispatchEvent(
            new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));";
    browser.script(script, &[json!(names), json!(bytes)]);
}

/// Makes the connection slow (bytes a second), or breaks it.
fn connection(browser: &Browser, offline: bool, upload: i64) {
    let conditions = json!({
        "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": upload,
    });
    browser.devtools("Network.enable", json!({}));
    browser.devtools("Network.emulateNetworkConditions", conditions);
}

/// Chooses an entry of the menu of a document.
fn choose(browser: &Browser, name: &str, entry: ebenezer_shared::locale::Text) {
    let menu = common::actions_of(browser.locale(), name);
    browser.press_named(&menu);
    browser.press(entry);
}

#[test]
fn three_files_are_uploaded_and_one_is_looked_at() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    let disk = Disk::new();
    at_client(&browser);
    let (form, letter) = (disk.pdf("W-2 2024.pdf"), disk.pdf("Carta.pdf"));
    let picture = disk.picture("Licencia.png");
    browser.upload(CARD, &[&form, &letter, &picture]);
    for name in ["W-2 2024.pdf", "Carta.pdf", "Licencia.png"] {
        browser.sees(DOCUMENT, name);
    }
    browser.sees("[data-testid=folders]", "3");
    browser.click(Target::Named("Licencia.png".to_owned()));
    browser.at_record("/documents");
    browser.sees("h1", "Licencia.png");
    browser.until_script(
        "the picture",
        "const it = document.querySelector('[data-testid=preview] img');
         return !!it && it.complete && it.naturalWidth === 60;",
    );
    browser.reload();
    browser.until_script(
        "the picture again",
        "return document.querySelector('[data-testid=preview] img')?.naturalWidth === 60;",
    );
    browser.sees("[data-testid=access-log]", "Lucía Peña");
    browser.back();
    browser.click(Target::Named("Carta.pdf".to_owned()));
    browser.sees("h1", "Carta.pdf");
    // Where the browser has no viewer it is said, and the file can be had.
    let shows_pdf = browser.script("return navigator.pdfViewerEnabled", &[]) == true;
    if shows_pdf {
        browser.finds("[data-testid=preview] iframe[src^='blob:']");
    } else {
        browser.sees("[data-testid=preview]", browser.say(d::NO_VIEWER));
    }
}

#[test]
fn what_is_refused_says_why_and_the_others_go_on() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    let disk = Disk::new();
    at_client(&browser);
    let good = disk.pdf("Bueno.pdf");
    let program = disk.file("programa.exe", b"MZ");
    let empty = disk.file("vacio.pdf", b"");
    // The name says PDF, the content does not: only the server sees it.
    let liar = disk.file("falso.pdf", b"<html>nada de PDF</html>");
    browser.upload(CARD, &[&program, &good, &empty, &liar]);
    browser.sees(DOCUMENT, "Bueno.pdf");
    for (name, why) in [
        ("programa.exe", fields::FILE_TYPE_NOT_ALLOWED),
        ("vacio.pdf", fields::FILE_EMPTY),
        ("falso.pdf", fields::FILE_TYPE_MISMATCH),
    ] {
        let why = browser.say(why);
        browser.until(name, || {
            browser
                .texts(UPLOAD)
                .iter()
                .any(|row| row.contains(name) && row.contains(why))
                .then_some(())
        });
    }
    // What is too large is not even sent.
    let_fall(&browser, &["enorme.txt"], (50 << 20) + 1);
    browser.sees(UPLOAD, &d::too_large(browser.locale(), "50 MB"));
    browser.press(d::DISMISS_ALL);
    browser.until("no rows", || browser.texts(UPLOAD).is_empty().then_some(()));
}

#[test]
fn a_broken_connection_is_told_and_the_file_sent_again() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    at_client(&browser);
    connection(&browser, true, -1);
    let_fall(&browser, &["nota.txt"], 20);
    browser.sees(UPLOAD, browser.say(ebenezer_shared::texts::errors::OFFLINE));
    connection(&browser, false, -1);
    browser.click(format!("{UPLOAD} button[title='{}']", browser.say(common::RETRY)).as_str());
    browser.sees(DOCUMENT, "nota.txt");
}

#[test]
fn an_upload_shows_how_far_it_is_and_is_cancelled() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    at_client(&browser);
    connection(&browser, false, 40_000);
    let_fall(&browser, &["lento.txt"], 4_000_000);
    let part = format!("return document.querySelector('{UPLOAD} progress')?.value > 0;");
    browser.until_script("some progress", &part);
    browser.press_named(&d::cancel(browser.locale(), "lento.txt"));
    browser.until("no rows", || browser.texts(UPLOAD).is_empty().then_some(()));
    connection(&browser, false, -1);
    browser.reload();
    browser.finds("[data-testid=no-documents]");
}

#[test]
fn many_files_fall_on_a_folder() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    let path = at_client(&browser);
    browser.sees("[role=tree]", "Impuestos");
    // To the third folder with the keyboard alone.
    browser.tab_to("[role=treeitem]");
    for _ in 0..3 {
        browser.keys(thirtyfour::Key::Down);
    }
    browser.keys(thirtyfour::Key::Enter);
    browser.sees("[data-testid=folder-head]", "Impuestos");
    let names: Vec<_> = (1..=40).map(|number| format!("recibo {number}.txt")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let_fall(&browser, &names, 20);
    browser.sees("[data-testid=uploads]", &d::arrived(browser.locale(), 40));
    browser.sees("[data-testid=documents-card]", &d::see_all(browser.locale(), 40));
    // The folder stands in the URL, so a reload leads to it.
    assert!(browser.path().starts_with(&format!("{path}?folder=")), "{}", browser.path());
    browser.reload();
    browser.sees("[data-testid=folder-head]", "Impuestos");
    browser.sees(DOCUMENT, "recibo 40.txt");
}

#[test]
fn a_document_goes_to_the_trash_and_comes_back() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    let disk = Disk::new();
    let client = at_client(&browser);
    bring(&browser, &disk, "Carta.pdf");
    choose(&browser, "Carta.pdf", d::TO_TRASH);
    browser.finds("[data-testid=no-documents]");
    browser.press(common::UNDO);
    browser.sees(DOCUMENT, "Carta.pdf");
    choose(&browser, "Carta.pdf", d::TO_TRASH);
    browser.finds("[data-testid=no-documents]");
    browser.visit("/documents/trash");
    browser.sees(ROW, "Carta.pdf");
    choose(&browser, "Carta.pdf", d::RESTORE);
    browser.finds("[data-testid=empty]");
    browser.visit(&client);
    choose(&browser, "Carta.pdf", d::TO_TRASH);
    browser.finds("[data-testid=no-documents]");
    browser.visit("/documents/trash");
    browser.click("[data-testid=empty-trash]");
    browser.click("dialog[open] [data-kind=danger]");
    browser.finds("[data-testid=empty]");
    browser.reload();
    browser.finds("[data-testid=empty]");
}

#[test]
fn a_document_is_renamed_moved_shared_and_replaced() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    let disk = Disk::new();
    at_client(&browser);
    bring(&browser, &disk, "scan0001.pdf");
    choose(&browser, "scan0001.pdf", d::EDIT);
    browser.fill("dialog[open] [name=name]", "Declaración 2024.pdf");
    browser.select("dialog[open] [name=folder_id]", "Impuestos");
    browser.fill("dialog[open] [name=note]", "Firmada");
    browser.click("dialog[open] [role=switch]");
    browser.save();
    browser.sees(DOCUMENT, "Declaración 2024.pdf");
    browser.sees(DOCUMENT, "Impuestos");
    browser.sees(DOCUMENT, browser.say(d::SHARED));
    choose(&browser, "Declaración 2024.pdf", d::UNSHARE);
    browser.misses(DOCUMENT, browser.say(d::SHARED));
    browser.press_named("Declaración 2024.pdf");
    browser.at_record("/documents");
    browser.sees(".record-side", "Firmada");
    browser.upload("[data-testid=versions]", &[&disk.pdf("corregida.pdf")]);
    browser.sees("[data-testid=version]", "corregida.pdf");
    let restore = d::restore_version(browser.locale(), 1);
    browser.press_named(&restore);
    browser.sees("[data-testid=version]", &d::version_number(browser.locale(), 3));
    browser.sees("[data-testid=version]", &d::restored_from(browser.locale(), 1));
    browser.go_to("/documents");
    browser.sees(ROW, "Declaración 2024.pdf");
    browser.visit("/documents?kind=image");
    browser.finds("[data-testid=no-matches]");
    browser.visit("/documents?search=declaracion&kind=pdf");
    browser.sees(ROW, "Ana Ruiz");
}

#[test]
fn folders_are_made_named_and_deleted_when_empty() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    let disk = Disk::new();
    at_client(&browser);
    browser.click(Target::Css("[role=treeitem][data-id]"));
    browser.finds("[data-testid=folder-head]");
    browser.click("[data-testid=new-folder]");
    browser.fill("dialog[open] [name=name]", "2025");
    browser.save();
    browser.sees("[data-testid=folder-head]", "2025");
    browser.sees("[role=treeitem][aria-level='2']", "2025");
    browser.click("[data-testid=folder-head] button");
    browser.press(d::EDIT_FOLDER);
    browser.fill("dialog[open] [name=name]", "Ejercicio 2025");
    browser.save();
    browser.sees("[data-testid=folder-head]", "Ejercicio 2025");
    bring(&browser, &disk, "Carta.pdf");
    browser.click("[data-testid=folder-head] button");
    browser.press(d::DELETE_FOLDER);
    browser.sees(".toast", &d::folder_in_use(browser.locale(), 1, "Ejercicio 2025"));
    choose(&browser, "Carta.pdf", d::EDIT);
    browser.select("dialog[open] [name=folder_id]", "Contratos");
    browser.save();
    browser.finds("[data-testid=no-documents]");
    browser.click("[data-testid=folder-head] button");
    browser.press(d::DELETE_FOLDER);
    browser.misses("[role=tree]", "Ejercicio 2025");
}

#[test]
fn a_request_is_fulfilled_by_an_upload_and_by_a_choice() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    let disk = Disk::new();
    at_client(&browser);
    bring(&browser, &disk, "1098.pdf");
    browser.click("[data-testid=new-request]");
    browser.save();
    browser.finds("dialog[open] [name=items][aria-invalid=true]");
    browser.fill("dialog[open] [name=title]", "Declaración 2025");
    browser.fill("dialog[open] [name=items]", "Formulario W-2\nIntereses hipotecarios");
    browser.save();
    browser.sees("[data-testid=request]", "Declaración 2025");
    browser.sees("[data-testid=request]", &r::done_of(browser.locale(), 2, 0));
    browser.upload("[data-testid=request-item]", &[&disk.pdf("mi w2.pdf")]);
    browser.sees("[data-testid=request-item][data-done]", "mi w2.pdf");
    browser.sees("[data-testid=request]", &r::done_of(browser.locale(), 2, 1));
    browser.click("[data-testid=choose-document]");
    browser.choose("dialog[open] [role=combobox]", "1098.pdf");
    browser.finds("[data-testid=request][data-status=completed]");
    browser.reload();
    browser.sees("[data-testid=request]", browser.say(r::COMPLETED));
    // Nobody is reminded without an email, and it is said.
    browser.click("[data-testid=new-request]");
    browser.fill("dialog[open] [name=title]", "Otra");
    browser.fill("dialog[open] [name=items]", "Pasaporte");
    browser.save();
    browser.sees("[data-testid=request][data-status=open]", "Otra");
    browser.click("[data-testid=request][data-status=open] [aria-haspopup]");
    browser.press(r::REMIND);
    browser.sees(".toast", browser.say(fields::NO_EMAIL));
    browser.click("[data-testid=request][data-status=open] [aria-haspopup]");
    browser.press(r::CANCEL);
    browser.finds("[data-testid=request][data-status=cancelled]");
}

#[test]
fn who_may_only_look_finds_no_buttons() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Viewer, "/documents");
    browser.click("[data-row-open]");
    browser.at_record("/documents");
    browser.finds("[data-testid=versions] [data-testid=version]");
    assert!(!browser.has("[data-testid=pick-files]"), "a viewer may upload");
    browser.click("[data-testid=more-actions] button");
    browser.sees("[role=menuitem]", browser.say(d::DOWNLOAD));
    let entries = browser.texts("[role=menuitem]");
    assert_eq!(entries, [browser.say(d::DOWNLOAD)]);
    browser.click(".record-side a[href^='/contacts/']");
    browser.finds("[data-testid=requests-card]");
    browser.finds("[role=treeitem][data-id]");
    browser.click("[role=treeitem][data-id]");
    browser.finds("[data-testid=folder-head]");
    let changes = ":is([data-testid=pick-files], [data-testid^=new-], \
        [data-testid=folder-head] button, [data-testid=choose-document])";
    assert_eq!(browser.texts(changes), Vec::<String>::new());
}
