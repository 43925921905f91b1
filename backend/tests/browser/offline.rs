//! Without a connection, and with one again.

use crate::support::{Browser, ROW, Server, texts};
use ebenezer_shared::permission::Role;
use serde_json::json;

/// Takes the connection away, or gives it back.
pub fn cut_off(browser: &Browser, offline: bool) {
    let conditions = json!({
        "offline": offline,
        "latency": 0,
        "downloadThroughput": -1,
        "uploadThroughput": -1,
    });
    browser.devtools("Network.enable", json!({}));
    browser.devtools("Network.emulateNetworkConditions", conditions);
}

#[test]
fn a_page_that_failed_comes_by_itself_with_the_connection() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/departments");
    cut_off(&browser, true);
    browser.click("nav a[href='/contacts']");
    browser.sees(".state-title", browser.say(texts::errors::OFFLINE));
    browser.finds(".banner");
    cut_off(&browser, false);
    browser.sees(ROW, "@");
    browser.until("the banner to go", || (!browser.has(".banner")).then_some(()));
    assert!(!browser.has(".state-title"), "nothing is said to have failed");
}
