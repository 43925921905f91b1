//! Pages, cursors and totals.

use crate::support::crm::column;
use crate::support::{Backend, Member, TestApp, Value, json};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::BTreeSet;
use uuid::Uuid;

db_tests! {
    a_page_says_what_it_is,
    pages_out_of_range_are_told,
    a_cursor_walks_over_every_row_once,
    a_cursor_goes_on_where_it_was_whatever_came_before,
    a_cursor_keeps_to_its_filter,
    a_cursor_is_good_for_its_own_list_alone,
    crafted_cursors_are_refused,
    totals_are_counted_up_to_ten_thousand,
}

async fn several(owner: &Member, count: usize) {
    for number in 0..count {
        let status = ["active", "inactive", "prospect"][number % 3];
        let email = (number % 4 > 0).then(|| format!("p{}@x.test", number % 4));
        let more = json!({ "status": status, "email": email });
        owner.contact(&format!("Persona {}", number % 5), more).await;
    }
}

async fn a_page_says_what_it_is(app: TestApp) {
    let owner = app.owner().await;
    let empty = owner.get("/api/contacts").await.ok();
    assert_eq!(
        empty,
        json!({ "items": [], "page": 1, "page_size": 20, "total": 0, "total_is_exact": true })
    );
    several(&owner, 25).await;
    for (page, rows) in [(1, 20), (2, 5), (3, 0)] {
        let list = owner.get(&format!("/api/contacts?page={page}")).await.ok();
        assert_eq!(list["items"].as_array().unwrap().len(), rows);
        assert_eq!((&list["page"], &list["page_size"]), (&json!(page), &json!(20)));
        assert_eq!((&list["total"], &list["total_is_exact"]), (&json!(25), &json!(true)));
        assert_eq!(list.get("next_cursor").is_some(), page == 1);
    }
    let whole = owner.get("/api/contacts?page_size=200").await.ok();
    assert_eq!(whole["items"].as_array().unwrap().len(), 25);
    let exact = owner.get("/api/contacts?page_size=25").await.ok();
    assert!(exact.get("next_cursor").is_none(), "the last page leads nowhere");
    let far = owner.get("/api/contacts?page=50000&page_size=200").await.ok();
    assert_eq!((&far["items"], &far["total"]), (&json!([]), &json!(25)));
}

async fn pages_out_of_range_are_told(app: TestApp) {
    let owner = app.owner().await;
    for (query, field, why) in [
        ("page=0", "page", "out_of_range"),
        ("page=-1", "page", "wrong_type"),
        ("page=1.5", "page", "wrong_type"),
        ("page=x", "page", "wrong_type"),
        ("page=", "page", "wrong_type"),
        ("page=18446744073709551615", "page", "out_of_range"),
        ("page=18446744073709551616", "page", "wrong_type"),
        ("page=50001&page_size=200", "page", "out_of_range"),
        ("page_size=0", "page_size", "out_of_range"),
        ("page_size=201", "page_size", "out_of_range"),
        ("page_size=100000", "page_size", "out_of_range"),
        ("page_size=9223372036854775807", "page", "out_of_range"),
    ] {
        for path in ["/api/contacts", "/api/corporations"] {
            let reply = owner.get(&format!("{path}?{query}")).await;
            reply.field(400, "invalid_query", field, why);
        }
    }
}

/// All rows by cursor, a few at a time.
async fn walk(owner: &Member, ordering: &str, size: &str, more: &[(&str, &str)]) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let mut query = vec![("ordering", ordering), ("page_size", size)];
        query.extend_from_slice(more);
        query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
        let list = owner.list("/api/contacts", &query).await.ok();
        assert_eq!(list["page"], 1);
        rows.extend(column(&list, "id"));
        match list.get("next_cursor") {
            Some(next) => cursor = Some(next.as_str().unwrap().to_owned()),
            None => return rows,
        }
        assert!(rows.len() < 1000, "the cursor leads on for ever");
    }
}

async fn a_cursor_walks_over_every_row_once(app: TestApp) {
    let owner = app.owner().await;
    several(&owner, 23).await;
    for key in ["name", "email", "status", "created_at", "updated_at"] {
        for ordering in [key.to_owned(), format!("-{key}")] {
            let query = [("ordering", ordering.as_str()), ("page_size", "200")];
            let whole = column(&owner.list("/api/contacts", &query).await.ok(), "id");
            assert_eq!(whole.len(), 23);
            for size in ["1", "4", "22", "23"] {
                assert_eq!(walk(&owner, &ordering, size, &[]).await, whole, "{ordering} by {size}");
            }
        }
    }
}

async fn a_cursor_goes_on_where_it_was_whatever_came_before(app: TestApp) {
    let owner = app.owner().await;
    for name in ["B Uno", "D Dos", "F Tres", "H Cuatro"] {
        owner.contact(name, Value::Null).await;
    }
    let first = owner.get("/api/contacts?page_size=2").await.ok();
    owner.contact("A Nueva", Value::Null).await;
    owner.contact("E Nueva", Value::Null).await;
    let gone = first["items"][1]["id"].as_str().unwrap();
    owner.delete(&format!("/api/contacts/{gone}")).await.no_content();
    let cursor = first["next_cursor"].as_str().unwrap();
    let next = owner.list("/api/contacts", &[("cursor", cursor)]).await.ok();
    assert_eq!(crate::support::crm::people(&next), ["E Nueva", "F Tres", "H Cuatro"]);
}

async fn a_cursor_keeps_to_its_filter(app: TestApp) {
    let owner = app.owner().await;
    several(&owner, 20).await;
    let rows = walk(&owner, "-name", "3", &[("status", "inactive"), ("search", "persona")]).await;
    assert_eq!(rows.iter().map(Value::to_string).collect::<BTreeSet<_>>().len(), 7);
}

async fn a_cursor_is_good_for_its_own_list_alone(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    several(&owner, 5).await;
    several(&other, 5).await;
    let list = owner.get("/api/contacts?page_size=2").await.ok();
    let cursor = list["next_cursor"].as_str().unwrap();
    for query in [
        &[("cursor", cursor), ("ordering", "-name")][..],
        &[("cursor", cursor), ("ordering", "email")],
        &[("cursor", cursor), ("ordering", "name,email")],
        &[("cursor", cursor), ("ordering", "client_since")],
        &[("cursor", cursor), ("page", "2")],
    ] {
        let reply = owner.list("/api/contacts", query).await;
        reply.field(400, "invalid_query", "cursor", "invalid");
    }
    // In another firm's hands it shows that firm's rows.
    let own = column(&other.get("/api/contacts").await.ok(), "id");
    let shown = other.list("/api/contacts", &[("cursor", cursor)]).await.ok();
    assert!(column(&shown, "id").iter().all(|id| own.contains(id)));
    let unordered = owner.get("/api/contacts?page_size=2&ordering=client_since").await.ok();
    assert!(unordered.get("next_cursor").is_none());
}

async fn crafted_cursors_are_refused(app: TestApp) {
    let owner = app.owner().await;
    several(&owner, 3).await;
    let crafted = |ordering: &str, value: &str, id: &str| {
        URL_SAFE_NO_PAD.encode(json!({ "o": ordering, "v": value, "id": id }).to_string())
    };
    let nil = Uuid::nil().to_string();
    let name = [
        "x".to_owned(),
        "!!!".to_owned(),
        URL_SAFE_NO_PAD.encode("{}"),
        URL_SAFE_NO_PAD.encode("[]"),
        crafted("name", "a", "1"),
        crafted("email", "a", &nil),
        crafted("name", "a\u{0}b", &nil),
    ];
    for cursor in name {
        let reply = owner.list("/api/contacts", &[("cursor", &cursor)]).await;
        reply.field(400, "invalid_query", "cursor", "invalid");
    }
    for time in ["yesterday", "", "-4800-01-01T00:00:00Z", "-262143-01-01T00:00:00Z"] {
        let cursor = crafted("created_at", time, &nil);
        let query = [("cursor", cursor.as_str()), ("ordering", "created_at")];
        let reply = owner.list("/api/contacts", &query).await;
        reply.field(400, "invalid_query", "cursor", "invalid");
    }
    let harmless = crafted("name", "' OR 1=1 --", &nil);
    owner.list("/api/contacts", &[("cursor", &harmless)]).await.ok();
}

async fn totals_are_counted_up_to_ten_thousand(app: TestApp) {
    let owner = app.owner().await;
    owner.contact("Persona Primera", Value::Null).await;
    copy_contacts(&app, 9_999).await;
    let list = owner.get("/api/contacts?page_size=1").await.ok();
    assert_eq!((&list["total"], &list["total_is_exact"]), (&json!(10_000), &json!(true)));
    copy_contacts(&app, 1).await;
    for query in ["page_size=1", "page=10&page_size=200", "search=persona", "status=active"] {
        let list = owner.get(&format!("/api/contacts?{query}")).await.ok();
        let total = (&list["total"], &list["total_is_exact"]);
        assert_eq!(total, (&json!(10_000), &json!(false)), "{query}");
    }
    let tail = owner.get("/api/contacts?page=51&page_size=200").await.ok();
    assert_eq!(tail["items"].as_array().unwrap().len(), 1);
    let nobody = owner.get("/api/contacts?search=nadie").await.ok();
    assert_eq!((&nobody["total"], &nobody["total_is_exact"]), (&json!(0), &json!(true)));
}

/// So many more of the first contact, written by the database itself.
async fn copy_contacts(app: &TestApp, count: usize) {
    let columns = "tenant_id, first_name, last_name, sort_name, search_text, email_key, status, \
        address, version, created_at, updated_at";
    let (series, id) = match app.backend() {
        Backend::Sqlite => (
            format!(
                "WITH RECURSIVE series (n) AS \
                 (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {count})"
            ),
            "randomblob(16)",
        ),
        Backend::Postgres => (
            format!("WITH series AS (SELECT n FROM generate_series(1, {count}) AS numbers (n))"),
            "gen_random_uuid()",
        ),
    };
    app.execute(&format!(
        "{series}, original AS (SELECT * FROM contacts LIMIT 1) \
         INSERT INTO contacts (id, {columns}) SELECT {id}, {columns} FROM original, series"
    ))
    .await;
}
