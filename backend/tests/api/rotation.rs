//! Sealed fields are Fernet, and their keys can be changed.

use crate::support::mail::{python, wait_for};
use crate::support::{Member, Setup, TestApp, json};
use std::process::{Command, Output, Stdio};

db_tests! {
    a_sealed_field_opens_with_the_key_in_python,
    everything_is_sealed_anew_while_the_server_goes_on,
    a_rotation_that_was_killed_is_taken_up_again,
    a_value_that_no_key_opens_stops_it,
    a_job_that_no_key_opens_stays_and_does_not_stop_it,
}

fn key() -> String {
    let keys = ebenezer::config::generate_keys();
    let (_, key) = keys.iter().find(|(name, _)| *name == "FIELD_ENCRYPTION_KEY").unwrap();
    secrecy::ExposeSecret::expose_secret(key).to_owned()
}

/// What Python's `cryptography` makes of a token; none when the key does not open it.
fn open_in_python(key: &str, token: &str) -> Option<String> {
    let script = "import sys
from cryptography.fernet import Fernet
print(Fernet(sys.argv[1]).decrypt(sys.argv[2]).decode())";
    let output = python().args(["-c", script, key, token]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    output.status.success().then(|| text.trim_end().to_owned())
}

fn program(app: &TestApp, keys: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ebenezer"));
    command.env_clear().envs(app.variables()).env("LOG_LEVEL", "off");
    command.env("DATABASE_URL", app.database_url()).env("DATA_PATH", app.folder());
    command.env("FIELD_ENCRYPTION_KEY", keys).args(arguments);
    command
}

fn rotate(app: &TestApp, keys: &str) -> Output {
    program(app, keys, &["keys", "rotate"]).output().unwrap()
}

async fn people(owner: &Member, count: usize) {
    for number in 0..count {
        let ssn = format!("123-45-{:04}", number + 1);
        let more = json!({ "ssn": ssn, "date_of_birth": "1980-02-29" });
        owner.contact(&format!("Ana {number}"), more).await;
    }
}

async fn a_sealed_field_opens_with_the_key_in_python(app: TestApp) {
    let owner = app.owner().await;
    people(&owner, 1).await;
    let token: String = app.value("SELECT ssn_sealed FROM contacts").await;
    let key = app.variable("FIELD_ENCRYPTION_KEY");
    assert_eq!(open_in_python(key, &token).as_deref(), Some("123450001"));
}

async fn everything_is_sealed_anew_while_the_server_goes_on(setup: Setup) {
    let (old, new) = (key(), key());
    let app = setup.set("FIELD_ENCRYPTION_KEY", &old).start().await;
    let owner = app.owner().await;
    people(&owner, 5).await;
    owner.corporation("ABC Corp").await;
    let ein = json!({ "name": "XYZ Inc", "ein": "12-3456789" });
    owner.post("/api/corporations", ein).await.created();
    let both = format!("{new},{old}");
    let output = rotate(&app, &both);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text} {}", String::from_utf8_lossy(&output.stderr));
    for line in ["contacts.ssn_sealed: 5 ", "contacts.date_of_birth_sealed: 5 ", "ein_sealed: 1 "] {
        assert!(text.contains(line), "{text}");
    }
    let token: String = app.value("SELECT ssn_sealed FROM contacts LIMIT 1").await;
    assert!(open_in_python(&new, &token).is_some() && open_in_python(&old, &token).is_none());
    // A second run has nothing to do, and who knows the new key alone reads everything.
    assert!(String::from_utf8_lossy(&rotate(&app, &both).stdout).contains("ssn_sealed: 0 "));
    let later = app.another_with(|setup| setup.set("FIELD_ENCRYPTION_KEY", &new)).await;
    let list = later.client.bearer(&owner.token).get("/api/contacts?search=6789").await.ok();
    assert_eq!(list["total"], 0);
    let list = later.client.bearer(&owner.token).get("/api/contacts?search=0003").await.ok();
    assert_eq!(list["items"][0]["ssn"], "***-**-0003");
}

async fn a_rotation_that_was_killed_is_taken_up_again(setup: Setup) {
    let (old, new) = (key(), key());
    let app = setup.set("FIELD_ENCRYPTION_KEY", &old).start().await;
    let owner = app.owner().await;
    people(&owner, 40).await;
    let before: String = app.value("SELECT min(ssn_sealed) FROM contacts").await;
    let both = format!("{new},{old}");
    let mut process = program(&app, &both, &["keys", "rotate", "--batch", "1"])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    wait_for("the first values", async || {
        let now: String = app.value("SELECT min(date_of_birth_sealed) FROM contacts").await;
        open_in_python(&old, &now).is_none().then_some(())
    })
    .await;
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(rotate(&app, &both).status.success());
    let later = app.another_with(|setup| setup.set("FIELD_ENCRYPTION_KEY", &new)).await;
    let client = later.client.bearer(&owner.token);
    let list = client.get("/api/contacts?page_size=200").await.ok();
    let masks = list["items"].as_array().unwrap().iter().map(|row| row["ssn"].as_str().unwrap());
    let mut masks: Vec<_> = masks.map(str::to_owned).collect();
    masks.sort();
    let expected: Vec<_> = (1..=40).map(|number| format!("***-**-{number:04}")).collect();
    assert_eq!(masks, expected);
    assert!(!before.is_empty());
}

async fn a_value_that_no_key_opens_stops_it(setup: Setup) {
    let app = setup.start().await;
    let owner = app.owner().await;
    people(&owner, 1).await;
    let output = rotate(&app, &format!("{},{}", key(), key()));
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && text.contains("contacts.date_of_birth_sealed"), "{text}");
}

async fn a_job_that_no_key_opens_stays_and_does_not_stop_it(setup: Setup) {
    let (old, new) = (key(), key());
    let app = setup.set("FIELD_ENCRYPTION_KEY", &old).no_worker().start().await;
    let owner = app.owner().await;
    people(&owner, 1).await;
    let jobs = app.count("jobs").await;
    app.execute("UPDATE jobs SET payload = 'lost', status = 'dead'").await;
    let output = rotate(&app, &format!("{new},{old}"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}");
    assert!(jobs > 0 && text.contains(&format!("jobs.payload: {jobs} left")), "{text}");
    assert!(text.contains("contacts.ssn_sealed: 1 sealed anew"), "{text}");
    assert_eq!(app.value::<String>("SELECT payload FROM jobs").await, "lost");
}
