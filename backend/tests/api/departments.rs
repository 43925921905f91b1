//! Units of the firm.

use crate::support::crm::column;
use crate::support::fixtures::id;
use crate::support::{TestApp, Value, json};
use uuid::Uuid;

db_tests! {
    a_department_has_every_field_that_it_was_given,
    each_field_can_be_changed,
    names_and_codes_are_unique_whatever_case_and_accents,
    what_breaks_a_rule_is_named_and_leaves_nothing,
    departments_are_listed_in_their_order,
    a_department_in_use_is_not_deleted,
    departments_and_team_are_paged_searched_and_sorted,
    an_older_version_is_refused,
    unknown_and_foreign_ids_are_not_found,
    a_repeated_request_gets_the_same_answer,
}

async fn a_department_has_every_field_that_it_was_given(app: TestApp) {
    let owner = app.owner().await;
    let body = json!({
        "name": " Impuestos ", "code": "IMP-1", "color": "#A1b2C3", "icon": "receipt",
        "is_active": false, "order": 7,
    });
    let reply = owner.post("/api/departments", body).await.expect(201);
    let department = reply.json();
    assert_eq!(reply.header("location"), format!("/api/departments/{}", id(&department)));
    assert_eq!(reply.header("etag"), "\"v1\"");
    assert_eq!(
        department,
        json!({
            "id": department["id"], "name": "Impuestos", "code": "IMP-1", "color": "#A1b2C3",
            "icon": "receipt", "is_active": false, "order": 7, "contact_count": 0,
            "member_count": 0,
            "created_at": department["created_at"], "updated_at": department["created_at"],
        })
    );
    let read = owner.get(reply.header("location")).await.expect(200);
    assert_eq!((read.header("etag"), read.json()), ("\"v1\"", department));
    let plain = json!({ "name": "Nómina", "code": "NOM" });
    let plain = owner.post("/api/departments", plain).await.created();
    assert_eq!(plain["color"], "#64748b");
    assert_eq!((&plain["is_active"], &plain["order"]), (&json!(true), &json!(0)));
    assert_eq!(plain["icon"], Value::Null);
}

async fn each_field_can_be_changed(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/departments/{}", owner.department("Impuestos", "IMP").await);
    let mut expected = owner.get(&path).await.ok();
    for (field, value) in [
        ("name", json!("Tributario")),
        ("name", json!("TRIBUTARIO")),
        ("code", json!("TRI")),
        ("color", json!("#000000")),
        ("icon", json!("scale")),
        ("is_active", json!(false)),
        ("order", json!(10_000)),
    ] {
        let after = owner.patch(&path, json!({ field: value })).await.ok();
        expected[field] = value;
        expected["updated_at"] = after["updated_at"].clone();
        assert_eq!(after, expected, "{field}");
    }
    let cleared = owner.patch(&path, json!({ "color": null, "icon": null })).await.ok();
    assert_eq!((&cleared["color"], &cleared["icon"]), (&json!("#64748b"), &Value::Null));
    let version = owner.get(&path).await.header("etag").to_owned();
    let same = owner.patch(&path, json!({ "order": 10_000 })).await.expect(200);
    assert_eq!(same.header("etag"), version, "nothing changed");
}

async fn names_and_codes_are_unique_whatever_case_and_accents(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    owner.department("Nómina", "NOM").await;
    other.department("Nómina", "NOM").await;
    let second = format!("/api/departments/{}", owner.department("Otro", "OTR").await);
    let counts = app.counts().await;
    for name in ["Nómina", "NOMINA", "nomina", " nómina "] {
        let body = json!({ "name": name, "code": "X" });
        owner.post("/api/departments", body).await.field(409, "duplicate", "name", "taken");
        let patched = owner.patch(&second, json!({ "name": name })).await;
        patched.field(409, "duplicate", "name", "taken");
    }
    for code in ["NOM", "nom"] {
        let body = json!({ "name": "Nuevo", "code": code });
        owner.post("/api/departments", body).await.field(409, "duplicate", "code", "taken");
        let patched = owner.patch(&second, json!({ "code": code })).await;
        patched.field(409, "duplicate", "code", "taken");
    }
    assert_eq!(app.counts().await, counts);
}

async fn what_breaks_a_rule_is_named_and_leaves_nothing(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/departments/{}", owner.department("Impuestos", "IMP").await);
    let counts = app.counts().await;
    for (field, value, why) in [
        ("name", json!(""), "required"),
        ("name", json!("x".repeat(151)), "too_long"),
        ("code", json!("con espacio"), "invalid_code"),
        ("code", json!("x".repeat(21)), "invalid_code"),
        ("code", json!("ñ"), "invalid_code"),
        ("color", json!("red"), "invalid_color"),
        ("color", json!("#12345g"), "invalid_color"),
        ("icon", json!("x".repeat(256)), "too_long"),
        ("is_active", json!("yes"), "wrong_type"),
        ("is_active", json!(1), "wrong_type"),
        ("order", json!(-1), "out_of_range"),
        ("order", json!(10_001), "out_of_range"),
        ("order", json!(1.5), "wrong_type"),
        ("order", json!(9_999_999_999_i64), "wrong_type"),
        ("position", json!(1), "unknown_field"),
    ] {
        let mut body = json!({ "name": "Nómina", "code": "NOM" });
        body[field] = value.clone();
        owner.post("/api/departments", body).await.invalid(field, why);
        owner.patch(&path, json!({ field: value })).await.invalid(field, why);
    }
    for field in ["name", "code"] {
        owner.patch(&path, json!({ field: null })).await.invalid(field, "required");
        let mut body = json!({ "name": "Nómina", "code": "NOM" });
        body.as_object_mut().unwrap().remove(field);
        owner.post("/api/departments", body).await.invalid(field, "required");
    }
    assert_eq!(app.counts().await, counts);
}

async fn departments_are_listed_in_their_order(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    other.department("Ajeno", "AJE").await;
    for (name, code, order, active) in [
        ("Zeta", "Z", 1, true),
        ("ábaco", "A", 2, true),
        ("Beta", "B", 2, false),
        ("Último", "U", 9, true),
    ] {
        let body = json!({ "name": name, "code": code, "order": order, "is_active": active });
        owner.post("/api/departments", body).await.created();
    }
    let list = owner.get("/api/departments").await.ok();
    assert_eq!(column(&list, "name"), ["Zeta", "ábaco", "Beta", "Último"]);
    assert_eq!((&list["total"], &list["total_is_exact"]), (&json!(4), &json!(true)));
    let active = owner.get("/api/departments?is_active=true").await.ok();
    assert_eq!(column(&active, "name"), ["Zeta", "ábaco", "Último"]);
    let closed = owner.get("/api/departments?is_active=false").await.ok();
    assert_eq!(column(&closed, "name"), ["Beta"]);
    owner.get("/api/departments?is_active=maybe").await.problem(400, "invalid_query");
}

async fn a_department_in_use_is_not_deleted(app: TestApp) {
    let owner = app.owner().await;
    let department = owner.department("Impuestos", "IMP").await;
    let path = format!("/api/departments/{department}");
    let contact = owner.contact("Ana Ruiz", json!({ "department_id": department })).await;
    assert_eq!(owner.get(&path).await.ok()["contact_count"], 1);
    assert_eq!(column(&owner.get("/api/departments").await.ok(), "contact_count"), [1]);
    owner.delete(&path).await.problem(409, "in_use");
    let contact = format!("/api/contacts/{}", id(&contact));
    owner.patch(&contact, json!({ "department_id": null })).await.ok();
    owner.delete(&path).await.no_content();
    owner.get(&path).await.problem(404, "not_found");
}

async fn an_older_version_is_refused(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/departments/{}", owner.department("Impuestos", "IMP").await);
    let first = owner.with("If-Match", "\"v1\"");
    first.patch(&path, json!({ "order": 1 })).await.ok();
    first.patch(&path, json!({ "order": 2 })).await.problem(412, "precondition_failed");
    first.delete(&path).await.problem(412, "precondition_failed");
    owner.with("If-Match", "\"v2\"").delete(&path).await.no_content();
}

async fn unknown_and_foreign_ids_are_not_found(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    for id in [other.department("Impuestos", "IMP").await, Uuid::now_v7()] {
        let path = format!("/api/departments/{id}");
        owner.get(&path).await.problem(404, "not_found");
        owner.patch(&path, json!({ "order": 1 })).await.problem(404, "not_found");
        owner.delete(&path).await.problem(404, "not_found");
    }
}

async fn a_repeated_request_gets_the_same_answer(app: TestApp) {
    let owner = app.owner().await;
    let client = owner.with("Idempotency-Key", "k1");
    let body = json!({ "name": "Impuestos", "code": "IMP" });
    let first = client.post("/api/departments", body.clone()).await.expect(201);
    let again = client.post("/api/departments", body).await.expect(201);
    assert_eq!((again.header("idempotency-replayed"), &again.text), ("true", &first.text));
}

async fn departments_and_team_are_paged_searched_and_sorted(app: TestApp) {
    let owner = app.owner().await;
    for (name, code) in [("Nómina", "NOM"), ("Impuestos", "IMP"), ("Auditoría", "AUD")] {
        owner.department(name, code).await;
    }
    let names = async |query: &str| {
        let list = owner.get(&format!("/api/departments?{query}")).await.ok();
        (column(&list, "name"), list["total"].clone())
    };
    assert_eq!(
        names("ordering=name&page_size=2").await,
        (vec![json!("Auditoría"), json!("Impuestos")], json!(3))
    );
    assert_eq!(names("ordering=name&page_size=2&page=2").await, (vec![json!("Nómina")], json!(3)));
    assert_eq!(names("ordering=-code").await.0, ["Nómina", "Impuestos", "Auditoría"]);
    assert_eq!(names("search=nomina").await, (vec![json!("Nómina")], json!(1)));
    assert_eq!(names("page=9").await, (vec![], json!(3)));
    let member = app.member(owner.tenant, ebenezer_shared::permission::Role::Member).await;
    let team = owner.get("/api/team?search=persona&page_size=1").await.ok();
    assert_eq!((&team["items"][0]["email"], &team["total"]), (&json!(member.email), &json!(1)));
    for wrong in ["page=0", "page_size=201", "ordering=phone", "colour=red"] {
        for path in ["/api/departments", "/api/team"] {
            owner.get(&format!("{path}?{wrong}")).await.problem(400, "invalid_query");
        }
    }
}
