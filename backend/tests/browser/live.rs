//! Two people at work at the same time.

use crate::support::{
    Browser, DEMO_PASSWORD, ROW, Screen, Server, demo, texts, too_wide, violations,
};
use ebenezer_shared::permission::Role;
use reqwest::Method;
use serde_json::{Value, json};
use texts::live as l;

const NEWS: &str = "[data-testid=news]";

/// Somebody else, who works with another program.
struct Colleague<'b> {
    browser: &'b Browser,
    origin: String,
    token: String,
}

impl<'b> Colleague<'b> {
    fn new(browser: &'b Browser, server: &Server, role: Role) -> Self {
        let body = json!({ "email": demo(role), "password": DEMO_PASSWORD, "cookie": false });
        let request =
            reqwest::Client::new().post(format!("{}/api/auth/login", server.origin())).json(&body);
        let answer: Value = browser.run(async { request.send().await?.json().await }).unwrap();
        let token = answer.get("access_token").and_then(Value::as_str).unwrap().to_owned();
        Self { browser, origin: server.origin(), token }
    }

    fn send(&self, method: Method, path: &str, body: &Value) -> Value {
        let request = reqwest::Client::new()
            .request(method, format!("{}{path}", self.origin))
            .bearer_auth(&self.token)
            .json(body);
        let text = self.browser.run(async { request.send().await?.text().await }).unwrap();
        serde_json::from_str(&text).unwrap_or_default()
    }
}

#[test]
fn a_list_that_somebody_else_changes_says_so() {
    let server = Server::with_demo_data();
    let owner = Browser::open(&server);
    let manager = Browser::open(&server);
    owner.enter(Role::Owner, "/contacts?search=Zacarías");
    manager.enter(Role::Manager, "/contacts?search=Zacarías");
    for window in [&owner, &manager] {
        window.sees("[data-testid=no-matches]", window.say(texts::listing::NO_MATCHES));
        assert!(!window.has(NEWS));
    }
    let colleague = Colleague::new(&owner, &server, Role::Manager);
    let body = json!({ "first_name": "Zacarías", "last_name": "Ibáñez Peña" });
    let made = colleague.send(Method::POST, "/api/contacts", &body);
    assert_eq!(made["first_name"], "Zacarías", "{made}");
    owner.sees(NEWS, "hizo cambios en esta lista");
    owner.show_on(Screen::Phone);
    assert_eq!(too_wide(&owner), Vec::<String>::new());
    assert_eq!(violations(&owner), Vec::<String>::new());
    owner.show_on(Screen::Desktop);
    owner.press_named(owner.say(l::RELOAD));
    owner.sees(ROW, "Zacarías");
    owner.until("the notice to go", || (!owner.has(NEWS)).then_some(()));
    // Whoever did it needs no notice.
    assert!(!manager.has(NEWS));
}

#[test]
fn a_record_that_somebody_else_changes_or_deletes_says_so() {
    let server = Server::with_demo_data();
    let owner = Browser::open(&server);
    owner.enter(Role::Owner, "/contacts");
    let colleague = Colleague::new(&owner, &server, Role::Admin);
    let body = json!({ "first_name": "Zoraida", "last_name": "Ibáñez" });
    let made = colleague.send(Method::POST, "/api/contacts", &body);
    let path = format!("/contacts/{}", made["id"].as_str().unwrap());
    owner.visit(&path);
    owner.sees("h1", "Zoraida");
    let api = format!("/api{path}");
    colleague.send(Method::PATCH, &api, &json!({ "first_name": "Zoraya" }));
    owner.sees(NEWS, "cambió esta ficha");
    owner.press_named(owner.say(l::RELOAD));
    owner.sees("h1", "Zoraya");
    owner.until("the notice to go", || (!owner.has(NEWS)).then_some(()));
    colleague.send(Method::DELETE, &api, &Value::Null);
    owner.sees(NEWS, "eliminó esta ficha");
}
