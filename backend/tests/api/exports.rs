//! Lists as files.

mod limits;
mod lists;
mod workbooks;

use crate::support::crm::people;
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, json, sheets};
use ebenezer::crm::contacts::entity;
use ebenezer::db;
use ebenezer_shared::permission::Role;
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use uuid::Uuid;

db_tests! {
    a_list_is_exported_as_it_is_shown,
    columns_are_those_that_are_asked_for,
    of_all_rows_those_are_exported_that_are_picked,
    numbers_stay_masked_and_formulas_are_text,
    a_long_list_is_whole_and_in_its_order,
    the_log_tells_what_was_exported_and_no_personal_number,
    who_may_not_see_the_list_gets_no_file,
}

pub const CONTACTS: &str = "/api/exports/contacts";

/// The rows of a CSV file, the headings first.
pub async fn rows(member: &Member, path: &str) -> Vec<Vec<String>> {
    let reply = member.get(path).await.expect(200);
    assert_eq!(reply.header("content-type"), "text/csv; charset=utf-8");
    sheets::csv(&reply.text)
}

/// What stands in the first column below its heading.
pub async fn first_column(member: &Member, path: &str) -> Vec<String> {
    rows(member, path).await.into_iter().skip(1).map(|row| row[0].clone()).collect()
}

async fn a_list_is_exported_as_it_is_shown(app: TestApp) {
    let owner = app.owner().await;
    let abc = owner.corporation("ABC, Corp").await;
    let xyz = owner.corporation("XYZ Inc").await;
    let tag = id(&owner.post("/api/tags", json!({ "name": "VIP" })).await.created());
    let more = json!({
        "email": "maria@garcia.test", "phone": "(601) 234-5678", "status": "prospect",
        "primary_corporation_id": abc, "corporation_ids": [xyz], "tag_ids": [tag],
        "client_since": "2022-03-01",
    });
    owner.contact("María García", more).await;
    owner.contact("Juan Pérez", json!({ "client_since": "2020-01-01" })).await;
    owner.contact("Ana Gil", json!({ "status": "inactive" })).await;
    let reply = owner.get(CONTACTS).await.expect(200);
    let today = app.clock.now().with_timezone(&chrono_tz()).date_naive();
    let name = format!("attachment; filename=\"contactos-{today}.csv\"");
    assert!(reply.header("content-disposition").starts_with(&name), "{:?}", reply.headers);
    let all = sheets::csv(&reply.text);
    assert_eq!(
        all[0],
        ["Nombre", "Correo", "Teléfono", "Corporaciones", "Estado", "Etiquetas"],
        "the list's own columns"
    );
    let maria = all.iter().find(|row| row[0] == "María García").unwrap();
    assert_eq!(maria[1], "maria@garcia.test");
    assert_eq!(maria[3..], ["ABC, Corp; XYZ Inc", "Prospecto", "VIP"]);
    for query in [
        "",
        "ordering=-name",
        "ordering=client_since,-name",
        "ordering=-client_since",
        "status=inactive",
        "search=garcia",
        "search=ga",
        &format!("corporation_id={xyz}"),
        &format!("tag={tag}&page=3&page_size=1"),
    ] {
        let shown = query.replace("page=3&page_size=1", "");
        let list = owner.get(&format!("/api/contacts?{shown}")).await.ok();
        let names = first_column(&owner, &format!("{CONTACTS}?{query}")).await;
        assert_eq!(names, people(&list), "{query}");
    }
    let english = owner.client.with("Accept-Language", "en");
    let reply = english.get(CONTACTS).await.expect(200);
    assert!(reply.header("content-disposition").contains("\"contacts-"));
    let rows = sheets::csv(&reply.text);
    assert_eq!(rows[0][4], "Status");
    assert!(rows.iter().any(|row| row[4] == "Prospect"), "{rows:?}");
    let other = app.owner().await;
    assert_eq!(rows_below(&other, CONTACTS).await, 0);
}

fn chrono_tz() -> chrono::FixedOffset {
    // Bogotá, where a firm is unless it says otherwise.
    chrono::FixedOffset::west_opt(5 * 3600).unwrap()
}

async fn rows_below(member: &Member, path: &str) -> usize {
    rows(member, path).await.len() - 1
}

async fn columns_are_those_that_are_asked_for(app: TestApp) {
    let owner = app.owner().await;
    let department = owner.department("Impuestos", "IMP").await;
    app.rename_staff(owner.tenant, owner.user, "Olga Ruiz").await;
    let more = json!({
        "department_id": department, "owner_id": owner.user, "client_since": "2022-03-01",
        "address": { "city": "Bogotá", "region": "Cundinamarca" },
    });
    owner.contact("María García", more).await;
    let columns = "last_name,first_name,owner,department,client_since,city,region,created_at";
    let rows = rows(&owner, &format!("{CONTACTS}?columns={columns}")).await;
    assert_eq!(rows[0][..3], ["Apellidos", "Nombre", "Responsable"]);
    let local = app.clock.now().with_timezone(&chrono_tz()).format("%Y-%m-%d %H:%M").to_string();
    let row = &rows[1];
    assert_eq!(row[..5], ["García", "María", "Olga Ruiz", "Impuestos", "2022-03-01"]);
    assert_eq!(row[5..7], ["Bogotá", "Cundinamarca"]);
    assert_eq!(row[7][..10], local[..10]);
    for (query, field, why) in [
        ("columns=name,notes", "columns", "unknown_value"),
        ("columns=Name", "columns", "unknown_value"),
        (&format!("columns={}", "name,".repeat(41)), "columns", "out_of_range"),
    ] {
        owner.get(&format!("{CONTACTS}?{query}")).await.invalid(field, why);
    }
    for query in
        ["format=pdf", "colums=name", "ids=nobody", "status=late", "ordering=age", "search=%FF"]
    {
        owner.get(&format!("{CONTACTS}?{query}")).await.problem(400, "invalid_query");
    }
}

async fn of_all_rows_those_are_exported_that_are_picked(app: TestApp) {
    let owner = app.owner().await;
    let (ana, beto) =
        (owner.contact("Ana Gil", json!({})).await, owner.contact("Beto Gil", json!({})).await);
    owner.contact("Carla Gil", json!({})).await;
    let stranger = app.owner().await;
    let theirs = id(&stranger.contact("Zoe Gil", json!({})).await);
    let ids = format!("{},{},{theirs},{}", id(&beto), id(&ana), Uuid::now_v7());
    let names = |query: String| {
        let owner = owner.clone();
        async move { first_column(&owner, &format!("{CONTACTS}?{query}")).await }
    };
    assert_eq!(names(format!("ids={ids}")).await, ["Ana Gil", "Beto Gil"]);
    assert_eq!(names(format!("ids={ids}&ordering=-name")).await, ["Beto Gil", "Ana Gil"]);
    assert_eq!(names(format!("ids={ids}&search=beto")).await, ["Beto Gil"]);
    let many = vec![id(&ana).to_string(); 201].join(",");
    owner.get(&format!("{CONTACTS}?ids={many}")).await.invalid("ids", "out_of_range");
    // As many as the bar over the list lets somebody select fit in a link.
    let most = vec![id(&ana).to_string(); 200].join(",");
    let body = json!({ "path": format!("{CONTACTS}?columns=name&ids={most}") });
    let link = owner.post("/api/downloads", body).await.created();
    let file = app.client.get(link["path"].as_str().unwrap()).await.expect(200);
    assert_eq!(sheets::csv(&file.text), [["Nombre"], ["Ana Gil"]]);
}

async fn numbers_stay_masked_and_formulas_are_text(app: TestApp) {
    let owner = app.owner().await;
    let more = json!({ "ssn": "123-45-6789" });
    owner.contact("=HYPERLINK(\"x\") Gil", more).await;
    owner.contact("@SUM(A1) Gil", json!({})).await;
    let columns = "columns=first_name,ssn";
    let rows = rows(&owner, &format!("{CONTACTS}?{columns}&ordering=created_at")).await;
    assert_eq!(rows[1], ["'=HYPERLINK(\"x\")", "***-**-6789"]);
    assert_eq!(rows[2], ["'@SUM(A1)", ""]);
    let path = format!("{CONTACTS}?{columns}&ordering=created_at&format=xlsx");
    let book = sheets::xlsx(&owner.bytes(&path).await.body);
    assert_eq!(book["rows"][1], json!(["=HYPERLINK(\"x\")", "***-**-6789"]));
    // A formula would be an `f`.
    assert_eq!(book["types"][1], json!(["s", "s"]));
    let body = json!({ "name": "ABC Corp", "ein": "12-3456789" });
    owner.post("/api/corporations", body).await.created();
    let path = "/api/exports/corporations?columns=name,ein";
    let reply = owner.get(path).await.expect(200);
    assert!(!reply.text.contains("3456789"), "{}", reply.text);
}

/// More than are read at once.
async fn a_long_list_is_whole_and_in_its_order(app: TestApp) {
    let owner = app.owner().await;
    let first = id(&owner.contact("Ana Gil", json!({})).await);
    let row = db::by_id::<entity::Entity>(owner.tenant, first).one(&app.db).await.unwrap().unwrap();
    let copies = (0..2300).map(|number| {
        // In an order that is not the one in which they are written.
        let name = format!("p{:04}", (number * 7) % 2300);
        let copy = entity::Model {
            id: Uuid::now_v7(),
            first_name: name.clone(),
            sort_name: name,
            ..row.clone()
        };
        copy.into_active_model().reset_all()
    });
    let copies: Vec<_> = copies.collect();
    for some in copies.chunks(500) {
        db::insert(&app.db, some.to_vec()).await.unwrap();
    }
    let names = first_column(&owner, &format!("{CONTACTS}?columns=first_name&search=gil")).await;
    let expected: Vec<String> =
        ["Ana".to_owned()].into_iter().chain((0..2300).map(|it| format!("p{it:04}"))).collect();
    assert_eq!(names.len(), expected.len());
    assert_eq!(names, expected);
    let path = format!("{CONTACTS}?columns=first_name&ordering=-name&format=xlsx");
    let book = sheets::xlsx(&owner.bytes(&path).await.body);
    let rows = book["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[1], &rows[2301]), (2302, &json!(["p2299"]), &json!(["Ana"])));
}

async fn the_log_tells_what_was_exported_and_no_personal_number(app: TestApp) {
    let owner = app.owner().await;
    owner.contact("Ana Gil", json!({ "ssn": "123-45-6789" })).await;
    let told = async |query: &str| {
        owner.get(&format!("{CONTACTS}?{query}")).await.expect(200);
        let entries = owner.get("/api/audit-logs?action=contact.export").await.ok();
        entries["items"][0].clone()
    };
    let query = "status=active&search=gil&ordering=-name&page_size=20&columns=name,ssn";
    let entry = told(query).await;
    assert_eq!(entry["actor_id"], json!(owner.user));
    let filters = json!({
        "format": "csv", "count": 1, "status": "active", "search": "gil", "ordering": "-name",
        "columns": "name,ssn",
    });
    assert_eq!(entry["changes"], json!({ "filters": filters }));
    // However the search takes it, also beside a name.
    let searches =
        ["123-45-6789", "123.45.6789", "(123)45-6789", "%2B123456789", "ana+123+45+6789"];
    for search in searches {
        let entry = told(&format!("search={search}")).await;
        assert_eq!(entry["changes"]["filters"]["search"], "***", "{search}");
    }
    // What is refused is no export.
    owner.get(&format!("{CONTACTS}?columns=x")).await.expect(422);
    let entries = owner.get("/api/audit-logs?action=contact.export").await.ok();
    assert_eq!(entries["total"], 1 + searches.len());
}

async fn who_may_not_see_the_list_gets_no_file(app: TestApp) {
    let owner = app.owner().await;
    owner.contact("Ana Gil", json!({})).await;
    let viewer = app.member(owner.tenant, Role::Viewer).await;
    assert_eq!(rows_below(&viewer, CONTACTS).await, 1);
    let role = json!({ "name": "Solo tareas", "permissions": ["tasks.view"] });
    let role = id(&owner.post("/api/roles", role).await.created());
    let user = app.add_user().await;
    app.join(owner.tenant, &user, Role::Member).await;
    app.change_membership(user.id, owner.tenant, |row| row.role_id = Some(role)).await;
    let member = app.session(&user, owner.tenant).await;
    assert_eq!(rows_below(&member, "/api/exports/tasks").await, 0);
    let problem = member.get(CONTACTS).await.problem(403, "permission_required");
    assert_eq!(problem["required_permission"], "contacts.view");
    let body = json!({ "path": CONTACTS });
    member.post("/api/downloads", body).await.problem(403, "permission_required");
}
