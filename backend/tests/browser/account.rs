//! Registering, logging in and out.

use crate::support::{Browser, PASSWORD, Server, Target, firm, texts};
use texts::auth as a;

#[test]
fn a_firm_registers_and_its_owner_logs_in_again() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    let firm = firm();
    browser.visit("/");
    browser.at("/login");
    browser.press(a::REGISTER_LINK);
    browser.at("/register");
    browser.register(&firm);
    browser.sees(".topbar", firm.company);

    browser.person_menu(browser.say(texts::shell::LOG_OUT));
    browser.at("/login");
    browser.sees("main", browser.say(texts::session::ENDED_LOGGED_OUT));
    browser.log_in(firm.email, PASSWORD);
    browser.at("/dashboard");
    browser.sees(".topbar", firm.company);
}

#[test]
fn a_wrong_password_is_said_and_typed_again() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.visit("/login");
    browser.log_in("owner@ebenezer.example", "no-es-la-clave");
    browser.sees("[role=alert]", browser.say(texts::problems::INVALID_CREDENTIALS));
    browser.until_script(
        "the focus in the emptied password",
        "const it = document.activeElement; return it.type === 'password' && it.value === ''",
    );
    assert_eq!(browser.path(), "/login");
}

#[test]
fn a_form_says_what_is_missing_beside_the_field() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.visit("/register");
    browser.press(a::REGISTER);
    browser.sees(".field[data-invalid] .field-error", "obligatorio");
    let label = browser.script("return document.activeElement.labels[0].textContent", &[]);
    let label = label.as_str().unwrap_or_default();
    assert!(label.starts_with(browser.say(a::COMPANY)), "{label} has the focus");

    // What is missing is said to be missing, not to be of the wrong form.
    let required = browser.say(texts::fields::REQUIRED);
    browser.shows(".field:has([autocomplete=username]) .field-error", &[required]);
    browser.fill_in(a::COMPANY, "Otra firma");
    browser.fill(Target::Labelled(browser.say(a::SUBDOMAIN).to_owned()), "ebenezer");
    browser.click("label:has(> input[name=product][value=legal])");
    browser.fill_in(a::FULL_NAME, "Ana Otra");
    browser.fill_in(a::EMAIL, "ana@otra.example");
    browser.fill_in(a::PASSWORD, PASSWORD);
    browser.press(a::REGISTER);
    browser.sees(".field-error", browser.say(texts::problems::SUBDOMAIN_TAKEN));
}

#[test]
fn the_password_is_changed_and_the_new_one_works() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    let firm = firm();
    let new = "otra-frase-muy-larga-88";
    browser.register(&firm);
    browser.person_menu(browser.say(texts::shell::CHANGE_PASSWORD));
    browser.at("/account/password");
    browser.fill_in(a::CURRENT_PASSWORD, PASSWORD);
    browser.fill_in(a::NEW_PASSWORD, new);
    browser.fill_in(a::REPEAT_PASSWORD, "otra-frase-muy-larga-89");
    browser.click("main button[type=submit]");
    browser.sees(".field-error", browser.say(a::PASSWORDS_DIFFER));
    browser.fill_in(a::REPEAT_PASSWORD, new);
    browser.click("main button[type=submit]");
    browser.sees("[data-testid=toast]", browser.say(a::PASSWORD_CHANGED));

    browser.person_menu(browser.say(texts::shell::LOG_OUT));
    browser.at("/login");
    browser.log_in(firm.email, new);
    browser.at("/dashboard");
}

#[test]
fn a_visitor_chooses_a_theme_and_the_console_stays_quiet() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    for path in ["/login", "/register"] {
        browser.visit(path);
        browser.press(texts::shell::THEME);
        browser.press(texts::themes::DARK);
        browser.until("dark", || (browser.root_attribute("data-theme")? == "dark").then_some(()));
        browser.press(texts::shell::THEME);
        browser.press(texts::themes::LIGHT);
        browser.until("light", || (browser.root_attribute("data-theme")? == "light").then_some(()));
    }
    assert_eq!(browser.console_complaints(), Vec::<String>::new());
}
