//! Tombstones of what was deleted.

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use ebenezer::platform::tenant::Status;
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    each_type_leaves_its_tombstone,
    the_moment_counts_and_no_microsecond_before,
    types_are_chosen_and_unknown_ones_told,
    only_types_that_one_may_view_are_shown,
    a_refused_deletion_leaves_none,
    many_are_walked_by_cursor,
    tombstones_stay_in_their_firm,
    a_paused_firm_still_reads_them,
}

fn told(list: &Value) -> Vec<(String, Uuid)> {
    let items = list["items"].as_array().unwrap();
    items.iter().map(|item| (item["type"].as_str().unwrap().to_owned(), id(item))).collect()
}

async fn delete(owner: &Member, collection: &str, id: Uuid) {
    owner.delete(&format!("/api/{collection}/{id}")).await.no_content();
}

async fn each_type_leaves_its_tombstone(app: TestApp) {
    let owner = app.owner().await;
    let contact = id(&owner.contact("Ana Ruiz", Value::Null).await);
    let corporation = owner.corporation("ABC").await;
    let department = owner.department("Impuestos", "IMP").await;
    let tag = id(&owner.post("/api/tags", json!({ "name": "VIP" })).await.created());
    assert_eq!(owner.get("/api/deletions").await.ok()["items"], json!([]));
    let mut expected = Vec::new();
    for (collection, kind, id) in [
        ("contacts", "contact", contact),
        ("corporations", "corporation", corporation),
        ("departments", "department", department),
        ("tags", "tag", tag),
    ] {
        app.advance(TimeDelta::seconds(1));
        delete(&owner, collection, id).await;
        expected.push((kind.to_owned(), id));
    }
    let list = owner.get("/api/deletions").await.ok();
    assert_eq!(told(&list), expected);
    assert_eq!((&list["total"], &list["total_is_exact"]), (&json!(4), &json!(true)));
    assert_eq!(
        list["items"][0],
        json!({
            "type": "contact", "id": contact, "at": list["items"][0]["at"], "merged_into": null,
        })
    );
}

async fn the_moment_counts_and_no_microsecond_before(app: TestApp) {
    let owner = app.owner().await;
    let contact = owner.contact("Ana Ruiz", Value::Null).await;
    let other = owner.contact("Beto Mora", Value::Null).await;
    delete(&owner, "contacts", id(&contact)).await;
    let list = owner.get("/api/deletions").await.ok();
    let at: DateTime<Utc> = list["items"][0]["at"].as_str().unwrap().parse().unwrap();
    let text = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Micros, true);
    for (shift, found) in [(-1, 1), (0, 1), (1, 0)] {
        let since = text(at + TimeDelta::microseconds(shift));
        let list = owner.list("/api/deletions", &[("since", &since)]).await.ok();
        assert_eq!(told(&list).len(), found, "{shift}");
    }
    // The same edge for what changed.
    let at: DateTime<Utc> = other["updated_at"].as_str().unwrap().parse().unwrap();
    for path in ["/api/contacts", "/api/departments", "/api/corporations"] {
        let at = match path {
            "/api/contacts" => at,
            "/api/departments" => {
                let made = owner.department("Impuestos", "IMP").await;
                let made = owner.get(&format!("{path}/{made}")).await.ok();
                made["updated_at"].as_str().unwrap().parse().unwrap()
            }
            _ => {
                let made = owner.corporation("ABC").await;
                let made = owner.get(&format!("{path}/{made}")).await.ok();
                made["updated_at"].as_str().unwrap().parse().unwrap()
            }
        };
        for (shift, found) in [(-1, 1), (0, 1), (1, 0)] {
            let since = text(at + TimeDelta::microseconds(shift));
            let list = owner.list(path, &[("updated_since", &since)]).await.ok();
            assert_eq!(list["total"], found, "{path} {shift}");
        }
    }
}

async fn types_are_chosen_and_unknown_ones_told(app: TestApp) {
    let owner = app.owner().await;
    let contact = id(&owner.contact("Ana Ruiz", Value::Null).await);
    let corporation = owner.corporation("ABC").await;
    delete(&owner, "contacts", contact).await;
    delete(&owner, "corporations", corporation).await;
    let of =
        async |types: &str| told(&owner.list("/api/deletions", &[("types", types)]).await.ok());
    assert_eq!(of("contact").await, [("contact".to_owned(), contact)]);
    assert_eq!(of("corporation, department").await, [("corporation".to_owned(), corporation)]);
    assert_eq!(of("contact,corporation").await.len(), 2);
    assert!(of("department").await.is_empty());
    for (name, value, why) in [
        ("types", "contact,friend", "unknown_value"),
        ("types", "", "unknown_value"),
        ("since", "yesterday", "wrong_type"),
        ("since", "-4800-01-01T00:00:00Z", "out_of_range"),
        ("cursor", "abc", "invalid"),
        ("page_size", "201", "out_of_range"),
        ("ordering", "-at", "unknown_field"),
    ] {
        let reply = owner.list("/api/deletions", &[(name, value)]).await;
        reply.field(400, "invalid_query", name, why);
    }
}

async fn only_types_that_one_may_view_are_shown(app: TestApp) {
    let owner = app.owner().await;
    let contact = id(&owner.contact("Ana Ruiz", Value::Null).await);
    let department = owner.department("Impuestos", "IMP").await;
    delete(&owner, "contacts", contact).await;
    delete(&owner, "departments", department).await;
    // A viewer sees contacts and no departments.
    let viewer = app.member(owner.tenant, Role::Viewer).await;
    let list = viewer.get("/api/deletions").await.ok();
    assert_eq!(told(&list), [("contact".to_owned(), contact)]);
    assert_eq!(list["total"], 1);
    let refused = viewer.get("/api/deletions?types=contact,department").await;
    let problem = refused.problem(403, "permission_required");
    assert_eq!(problem["required_permission"], "departments.view");
}

async fn a_refused_deletion_leaves_none(app: TestApp) {
    let owner = app.owner().await;
    let abc = owner.corporation("ABC").await;
    let ana = owner.contact("Ana Ruiz", json!({ "primary_corporation_id": abc })).await;
    let path = format!("/api/contacts/{}", id(&ana));
    owner.delete(&format!("/api/corporations/{abc}")).await.problem(409, "corporation_is_primary");
    owner.with("If-Match", "\"v9\"").delete(&path).await.problem(412, "precondition_failed");
    let viewer = app.member(owner.tenant, Role::Viewer).await;
    viewer.delete(&path).await.problem(403, "permission_required");
    assert_eq!(app.count("deletions").await, 0);
}

async fn many_are_walked_by_cursor(app: TestApp) {
    let owner = app.owner().await;
    let mut expected = Vec::new();
    for number in 0..5 {
        let corporation = owner.corporation(&format!("Corp {number}")).await;
        delete(&owner, "corporations", corporation).await;
        expected.push(corporation);
    }
    let (mut walked, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let mut query = vec![("page_size", "2")];
        query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
        let list = owner.list("/api/deletions", &query).await.ok();
        walked.extend(told(&list).into_iter().map(|(_, id)| id));
        cursor = list["next_cursor"].as_str().map(str::to_owned);
        if walked.len() == 2 {
            // What goes meanwhile comes at the end.
            let late = owner.corporation("Tarde").await;
            delete(&owner, "corporations", late).await;
            expected.push(late);
        }
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(walked, expected);
}

async fn tombstones_stay_in_their_firm(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    delete(&owner, "corporations", owner.corporation("ABC").await).await;
    assert_eq!(other.get("/api/deletions").await.ok()["total"], 0);
    assert_eq!(owner.get("/api/deletions").await.ok()["total"], 1);
}

async fn a_paused_firm_still_reads_them(app: TestApp) {
    let owner = app.owner().await;
    delete(&owner, "corporations", owner.corporation("ABC").await).await;
    app.change_tenant(owner.tenant, |tenant| tenant.status = Status::Paused).await;
    assert_eq!(owner.get("/api/deletions").await.ok()["total"], 1);
    app.change_tenant(owner.tenant, |tenant| tenant.status = Status::Suspended).await;
    owner.get("/api/deletions").await.problem(403, "tenant_suspended");
}
