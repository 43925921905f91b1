//! Files in the storage: none is left behind, none is lost.

use super::{client, housekeeping, says, stored_files};
use crate::support::mail::wait_for;
use crate::support::{Setup, TestApp, json};
use chrono::TimeDelta;

db_tests! {
    a_file_that_nobody_kept_is_swept_after_a_day,
    a_storage_that_is_away_is_told,
    a_file_that_cannot_be_deleted_waits_alone,
    each_firm_uses_what_is_its_own,
}

async fn a_file_that_nobody_kept_is_swept_after_a_day(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    owner.document(inbox, "a.pdf").await;
    // As a process leaves it that dies between the storage and the database.
    let kept = app.value::<i64>("SELECT bytes FROM storage_usage").await;
    owner.document(inbox, "b.pdf").await;
    app.execute("DELETE FROM document_versions WHERE name = 'b.pdf'").await;
    app.execute(
        "UPDATE stored_files SET state = 'arriving' WHERE id =
         (SELECT file_id FROM documents WHERE name = 'b.pdf')",
    )
    .await;
    app.execute("DELETE FROM documents WHERE name = 'b.pdf'").await;
    app.advance(TimeDelta::hours(23));
    housekeeping(&app).await;
    assert_eq!(stored_files(&app), 2);
    app.advance(TimeDelta::hours(2));
    housekeeping(&app).await;
    assert_eq!((stored_files(&app), app.count("stored_files").await), (1, 1));
    assert_eq!(app.value::<i64>("SELECT bytes FROM storage_usage").await, kept);
}

async fn a_storage_that_is_away_is_told(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let folder = inbox.to_string();
    let uploads = app.folder().join("uploads");
    std::fs::remove_dir_all(&uploads).unwrap();
    std::fs::write(&uploads, "no es una carpeta").unwrap();
    let fields = [("folder_id", folder.as_str())];
    let refused = owner.upload("/api/documents", &fields, "a.pdf", &says("x")).await;
    refused.problem(503, "unavailable");
    assert_eq!(
        app.client.get("/health").await.expect(503).json()["checks"]["storage"],
        "unavailable"
    );
    assert_eq!(app.count("documents").await, 0);
    assert_eq!(app.value::<i64>("SELECT bytes FROM storage_usage").await, 0);
    std::fs::remove_file(&uploads).unwrap();
    std::fs::create_dir(&uploads).unwrap();
    owner.upload("/api/documents", &fields, "a.pdf", &says("x")).await.created();
}

async fn a_file_that_cannot_be_deleted_waits_alone(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    for name in ["a.pdf", "b.pdf", "c.pdf"] {
        let document = owner.document(inbox, name).await;
        owner.delete(&format!("/api/documents/{document}")).await.no_content();
    }
    // A folder in the place of the first, with something in it.
    let firm = app.folder().join("uploads").join(owner.tenant.to_string());
    let files = std::fs::read_dir(firm).unwrap().map(|file| file.unwrap().path());
    let first = files.min().unwrap();
    std::fs::remove_file(&first).unwrap();
    std::fs::create_dir(&first).unwrap();
    std::fs::write(first.join("x"), "x").unwrap();
    owner.post("/api/documents/empty-trash", json!({})).await.ok();
    assert_eq!(app.count("stored_files").await, 3);
    let worker = app.another_with(Setup::with_worker).await;
    wait_for("a failure", async || {
        let failed = "SELECT count(*) FROM jobs WHERE kind = 'sweep_files' AND error IS NOT NULL";
        (app.value::<i64>(failed).await == 1).then_some(())
    })
    .await;
    assert_eq!((stored_files(&app), app.count("stored_files").await), (1, 1));
    std::fs::remove_dir_all(&first).unwrap();
    app.advance(TimeDelta::seconds(13));
    worker.jobs_are_done().await;
    assert_eq!((stored_files(&app), app.count("stored_files").await), (0, 0));
    let sweeps = "SELECT attempts FROM jobs WHERE kind = 'sweep_files' AND status = 'done'";
    assert_eq!(app.value::<i32>(sweeps).await, 2);
}

async fn each_firm_uses_what_is_its_own(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let (_, inbox) = client(&owner).await;
    let document = owner.document(inbox, "a.pdf").await;
    let (_, theirs) = client(&other).await;
    other.document(theirs, "b.pdf").await;
    for path in ["", "/download", "/preview", "/versions", "/access-log"] {
        let path = format!("/api/documents/{document}{path}");
        other.get(&path).await.problem(404, "not_found");
    }
    let usage = async |member: &crate::support::Member| {
        member.get("/api/tenant").await.ok()["usage"]["storage_bytes"].as_u64().unwrap()
    };
    let size = owner.get(&format!("/api/documents/{document}")).await.ok()["size"].clone();
    assert_eq!(json!(usage(&owner).await), size);
    assert!(usage(&other).await > 0);
}
