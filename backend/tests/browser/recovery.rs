//! A forgotten password.

use crate::support::{Browser, Server, texts};
use texts::auth as a;
use texts::recovery as r;

const EMAIL: &str = "owner@ebenezer.example";
const NEW: &str = "ventana-nube-sendero-38";

/// The path of the link in a mail: behind it stand a line end of the text part.
fn path(mail: &str) -> String {
    // Quoted-printable breaks long lines with "=" and writes "=" as "=3D".
    let text = mail.replace("=\r\n", "").replace("=3D", "=");
    let rest = text.split_once("/reset-password#").expect("a link").1;
    let token = rest.split(|c: char| c.is_whitespace() || c == '"').next().unwrap_or_default();
    format!("/reset-password#{token}")
}

#[test]
fn a_forgotten_password_is_set_anew_by_the_mailed_link() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.visit("/login");
    browser.press(r::FORGOT_LINK);
    browser.at("/forgot-password");
    browser.fill_in(a::EMAIL, EMAIL);
    browser.press(r::SEND_LINK);
    browser.sees("main", browser.say(r::SENT));

    let link = path(&server.mail());
    browser.visit(&link);
    browser.fill_in(a::NEW_PASSWORD, NEW);
    browser.fill_in(a::REPEAT_PASSWORD, "otra-cosa-distinta-7");
    browser.press(r::SAVE);
    browser.sees(".field-error", browser.say(a::PASSWORDS_DIFFER));
    let address = browser.script("return location.hash", &[]);
    assert_eq!(address.as_str(), Some(""), "the token is no longer in the address");
    browser.fill_in(a::REPEAT_PASSWORD, NEW);
    browser.press(r::SAVE);
    browser.at("/login");
    browser.sees("[data-testid=toast]", browser.say(r::DONE));
    browser.log_in(EMAIL, NEW);
    browser.at("/dashboard");

    browser.person_menu(browser.say(texts::shell::LOG_OUT));
    browser.at("/login");
    browser.visit(&link);
    browser.fill_in(a::NEW_PASSWORD, "monte-arena-relampago-55");
    browser.fill_in(a::REPEAT_PASSWORD, "monte-arena-relampago-55");
    browser.press(r::SAVE);
    browser.sees("[role=alert]", browser.say(texts::problems::LINK_EXPIRED));
    browser.press(r::ASK_AGAIN);
    browser.at("/forgot-password");
}
