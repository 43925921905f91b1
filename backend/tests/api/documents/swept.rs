//! `kill -9` of a worker at what it does with files, documents and requests by itself.

use super::{by_day, client, stored_files};
use crate::jobs::killed::{kill_in, kill_when, slow};
use crate::support::fixtures::id;
use crate::support::{Member, Setup, TestApp, json};
use chrono::TimeDelta;

db_tests! {
    in_the_sweeping_of_files,
    in_the_emptying_of_the_trash,
    in_the_writing_of_reminders,
}

/// Documents in the trash.
async fn trash(owner: &Member, count: usize) {
    let (_, inbox) = client(owner).await;
    for number in 0..count {
        let document = owner.document(inbox, &format!("{number}.pdf")).await;
        owner.delete(&format!("/api/documents/{document}")).await.no_content();
    }
}

async fn nothing_is_left(app: &TestApp) {
    for table in ["documents", "document_versions", "stored_files"] {
        assert_eq!(app.count(table).await, 0, "{table}");
    }
    assert_eq!(stored_files(app), 0);
    assert_eq!(app.value::<i64>("SELECT bytes FROM storage_usage").await, 0);
}

async fn in_the_sweeping_of_files(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    trash(&owner, 3).await;
    owner.post("/api/documents/empty-trash", json!({})).await.ok();
    assert_eq!((stored_files(&app), app.count("stored_files").await), (3, 3));
    slow(&app, "DELETE", "stored_files").await;
    let first = "SELECT 3 - count(*) FROM stored_files";
    let _worker = kill_when(&app, "sweep_files", "stored_files", first).await;
    nothing_is_left(&app).await;
}

async fn in_the_emptying_of_the_trash(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    trash(&owner, 2).await;
    let past = (app.clock.now() - TimeDelta::days(31)).format("%Y-%m-%d %H:%M:%S+00:00");
    app.execute(&format!("UPDATE documents SET trashed_at = '{past}'")).await;
    slow(&app, "DELETE", "documents").await;
    let _worker = kill_in(&app, "housekeeping", "documents").await;
    nothing_is_left(&app).await;
    let buried = "SELECT count(*) FROM deletions WHERE record_type = 'document'";
    assert_eq!(app.value::<i64>(buried).await, 2);
    let log = app.audit(owner.tenant).await;
    let told = log.iter().filter(|it| it.action == "document.delete");
    let mut names = Vec::new();
    for entry in told {
        assert_eq!((entry.actor_id, entry.actor_name.as_str()), (None, "Ebenezer"));
        assert_eq!(entry.changes["client"]["before"]["name"], "María García");
        assert!(entry.changes["folder"]["before"]["name"].is_string(), "{}", entry.changes);
        names.push(entry.changes["name"]["before"].as_str().unwrap().to_owned());
    }
    assert_eq!(names, ["0.pdf", "1.pdf"]);
}

async fn in_the_writing_of_reminders(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    by_day(&owner).await;
    for email in ["ana@cliente.test", "eva@cliente.test"] {
        let contact = id(&owner.contact("Ana Ruiz", json!({ "email": email })).await);
        let body = json!({
            "title": "Declaración", "items": [{ "name": "W-2" }], "contact_id": contact,
            "remind_every_days": 3,
        });
        owner.post("/api/document-requests", body).await.created();
    }
    app.execute("UPDATE document_requests SET next_reminder_on = '2020-01-31'").await;
    slow(&app, "INSERT", "outbox").await;
    let first = "SELECT count(*) FROM document_requests WHERE reminder_count = 1";
    let _worker = kill_when(&app, "housekeeping", "outbox", first).await;
    assert_eq!(app.value::<i64>(first).await, 2);
    let log = app.audit(owner.tenant).await;
    let told: Vec<_> = log.iter().filter(|it| it.action == "document_request.remind").collect();
    assert_eq!(told.len(), 2);
    assert_ne!(told[0].resource_id, told[1].resource_id);
    for email in ["ana@cliente.test", "eva@cliente.test"] {
        assert_eq!(app.mails_to(email).await.len(), 1, "{email}");
    }
}
