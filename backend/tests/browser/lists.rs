//! Lists in every width: readable, filtered, sorted.

use crate::support::{Browser, Locale, ROW, Screen, Server, cut_texts, texts, too_wide};
use ebenezer_shared::permission::Role;
use texts::listing as l;

const WIDTHS: [u32; 8] = [320, 360, 390, 600, 768, 1024, 1280, 1440];

/// Names that are broken inside a word, and emails of several lines or without their whole
/// in a title.
const BROKEN: &str = r#"
    const found = [];
    const lines = (node, start, end) => {
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, end);
        return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
    };
    for (const cell of document.querySelectorAll("tbody td")) {
        const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const { data, parentElement } = walker.currentNode;
            if (!parentElement.checkVisibility()) continue;
            for (const word of data.matchAll(/\S+/g))
                if (lines(walker.currentNode, word.index, word.index + word[0].length) > 1)
                    found.push(`broken: ${word[0]}`);
        }
    }
    for (const email of document.querySelectorAll("tbody a[href^='mailto:']"))
        if (email.title !== email.innerText) found.push(`no title: ${email.outerHTML}`);
    for (const row of document.querySelectorAll("tbody tr"))
        if (getComputedStyle(row).display === "table-row" && row.offsetHeight > 72)
            found.push(`${row.offsetHeight} high: ${row.innerText.slice(0, 60)}`);
    return found;"#;

#[test]
fn rows_are_readable_in_every_width() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts");
    for path in ["/contacts?page_size=100", "/corporations?page_size=100", "/departments"] {
        browser.visit(path);
        for width in WIDTHS {
            browser.show_wide(width);
            browser.ready();
            let mut found = too_wide(&browser);
            found.extend(cut_texts(&browser));
            let broken = browser.script(BROKEN, &[]);
            found.extend(serde_json::from_value::<Vec<String>>(broken).unwrap());
            assert_eq!(found, Vec::<String>::new(), "{path} at {width}");
        }
    }
}

#[test]
fn on_a_phone_the_rows_come_first_and_filters_wait_behind_a_button() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.show_on(Screen::Phone);
    browser.enter(Role::Owner, "/contacts");
    let top = browser.script(
        "return document.querySelector('tbody tr[data-id]').getBoundingClientRect().top",
        &[],
    );
    assert!(top.as_f64().unwrap_or(f64::MAX) < 330.0, "the first contact is at {top}");
    assert!(!browser.has("[data-testid=filter-status]"), "filters wait");

    browser.click("[data-testid=filters]");
    browser.click("[data-testid=filter-status] button");
    browser.press(texts::statuses::PROSPECT);
    browser.at("/contacts?status=prospect");
    let counted = format!("{} 1", browser.say(l::FILTERS));
    browser.sees("[data-testid=filters]", &counted);
    browser.click("[data-testid=filters]");
    assert!(!browser.has("[data-testid=filter-status]"), "filters wait again");

    browser.click("[data-testid=clear-all-filters]");
    browser.at("/contacts");
    browser.shows("[data-testid=filters]", &[browser.say(l::FILTERS)]);
}

#[test]
fn a_list_is_sorted_by_what_has_no_column() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts");
    for screen in [Screen::Desktop, Screen::Phone] {
        browser.show_on(screen);
        browser.visit("/contacts");
        let first = browser.texts(ROW).into_iter().next();
        let since = texts::contacts::CLIENT_SINCE.get(Locale::Es);
        choose(&browser, &l::newest_first(Locale::Es, since));
        browser.at("/contacts?ordering=-client_since");
        let after =
            || browser.texts(ROW).into_iter().next().filter(|row| Some(row) != first.as_ref());
        let newest = browser.until("another first row", after);
        assert!(newest.contains(since), "{newest}");
        choose(&browser, &l::a_to_z(Locale::Es, texts::contacts::NAME.get(Locale::Es)));
        browser.at("/contacts");
    }
}

/// Chooses in the browser's own select, as its popup does.
#[track_caller]
fn choose(browser: &Browser, label: &str) {
    browser.script(
        "const select = document.querySelector('[data-testid=sort] select');
        const option = [...select.options].find(option => option.text === arguments[0]);
        select.value = option.value;
        select.dispatchEvent(new Event('change', { bubbles: true }));",
        &[label.into()],
    );
}

#[test]
fn what_makes_no_sense_in_the_address_filters_nothing() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts");
    for path in ["/contacts?status=bogus&owner_id=me", "/corporations?status=bogus&type=bogus"] {
        browser.visit(path);
        browser.finds(ROW);
        assert!(!browser.has(".filter-row [data-active]"), "a filter is active at {path}");
        assert!(!browser.has("[data-testid=clear-all-filters]"), "{path}");
    }
}

#[test]
fn the_search_keeps_its_width_when_filters_come() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts");
    let places = "return [...document.querySelectorAll('.search-input, .filter')]
        .map(it => [it.getBoundingClientRect().top, it.offsetWidth * !it.matches('.filter')])";
    for width in [1024, 1280, 1440] {
        browser.show_wide(width);
        browser.visit("/contacts");
        // The last filter comes with the tags of the firm.
        let tags = "return !!document.querySelector('[data-testid=filter-tag]')";
        browser.until_script("all filters", tags);
        let before = browser.script(places, &[]);
        browser.fill("[data-testid=search]", "a");
        browser.finds("[data-testid=clear-all-filters]");
        assert_eq!(browser.script(places, &[]), before, "at {width}");
    }
}

#[test]
fn on_a_desktop_the_filters_stand_in_the_line_of_the_search() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts");
    for path in ["/contacts", "/corporations", "/cases"] {
        browser.visit(path);
        browser.finds(".filter-group button");
        let tops = "return new Set([...document.querySelectorAll(`.filter-row > .search-input,
            .filter-group > * button:first-of-type`)]
            .map(it => Math.round(it.getBoundingClientRect().top / 20))).size";
        let lines = browser.script(tops, &[]).as_u64().unwrap_or_default();
        assert!((1..=2).contains(&lines), "the filters of {path} take {lines} lines");
    }
}
