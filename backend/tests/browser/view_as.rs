//! Asking what somebody else may do.

use crate::support::{Browser, Server};
use ebenezer_shared::permission::Role;
use ebenezer_shared::texts::access as a;

const VIEW: &str = "[data-testid=view-as] [data-act=view]";
const DELETE: &str = "[data-testid=view-as] [data-act=delete]";

#[test]
fn an_owner_learns_why_somebody_may_not_delete_a_client() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts");
    browser.click("[data-row-open]");
    browser.at_record("/contacts");
    browser.click("[data-testid=more-actions] button");
    browser.press(a::TITLE);
    browser.sees("dialog[open]", browser.say(a::DETAIL));
    browser.fill("[data-testid=view-as] [role=combobox]", "viewer@");
    browser.until("one colleague", || (browser.texts("[role=option]").len() == 1).then_some(()));
    browser.click("[role=option]");
    browser.sees(VIEW, browser.say(a::ROLE).trim_end_matches('.'));
    browser.sees(DELETE, browser.say(a::MISSING).trim_end_matches('.'));
    let allowed = browser.texts("[data-testid=view-as] [data-allowed=true] strong");
    assert_eq!(allowed, [browser.say(a::VIEW)]);
    browser.keys(thirtyfour::Key::Escape);
    browser.until("the end", || (!browser.has("[data-testid=view-as]")).then_some(()));
}
