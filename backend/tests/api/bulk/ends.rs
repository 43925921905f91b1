//! What those at the other ends learn when somebody comes back, and what does not come back.

use super::{person, run, tag, undo};
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use uuid::Uuid;

db_tests! {
    the_others_are_told_that_somebody_is_back,
    people_are_told_that_their_company_is_back,
    links_whose_other_end_went_are_named,
    a_company_is_back_without_those_who_left,
}

async fn relate(owner: &Member, one: Uuid, other: Uuid) {
    let body = json!({ "contact_id": other, "kind": "spouse" });
    owner.post(&format!("/api/contacts/{one}/related"), body).await.created();
}

/// The last thing that happened to the record in the log.
async fn last(app: &TestApp, owner: &Member, record: Uuid) -> (String, Value) {
    let log = app.audit(owner.tenant).await;
    let entry = log.into_iter().rfind(|entry| entry.resource_id == Some(record)).unwrap();
    (entry.action, entry.changes)
}

async fn the_others_are_told_that_somebody_is_back(app: TestApp) {
    let owner = app.owner().await;
    let (abc, luz) = (owner.corporation("ABC").await, person(&owner, "Luz Ruiz").await);
    let ana = id(&owner.contact("Ana Ruiz", json!({ "primary_corporation_id": abc })).await);
    relate(&owner, ana, luz).await;
    let done = run(&owner, json!({ "action": "delete", "ids": [ana] })).await;
    assert_eq!(undo(&owner, &done).await, json!({ "restored": 1, "left": [] }));
    let (action, changes) = last(&app, &owner, abc).await;
    assert_eq!(action, "corporation.relate");
    let told = &changes["contact"];
    assert_eq!((&told["before"], &told["after"]["id"]), (&Value::Null, &json!(ana)));
    assert_eq!(
        (&told["after"]["name"], &told["after"]["is_primary"]),
        (&json!("Ana Ruiz"), &json!(true))
    );
    let (action, changes) = last(&app, &owner, luz).await;
    assert_eq!(action, "contact.relate");
    let told = &changes["related"];
    assert_eq!((&told["before"], &told["after"]["kind"]), (&Value::Null, &json!("spouse")));
    let (action, changes) = last(&app, &owner, ana).await;
    assert_eq!(action, "contact.restore");
    assert_eq!(changes["bulk_id"]["after"], done["bulk_id"]);
}

async fn people_are_told_that_their_company_is_back(app: TestApp) {
    let owner = app.owner().await;
    let (abc, xyz) = (owner.corporation("ABC").await, owner.corporation("XYZ").await);
    let more = json!({ "primary_corporation_id": abc, "corporation_ids": [xyz] });
    let ana = id(&owner.contact("Ana Ruiz", more).await);
    let body = json!({ "corporation_id": xyz, "kind": "affiliate" });
    owner.post(&format!("/api/corporations/{abc}/related"), body).await.created();
    let body = json!({ "action": "delete", "ids": [xyz] });
    let done = owner.post("/api/corporations/bulk", body).await.ok();
    undo(&owner, &done).await;
    let (action, changes) = last(&app, &owner, ana).await;
    assert_eq!(action, "contact.relate");
    assert_eq!(changes["corporation"]["after"]["name"], "XYZ");
    let (_, changes) = last(&app, &owner, abc).await;
    assert_eq!(changes["related"]["after"]["name"], "XYZ");
    let (action, changes) = last(&app, &owner, xyz).await;
    assert_eq!(
        (action.as_str(), &changes["bulk_id"]["after"]),
        ("corporation.restore", &done["bulk_id"])
    );
}

async fn links_whose_other_end_went_are_named(app: TestApp) {
    let owner = app.owner().await;
    let (abc, xyz) = (owner.corporation("ABC").await, owner.corporation("XYZ").await);
    let (luz, vip) = (person(&owner, "Luz Ruiz").await, tag(&owner, "VIP").await);
    let department = owner.department("Impuestos", "IMP").await;
    let more = json!({
        "primary_corporation_id": abc, "corporation_ids": [xyz], "tag_ids": [vip],
        "department_id": department,
    });
    let ana = id(&owner.contact("Ana Ruiz", more).await);
    relate(&owner, ana, luz).await;
    let done = run(&owner, json!({ "action": "delete", "ids": [ana] })).await;
    for path in [
        format!("/api/corporations/{xyz}"),
        format!("/api/contacts/{luz}"),
        format!("/api/tags/{vip}"),
        format!("/api/departments/{department}"),
    ] {
        owner.delete(&path).await.no_content();
    }
    let fields = ["department_id", "corporations", "related", "tags"];
    let left = json!([{ "id": ana, "reason": "parts_gone", "fields": fields }]);
    assert_eq!(undo(&owner, &done).await, json!({ "restored": 1, "left": left }));
    let ana = owner.get(&format!("/api/contacts/{ana}")).await.ok();
    assert_eq!(ana["corporations"].as_array().unwrap().len(), 1);
    assert_eq!((&ana["department"], &ana["tags"]), (&Value::Null, &json!([])));
}

async fn a_company_is_back_without_those_who_left(app: TestApp) {
    let owner = app.owner().await;
    let (abc, xyz) = (owner.corporation("ABC").await, owner.corporation("XYZ").await);
    let more = json!({ "primary_corporation_id": abc, "corporation_ids": [xyz] });
    let ana = id(&owner.contact("Ana Ruiz", more.clone()).await);
    let eva = id(&owner.contact("Eva Mora", more).await);
    let body = json!({ "action": "delete", "ids": [xyz] });
    let done = owner.post("/api/corporations/bulk", body).await.ok();
    owner.delete(&format!("/api/contacts/{eva}")).await.no_content();
    let left = json!([{ "id": xyz, "reason": "parts_gone", "fields": ["contacts"] }]);
    assert_eq!(undo(&owner, &done).await, json!({ "restored": 1, "left": left }));
    let people = owner.get(&format!("/api/corporations/{xyz}/contacts")).await.ok();
    assert_eq!((&people["total"], id(&people["items"][0])), (&json!(1), ana));
}
