//! Language, theme, firm, navigation.

use crate::support::{Browser, Locale, Screen, Server, texts, too_wide};
use ebenezer_shared::permission::Role;

#[test]
fn the_language_changes_at_once_and_stays() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/departments");
    assert_eq!(browser.root_attribute("lang").as_deref(), Some("es"));
    browser.sees("nav", texts::nav::CORPORATIONS.get(Locale::Es));
    browser.person_menu(browser.say(texts::languages::EN));
    browser.sees("nav", texts::nav::CORPORATIONS.get(Locale::En));
    assert_eq!(browser.root_attribute("lang").as_deref(), Some("en"));
    browser.reload();
    browser.sees("nav", texts::nav::CORPORATIONS.get(Locale::En));
    assert_eq!(browser.root_attribute("lang").as_deref(), Some("en"));
}

#[test]
fn the_theme_changes_at_once_and_stays() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts");
    let background =
        || browser.script("return getComputedStyle(document.body).backgroundColor", &[]);
    browser.person_menu(browser.say(texts::themes::LIGHT));
    browser.until("light", || (browser.root_attribute("data-theme")? == "light").then_some(()));
    let light = background();
    browser.person_menu(browser.say(texts::themes::DARK));
    browser.until("dark", || (browser.root_attribute("data-theme")? == "dark").then_some(()));
    browser.until("another background", || (background() != light).then_some(()));
    browser.reload();
    assert_eq!(browser.root_attribute("data-theme").as_deref(), Some("dark"));
}

#[test]
fn another_firm_is_entered_from_the_top_bar() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/departments");
    browser.click(".topbar button[aria-haspopup=menu]");
    browser.press_named("Grupo Andino Asesores");
    browser.sees(".topbar .tenant-name", "Grupo Andino Asesores");
    browser.sees("[data-testid=toast]", "Grupo Andino Asesores");
    browser.at("/dashboard");
}

#[test]
fn on_a_phone_the_navigation_is_a_drawer() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.show_on(Screen::Phone);
    browser.enter(Role::Owner, "/contacts");
    assert!(!browser.has("nav a[href='/departments']"), "the navigation waits in its drawer");
    browser.press(texts::shell::OPEN_NAVIGATION);
    browser.click("dialog[open] nav a[href='/departments']");
    browser.at("/departments");
    browser.until("the drawer to close", || (!browser.has("dialog[open]")).then_some(()));

    browser.press(texts::shell::OPEN_NAVIGATION);
    browser.finds("dialog[open] nav");
    assert_eq!(too_wide(&browser), Vec::<String>::new());
    browser.keys(thirtyfour::Key::Escape);
    browser.until("the drawer to close", || (!browser.has("dialog[open]")).then_some(()));
}
