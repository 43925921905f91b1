//! Companies related to companies.

use crate::support::crm::column;
use crate::support::{Member, TestApp, Value, json};
use uuid::Uuid;

db_tests! {
    each_side_sees_it_its_own_way,
    a_relation_is_changed_and_taken_away,
    what_breaks_a_rule_is_named_and_leaves_nothing,
    no_company_is_its_own_parent,
    what_never_held_together_is_no_ring,
    two_that_close_a_ring_together_are_not_both_written,
    what_a_parent_holds_counts_as_owned,
    what_is_deleted_leaves_no_relation,
    foreign_and_unknown_companies_are_not_found,
}

fn of(company: Uuid) -> String {
    format!("/api/corporations/{company}/related")
}

async fn three(app: &TestApp) -> (Member, [Uuid; 3]) {
    let owner = app.owner().await;
    let mut companies = [Uuid::nil(); 3];
    for (company, name) in companies.iter_mut().zip(["Holding", "Media", "Taller"]) {
        *company = owner.corporation(name).await;
    }
    (owner, companies)
}

/// Makes `parent` the parent of `child`.
async fn parent(owner: &Member, child: Uuid, parent: Uuid) {
    let body = json!({ "corporation_id": parent, "kind": "parent" });
    owner.post(&of(child), body).await.created();
}

async fn each_side_sees_it_its_own_way(app: TestApp) {
    let (owner, [holding, media, taller]) = three(&app).await;
    let body = json!({
        "corporation_id": holding, "kind": "parent", "share": 5100, "from": "2019-07-01",
    });
    let reply = owner.post(&of(media), body).await.expect(201);
    assert_eq!(reply.header("location"), format!("{}/{holding}", of(media)));
    assert_eq!(
        reply.json(),
        json!({
            "corporation": { "id": holding, "name": "Holding" }, "status": "active",
            "kind": "parent", "share": 5100, "from": "2019-07-01", "to": null,
        })
    );
    let seen = owner.get(&of(holding)).await.ok();
    assert_eq!(column(&seen, "kind"), ["subsidiary"]);
    assert_eq!(column(&seen, "share"), [5100]);
    for kind in ["affiliate", "shared_owner"] {
        let body = json!({ "corporation_id": taller, "kind": kind });
        owner.post(&of(media), body).await.created();
        assert_eq!(column(&owner.get(&of(taller)).await.ok(), "kind"), [kind]);
        owner.delete(&format!("{}/{media}", of(taller))).await.no_content();
    }
}

async fn a_relation_is_changed_and_taken_away(app: TestApp) {
    let (owner, [holding, media, _]) = three(&app).await;
    parent(&owner, media, holding).await;
    let path = format!("{}/{media}", of(holding));
    let body = json!({ "share": 10_000, "to": "2024-12-31" });
    let changed = owner.patch(&path, body).await.ok();
    assert_eq!((&changed["kind"], &changed["share"]), (&json!("subsidiary"), &json!(10_000)));
    owner.patch(&path, json!({ "kind": "affiliate" })).await.invalid("share", "no_share");
    let changed = owner.patch(&path, json!({ "kind": "affiliate", "share": null })).await.ok();
    assert_eq!((&changed["kind"], &changed["share"]), (&json!("affiliate"), &Value::Null));
    owner.delete(&path).await.no_content();
    owner.delete(&path).await.problem(404, "not_found");
    assert_eq!(owner.get(&of(media)).await.ok()["total"], 0);
}

async fn what_breaks_a_rule_is_named_and_leaves_nothing(app: TestApp) {
    let (owner, [holding, media, _]) = three(&app).await;
    let before = app.counts().await;
    for (field, value, why) in [
        ("kind", json!("friend"), "unknown_value"),
        ("share", json!(10_001), "out_of_range"),
        ("share", json!(0.5), "wrong_type"),
        ("from", json!("1899-12-31"), "out_of_range"),
        ("note", json!("x"), "unknown_field"),
        ("corporation_id", json!(media), "itself"),
    ] {
        let mut body = json!({ "corporation_id": holding, "kind": "parent" });
        body[field] = value;
        owner.post(&of(media), body).await.invalid(field, why);
    }
    let body = json!({ "corporation_id": holding, "kind": "affiliate", "share": 10 });
    owner.post(&of(media), body).await.invalid("share", "no_share");
    assert_eq!(app.counts().await, before);
    parent(&owner, media, holding).await;
    let body = json!({ "corporation_id": media, "kind": "affiliate" });
    let twice = owner.post(&of(holding), body).await;
    twice.field(409, "duplicate", "corporation_id", "already_related");
}

async fn no_company_is_its_own_parent(app: TestApp) {
    let (owner, [holding, media, taller]) = three(&app).await;
    parent(&owner, media, holding).await;
    parent(&owner, taller, media).await;
    let body = json!({ "corporation_id": taller, "kind": "parent" });
    owner.post(&of(holding), body).await.problem(409, "ownership_ring");
    let body = json!({ "corporation_id": holding, "kind": "subsidiary" });
    owner.post(&of(taller), body).await.problem(409, "ownership_ring");
    // Nor by a change.
    let body = json!({ "corporation_id": holding, "kind": "affiliate" });
    owner.post(&of(taller), body).await.created();
    let path = format!("{}/{taller}", of(holding));
    owner.patch(&path, json!({ "kind": "parent" })).await.problem(409, "ownership_ring");
    owner.patch(&path, json!({ "kind": "subsidiary" })).await.ok();
    // The other way round it is no ring: a relation is not held against itself.
    let path = format!("{}/{media}", of(holding));
    owner.patch(&path, json!({ "share": 100 })).await.ok();
}

async fn what_never_held_together_is_no_ring(app: TestApp) {
    let (owner, [holding, media, taller]) = three(&app).await;
    let body = json!({ "corporation_id": holding, "kind": "parent", "to": "2015-12-31" });
    owner.post(&of(media), body).await.created();
    parent(&owner, taller, media).await;
    let mut body = json!({ "corporation_id": taller, "kind": "parent", "from": "2015-12-31" });
    owner.post(&of(holding), body.clone()).await.problem(409, "ownership_ring");
    body["from"] = json!("2016-01-01");
    owner.post(&of(holding), body).await.created();
    let path = format!("{}/{holding}", of(media));
    owner.patch(&path, json!({ "to": null })).await.problem(409, "ownership_ring");
}

async fn two_that_close_a_ring_together_are_not_both_written(app: TestApp) {
    for _ in 0..3 {
        let (owner, [holding, media, taller]) = three(&app).await;
        parent(&owner, media, holding).await;
        let (one, two) = (of(taller), of(holding));
        let (a, b) = tokio::join!(
            owner.post(&one, json!({ "corporation_id": media, "kind": "parent" })),
            owner.post(&two, json!({ "corporation_id": taller, "kind": "parent" })),
        );
        let written = [&a, &b].iter().filter(|reply| reply.status == 201).count();
        assert!(written <= 1, "{} {}", a.text, b.text);
        for reply in [a, b] {
            // One that met the other half way may try again.
            assert!([201, 409, 503].contains(&reply.status), "{}", reply.text);
        }
    }
}

async fn what_a_parent_holds_counts_as_owned(app: TestApp) {
    let (owner, [holding, media, taller]) = three(&app).await;
    for (company, share) in [(holding, 6000), (taller, 5000)] {
        let body = json!({ "corporation_id": company, "kind": "parent", "share": share });
        owner.post(&of(media), body).await.created();
    }
    let held_of = async |company| {
        owner.get(&format!("/api/corporations/{company}")).await.ok()["owned"].clone()
    };
    assert_eq!(held_of(media).await, 11_000);
    assert_eq!(held_of(holding).await, 0);
}

async fn what_is_deleted_leaves_no_relation(app: TestApp) {
    let (owner, [holding, media, _]) = three(&app).await;
    parent(&owner, media, holding).await;
    owner.delete(&format!("/api/corporations/{holding}")).await.no_content();
    assert_eq!(owner.get(&of(media)).await.ok()["total"], 0);
    let log = app.audit(owner.tenant).await;
    let told = log.iter().rfind(|entry| entry.resource_id == Some(media)).unwrap();
    assert_eq!(told.changes["related"]["before"]["name"], "Holding");
}

async fn foreign_and_unknown_companies_are_not_found(app: TestApp) {
    let (owner, [holding, media, _]) = three(&app).await;
    let (other, [theirs, ..]) = three(&app).await;
    for stranger in [theirs, Uuid::now_v7()] {
        owner.get(&of(stranger)).await.problem(404, "not_found");
        let body = json!({ "corporation_id": holding, "kind": "parent" });
        owner.post(&of(stranger), body).await.problem(404, "not_found");
        let body = json!({ "corporation_id": stranger, "kind": "parent" });
        owner.post(&of(media), body).await.invalid("corporation_id", "unknown_reference");
        let path = format!("{}/{stranger}", of(media));
        owner.patch(&path, json!({ "share": 1 })).await.problem(404, "not_found");
        owner.delete(&path).await.problem(404, "not_found");
    }
    assert_eq!(other.get(&of(theirs)).await.ok()["total"], 0);
}
