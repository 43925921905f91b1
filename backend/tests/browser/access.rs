//! For everybody: screen readers, contrast, small screens.

use crate::support::{Browser, Findings, Screen, Server, each_page, too_wide, violations};
use ebenezer_shared::permission::Role;
use thirtyfour::Key;

/// The theme is chosen before the first page; the choice itself is tested in `shell`.
fn assert_accessible(theme: &str) {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    let mut found = Findings::default();
    browser.visit("/login");
    browser.script("localStorage.setItem('ebenezer.theme', arguments[0])", &[theme.into()]);
    each_page(&browser, |page| {
        assert_eq!(browser.root_attribute("data-theme").as_deref(), Some(theme));
        found.add(page, violations(&browser));
    });
    found.none();
}

#[test]
fn no_page_breaks_wcag_in_light() {
    assert_accessible("light");
}

#[test]
fn no_page_breaks_wcag_in_dark() {
    assert_accessible("dark");
}

#[test]
fn no_page_scrolls_sideways_on_a_phone() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.show_on(Screen::Phone);
    let mut found = Findings::default();
    each_page(&browser, |page| found.add(page, too_wide(&browser)));
    found.none();
}

/// What axe-core cannot see (WCAG 2.4.11): bars that stick to an edge leave what has the
/// focus in sight.
#[test]
fn nothing_with_the_focus_hides_below_a_bar() {
    const HIDDEN: &str = "
        const element = document.activeElement;
        if (element === document.body) return null;
        const box = element.getBoundingClientRect();
        const seen = [0.1, 0.5, 0.9].some(part => {
            const top = document.elementFromPoint(
                box.left + box.width / 2, box.top + box.height * part);
            return element.contains(top) || top?.contains(element)
                || element.labels?.[0]?.contains(top);
        });
        return seen ? null : element.outerHTML.slice(0, 120);";
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    let mut found = Findings::default();
    browser.enter(Role::Owner, "/contacts/new");
    for screen in [Screen::Desktop, Screen::Phone] {
        browser.show_on(screen);
        for path in ["/contacts/new", "/contacts"] {
            browser.visit(path);
            for _ in 0..45 {
                browser.keys(Key::Tab);
                let hidden = browser.script(HIDDEN, &[]);
                found.add(path, hidden.as_str().map(ToOwned::to_owned).into_iter().collect());
            }
        }
    }
    found.none();
}
