//! `GET /api/corporations`

use crate::support::crm::column;
use crate::support::{Member, TestApp, Value, json};
use chrono::TimeDelta;

db_tests! {
    type_and_status_filter_the_list,
    orderings_go_both_ways,
    a_cursor_walks_over_every_row_once,
    updated_since_tells_what_changed,
    values_of_the_wrong_form_are_told,
    the_list_stays_within_the_firm,
}

async fn names(owner: &Member, query: &[(&str, &str)]) -> Vec<Value> {
    column(&owner.list("/api/corporations", query).await.ok(), "name")
}

async fn several(app: &TestApp) -> Member {
    let owner = app.owner().await;
    for (name, kind, status) in [
        ("Zeta", json!("llc"), "active"),
        ("ábaco", json!("c_corp"), "inactive"),
        ("Beta", json!("llc"), "prospect"),
        ("delta", Value::Null, "active"),
    ] {
        let body = json!({ "name": name, "type": kind, "status": status });
        owner.post("/api/corporations", body).await.created();
        app.advance(TimeDelta::seconds(1));
    }
    owner
}

async fn type_and_status_filter_the_list(app: TestApp) {
    let owner = several(&app).await;
    assert_eq!(names(&owner, &[("type", "llc")]).await, ["Beta", "Zeta"]);
    assert_eq!(names(&owner, &[("type", "c_corp")]).await, ["ábaco"]);
    assert_eq!(names(&owner, &[("type", "non_profit")]).await, [Value::Null; 0]);
    assert_eq!(names(&owner, &[("status", "active")]).await, ["delta", "Zeta"]);
    assert_eq!(names(&owner, &[("type", "llc"), ("status", "active")]).await, ["Zeta"]);
    assert_eq!(names(&owner, &[("type", "llc"), ("search", "bet")]).await, ["Beta"]);
}

async fn orderings_go_both_ways(app: TestApp) {
    let owner = several(&app).await;
    for (ordering, mut expected) in [
        ("name", ["ábaco", "Beta", "delta", "Zeta"]),
        ("created_at", ["Zeta", "ábaco", "Beta", "delta"]),
        ("updated_at", ["Zeta", "ábaco", "Beta", "delta"]),
        ("status", ["Zeta", "delta", "ábaco", "Beta"]),
    ] {
        assert_eq!(names(&owner, &[("ordering", ordering)]).await, expected, "{ordering}");
        expected.reverse();
        let backwards = format!("-{ordering}");
        assert_eq!(names(&owner, &[("ordering", &backwards)]).await, expected, "{backwards}");
    }
    assert_eq!(names(&owner, &[]).await, ["ábaco", "Beta", "delta", "Zeta"]);
    let both = names(&owner, &[("ordering", "status,-name")]).await;
    assert_eq!(both, ["Zeta", "delta", "ábaco", "Beta"]);
}

async fn a_cursor_walks_over_every_row_once(app: TestApp) {
    let owner = several(&app).await;
    for key in ["name", "status", "created_at", "updated_at"] {
        for ordering in [key.to_owned(), format!("-{key}")] {
            let whole = names(&owner, &[("ordering", &ordering)]).await;
            let mut walked = Vec::new();
            let mut cursor = None;
            loop {
                let mut query = vec![("ordering", ordering.clone()), ("page_size", "3".to_owned())];
                query.extend(cursor.take().map(|cursor| ("cursor", cursor)));
                let pairs: Vec<_> = query.iter().map(|(n, v)| (*n, v.as_str())).collect();
                let list = owner.list("/api/corporations", &pairs).await.ok();
                walked.extend(column(&list, "name"));
                match list.get("next_cursor") {
                    Some(next) => cursor = Some(next.as_str().unwrap().to_owned()),
                    None => break,
                }
            }
            assert_eq!(walked, whole, "{ordering}");
        }
    }
}

async fn updated_since_tells_what_changed(app: TestApp) {
    let owner = several(&app).await;
    let list = owner.get("/api/corporations?ordering=created_at").await.ok();
    let third = list["items"][2]["updated_at"].as_str().unwrap();
    assert_eq!(names(&owner, &[("updated_since", third)]).await, ["Beta", "delta"]);
    let path = format!("/api/corporations/{}", list["items"][0]["id"].as_str().unwrap());
    let changed = owner.patch(&path, json!({ "notes": "x" })).await.ok();
    let since = changed["updated_at"].as_str().unwrap();
    assert_eq!(names(&owner, &[("updated_since", since)]).await, ["Zeta"]);
}

async fn values_of_the_wrong_form_are_told(app: TestApp) {
    let owner = app.owner().await;
    for (name, value, why) in [
        ("type", "gmbh", "unknown_value"),
        ("status", "closed", "unknown_value"),
        ("kind", "llc", "unknown_field"),
        ("ordering", "ein", "unknown_value"),
        ("ordering", "contact_count", "unknown_value"),
        ("updated_since", "now", "wrong_type"),
        ("updated_since", "-4800-01-01T00:00:00Z", "out_of_range"),
        ("cursor", "x", "invalid"),
    ] {
        let reply = owner.list("/api/corporations", &[(name, value)]).await;
        reply.field(400, "invalid_query", name, why);
    }
}

async fn the_list_stays_within_the_firm(app: TestApp) {
    let owner = several(&app).await;
    let other = app.owner().await;
    assert_eq!(other.get("/api/corporations").await.ok()["total"], 0);
    assert_eq!(names(&other, &[("search", "zeta")]).await, [Value::Null; 0]);
    assert_eq!(owner.get("/api/corporations").await.ok()["total"], 4);
}
