//! Notes.

mod lists;
mod sight;

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use uuid::Uuid;

db_tests! {
    a_note_has_every_field_that_it_was_given,
    each_field_can_be_changed,
    what_breaks_a_rule_is_refused,
    an_older_version_is_refused,
    a_deleted_note_is_gone_and_told,
    a_note_that_is_sent_twice_is_there_once,
    the_history_of_a_record_tells_of_its_notes,
    what_notes_are_on_is_not_deleted,
    notes_follow_a_merge_and_come_back,
}

impl Member {
    /// Writes a note.
    pub async fn note(&self, body: Value) -> Value {
        self.post("/api/notes", body).await.created()
    }

    /// Writes a note on a person, and answers its path.
    pub async fn note_on(&self, contact: Uuid, text: &str) -> String {
        let note = self.note(json!({ "text": text, "contact_id": contact })).await;
        format!("/api/notes/{}", id(&note))
    }
}

async fn a_note_has_every_field_that_it_was_given(app: TestApp) {
    let owner = app.owner().await;
    let ana = owner.contact("Ana Paz", Value::Null).await;
    let case = owner.case_of(id(&ana), Value::Null).await;
    let body = json!({
        "text": " Prefiere que la llamen\npor la tarde. ", "color": "blue", "pinned": true,
        "case_id": case["id"],
    });
    let reply = owner.post("/api/notes", body).await.expect(201);
    let note = reply.json();
    assert_eq!(reply.header("location"), format!("/api/notes/{}", id(&note)));
    assert_eq!(reply.header("etag"), "\"v1\"");
    let me = owner.get("/api/auth/me").await.ok();
    assert_eq!(
        note,
        json!({
            "id": note["id"], "text": "Prefiere que la llamen\npor la tarde.", "color": "blue",
            "pinned": true,
            "author": { "id": owner.user, "full_name": me["user"]["full_name"] },
            "client": { "kind": "contact", "id": ana["id"], "name": "Ana Paz" },
            "case": { "id": case["id"], "type": "form_1040", "tax_year": 2023, "period": "year" },
            "version": 1, "created_at": note["created_at"], "updated_at": note["created_at"],
        })
    );
    assert_eq!(owner.get(reply.header("location")).await.ok(), note);
    let sticky = owner.note(json!({ "text": "Comprar café" })).await;
    assert_eq!((&sticky["client"], &sticky["case"]), (&Value::Null, &Value::Null));
    assert_eq!((&sticky["color"], &sticky["pinned"]), (&json!("yellow"), &json!(false)));
}

async fn each_field_can_be_changed(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/notes/{}", id(&owner.note(json!({ "text": "Llamar" })).await));
    for (field, value) in
        [("text", json!("Escribir")), ("color", json!("pink")), ("pinned", json!(true))]
    {
        let note = owner.patch(&path, json!({ field: value })).await.ok();
        assert_eq!(note[field], value, "{field}");
        assert_eq!(owner.get(&path).await.ok(), note, "{field}");
    }
    // What changes nothing is no new version.
    let same = owner.patch(&path, json!({ "text": " Escribir " })).await.ok();
    assert_eq!(same["version"], 4);
}

async fn what_breaks_a_rule_is_refused(app: TestApp) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let company = owner.corporation("ABC Corp").await;
    let stranger = app.owner().await;
    let theirs = id(&stranger.contact("Berta Gil", Value::Null).await);
    for (body, field, why) in [
        (json!({ "text": " \n " }), "text", "required"),
        (json!({}), "text", "required"),
        (json!({ "text": "x".repeat(10_001) }), "text", "too_long"),
        (json!({ "text": "a\u{202e}b" }), "text", "control_characters"),
        (
            json!({ "text": "x", "contact_id": ana, "corporation_id": company }),
            "corporation_id",
            "one_thing",
        ),
        (json!({ "text": "x", "contact_id": theirs }), "contact_id", "unknown_reference"),
        (json!({ "text": "x", "corporation_id": ana }), "corporation_id", "unknown_reference"),
        (json!({ "text": "x", "case_id": ana }), "case_id", "unknown_reference"),
    ] {
        owner.post("/api/notes", body).await.invalid(field, why);
    }
    assert_eq!(owner.get("/api/notes").await.ok()["total"], 0);
    let path = format!("/api/notes/{}", id(&owner.note(json!({ "text": "Llamar" })).await));
    owner.patch(&path, json!({ "text": null })).await.invalid("text", "required");
    owner.patch(&path, json!({ "text": "  " })).await.invalid("text", "required");
    assert_eq!(owner.get(&path).await.ok()["text"], "Llamar");
}

async fn an_older_version_is_refused(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/notes/{}", id(&owner.note(json!({ "text": "Llamar" })).await));
    let mine = owner.with("If-Match", "\"v1\"");
    mine.patch(&path, json!({ "pinned": true })).await.ok();
    mine.patch(&path, json!({ "text": "x" })).await.problem(412, "precondition_failed");
    mine.delete(&path).await.problem(412, "precondition_failed");
    assert_eq!(owner.get(&path).await.ok()["text"], "Llamar");
}

async fn a_deleted_note_is_gone_and_told(app: TestApp) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let path = owner.note_on(ana, "Pidió una copia.").await;
    owner.delete(&path).await.expect(204);
    owner.get(&path).await.problem(404, "not_found");
    owner.delete(&path).await.problem(404, "not_found");
    let gone = owner.get("/api/deletions?types=note").await.ok();
    let gone = format!("/api/notes/{}", gone["items"][0]["id"].as_str().unwrap());
    assert_eq!(gone, path);
    let log = owner.get("/api/audit-logs?resource_type=note").await.ok();
    let last = &log["items"][0];
    assert_eq!(last["action"], "note.delete");
    assert_eq!(last["changes"]["text"]["before"], "Pidió una copia.");
}

async fn a_note_that_is_sent_twice_is_there_once(app: TestApp) {
    let owner = app.owner().await;
    let same = owner.with("Idempotency-Key", "nota-1");
    let first = same.post("/api/notes", json!({ "text": "Llamar" })).await.created();
    let again = same.post("/api/notes", json!({ "text": "Llamar" })).await.expect(201);
    assert_eq!(again.json(), first);
    assert_eq!(owner.get("/api/notes").await.ok()["total"], 1);
}

async fn the_history_of_a_record_tells_of_its_notes(app: TestApp) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let path = owner.note_on(ana, "Debe el recibo de luz").await;
    owner.patch(&path, json!({ "pinned": true })).await.ok();
    owner.patch(&path, json!({ "text": "Ya trajo el recibo" })).await.ok();
    owner.delete(&path).await.expect(204);
    let history = owner.get(&format!("/api/contacts/{ana}/timeline")).await.ok();
    let told: Vec<&str> = history["items"].as_array().unwrap().iter().map(text).collect();
    for (sentence, expected) in
        told.iter().zip(["eliminó una nota", "cambió una nota", "escribió una nota"])
    {
        assert!(sentence.ends_with(expected), "{sentence}");
    }
    assert_eq!(told.len(), 4, "pinning is no news of the record");
    assert!(!history.to_string().contains("recibo"), "a note is read in the note");
}

fn text(entry: &Value) -> &str {
    entry["text"].as_str().unwrap()
}

async fn what_notes_are_on_is_not_deleted(app: TestApp) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let luis = id(&owner.contact("Luis Rey", Value::Null).await);
    let company = owner.corporation("ABC Corp").await;
    let case = id(&owner.case_of(luis, Value::Null).await);
    for (field, thing, path) in [
        ("contact_id", ana, format!("/api/contacts/{ana}")),
        ("corporation_id", company, format!("/api/corporations/{company}")),
        ("case_id", case, format!("/api/cases/{case}")),
    ] {
        let note = id(&owner.note(json!({ "text": "Llamar", field: thing })).await);
        assert_eq!(owner.delete(&path).await.problem(409, "in_use")["used"], 1, "{field}");
        owner.delete(&format!("/api/notes/{note}")).await.expect(204);
        owner.delete(&path).await.expect(204);
    }
}

async fn notes_follow_a_merge_and_come_back(app: TestApp) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let twin = id(&owner.contact("Ana Paz", Value::Null).await);
    let path = owner.note_on(twin, "Es la misma persona").await;
    let body = json!({ "others": [{ "id": twin }] });
    let merge = owner.post(&format!("/api/contacts/{ana}/merge"), body).await.ok();
    let moved = owner.get(&path).await.ok();
    assert_eq!((&moved["client"]["id"], &moved["version"]), (&json!(ana), &json!(2)));
    let undo = format!("/api/bulk/{}/undo", merge["bulk_id"].as_str().unwrap());
    owner.post(&undo, json!({})).await.ok();
    assert_eq!(owner.get(&path).await.ok()["client"]["id"], json!(twin));
}
