//! A person is added, read, changed, deleted.

use crate::support::fixtures::id;
use crate::support::{TestApp, Value, asking_for, json};
use chrono::TimeDelta;

db_tests! {
    a_contact_has_every_field_that_it_was_given,
    a_name_is_enough,
    blank_optional_fields_are_none,
    each_field_can_be_changed,
    a_deleted_contact_is_gone,
    an_unknown_id_is_not_found,
    an_id_is_a_uuid,
}

async fn a_contact_has_every_field_that_it_was_given(app: TestApp) {
    let owner = app.owner().await;
    let (abc, xyz) = (owner.corporation("ABC Corp").await, owner.corporation("XYZ Inc").await);
    let department = owner.department("Impuestos", "IMP").await;
    let reply = owner
        .post(
            "/api/contacts",
            json!({
                "first_name": " María ",
                "last_name": "García Núñez",
                "email": "Maria.Garcia@Email.com",
                "phone": "(555) 123-4567",
                "status": "prospect",
                "client_since": "2022-03-01",
                "primary_corporation_id": abc,
                "corporation_ids": [xyz],
                "department_id": department,
                "owner_id": owner.user,
                "address": { "line1": "Calle 1 # 2-3", "city": "Bogotá", "country": "CO" },
                "date_of_birth": "1980-02-29",
                "ssn": "123-45-6789",
                "preferred_language": "en",
                "notes": "Llama por la tarde.\nPrefiere WhatsApp.",
                "external_id": "Q-17",
            }),
        )
        .await
        .expect(201);
    let contact = reply.json();
    assert_eq!(reply.header("location"), format!("/api/contacts/{}", id(&contact)));
    assert_eq!(reply.header("etag"), "\"v1\"");
    assert_eq!(id(&contact).get_version_num(), 7);
    let at = contact["created_at"].as_str().unwrap().to_owned();
    assert!(at.ends_with('Z'), "{at}");
    let age = app.clock.now() - at.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    assert!(age < TimeDelta::minutes(1));
    assert_eq!(
        contact,
        json!({
            "id": contact["id"],
            "first_name": "María",
            "last_name": "García Núñez",
            "email": "Maria.Garcia@Email.com",
            "phone": "+15551234567",
            "phone_display": "(555) 123-4567",
            "status": "prospect",
            "client_since": "2022-03-01",
            "primary_corporation_id": abc,
            "corporations": [
                { "id": abc, "name": "ABC Corp", "is_primary": true, "role": null, "share": null,
                  "from": null, "to": null },
                { "id": xyz, "name": "XYZ Inc", "is_primary": false, "role": null, "share": null,
                  "from": null, "to": null },
            ],
            "former_corporations": [],
            "department": { "id": department, "name": "Impuestos", "color": "#64748b" },
            "owner": { "id": owner.user, "full_name": contact["owner"]["full_name"] },
            "address": { "line1": "Calle 1 # 2-3", "city": "Bogotá", "country": "CO" },
            "date_of_birth": "****-**-**",
            "ssn": "***-**-6789",
            "preferred_language": "en",
            "tags": [],
            "notes": "Llama por la tarde.\nPrefiere WhatsApp.",
            "external_id": "Q-17",
            "created_at": at,
            "updated_at": at,
        })
    );
    let read = owner.get(reply.header("location")).await.expect(200);
    assert_eq!(read.header("etag"), "\"v1\"");
    assert_eq!(read.header("cache-control"), "no-store");
    assert_eq!(read.json(), contact);
    let list = owner.get("/api/contacts").await.ok();
    for (field, value) in list["items"][0].as_object().unwrap() {
        match field.as_str() {
            "department_id" => assert_eq!(*value, json!(department)),
            "owner_id" => assert_eq!(*value, json!(owner.user)),
            "city" | "region" => assert_eq!(*value, contact["address"][field], "{field}"),
            // A list says less of them.
            "corporations" => assert_eq!(
                *value,
                json!([
                    { "id": abc, "name": "ABC Corp", "is_primary": true },
                    { "id": xyz, "name": "XYZ Inc", "is_primary": false },
                ])
            ),
            _ => assert_eq!(*value, contact[field], "{field}"),
        }
    }
}

async fn a_name_is_enough(app: TestApp) {
    let owner = app.owner().await;
    let contact = owner.contact("Juan Pérez", Value::Null).await;
    assert_eq!(contact["status"], "active");
    assert_eq!(contact["corporations"], json!([]));
    assert_eq!(contact["address"], json!({}));
    for field in [
        "email",
        "phone",
        "phone_display",
        "client_since",
        "primary_corporation_id",
        "department",
        "owner",
        "date_of_birth",
        "ssn",
        "preferred_language",
        "notes",
        "external_id",
    ] {
        assert_eq!(contact[field], Value::Null, "{field}");
    }
}

async fn blank_optional_fields_are_none(app: TestApp) {
    let owner = app.owner().await;
    let blank = json!({
        "email": "  ", "phone": "", "notes": " \n ", "external_id": "", "ssn": " ",
        "address": { "city": " " },
    });
    let contact = owner.contact("Juan Pérez", blank.clone()).await;
    for field in ["email", "phone", "notes", "external_id", "ssn"] {
        assert_eq!(contact[field], Value::Null, "{field}");
    }
    assert_eq!(contact["address"], json!({}));
    // Two without external id do not collide.
    owner.contact("Juan Pérez", blank).await;
}

async fn each_field_can_be_changed(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.contact_path("Juan Pérez").await;
    let department = owner.department("Nómina", "NOM").await;
    let before = owner.get(&path).await.ok();
    app.advance(TimeDelta::seconds(5));
    let changes = [
        ("first_name", json!("Ana"), "first_name", json!("Ana")),
        ("last_name", json!("Ruiz"), "last_name", json!("Ruiz")),
        ("email", json!("ana@ruiz.test"), "email", json!("ana@ruiz.test")),
        ("phone", json!("+57 300 123 4567"), "phone", json!("+573001234567")),
        ("status", json!("inactive"), "status", json!("inactive")),
        ("client_since", json!("2019-12-31"), "client_since", json!("2019-12-31")),
        ("address", json!({ "city": "Cali" }), "address", json!({ "city": "Cali" })),
        ("date_of_birth", json!("1999-01-01"), "date_of_birth", json!("****-**-**")),
        ("ssn", json!("900-70-0001"), "ssn", json!("***-**-0001")),
        ("preferred_language", json!("es"), "preferred_language", json!("es")),
        ("notes", json!("Nueva nota"), "notes", json!("Nueva nota")),
        ("external_id", json!("X-1"), "external_id", json!("X-1")),
    ];
    let mut expected = before.clone();
    for (version, (field, value, shown, as_shown)) in (2..).zip(changes) {
        let reply = owner.patch(&path, json!({ field: value })).await.expect(200);
        assert_eq!(reply.header("etag"), format!("\"v{version}\""));
        expected[shown] = as_shown;
        let mut contact = reply.json();
        assert_eq!(contact, owner.get(&path).await.ok());
        assert!(contact["updated_at"].as_str() > before["updated_at"].as_str());
        contact["updated_at"] = before["updated_at"].clone();
        if field == "phone" {
            expected["phone_display"] = json!("+57 300 1234567");
        }
        assert_eq!(contact, expected, "{field}");
    }
    let links = json!({ "department_id": department, "owner_id": owner.user });
    let contact = owner.patch(&path, links).await.ok();
    assert_eq!(contact["department"]["name"], "Nómina");
    assert_eq!(contact["owner"]["id"], owner.user.to_string());
}

async fn a_deleted_contact_is_gone(app: TestApp) {
    let owner = app.owner().await;
    let corporation = owner.corporation("ABC Corp").await;
    let contact =
        owner.contact("Juan Pérez", json!({ "primary_corporation_id": corporation })).await;
    let path = format!("/api/contacts/{}", id(&contact));
    owner.delete(&path).await.no_content();
    owner.get(&path).await.problem(404, "not_found");
    owner.delete(&path).await.problem(404, "not_found");
    owner.patch(&path, json!({ "notes": "x" })).await.problem(404, "not_found");
    assert_eq!(owner.get("/api/contacts").await.ok()["total"], 0);
    assert_eq!(app.count("contact_corporations").await, 0);
    assert_eq!(owner.found("perez").await, [""; 0]);
    let left = owner.get(&format!("/api/corporations/{corporation}")).await.ok();
    assert_eq!((&left["contact_count"], &left["primary_contact_count"]), (&json!(0), &json!(0)));
}

async fn an_unknown_id_is_not_found(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/contacts/{}", uuid::Uuid::now_v7());
    owner.get(&path).await.problem(404, "not_found");
    owner.patch(&path, json!({ "notes": "x" })).await.problem(404, "not_found");
    owner.delete(&path).await.problem(404, "not_found");
    let reveal = owner.post(&format!("{path}/reveal"), asking_for("ssn")).await;
    reveal.problem(404, "not_found");
}

async fn an_id_is_a_uuid(app: TestApp) {
    let owner = app.owner().await;
    for id in ["1", "abc", "..%2f..", "'%20OR%201=1", "0192-x", "%FF%FE", "%00", "{{7*7}}"] {
        let path = format!("/api/contacts/{id}");
        owner.get(&path).await.problem(400, "invalid_path");
        owner.patch(&path, json!({ "notes": "x" })).await.problem(400, "invalid_path");
        owner.delete(&path).await.problem(400, "invalid_path");
    }
}
