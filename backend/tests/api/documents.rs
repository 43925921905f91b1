//! Folders and documents.

mod access;
mod content;
mod deleting;
mod folders;
mod killed;
mod merging;
mod requests;
mod s3;
mod storage;
mod swept;
mod uploads;
mod versions;

use crate::support::fixtures::id;
use crate::support::mail::wait_for;
use crate::support::{Member, Setup, TestApp, json};
use chrono::{Timelike as _, Utc};
use ebenezer::demo::files::pdf;
use uuid::Uuid;

/// A PDF that says this.
fn says(text: &str) -> Vec<u8> {
    pdf(text, &["Segunda línea con ñ (y paréntesis)".to_owned()])
}

/// The folder for what arrives without one.
async fn inbox(member: &Member, contact: Uuid) -> Uuid {
    let list = member.get(&format!("/api/folders?contact_id={contact}")).await.ok();
    id(&list["items"][0])
}

/// A person and their first folder.
async fn client(owner: &Member) -> (Uuid, Uuid) {
    let contact = id(&owner.contact("María García", json!({})).await);
    (contact, inbox(owner, contact).await)
}

/// Moves the firm to where it is morning, and not for the last hour: clients are written to by
/// day.
pub async fn by_day(owner: &Member) {
    let zone = match Utc::now().hour() {
        0..4 => "Asia/Tokyo",
        4..8 => "Asia/Karachi",
        8..12 => "Africa/Lagos",
        12..16 => "America/Sao_Paulo",
        16..20 => "America/Phoenix",
        _ => "Pacific/Honolulu",
    };
    owner.patch("/api/tenant", json!({ "time_zone": zone })).await.ok();
}

/// Lets a worker do what is done once an hour, and what follows from it.
pub async fn housekeeping(app: &TestApp) {
    let worker = app.another_with(Setup::with_worker).await;
    let hour = app.clock.now().format("%Y-%m-%dT%H");
    let sql = format!(
        "SELECT count(*) FROM jobs WHERE unique_key = 'housekeeping:{hour}' AND status = 'done'"
    );
    wait_for("housekeeping", async || (app.value::<i64>(&sql).await == 1).then_some(())).await;
    worker.jobs_are_done().await;
}

/// So many files lie in the storage of the test.
fn stored_files(app: &TestApp) -> usize {
    let firms = std::fs::read_dir(app.folder().join("uploads")).unwrap();
    firms.map(|firm| std::fs::read_dir(firm.unwrap().path()).unwrap().count()).sum()
}
