//! Saved views of lists, and how each person wants theirs.

use crate::support::crm::column;
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    a_view_holds_how_a_list_is_shown,
    what_breaks_a_rule_is_named,
    one_sees_ones_own_views_and_the_shared_ones,
    a_shared_view_is_changed_by_its_maker_or_who_changes_settings,
    names_are_unique_among_ones_own,
    each_part_can_be_changed,
    a_person_chooses_columns_and_a_view_to_start_with,
    a_default_view_that_is_gone_is_none,
    views_of_other_firms_are_not_there,
    whoever_does_not_see_the_list_sees_no_views,
    a_paused_firm_shows_its_views,
    what_happened_is_in_the_log,
}

async fn view(member: &Member, name: &str, shared: bool) -> Uuid {
    let body = json!({ "resource": "contacts", "name": name, "shared": shared });
    id(&member.post("/api/views", body).await.created())
}

async fn names(member: &Member) -> Vec<Value> {
    column(&member.get("/api/views?resource=contacts").await.ok(), "name")
}

async fn a_view_holds_how_a_list_is_shown(app: TestApp) {
    let owner = app.owner().await;
    let tag = Uuid::now_v7();
    let body = json!({
        "resource": "contacts", "name": " Activos ", "shared": true, "search": "gar",
        "filters": { "status": "active", "tag": tag }, "ordering": "-created_at,name",
        "columns": ["email", "tags"], "page_size": 50,
    });
    let reply = owner.post("/api/views", body).await.expect(201);
    let view = reply.json();
    let expected = json!({
        "id": view["id"], "resource": "contacts", "name": "Activos", "shared": true,
        "maker": { "id": owner.user, "full_name": view["maker"]["full_name"] },
        "may_change": true, "search": "gar",
        "filters": { "status": "active", "tag": tag }, "ordering": "-created_at,name",
        "columns": ["email", "tags"], "page_size": 50,
        "created_at": view["created_at"], "updated_at": view["created_at"],
    });
    assert_eq!(view, expected);
    let read = owner.get(reply.header("location")).await.expect(200);
    assert_eq!((read.header("etag"), read.json()), ("\"v1\"", expected.clone()));
    assert_eq!(owner.get("/api/views?resource=contacts").await.ok()["items"], json!([expected]));
    assert_eq!(owner.get("/api/views?resource=corporations").await.ok()["total"], 0);
    let plain = json!({ "resource": "corporations", "name": "Todas" });
    let plain = owner.post("/api/views", plain).await.created();
    for field in ["search", "ordering", "columns", "page_size"] {
        assert_eq!(plain[field], Value::Null, "{field}");
    }
    assert_eq!((&plain["filters"], &plain["shared"]), (&json!({}), &json!(false)));
}

async fn what_breaks_a_rule_is_named(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/views/{}", view(&owner, "Mía", false).await);
    let counts = app.counts().await;
    for (field, value, why) in [
        ("name", json!(""), "required"),
        ("name", json!("x".repeat(51)), "too_long"),
        ("shared", json!("yes"), "wrong_type"),
        ("filters", json!({ "colour": "red" }), "unknown_value"),
        ("filters", json!({ "status": "x".repeat(1001) }), "out_of_range"),
        ("columns", json!(vec!["email"; 41]), "too_many"),
        ("columns", json!([""]), "required"),
        ("page_size", json!(201), "out_of_range"),
        ("page_size", json!(0), "out_of_range"),
        ("ordering", json!("x".repeat(256)), "too_long"),
        ("owner", json!(1), "unknown_field"),
    ] {
        let mut body = json!({ "resource": "contacts", "name": "Otra" });
        body[field] = value.clone();
        owner.post("/api/views", body).await.invalid(field, why);
        owner.patch(&path, json!({ field: value })).await.invalid(field, why);
    }
    let body = json!({ "resource": "corporations", "name": "X", "filters": { "owner_id": "1" } });
    owner.post("/api/views", body).await.invalid("filters", "unknown_value");
    // What is kept and shown to others holds no personal number.
    for search in ["123-45-6789", " 123456789"] {
        let body = json!({ "resource": "contacts", "name": "X", "search": search });
        owner.post("/api/views", body).await.invalid("search", "personal_number");
    }
    let body = json!({ "resource": "cases", "name": "X" });
    owner.post("/api/views", body).await.invalid("resource", "unknown_value");
    owner.get("/api/views?resource=cases").await.problem(400, "invalid_query");
    assert_eq!(app.counts().await, counts);
}

async fn one_sees_ones_own_views_and_the_shared_ones(app: TestApp) {
    let owner = app.owner().await;
    let colleague = app.member(owner.tenant, Role::Member).await;
    let hidden = view(&owner, "Solo mía", false).await;
    view(&owner, "De todos", true).await;
    view(&colleague, "Ágil", false).await;
    assert_eq!(names(&owner).await, ["De todos", "Solo mía"]);
    assert_eq!(names(&colleague).await, ["Ágil", "De todos"]);
    let path = format!("/api/views/{hidden}");
    colleague.get(&path).await.problem(404, "not_found");
    colleague.patch(&path, json!({ "name": "X" })).await.problem(404, "not_found");
    colleague.delete(&path).await.problem(404, "not_found");
    owner.patch(&path, json!({ "shared": true })).await.ok();
    assert_eq!(names(&colleague).await, ["Ágil", "De todos", "Solo mía"]);
}

async fn a_shared_view_is_changed_by_its_maker_or_who_changes_settings(app: TestApp) {
    let owner = app.owner().await;
    let maker = app.member(owner.tenant, Role::Member).await;
    let other = app.member(owner.tenant, Role::Member).await;
    let path = format!("/api/views/{}", view(&maker, "Común", true).await);
    assert_eq!(other.get(&path).await.ok()["may_change"], false);
    for refused in [other.patch(&path, json!({ "name": "Otra" })).await, other.delete(&path).await]
    {
        let problem = refused.problem(403, "permission_required");
        assert_eq!(problem["required_permission"], "settings.change");
    }
    maker.patch(&path, json!({ "name": "Nuestra" })).await.ok();
    assert_eq!(owner.get(&path).await.ok()["may_change"], true);
    owner.patch(&path, json!({ "name": "De la casa" })).await.ok();
    owner.delete(&path).await.no_content();
    maker.get(&path).await.problem(404, "not_found");
}

async fn names_are_unique_among_ones_own(app: TestApp) {
    let owner = app.owner().await;
    let colleague = app.member(owner.tenant, Role::Member).await;
    view(&owner, "Año", true).await;
    let second = format!("/api/views/{}", view(&owner, "Otra", false).await);
    let body = json!({ "resource": "contacts", "name": "ano" });
    owner.post("/api/views", body.clone()).await.field(409, "duplicate", "name", "taken");
    let renamed = owner.patch(&second, json!({ "name": "AÑO" })).await;
    renamed.field(409, "duplicate", "name", "taken");
    colleague.post("/api/views", body).await.created();
    owner.post("/api/views", json!({ "resource": "corporations", "name": "Año" })).await.created();
}

async fn each_part_can_be_changed(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/views/{}", view(&owner, "Mía", false).await);
    let mut expected = owner.get(&path).await.ok();
    for (field, value) in [
        ("name", json!("Tuya")),
        ("shared", json!(true)),
        ("search", json!("gar")),
        ("filters", json!({ "status": "inactive" })),
        ("filters", json!({})),
        ("ordering", json!("-name")),
        ("columns", json!(["phone"])),
        ("columns", Value::Null),
        ("page_size", json!(100)),
        ("search", Value::Null),
    ] {
        let after = owner.patch(&path, json!({ field: value })).await.ok();
        expected[field] = value;
        expected["updated_at"] = after["updated_at"].clone();
        assert_eq!(after, expected, "{field}");
    }
    let version = owner.get(&path).await.header("etag").to_owned();
    let same = owner.patch(&path, json!({ "page_size": 100 })).await.expect(200);
    assert_eq!(same.header("etag"), version, "nothing changed");
    let old = owner.with("If-Match", "\"v1\"");
    old.patch(&path, json!({ "name": "X" })).await.problem(412, "precondition_failed");
    old.delete(&path).await.problem(412, "precondition_failed");
}

const PREFERENCES: &str = "/api/list-preferences";

async fn a_person_chooses_columns_and_a_view_to_start_with(app: TestApp) {
    let owner = app.owner().await;
    let colleague = app.member(owner.tenant, Role::Member).await;
    let none = json!({ "resource": "contacts", "columns": null, "default_view_id": null });
    assert_eq!(owner.get(PREFERENCES).await.ok(), none);
    let shared = view(&colleague, "Común", true).await;
    let body = json!({ "resource": "contacts", "columns": ["tags", "email"] });
    owner.patch(PREFERENCES, body).await.ok();
    let body = json!({ "resource": "contacts", "default_view_id": shared });
    let chosen = owner.patch(PREFERENCES, body).await.ok();
    let expected =
        json!({ "resource": "contacts", "columns": ["tags", "email"], "default_view_id": shared });
    assert_eq!(chosen, expected);
    assert_eq!(owner.get(&format!("{PREFERENCES}?resource=contacts")).await.ok(), expected);
    assert_eq!(colleague.get(PREFERENCES).await.ok(), none, "for nobody else");
    let other = owner.get(&format!("{PREFERENCES}?resource=corporations")).await.ok();
    assert_eq!(other["columns"], Value::Null, "for no other list");
    let body = json!({ "resource": "contacts", "columns": null });
    assert_eq!(owner.patch(PREFERENCES, body).await.ok()["columns"], Value::Null);
    let hidden = view(&colleague, "Solo suya", false).await;
    for unknown in [hidden, Uuid::now_v7()] {
        let body = json!({ "resource": "contacts", "default_view_id": unknown });
        let refused = owner.patch(PREFERENCES, body).await;
        refused.invalid("default_view_id", "unknown_reference");
    }
    let body = json!({ "resource": "corporations", "default_view_id": shared });
    let refused = owner.patch(PREFERENCES, body).await;
    refused.invalid("default_view_id", "unknown_reference");
}

async fn a_default_view_that_is_gone_is_none(app: TestApp) {
    let owner = app.owner().await;
    let colleague = app.member(owner.tenant, Role::Member).await;
    let default = async || colleague.get(PREFERENCES).await.ok()["default_view_id"].clone();
    for deletes in [false, true] {
        let shared = view(&owner, "Común", true).await;
        let body = json!({ "resource": "contacts", "default_view_id": shared });
        colleague.patch(PREFERENCES, body).await.ok();
        assert_eq!(default().await, json!(shared));
        let path = format!("/api/views/{shared}");
        if deletes {
            owner.delete(&path).await.no_content();
        } else {
            owner.patch(&path, json!({ "shared": false, "name": "Mía" })).await.ok();
        }
        assert_eq!(default().await, Value::Null);
    }
}

async fn views_of_other_firms_are_not_there(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    for id in [view(&other, "Ajena", true).await, Uuid::now_v7()] {
        let path = format!("/api/views/{id}");
        owner.get(&path).await.problem(404, "not_found");
        owner.patch(&path, json!({ "name": "X" })).await.problem(404, "not_found");
        owner.delete(&path).await.problem(404, "not_found");
        let body = json!({ "resource": "contacts", "default_view_id": id });
        let refused = owner.patch(PREFERENCES, body).await;
        refused.invalid("default_view_id", "unknown_reference");
    }
    assert_eq!(names(&owner).await, [Value::Null; 0]);
}

async fn whoever_does_not_see_the_list_sees_no_views(app: TestApp) {
    let legal = app.register("legal").await;
    let stranger = app.client.get("/api/views").await;
    stranger.problem(401, "authentication_required");
    assert_eq!(names(&legal).await, [Value::Null; 0]);
}

async fn a_paused_firm_shows_its_views(app: TestApp) {
    use ebenezer::platform::tenant::Status;
    let owner = app.owner().await;
    let path = format!("/api/views/{}", view(&owner, "Mía", false).await);
    app.change_tenant(owner.tenant, |tenant| tenant.status = Status::Paused).await;
    assert_eq!(names(&owner).await, ["Mía"]);
    let body = json!({ "resource": "contacts", "name": "Otra" });
    owner.post("/api/views", body).await.problem(403, "tenant_paused");
    owner.patch(&path, json!({ "name": "X" })).await.problem(403, "tenant_paused");
    owner.delete(&path).await.problem(403, "tenant_paused");
    let body = json!({ "resource": "contacts", "columns": [] });
    owner.patch(PREFERENCES, body).await.problem(403, "tenant_paused");
}

async fn what_happened_is_in_the_log(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/views/{}", view(&owner, "Mía", false).await);
    owner.patch(&path, json!({ "filters": { "status": "active" } })).await.ok();
    owner.delete(&path).await.no_content();
    let log = app.audit(owner.tenant).await;
    let entry = |action: &str| log.iter().rfind(|entry| entry.action == action).unwrap();
    assert_eq!(entry("view.create").changes["name"]["after"], "Mía");
    assert_eq!(entry("view.update").changes["filters"]["after"], json!({ "status": "active" }));
    assert_eq!(entry("view.delete").changes["name"]["before"], "Mía");
}
