//! Messages.

mod files;
mod reading;
mod sight;

use crate::support::crm::column;
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    a_thread_begins_with_a_message,
    what_breaks_a_rule_is_refused,
    a_message_that_is_sent_twice_is_there_once,
    messages_are_numbered_also_when_they_come_at_once,
    messages_are_read_page_by_page,
    subject_and_people_are_changed,
    who_came_by_writing_is_known_to_the_version,
    a_message_opens_what_was_closed,
    the_list_is_filtered,
    a_deleted_thread_is_gone_with_all_of_it,
    clients_and_cases_of_threads_are_not_deleted,
}

impl Member {
    /// Begins a thread with these colleagues.
    pub async fn thread(&self, subject: &str, with: &[&Self]) -> Uuid {
        let members: Vec<Uuid> = with.iter().map(|member| member.user).collect();
        let body = json!({
            "subject": subject, "member_ids": members, "message": { "body": "Buenos días" },
        });
        id(&self.post("/api/threads", body).await.created())
    }

    /// Writes a message, and answers it.
    pub async fn say(&self, thread: Uuid, text: &str) -> Value {
        let body = json!({ "body": text });
        self.post(&format!("/api/threads/{thread}/messages"), body).await.created()
    }
}

async fn a_thread_begins_with_a_message(app: TestApp) {
    let owner = app.owner().await;
    let eva = app.member(owner.tenant, Role::Member).await;
    let ana = owner.contact("Ana Paz", Value::Null).await;
    let case = owner.case_of(id(&ana), Value::Null).await;
    let body = json!({
        "subject": " Prórroga ", "member_ids": [eva.user, owner.user], "contact_id": ana["id"],
        "case_id": case["id"], "message": { "body": " ¿La presentas\nhoy? " },
    });
    let reply = owner.post("/api/threads", body).await.expect(201);
    let thread = reply.json();
    assert_eq!(reply.header("location"), format!("/api/threads/{}", id(&thread)));
    assert_eq!(owner.get(reply.header("location")).await.ok(), thread);
    assert_eq!((&thread["subject"], &thread["kind"]), (&json!("Prórroga"), &json!("internal")));
    assert_eq!(thread["members"].as_array().unwrap().len(), 2);
    assert_eq!(thread["client"]["name"], "Ana Paz");
    assert_eq!(thread["case"]["id"], case["id"]);
    assert_eq!((&thread["message_count"], &thread["unread"]), (&json!(1), &json!(0)));
    assert_eq!(thread["last_message"]["excerpt"], "¿La presentas hoy?");
    let path = format!("/api/threads/{}/messages", id(&thread));
    let messages = eva.get(&path).await.ok();
    let message = &messages["items"][0];
    assert_eq!((&message["body"], &message["number"]), (&json!("¿La presentas\nhoy?"), &json!(1)));
    assert_eq!(message["author"]["id"], json!(owner.user));
    let one = format!("{path}/{}", message["id"].as_str().unwrap());
    assert_eq!(&eva.get(&one).await.ok(), message);
}

async fn what_breaks_a_rule_is_refused(app: TestApp) {
    let (owner, stranger) = (app.owner().await, app.owner().await);
    let (ana, luis) = (
        id(&owner.contact("Ana Paz", Value::Null).await),
        id(&owner.contact("Luis Rey", Value::Null).await),
    );
    let case = id(&owner.case_of(luis, Value::Null).await);
    let theirs = id(&stranger.contact("Berta Gil", Value::Null).await);
    let hello = json!({ "body": "Hola" });
    for (body, field, why) in [
        (json!({ "subject": " ", "message": hello }), "subject", "required"),
        (json!({ "subject": "x", "message": { "body": " " } }), "message.body", "required"),
        (
            json!({ "subject": "x", "message": { "body": "x".repeat(20_001) } }),
            "message.body",
            "too_long",
        ),
        (json!({ "subject": "x", "message": hello, "kind": "client" }), "contact_id", "required"),
        (
            json!({ "subject": "x", "message": hello, "member_ids": [stranger.user] }),
            "member_ids",
            "unknown_reference",
        ),
        (
            json!({ "subject": "x", "message": hello, "contact_id": theirs }),
            "contact_id",
            "unknown_reference",
        ),
        (
            json!({ "subject": "x", "message": hello, "contact_id": ana, "case_id": case }),
            "case_id",
            "other_client",
        ),
    ] {
        owner.post("/api/threads", body).await.invalid(field, why);
    }
    assert_eq!(owner.get("/api/threads").await.ok()["total"], 0);
    let thread = owner.thread("x", &[]).await;
    let path = format!("/api/threads/{thread}");
    owner.post(&format!("{path}/messages"), json!({})).await.invalid("body", "required");
    owner.patch(&path, json!({ "member_ids": [] })).await.invalid("member_ids", "required");
    owner.patch(&path, json!({ "subject": null })).await.invalid("subject", "required");
}

async fn a_message_that_is_sent_twice_is_there_once(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/threads/{}/messages", owner.thread("x", &[]).await);
    let same = owner.with("Idempotency-Key", "mensaje-1");
    let first = same.post(&path, json!({ "body": "Una vez" })).await.created();
    let again = same.post(&path, json!({ "body": "Una vez" })).await.expect(201);
    assert_eq!(again.json(), first);
    assert_eq!(owner.get(&path).await.ok()["total"], 2);
}

async fn messages_are_numbered_also_when_they_come_at_once(app: TestApp) {
    let owner = app.owner().await;
    let eva = app.member(owner.tenant, Role::Member).await;
    let thread = owner.thread("x", &[&eva]).await;
    tokio::join!(
        owner.say(thread, "a"),
        eva.say(thread, "b"),
        owner.say(thread, "c"),
        eva.say(thread, "d"),
    );
    let path = format!("/api/threads/{thread}/messages?ordering=sent_at");
    let numbers = column(&owner.get(&path).await.ok(), "number");
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
}

async fn messages_are_read_page_by_page(app: TestApp) {
    let owner = app.owner().await;
    let thread = owner.thread("x", &[]).await;
    for text in ["uno", "dos", "tres"] {
        owner.say(thread, text).await;
    }
    let path = format!("/api/threads/{thread}/messages");
    let page = owner.list(&path, &[("page_size", "2")]).await.ok();
    assert_eq!(column(&page, "body"), ["tres", "dos"]);
    let cursor = page["next_cursor"].as_str().unwrap();
    let page = owner.list(&path, &[("page_size", "2"), ("cursor", cursor)]).await.ok();
    assert_eq!(column(&page, "body"), ["uno", "Buenos días"]);
    assert_eq!(page["next_cursor"], Value::Null);
}

async fn subject_and_people_are_changed(app: TestApp) {
    let owner = app.owner().await;
    let (eva, leo) = (
        app.member(owner.tenant, Role::Member).await,
        app.member(owner.tenant, Role::Member).await,
    );
    let path = format!("/api/threads/{}", owner.thread("x", &[&eva]).await);
    let both = json!({ "subject": "y", "member_ids": [owner.user, leo.user] });
    let thread = owner.with("If-Match", "\"v1\"").patch(&path, both).await.ok();
    assert_eq!((&thread["subject"], &thread["version"]), (&json!("y"), &json!(2)));
    eva.get(&path).await.problem(404, "not_found");
    // Who comes later finds the last message unread.
    assert_eq!(leo.get(&path).await.ok()["unread"], 1);
    let late = owner.with("If-Match", "\"v1\"").patch(&path, json!({ "subject": "z" })).await;
    late.problem(412, "precondition_failed");
    leo.patch(&path, json!({ "member_ids": [owner.user] })).await.ok();
    leo.get(&path).await.problem(404, "not_found");
}

/// Who came by writing is not thrown out by who did not know of them.
async fn who_came_by_writing_is_known_to_the_version(app: TestApp) {
    let owner = app.owner().await;
    let eva = app.member(owner.tenant, Role::Member).await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let body = json!({ "subject": "x", "kind": "client", "contact_id": ana,
        "message": { "body": "Hola" } });
    let thread = id(&owner.post("/api/threads", body).await.created());
    let path = format!("/api/threads/{thread}");
    owner.say(thread, "Otra cosa").await;
    assert_eq!(owner.get(&path).await.ok()["version"], 1);
    eva.say(thread, "Yo me encargo").await;
    let alone = json!({ "member_ids": [owner.user] });
    let late = owner.with("If-Match", "\"v1\"").patch(&path, alone).await;
    late.problem(412, "precondition_failed");
    assert_eq!(owner.get(&path).await.ok()["members"].as_array().unwrap().len(), 2);
    eva.patch(&path, json!({ "is_closed": true })).await.ok();
    owner.say(thread, "Aún no").await;
    assert_eq!(owner.get(&path).await.ok()["version"], 4);
}

async fn a_message_opens_what_was_closed(app: TestApp) {
    let owner = app.owner().await;
    let thread = owner.thread("x", &[]).await;
    let path = format!("/api/threads/{thread}");
    assert_eq!(owner.patch(&path, json!({ "is_closed": true })).await.ok()["is_closed"], true);
    assert_eq!(owner.get("/api/threads?is_closed=false").await.ok()["total"], 0);
    owner.say(thread, "Otra cosa").await;
    assert_eq!(owner.get(&path).await.ok()["is_closed"], false);
}

async fn the_list_is_filtered(app: TestApp) {
    let owner = app.owner().await;
    let eva = app.member(owner.tenant, Role::Member).await;
    let ana = id(&owner.contact("Ana García", Value::Null).await);
    let company = owner.corporation("ABC Corp").await;
    let hello = json!({ "body": "Trajo la declaración" });
    for body in [
        json!({ "subject": "Peña", "member_ids": [eva.user], "message": { "body": "Hola" } }),
        json!({ "subject": "Ana", "contact_id": ana, "message": hello }),
        json!({ "subject": "ABC", "kind": "client", "corporation_id": company,
            "message": { "body": "Saludos" } }),
    ] {
        owner.post("/api/threads", body).await.created();
    }
    let first = owner.list("/api/threads", &[("search", "pena")]).await.ok();
    eva.say(id(&first["items"][0]), "Listo").await;
    let text = |id: Uuid| id.to_string();
    for (field, value, expected) in [
        ("search", "pena".to_owned(), vec!["Peña"]),
        ("search", "declaracion".to_owned(), vec!["Ana"]),
        ("search", "p%a".to_owned(), vec![]),
        ("search", "p_na".to_owned(), vec![]),
        ("search", "nada de eso".to_owned(), vec![]),
        ("kind", "client".to_owned(), vec!["ABC"]),
        ("contact_id", text(ana), vec!["Ana"]),
        ("corporation_id", text(company), vec!["ABC"]),
        ("unread", "true".to_owned(), vec!["Peña"]),
        ("unread", "false".to_owned(), vec!["ABC", "Ana"]),
        ("updated_since", "2100-01-01T00:00:00Z".to_owned(), vec![]),
    ] {
        let list = owner.list("/api/threads", &[(field, &value)]).await.ok();
        assert_eq!(column(&list, "subject"), expected, "{field}={value}");
    }
    // The latest message comes first.
    let list = owner.get("/api/threads").await.ok();
    assert_eq!(column(&list, "subject"), ["Peña", "ABC", "Ana"]);
}

async fn a_deleted_thread_is_gone_with_all_of_it(app: TestApp) {
    let owner = app.owner().await;
    let file = owner.upload("/api/attachments", &[], "a.txt", b"Hola").await.created();
    let body = json!({
        "subject": "x", "message": { "body": "Mira", "attachment_ids": [file["id"]] },
    });
    let thread = id(&owner.post("/api/threads", body).await.created());
    let path = format!("/api/threads/{thread}");
    owner.delete(&path).await.expect(204);
    owner.get(&path).await.problem(404, "not_found");
    let file = format!("/api/attachments/{}/download", file["id"].as_str().unwrap());
    owner.get(&file).await.problem(404, "not_found");
    for table in ["messages", "thread_members", "attachments"] {
        assert_eq!(app.count(table).await, 0, "{table}");
    }
    let gone = owner.get("/api/deletions?types=thread").await.ok();
    assert_eq!(gone["items"][0]["id"], json!(thread));
}

async fn clients_and_cases_of_threads_are_not_deleted(app: TestApp) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let case = id(&owner.case_of(ana, Value::Null).await);
    let body = json!({ "subject": "x", "case_id": case, "message": { "body": "Hola" } });
    let thread = id(&owner.post("/api/threads", body).await.created());
    let path = format!("/api/cases/{case}");
    assert_eq!(owner.delete(&path).await.problem(409, "in_use")["used"], 1);
    owner.delete(&format!("/api/threads/{thread}")).await.expect(204);
    owner.delete(&path).await.expect(204);
    let body = json!({ "subject": "x", "contact_id": ana, "message": { "body": "Hola" } });
    owner.post("/api/threads", body).await.created();
    let refused = owner.delete(&format!("/api/contacts/{ana}")).await;
    assert_eq!(refused.problem(409, "in_use")["used"], 1);
}
