//! One search over everything.

mod sight;

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    every_kind_is_found_by_its_words,
    accents_case_and_digits_find_people,
    names_that_begin_with_the_words_go_first,
    many_that_hold_the_words_hide_no_beginning,
    people_are_found_by_their_companies,
    cases_are_found_by_client_year_and_form,
    cases_of_many_clients_are_found,
    what_is_about_a_case_names_its_client,
    what_is_no_word_finds_nothing_and_breaks_nothing,
    what_was_deleted_or_trashed_is_not_found,
    records_are_named_anew_by_their_ids,
    what_cannot_be_asked_is_refused,
}

impl Member {
    /// What a search for the words answers.
    pub async fn search(&self, words: &str) -> Value {
        self.list("/api/search", &[("q", words)]).await.ok()
    }

    /// The titles of a kind that a search for the words answers.
    pub async fn titles(&self, words: &str, kind: &str) -> Vec<String> {
        titles(&self.search(words).await, kind)
    }
}

/// The titles of a kind.
pub fn titles(found: &Value, kind: &str) -> Vec<String> {
    let groups = found["groups"].as_array().unwrap();
    let group = groups.iter().find(|group| group["kind"] == kind);
    let items = group.map(|group| group["items"].as_array().unwrap().clone());
    let title = |item: &Value| item["title"].as_str().unwrap().to_owned();
    items.unwrap_or_default().iter().map(title).collect()
}

/// The kinds of which something was found.
pub fn kinds(found: &Value) -> Vec<&str> {
    found["groups"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap()).collect()
}

/// Something of each kind that holds the word, and the person whose it is.
pub async fn one_of_each(owner: &Member, word: &str) -> Uuid {
    let ana = id(&owner.contact(&format!("{word} Paz"), json!({ "email": "ana@paz.test" })).await);
    owner.corporation(&format!("{word} SAS")).await;
    owner.case_of(ana, Value::Null).await;
    let folder = json!({ "name": "Papeles", "contact_id": ana });
    let folder = id(&owner.post("/api/folders", folder).await.created());
    owner.document(folder, &format!("Informe {word}.pdf")).await;
    let request = json!({ "title": format!("Faltan {word}"), "contact_id": ana,
        "items": [{ "name": "W-2" }] });
    owner.post("/api/document-requests", request).await.created();
    owner.task(json!({ "title": format!("Llamar {word}"), "contact_id": ana })).await;
    owner.appointment(json!({ "title": format!("Reunión {word}") })).await;
    owner.note_on(ana, &format!("Prefiere {word}")).await;
    owner.thread(&format!("Sobre {word}"), &[]).await;
    ana
}

async fn every_kind_is_found_by_its_words(app: TestApp) {
    let owner = app.owner().await;
    let ana = one_of_each(&owner, "Ñandú").await;
    let found = owner.search("nandu").await;
    assert_eq!(
        kinds(&found),
        [
            "contact",
            "corporation",
            "case",
            "document",
            "document_request",
            "task",
            "appointment",
            "thread",
            "note",
        ]
    );
    for (kind, title) in [
        ("contact", "Ñandú Paz"),
        ("corporation", "Ñandú SAS"),
        ("case", "1040 · 2023"),
        ("document", "Informe Ñandú.pdf"),
        ("document_request", "Faltan Ñandú"),
        ("task", "Llamar Ñandú"),
        ("appointment", "Reunión Ñandú"),
        ("thread", "Sobre Ñandú"),
        ("note", "Prefiere Ñandú"),
    ] {
        assert_eq!(titles(&found, kind), [title], "{kind}");
    }
    let of = |kind: &str| {
        let groups = found["groups"].as_array().unwrap();
        groups.iter().find(|group| group["kind"] == kind).unwrap()["items"][0].clone()
    };
    assert_eq!(
        (&of("contact")["id"], &of("contact")["detail"]),
        (&json!(ana), &json!("ana@paz.test"))
    );
    let client = json!({ "kind": "contact", "id": ana, "name": "Ñandú Paz" });
    for kind in ["case", "document", "document_request", "task", "note"] {
        assert_eq!(of(kind)["client"], client, "{kind}");
    }
    assert_eq!(of("case")["detail"], "Recepción");
    assert_eq!(of("document")["detail"], "Papeles");
    assert!(of("appointment")["at"].is_string());
    let english = owner.with("Accept-Language", "en");
    let found = english.list("/api/search", &[("q", "nandu")]).await.ok();
    let case = found["groups"].as_array().unwrap().iter().find(|it| it["kind"] == "case").unwrap();
    assert_eq!(case["items"][0]["detail"], "Intake");
}

async fn accents_case_and_digits_find_people(app: TestApp) {
    let owner = app.owner().await;
    let more = json!({ "phone": "(555) 123-4567", "email": "m.garcia@correo.test",
        "ssn": "123-45-6789" });
    owner.contact("María García", more).await;
    owner.contact("Li Wu", Value::Null).await;
    for words in [
        "garcia",
        "GARCÍA",
        "maria garcía",
        "arci",
        "555 123",
        "(555) 123-4567",
        "correo.test",
        "ga",
        "123-45-6789",
        "6789",
    ] {
        assert_eq!(owner.titles(words, "contact").await, ["María García"], "{words}");
    }
    assert_eq!(owner.titles("l", "contact").await, ["Li Wu"]);
    assert_eq!(owner.titles("ar", "contact").await, [""; 0], "short words begin a name");
    // Only what the list finds by its whole or its end.
    assert_eq!(owner.titles("45-6789", "contact").await, [""; 0]);
}

async fn names_that_begin_with_the_words_go_first(app: TestApp) {
    let owner = app.owner().await;
    for name in ["Edgar Oz", "Ana Garza", "Garza Ana", "Zoe Paz"] {
        let more = json!({ "email": if name == "Zoe Paz" { "gar@paz.test" } else { "x@y.test" },
            "allow_duplicate": true });
        owner.contact(name, more).await;
    }
    let found = owner.titles("gar", "contact").await;
    assert_eq!(found, ["Garza Ana", "Ana Garza", "Edgar Oz", "Zoe Paz"]);
}

async fn many_that_hold_the_words_hide_no_beginning(app: TestApp) {
    let owner = app.owner().await;
    for number in 0..66 {
        let more = json!({ "allow_duplicate": true });
        owner.contact(&format!("Persona{number:02} Valdivia"), more).await;
    }
    owner.contact("Valdivia Ruiz", Value::Null).await;
    let found = owner.search("valdivia").await;
    let shown = titles(&found, "contact");
    assert_eq!((shown.len(), shown[0].as_str()), (5, "Valdivia Ruiz"));
    assert_eq!(found["groups"][0]["has_more"], true);
    assert_eq!(owner.search("persona07").await["groups"][0]["has_more"], false);
}

async fn people_are_found_by_their_companies(app: TestApp) {
    let owner = app.owner().await;
    let abc = owner.corporation("Ábaco Ltda").await;
    let more = json!({ "primary_corporation_id": abc, "email": "eva@correo.test" });
    owner.contact("Eva Luna", more).await;
    owner.contact("Ábaco Primero", Value::Null).await;
    owner.contact("Otro Cualquiera", Value::Null).await;
    let found = owner.search("abaco").await;
    assert_eq!(titles(&found, "contact"), ["Ábaco Primero", "Eva Luna"]);
    assert_eq!(found["groups"][0]["items"][1]["detail"], "Ábaco Ltda · eva@correo.test");
}

async fn cases_are_found_by_client_year_and_form(app: TestApp) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let eva = id(&owner.contact("Eva Luna", Value::Null).await);
    owner.case_of(ana, json!({ "type": "form_1040", "tax_year": 2023 })).await;
    owner.case_of(ana, json!({ "type": "bookkeeping", "tax_year": 2022 })).await;
    let joint = json!({ "type": "form_1040x", "tax_year": 2022, "joint_contact_id": ana });
    owner.case_of(eva, joint).await;
    for (words, expected) in [
        ("paz", vec!["1040-X · 2022", "Contabilidad · 2022", "1040 · 2023"]),
        ("paz 2022", vec!["1040-X · 2022", "Contabilidad · 2022"]),
        ("luna 1040", vec!["1040-X · 2022"]),
        ("1040", vec!["1040-X · 2022", "1040 · 2023"]),
        ("1040-x", vec!["1040-X · 2022"]),
        ("2023", vec!["1040 · 2023"]),
        ("2021", vec![]),
        ("paz nadie", vec![]),
    ] {
        assert_eq!(owner.titles(words, "case").await, expected, "{words}");
    }
    // Open ones go first.
    let closed = owner.search("1040-x").await["groups"][0]["items"][0]["id"].clone();
    let path = format!("/api/cases/{}", closed.as_str().unwrap());
    owner.patch(&path, json!({ "status": "closed" })).await.ok();
    assert_eq!(owner.titles("1040", "case").await, ["1040 · 2023", "1040-X · 2022"]);
}

async fn cases_of_many_clients_are_found(app: TestApp) {
    let owner = app.owner().await;
    for number in 0..70 {
        let more = json!({ "allow_duplicate": true });
        let person = owner.contact(&format!("Persona{number:02} Quiroga"), more).await;
        if [3, 69].contains(&number) {
            owner.case_of(id(&person), json!({ "tax_year": 2000 + number / 3 })).await;
        }
    }
    assert_eq!(owner.titles("quiroga", "case").await, ["1040 · 2023", "1040 · 2001"]);
}

async fn what_is_about_a_case_names_its_client(app: TestApp) {
    let owner = app.owner().await;
    let eva = app.member(owner.tenant, Role::Member).await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let case = id(&owner.case_of(ana, Value::Null).await);
    owner.task(json!({ "title": "Llamar pronto", "case_id": case })).await;
    owner.post("/api/notes", json!({ "text": "Llamar tarde", "case_id": case })).await.created();
    let thread = json!({ "subject": "Llamar ya", "member_ids": [eva.user], "case_id": case,
        "message": { "body": "x" } });
    owner.post("/api/threads", thread).await.created();
    let clients = async |who: &Member| {
        let found = who.search("llamar").await;
        let groups = found["groups"].as_array().unwrap().iter();
        groups.map(|group| group["items"][0]["client"]["name"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(clients(&owner).await, ["Ana Paz", "Ana Paz", "Ana Paz"]);
    let role = json!({ "name": "Sin clientes", "permissions": ["messages.view"] });
    let role = id(&owner.post("/api/roles", role).await.created());
    app.change_membership(eva.user, owner.tenant, |row| row.role_id = Some(role)).await;
    assert_eq!(clients(&eva).await, [Value::Null]);
}

async fn what_is_no_word_finds_nothing_and_breaks_nothing(app: TestApp) {
    let owner = app.owner().await;
    one_of_each(&owner, "Ñandú").await;
    for words in [
        "",
        " ",
        "\t",
        "%",
        "%%%",
        "_",
        "___",
        "'",
        "\"",
        "\"\"\"",
        "\\",
        "nan*",
        "nandu OR paz",
        "NEAR(nandu)",
        "' OR 1=1 --",
        "{{7*7}}",
        "-nandu",
        "^nan",
        "xyz",
    ] {
        assert_eq!(owner.search(words).await, json!({ "groups": [] }), "{words}");
    }
    assert_eq!(owner.get("/api/search").await.ok(), json!({ "groups": [] }));
    let percent = owner.contact("100% Seguro", Value::Null).await;
    let found = owner.search("100%").await;
    assert_eq!(found["groups"][0]["items"][0]["id"], percent["id"]);
    assert_eq!(kinds(&found), ["contact"]);
}

async fn what_was_deleted_or_trashed_is_not_found(app: TestApp) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ñandú Paz", Value::Null).await);
    let folder = json!({ "name": "Papeles", "contact_id": ana });
    let folder = id(&owner.post("/api/folders", folder).await.created());
    let document = owner.document(folder, "Ñandú.pdf").await;
    let task = id(&owner.task(json!({ "title": "Ñandú" })).await);
    assert_eq!(kinds(&owner.search("nandu").await), ["contact", "document", "task"]);
    owner.delete(&format!("/api/documents/{document}")).await.no_content();
    owner.delete(&format!("/api/tasks/{task}")).await.no_content();
    assert_eq!(kinds(&owner.search("nandu").await), ["contact"]);
    let records = format!("document:{document},task:{task},contact:{ana}");
    let found = owner.list("/api/search", &[("records", &records)]).await.ok();
    assert_eq!(kinds(&found), ["contact"]);
}

async fn records_are_named_anew_by_their_ids(app: TestApp) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let case = id(&owner.case_of(ana, Value::Null).await);
    let company = owner.corporation("ABC Corp").await;
    let records = format!("case:{case},contact:{ana},contact:{case},corporation:{company}");
    let found = owner.list("/api/search", &[("records", &records)]).await.ok();
    assert_eq!(titles(&found, "contact"), ["Ana Paz"]);
    assert_eq!(titles(&found, "corporation"), ["ABC Corp"]);
    assert_eq!(titles(&found, "case"), ["1040 · 2023"]);
    owner.patch(&format!("/api/contacts/{ana}"), json!({ "last_name": "Gil" })).await.ok();
    let found = owner.list("/api/search", &[("records", &records)]).await.ok();
    assert_eq!(titles(&found, "contact"), ["Ana Gil"]);
    assert_eq!(owner.get("/api/search?records=").await.ok(), json!({ "groups": [] }));
}

async fn what_cannot_be_asked_is_refused(app: TestApp) {
    let owner = app.owner().await;
    let one = "contact:01980000-0000-7000-8000-000000000001";
    let many = vec![one; 21].join(",");
    let long = "x".repeat(300);
    for (name, value) in [
        ("q", long.as_str()),
        ("records", "contact"),
        ("records", "weather:01980000-0000-7000-8000-000000000001"),
        ("records", "contact:1"),
        ("records", &many),
    ] {
        let reply = owner.list("/api/search", &[(name, value)]).await;
        reply.field(400, "invalid_query", name, "invalid");
    }
    let both = owner.list("/api/search", &[("q", "ana"), ("records", one)]).await;
    both.field(400, "invalid_query", "records", "invalid");
    assert_eq!(owner.get("/api/search?query=ana").await.status, 400);
}
