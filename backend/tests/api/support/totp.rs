//! An authenticator app: pyotp, which knows nothing of ours.

use super::app::TestApp;
use super::fixtures::{Member, PASSWORD};
use super::mail::python;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// Reads the link as an app does and prints the code of that second.
const CODE: &str = r"
import pyotp, sys
app = pyotp.parse_uri(sys.argv[1])
assert (app.issuer, app.digits, app.interval) == ('Ebenezer', 6, 30), app.__dict__
print(app.name, app.secret, app.at(int(sys.argv[2])))
";

/// An app that has read the link of an account.
#[derive(Clone)]
pub struct Authenticator {
    url: String,
    pub secret: String,
    /// The account, as the app lists it.
    pub name: String,
}

impl Authenticator {
    /// Scans the link.
    pub fn scan(setup: &Value) -> Self {
        let url = setup["otpauth_url"].as_str().unwrap().to_owned();
        let [name, secret, _] = ask(&url, Utc::now());
        assert_eq!(setup["secret"], secret);
        Self { url, secret, name }
    }

    /// What it shows at that time.
    pub fn code(&self, at: DateTime<Utc>) -> String {
        let [_, _, code] = ask(&self.url, at);
        code
    }
}

fn ask(url: &str, at: DateTime<Utc>) -> [String; 3] {
    let output = python().args(["-c", CODE, url, &at.timestamp().to_string()]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    words.try_into().unwrap()
}

impl TestApp {
    /// Turns on the member's second factor; answers their app and recovery codes. A minute
    /// passes, so that the code of the moment was not used.
    pub async fn enrol(&self, member: &Member) -> (Authenticator, Vec<String>) {
        let body = json!({ "password": PASSWORD });
        let setup = member.post("/api/auth/2fa/setup", body).await.ok();
        let authenticator = Authenticator::scan(&setup);
        let body = json!({ "code": authenticator.code(self.clock.now()) });
        let answer = member.post("/api/auth/2fa/enable", body).await.ok();
        let codes = answer["codes"].as_array().unwrap();
        let codes = codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect();
        self.advance(TimeDelta::minutes(1));
        (authenticator, codes)
    }
}
