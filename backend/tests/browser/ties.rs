//! What ties people and companies together, seen from both sides.

use crate::support::{Browser, Locale, Server, firm, texts};
use texts::ties as c;

const DIALOG: &str = "[data-testid=tie-dialog][open]";

#[test]
fn a_link_with_role_and_dates_is_shown_on_both_sides() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    for name in ["ABC Corp", "XYZ Inc"] {
        browser.create_corporation(name);
    }
    let carlos = browser.create_contact("Carlos", "Rodríguez", &["ABC Corp", "XYZ Inc"]);
    edit(&browser, "XYZ Inc");
    browser.fill("[name=share]", "mucho");
    save(&browser);
    browser.sees(DIALOG, browser.say(c::WRONG_SHARE));
    browser.focused("[name=share]");
    choose(&browser, "role", "owner");
    browser.fill("[name=share]", "33,5");
    browser.set("dialog[open] [name=from]", "2020-01-31");
    save(&browser);
    browser.sees("[data-testid=corporation]", "Propietario · 33,5 % · desde 31 ene 2020");
    browser.press_named("XYZ Inc");
    browser.at_record("/corporations");
    browser.sees("[data-testid=people]", "Propietario · 33,5 % · desde 31 ene 2020");
    end_the_primary_one(&browser, &carlos);
}

/// The primary one has no last day: another takes its place.
fn end_the_primary_one(browser: &Browser, carlos: &str) {
    browser.visit(carlos);
    edit(browser, "ABC Corp");
    browser.set("dialog[open] [name=to]", "2021-06-30");
    save(browser);
    browser.sees(DIALOG, browser.say(texts::problems::PRIMARY_REQUIRED));
    choose_named(browser, "primary_corporation_id", "XYZ Inc");
    save(browser);
    browser.sees("[data-testid=former-corporation]", "ABC Corp");
    browser.sees("[data-testid=former-corporation]", "hasta 30 jun 2021");
    browser.sees("[data-testid=corporation]", browser.say(texts::contacts::PRIMARY));
    browser.press_named("ABC Corp");
    browser.at_record("/corporations");
    browser.sees("[data-testid=people]", "Carlos Rodríguez");
    browser.click("[data-testid=former-people]");
    browser.sees("[data-testid=people]", browser.say(texts::corporations::NO_PEOPLE));
}

#[test]
fn related_people_see_each_other() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    let ana = browser.create_contact("Ana", "Ruiz", &[]);
    browser.create_contact("Beto", "Mora", &[]);
    browser.visit(&ana);
    browser.sees("[data-testid=related-people]", browser.say(c::NO_PEOPLE));
    browser.click("[data-testid=related-people] [data-testid=add-related]");
    save(&browser);
    browser.focused("[name=contact_id]");
    browser.choose("[name=contact_id]", "Beto Mora");
    choose(&browser, "kind", "dependent");
    browser.fill("[name=note]", "Sobrino");
    save(&browser);
    browser.sees("[data-testid=related-person]", "Dependiente · Sobrino");
    browser.press_named("Beto Mora");
    browser.sees("h1", "Beto Mora");
    browser.sees("[data-testid=related-person]", "Ana Ruiz");
    browser.sees("[data-testid=related-person]", "Tutor o tutora · Sobrino");
    browser.click("[data-testid=edit-tie]");
    browser.click("[data-testid=remove-tie]");
    browser
        .sees("[data-testid=confirm-remove-tie][open]", &c::remove_title(Locale::Es, "Ana Ruiz"));
    browser.click("[data-testid=confirm-remove-tie] [data-kind=danger]");
    browser.sees("[data-testid=related-people]", browser.say(c::NO_PEOPLE));
}

#[test]
fn a_holding_and_its_subsidiary_see_each_other_and_form_no_ring() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    browser.create_corporation("Taller SAS");
    browser.create_corporation("Holding SAS");
    relate(&browser, "Taller SAS", "subsidiary", "60");
    browser.sees("[data-testid=related-company]", "Filial · 60 %");
    browser.press_named("Taller SAS");
    browser.sees("h1", "Taller SAS");
    browser.sees("[data-testid=related-company]", "Matriz · 60 %");
    browser.create_corporation("Otra SAS");
    relate(&browser, "Taller SAS", "parent", "50");
    relate(&browser, "Holding SAS", "subsidiary", "");
    browser.sees(DIALOG, browser.say(texts::problems::OWNERSHIP_RING));
    choose(&browser, "kind", "parent");
    save(&browser);
    browser.misses("[data-testid=related-companies]", browser.say(c::NO_COMPANIES));
}

fn relate(browser: &Browser, name: &str, kind: &str, share: &str) {
    browser.click("[data-testid=related-companies] [data-testid=add-related]");
    browser.choose("[name=corporation_id]", name);
    choose(browser, "kind", kind);
    browser.fill("[name=share]", share);
    save(browser);
}

fn edit(browser: &Browser, name: &str) {
    browser.press_named(&c::edit_of(Locale::Es, name));
    browser.finds("[name=from]");
}

fn save(browser: &Browser) {
    browser.click("[data-testid=save-tie]");
}

/// Chooses by the value on the wire.
fn choose(browser: &Browser, field: &str, value: &str) {
    choose_option(browser, field, "it.value", value);
}

/// Chooses by what people read.
fn choose_named(browser: &Browser, field: &str, label: &str) {
    choose_option(browser, field, "it.text", label);
}

/// How an open select is drawn is the system's affair; so it is set.
fn choose_option(browser: &Browser, field: &str, part: &str, wanted: &str) {
    let script = format!(
        "const select = document.querySelector(`dialog[open] select[name=${{arguments[0]}}]`);
        const option = [...select.options].find((it) => {part} === arguments[1]);
        select.value = option.value;
        select.dispatchEvent(new Event('change', {{ bubbles: true }}));"
    );
    browser.finds(format!("select[name={field}]").as_str());
    browser.script(&script, &[field.into(), wanted.into()]);
}
