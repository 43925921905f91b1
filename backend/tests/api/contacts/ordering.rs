//! The order of the list: the same on both databases.

use crate::support::crm::{column, people};
use crate::support::{Member, TestApp, Value, json};
use chrono::TimeDelta;

db_tests! {
    names_sort_without_accents_and_case,
    emails_statuses_and_times_sort_both_ways,
    nobody_since_when_comes_before_everybody,
    several_keys_break_ties_in_turn,
    equal_rows_keep_their_order_from_page_to_page,
    unknown_orderings_are_told,
}

async fn ordered(owner: &Member, ordering: &str) -> Vec<String> {
    people(&owner.list("/api/contacts", &[("ordering", ordering)]).await.ok())
}

fn reversed(mut names: Vec<String>) -> Vec<String> {
    names.reverse();
    names
}

async fn names_sort_without_accents_and_case(app: TestApp) {
    let owner = app.owner().await;
    for name in [
        "zoe Área",
        "Ángel Ríos",
        "ana Ñu",
        "Ana Nz",
        "Ana-María Gil",
        "ANA Nb",
        "Óscar _x",
        "李 Wu",
    ] {
        owner.contact(name, Value::Null).await;
    }
    let expected = [
        "ANA Nb",
        "ana Ñu",
        "Ana Nz",
        "Ana-María Gil",
        "Ángel Ríos",
        "Óscar _x",
        "zoe Área",
        "李 Wu",
    ];
    assert_eq!(ordered(&owner, "name").await, expected);
    assert_eq!(ordered(&owner, "").await, expected, "by name when nothing is said");
    assert_eq!(ordered(&owner, "-name").await, reversed(expected.map(str::to_owned).into()));
}

async fn emails_statuses_and_times_sort_both_ways(app: TestApp) {
    let owner = app.owner().await;
    for (name, email, status) in [
        ("A Uno", json!("m@x.test"), "prospect"),
        ("B Dos", Value::Null, "active"),
        ("C Tres", json!("A@x.test"), "inactive"),
        ("D Cuatro", json!("z@x.test"), "active"),
    ] {
        owner.contact(name, json!({ "email": email, "status": status })).await;
        app.advance(TimeDelta::seconds(1));
    }
    let list = owner.get("/api/contacts?ordering=created_at").await.ok();
    let second = list["items"][1]["id"].as_str().unwrap();
    owner.patch(&format!("/api/contacts/{second}"), json!({ "notes": "x" })).await.ok();
    for (ordering, expected) in [
        ("email", ["B Dos", "C Tres", "A Uno", "D Cuatro"]),
        ("status", ["B Dos", "D Cuatro", "C Tres", "A Uno"]),
        ("created_at", ["A Uno", "B Dos", "C Tres", "D Cuatro"]),
        ("updated_at", ["A Uno", "C Tres", "D Cuatro", "B Dos"]),
    ] {
        assert_eq!(ordered(&owner, ordering).await, expected, "{ordering}");
        let backwards = ordered(&owner, &format!("-{ordering}")).await;
        assert_eq!(backwards, reversed(expected.map(str::to_owned).into()), "-{ordering}");
    }
}

async fn nobody_since_when_comes_before_everybody(app: TestApp) {
    let owner = app.owner().await;
    for (name, since) in [
        ("A Uno", json!("2022-01-01")),
        ("B Dos", Value::Null),
        ("C Tres", json!("1999-12-31")),
        ("D Cuatro", Value::Null),
    ] {
        owner.contact(name, json!({ "client_since": since })).await;
    }
    let expected = ["B Dos", "D Cuatro", "C Tres", "A Uno"];
    assert_eq!(ordered(&owner, "client_since").await, expected);
    assert_eq!(
        ordered(&owner, "-client_since").await,
        reversed(expected.map(str::to_owned).into())
    );
}

async fn several_keys_break_ties_in_turn(app: TestApp) {
    let owner = app.owner().await;
    for (name, status, since) in [
        ("D Uno", "active", "2020-01-01"),
        ("C Dos", "inactive", "2021-01-01"),
        ("B Tres", "active", "2021-01-01"),
        ("A Cuatro", "inactive", "2020-01-01"),
    ] {
        owner.contact(name, json!({ "status": status, "client_since": since })).await;
    }
    assert_eq!(ordered(&owner, "status,name").await, ["B Tres", "D Uno", "A Cuatro", "C Dos"]);
    assert_eq!(ordered(&owner, "status,-name").await, ["D Uno", "B Tres", "C Dos", "A Cuatro"]);
    assert_eq!(
        ordered(&owner, "-client_since,name").await,
        ["B Tres", "C Dos", "A Cuatro", "D Uno"]
    );
    assert_eq!(
        ordered(&owner, " -status , client_since ,").await,
        ["A Cuatro", "C Dos", "D Uno", "B Tres"]
    );
}

async fn equal_rows_keep_their_order_from_page_to_page(app: TestApp) {
    let owner = app.owner().await;
    for _ in 0..9 {
        owner.contact("Ana Ruiz", Value::Null).await;
    }
    for ordering in ["name", "-name", "status", "-client_since", "email,status"] {
        let whole = owner.list("/api/contacts", &[("ordering", ordering)]).await.ok();
        let mut paged = Vec::new();
        for page in ["1", "2", "3"] {
            let query = [("ordering", ordering), ("page", page), ("page_size", "4")];
            paged.extend(column(&owner.list("/api/contacts", &query).await.ok(), "id"));
        }
        assert_eq!(paged, column(&whole, "id"), "{ordering}");
    }
}

async fn unknown_orderings_are_told(app: TestApp) {
    let owner = app.owner().await;
    for ordering in [
        "nonsense",
        "-nonsense",
        "name,ssn",
        "ssn_hash",
        "--name",
        "-",
        "name;--",
        "NAME",
        "name desc",
        "1",
    ] {
        let reply = owner.list("/api/contacts", &[("ordering", ordering)]).await;
        reply.field(400, "invalid_query", "ordering", "unknown_value");
    }
}
