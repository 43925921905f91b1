//! Mails as the file system or a mail server got them, read by Python's `email`.

use super::app::TestApp;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// A mail as a mail program shows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mail {
    pub message_id: String,
    pub from: String,
    pub to: String,
    pub subject: String,
    pub date: String,
    pub text: String,
    pub html: String,
}

/// Reads every mail of a folder, the oldest first.
const READ: &str = r"
import email, email.policy, json, pathlib, sys
mails = []
for path in sorted(pathlib.Path(sys.argv[1]).glob('*.eml')):
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    part = lambda kind: mail.get_body((kind,)).get_content()
    assert mail['Date'].datetime and not mail.defects, (mail.defects, path)
    mails.append({
        'message_id': mail['Message-ID'], 'from': mail['From'], 'to': mail['To'],
        'subject': mail['Subject'], 'date': mail['Date'], 'text': part('plain'), 'html': part('html'),
    })
print(json.dumps(mails))
";

/// The Python that has the packages of `xtask/requirements.txt`.
pub fn python() -> Command {
    let python = std::env::var_os("EBENEZER_PYTHON");
    Command::new(python.expect("EBENEZER_PYTHON; `cargo xtask test` sets it"))
}

/// The mails in a folder.
pub fn read(folder: &Path) -> Vec<Mail> {
    let output = python().args(["-c", READ]).arg(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Waits until something is there.
pub async fn wait_for<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(started.elapsed() < Duration::from_mins(1), "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

impl TestApp {
    /// Waits until every job is done or given up.
    pub async fn jobs_are_done(&self) {
        wait_for("the jobs", async || {
            let open = "SELECT (SELECT count(*) FROM outbox)
                + (SELECT count(*) FROM jobs WHERE status IN ('waiting', 'running'))";
            (self.value::<i64>(open).await == 0).then_some(())
        })
        .await;
    }

    /// The mails that were written to this address, the oldest first.
    pub async fn mails_to(&self, email: &str) -> Vec<Mail> {
        self.jobs_are_done().await;
        let mails = read(&self.folder().join("outbox"));
        mails.into_iter().filter(|mail| mail.to.contains(email)).collect()
    }

    /// The one mail that was written to this address.
    pub async fn mail_to(&self, email: &str) -> Mail {
        let mut mails = self.mails_to(email).await;
        assert_eq!(mails.len(), 1, "{mails:?}");
        mails.remove(0)
    }
}
