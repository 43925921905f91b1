//! Workbooks, as spreadsheets read them.

use crate::support::{TestApp, Value, json, sheets};
use ebenezer::exports::XLSX;
use std::fs;

db_tests! {
    cells_are_of_their_kind,
    a_workbook_leaves_nothing_behind,
}

async fn cells_are_of_their_kind(app: TestApp) {
    let owner = app.owner().await;
    let abc = owner.corporation("ABC Corp").await;
    let more = json!({
        "phone": "+57 601 234 5678", "client_since": "2022-03-01", "primary_corporation_id": abc,
        "address": { "city": "Bogotá" },
    });
    owner.contact("María García", more).await;
    let task = json!({ "title": "007", "due_at": "2026-03-18T02:30:00Z" });
    owner.post("/api/tasks", task).await.created();

    let path = "/api/exports/contacts?format=xlsx&columns=name,phone,client_since,email,created_at";
    let file = owner.bytes(path).await;
    assert_eq!((file.status, file.headers["content-type"].to_str().unwrap()), (200, XLSX));
    assert_eq!(file.headers["content-length"], file.body.len().to_string());
    let name = file.headers["content-disposition"].to_str().unwrap();
    assert!(name.starts_with("attachment; filename=\"contactos-") && name.contains(".xlsx\""));
    let book = sheets::xlsx(&file.body);
    assert_eq!(book["rows"][0], json!(["Nombre", "Teléfono", "Cliente desde", "Correo", "Creado"]));
    let row = &book["rows"][1];
    assert_eq!(
        (&row[0], &row[2], &row[3]),
        (&json!("María García"), &json!("2022-03-01T00:00:00"), &Value::Null,)
    );
    assert_eq!(book["types"][1], json!(["s", "s", "d", "n", "d"]));
    assert_eq!((&book["title"], &book["frozen"]), (&json!("Contactos"), &json!("A2")));
    assert_eq!((&book["filter"], &book["bold"][0]), (&json!("A1:E2"), &json!(true)));

    let file = owner.bytes("/api/exports/tasks?format=xlsx&columns=title,due_at").await;
    let book = sheets::xlsx(&file.body);
    // Numbers in names stay names; times are those of the firm's clocks.
    assert_eq!(book["rows"][1], json!(["007", "2026-03-17T21:30:00"]));
    assert_eq!(book["types"][1], json!(["s", "d"]));

    let file = owner.bytes("/api/exports/corporations?format=xlsx&columns=name,people").await;
    let book = sheets::xlsx(&file.body);
    assert_eq!(book["rows"][1], json!(["ABC Corp", 1]));
    assert_eq!(book["types"][1], json!(["s", "n"]));
}

async fn a_workbook_leaves_nothing_behind(app: TestApp) {
    let owner = app.owner().await;
    owner.contact("Ana Gil", json!({})).await;
    assert_eq!(owner.bytes("/api/exports/contacts?format=xlsx").await.status, 200);
    let rest: Vec<_> = fs::read_dir(app.state.storage.waiting_room()).unwrap().collect();
    assert!(rest.is_empty(), "{rest:?}");
}
