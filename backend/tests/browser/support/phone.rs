//! A phone with an authenticator app (pyotp), and accounts that it opens.

use super::browser::Browser;
use super::people::DEMO_PASSWORD;
use super::server::Server;
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use std::process::Command;

const CODE: &str = "import pyotp, sys; print(pyotp.TOTP(sys.argv[1]).at(int(sys.argv[2])))";

/// An app that knows the secret of an account.
pub struct Phone {
    secret: String,
}

impl Phone {
    /// Types the secret into the app.
    pub fn knowing(secret: &str) -> Self {
        Self { secret: secret.split_whitespace().collect() }
    }

    /// Types the secret that the page shows into the app.
    #[track_caller]
    pub fn shown_by(browser: &Browser) -> Self {
        Self::knowing(&browser.texts("[data-testid=secret]").concat())
    }

    /// The code of so many time steps from now. Each is taken once, and none before the last.
    pub fn code(&self, steps: i32) -> String {
        let at = Utc::now() + TimeDelta::seconds(30) * steps;
        let python = std::env::var_os("EBENEZER_PYTHON");
        let output = Command::new(python.expect("EBENEZER_PYTHON; `cargo xtask test` sets it"))
            .args(["-c", CODE, &self.secret, &at.timestamp().to_string()])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Turns on the second factor of a demo login, away from the browser; answers the recovery
    /// codes, too. The code of the step before was taken for it.
    pub fn of(browser: &Browser, server: &Server, email: &str) -> (Self, Vec<String>) {
        let post = |path: &str, token: &str, body: Value| -> Value {
            let request = reqwest::Client::new()
                .post(format!("{}/api/auth/{path}", server.origin()))
                .bearer_auth(token)
                .json(&body);
            browser.run(async { request.send().await?.error_for_status()?.json().await }).unwrap()
        };
        let body = json!({ "email": email, "password": DEMO_PASSWORD, "cookie": false });
        let login = post("login", "", body);
        let text = |answer: &Value, field: &str| {
            answer.get(field).and_then(Value::as_str).expect("a text").to_owned()
        };
        let token = &text(&login, "access_token");
        let setup = post("2fa/setup", token, json!({ "password": DEMO_PASSWORD }));
        let phone = Self::knowing(&text(&setup, "secret"));
        let answer = post("2fa/enable", token, json!({ "code": phone.code(-1) }));
        let codes =
            serde_json::from_value(answer.get("codes").cloned().unwrap_or_default()).unwrap();
        (phone, codes)
    }
}
