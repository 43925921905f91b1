//! How much is exported, and how often.

use super::CONTACTS;
use crate::support::{Setup, json, sheets};

db_tests! {
    more_rows_than_a_file_holds_are_refused,
    exports_are_limited_by_the_hour,
    a_link_tells_at_once_what_would_be_refused,
}

async fn more_rows_than_a_file_holds_are_refused(setup: Setup) {
    let app = setup.set("EXPORT_CSV_ROWS", "3").set("EXPORT_XLSX_ROWS", "2").start().await;
    let owner = app.owner().await;
    for name in ["Ana Gil", "Beto Gil", "Carla Gil"] {
        owner.contact(name, json!({})).await;
    }
    let workbook = format!("{CONTACTS}?format=xlsx");
    assert_eq!(sheets::csv(&owner.get(CONTACTS).await.expect(200).text).len(), 4);
    owner.get(&workbook).await.invalid("format", "too_many_rows");
    assert_eq!(owner.bytes(&format!("{workbook}&search=ana")).await.status, 200);
    owner.contact("Dora Gil", json!({})).await;
    owner.get(CONTACTS).await.invalid("format", "too_many_rows");
}

async fn exports_are_limited_by_the_hour(setup: Setup) {
    let app = setup.set("RATE_LIMIT_EXPORT", "3").start().await;
    let owner = app.owner().await;
    owner.get(CONTACTS).await.expect(200);
    assert_eq!(owner.bytes("/api/exports/tasks?format=xlsx").await.status, 200);
    // A link counts once: when it is asked for.
    let link = owner.post("/api/downloads", json!({ "path": CONTACTS })).await.created();
    owner.get(CONTACTS).await.problem(429, "rate_limited");
    owner.post("/api/downloads", json!({ "path": CONTACTS })).await.problem(429, "rate_limited");
    app.client.get(link["path"].as_str().unwrap()).await.expect(200);
    let other = app.owner().await;
    other.get(CONTACTS).await.expect(200);
}

async fn a_link_tells_at_once_what_would_be_refused(setup: Setup) {
    let app = setup.set("EXPORT_XLSX_ROWS", "1").start().await;
    let owner = app.owner().await;
    owner.contact("Ana Gil", json!({})).await;
    owner.contact("Beto Gil", json!({})).await;
    let ask = async |query: &str| {
        owner.post("/api/downloads", json!({ "path": format!("{CONTACTS}?{query}") })).await
    };
    ask("format=xlsx").await.invalid("format", "too_many_rows");
    ask("columns=x").await.invalid("columns", "unknown_value");
    ask("status=x").await.problem(400, "invalid_query");
    let link = ask("format=xlsx&search=beto&columns=name").await.created();
    // It goes in the language in which it was asked for.
    let file = app.client.with("Accept-Language", "en").bytes(link["path"].as_str().unwrap()).await;
    assert_eq!(file.status, 200);
    assert_eq!(sheets::xlsx(&file.body)["rows"], json!([["Nombre"], ["Beto Gil"]]));
}
