//! Every page as it looks: no text is cut off or covered.
//!
//! With `EBENEZER_SCREENS` naming a folder the pages are kept there as pictures, to be
//! looked at: `contacts-1440-dark-en.png`.

use crate::support::{Browser, Findings, Locale, Screen, Server, cut_texts, each_page, too_wide};
use std::path::PathBuf;

/// Names the folder for the pictures.
pub const FOLDER: &str = "EBENEZER_SCREENS";

fn assert_readable(screen: Screen, locale: Locale) {
    let folder = std::env::var_os(FOLDER).map(PathBuf::from);
    if let Some(folder) = &folder {
        std::fs::create_dir_all(folder).unwrap();
    }
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    let mut found = Findings::default();
    browser.show_on(screen);
    browser.visit("/login");
    let tag = locale.tag();
    browser.script("localStorage.setItem('ebenezer.locale', arguments[0])", &[tag.into()]);
    each_page(&browser, |page| {
        assert_eq!(browser.root_attribute("lang").as_deref(), Some(tag));
        for theme in ["light", "dark"] {
            browser
                .script("document.documentElement.dataset.theme = arguments[0]", &[theme.into()]);
            browser.ready();
            let name = format!("{page}-{}-{theme}-{tag}", screen.width());
            found.add(&name, cut_texts(&browser));
            found.add(&name, too_wide(&browser));
            if let Some(folder) = &folder {
                browser.whole_picture(screen, &folder.join(format!("{name}.png")));
            }
        }
    });
    found.none();
}

#[test]
fn on_a_desktop_in_spanish() {
    assert_readable(Screen::Desktop, Locale::Es);
}

#[test]
fn on_a_desktop_in_english() {
    assert_readable(Screen::Desktop, Locale::En);
}

#[test]
fn on_a_phone_in_spanish() {
    assert_readable(Screen::Phone, Locale::Es);
}

#[test]
fn on_a_phone_in_english() {
    assert_readable(Screen::Phone, Locale::En);
}

/// What the walks look for would be found.
#[test]
fn a_cut_a_broken_and_a_covered_text_are_noticed() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.visit("/login");
    assert_eq!(cut_texts(&browser), Vec::<String>::new());
    browser.script(
        "const add = (text, css) => {
            const heading = document.createElement('h3');
            heading.textContent = text;
            heading.style.cssText = css;
            document.querySelector('main').append(heading);
        };
        add('Uno-demasiado-largo', 'white-space: nowrap; width: 60px; overflow: hidden');
        add('Interminable', 'width: 60px; overflow-wrap: anywhere');
        add('Encima', 'position: absolute; top: 100px; left: 10px');
        add('Debajo', 'position: absolute; top: 105px; left: 12px');",
        &[],
    );
    let found = cut_texts(&browser).join("\n");
    for complaint in ["cut off: <h3", "broken word “Interminable”", "overlap: <h3"] {
        assert!(found.contains(complaint), "no {complaint} in {found}");
    }
    browser.script("document.querySelector('main').style.minWidth = '2000px'", &[]);
    assert_ne!(too_wide(&browser), Vec::<String>::new());
}
