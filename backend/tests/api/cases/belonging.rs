//! Cases and the clients that they belong to.

use crate::support::fixtures::id;
use crate::support::{TestApp, Value, json};

db_tests! {
    a_client_with_cases_is_not_deleted,
    cases_follow_a_merge_and_come_back,
    a_couple_that_is_one_person_declares_alone,
    companies_take_their_cases_along,
}

async fn a_client_with_cases_is_not_deleted(app: TestApp) {
    let owner = app.owner().await;
    let (ana, luis) = (
        id(&owner.contact("Ana Paz", Value::Null).await),
        id(&owner.contact("Luis Rey", Value::Null).await),
    );
    let company = owner.corporation("ABC Corp").await;
    owner.case_of(ana, json!({ "joint_contact_id": luis })).await;
    let body = json!({ "corporation_id": company, "type": "other", "tax_year": 2023 });
    let other = owner.post("/api/cases", body).await.created();
    for path in [
        format!("/api/contacts/{ana}"),
        format!("/api/contacts/{luis}"),
        format!("/api/corporations/{company}"),
    ] {
        let problem = owner.delete(&path).await.problem(409, "in_use");
        assert_eq!(problem["used"], 1);
        owner.get(&path).await.ok();
    }
    let bulk = json!({ "action": "delete", "ids": [ana] });
    let result = owner.post("/api/contacts/bulk", bulk).await.ok();
    assert_eq!(result["refused"][0]["reason"], "in_use");
    owner.delete(&format!("/api/cases/{}", id(&other))).await.expect(204);
    owner.delete(&format!("/api/corporations/{company}")).await.expect(204);
}

async fn cases_follow_a_merge_and_come_back(app: TestApp) {
    let owner = app.owner().await;
    let (ana, twin) = (
        id(&owner.contact("Ana Luz Paz", Value::Null).await),
        id(&owner.contact("Ana Paz", Value::Null).await),
    );
    let luis = id(&owner.contact("Luis Rey", Value::Null).await);
    let own = format!("/api/cases/{}", id(&owner.case_of(twin, Value::Null).await));
    let more = json!({ "joint_contact_id": twin });
    let joint = format!("/api/cases/{}", id(&owner.case_of(luis, more).await));
    let body = json!({ "others": [{ "id": twin }] });
    let merge = owner.post(&format!("/api/contacts/{ana}/merge"), body).await.ok();
    let after = owner.get(&own).await.expect(200);
    assert_eq!((after.header("etag"), &after.json()["client"]["id"]), ("\"v2\"", &json!(ana)));
    assert_eq!(owner.get(&joint).await.ok()["joint_contact"]["id"], json!(ana));
    let told = async |case: &str| {
        let timeline = owner.get(&format!("{case}/timeline")).await.ok();
        timeline["items"][0]["text"].as_str().unwrap().to_owned()
    };
    assert!(told(&own).await.ends_with("cambió el cliente de Ana Paz a Ana Luz Paz"));
    let other = "cambió la otra persona de la declaración de Ana Paz a Ana Luz Paz";
    assert!(told(&joint).await.ends_with(other), "{}", told(&joint).await);
    let undo = format!("/api/bulk/{}/undo", merge["bulk_id"].as_str().unwrap());
    let undone = owner.post(&undo, json!({})).await.ok();
    assert_eq!(undone["left"], json!([]));
    assert_eq!(owner.get(&own).await.ok()["client"]["id"], json!(twin));
    assert!(told(&own).await.ends_with("cambió el cliente de Ana Luz Paz a Ana Paz"));
    assert_eq!(owner.get(&joint).await.ok()["joint_contact"]["id"], json!(twin));
}

async fn a_couple_that_is_one_person_declares_alone(app: TestApp) {
    let owner = app.owner().await;
    let (ana, twin) = (
        id(&owner.contact("Ana Paz", Value::Null).await),
        id(&owner.contact("Ana Paz", Value::Null).await),
    );
    let mut cases = Vec::new();
    for (one, other) in [(ana, twin), (twin, ana)] {
        let case = owner.case_of(one, json!({ "joint_contact_id": other })).await;
        cases.push((format!("/api/cases/{}", id(&case)), one, other));
    }
    let body = json!({ "others": [{ "id": twin }] });
    let merge = owner.post(&format!("/api/contacts/{ana}/merge"), body).await.ok();
    for (path, ..) in &cases {
        let case = owner.get(path).await.ok();
        assert_eq!((&case["client"]["id"], &case["joint_contact"]), (&json!(ana), &Value::Null));
    }
    let undo = format!("/api/bulk/{}/undo", merge["bulk_id"].as_str().unwrap());
    owner.post(&undo, json!({})).await.ok();
    for (path, one, other) in &cases {
        let case = owner.get(path).await.ok();
        let ends = (&case["client"]["id"], &case["joint_contact"]["id"]);
        assert_eq!(ends, (&json!(one), &json!(other)));
    }
}

async fn companies_take_their_cases_along(app: TestApp) {
    let owner = app.owner().await;
    let (abc, twin) = (owner.corporation("ABC Corp").await, owner.corporation("ABC Corp").await);
    let body = json!({ "corporation_id": twin, "type": "other", "tax_year": 2023 });
    let case = format!("/api/cases/{}", id(&owner.post("/api/cases", body).await.created()));
    let body = json!({ "others": [{ "id": twin }] });
    let merge = owner.post(&format!("/api/corporations/{abc}/merge"), body).await.ok();
    assert_eq!(owner.get(&case).await.ok()["client"]["id"], json!(abc));
    // What somebody gave to another client since stays there.
    let third = owner.corporation("XYZ Inc").await;
    owner.patch(&case, json!({ "corporation_id": third })).await.ok();
    let undo = format!("/api/bulk/{}/undo", merge["bulk_id"].as_str().unwrap());
    let undone = owner.post(&undo, json!({})).await.ok();
    assert_eq!(undone["left"][0]["fields"], json!(["belongings"]));
    assert_eq!(owner.get(&case).await.ok()["client"]["id"], json!(third));
}
