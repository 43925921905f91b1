//! The multi-corporation rule: the primary is one of a person's corporations, whoever has
//! any has a primary, and nobody is promoted silently.

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use uuid::Uuid;

db_tests! {
    the_primary_joins_the_corporations,
    corporations_without_a_primary_are_refused,
    the_primary_comes_first_and_the_others_by_name,
    a_further_corporation_is_added_and_removed,
    a_new_primary_is_named_and_the_old_one_stays,
    dropping_the_primary_needs_the_next_one,
    dropping_all_corporations_leaves_none,
    one_named_twice_counts_once,
    a_firm_can_require_a_primary,
    both_sides_show_the_link,
    two_hundred_corporations_are_possible,
}

struct World {
    owner: Member,
    abc: Uuid,
    tech: Uuid,
    xyz: Uuid,
}

async fn world(app: &TestApp) -> World {
    let owner = app.owner().await;
    let (xyz, abc) = (owner.corporation("XYZ Inc").await, owner.corporation("ábc corp").await);
    let tech = owner.corporation("Tech Solutions LLC").await;
    World { owner, abc, tech, xyz }
}

/// Name and primary mark of each corporation of a contact.
fn shown(contact: &Value) -> Vec<(&str, bool)> {
    let list = contact["corporations"].as_array().unwrap();
    list.iter().map(|c| (c["name"].as_str().unwrap(), c["is_primary"] == true)).collect()
}

async fn the_primary_joins_the_corporations(app: TestApp) {
    let World { owner, abc, xyz, .. } = world(&app).await;
    let contact = owner.contact("Ana Ruiz", json!({ "primary_corporation_id": abc })).await;
    assert_eq!(shown(&contact), [("ábc corp", true)]);
    assert_eq!(contact["primary_corporation_id"], abc.to_string());
    let more = json!({ "primary_corporation_id": xyz, "corporation_ids": [abc] });
    assert_eq!(
        shown(&owner.contact("Luz Ruiz", more).await),
        [("XYZ Inc", true), ("ábc corp", false)]
    );
    let listed = json!({ "primary_corporation_id": xyz, "corporation_ids": [xyz, abc] });
    assert_eq!(shown(&owner.contact("Eva Ruiz", listed).await).len(), 2);
}

async fn corporations_without_a_primary_are_refused(app: TestApp) {
    let World { owner, abc, .. } = world(&app).await;
    let before = app.counts().await;
    let body = json!({ "first_name": "Ana", "last_name": "Ruiz", "corporation_ids": [abc] });
    let refused = owner.post("/api/contacts", body).await;
    refused.field(409, "primary_required", "primary_corporation_id", "required");
    assert_eq!(app.counts().await, before);
    let path = owner.contact_path("Luz Ruiz").await;
    let refused = owner.patch(&path, json!({ "corporation_ids": [abc] })).await;
    refused.field(409, "primary_required", "primary_corporation_id", "required");
    assert_eq!(owner.get(&path).await.ok()["corporations"], json!([]));
}

async fn the_primary_comes_first_and_the_others_by_name(app: TestApp) {
    let World { owner, abc, tech, xyz } = world(&app).await;
    let more = json!({ "primary_corporation_id": tech, "corporation_ids": [xyz, abc] });
    let contact = owner.contact("Carlos Rodríguez", more).await;
    let expected = [("Tech Solutions LLC", true), ("ábc corp", false), ("XYZ Inc", false)];
    assert_eq!(shown(&contact), expected);
    assert_eq!(shown(&owner.get(&format!("/api/contacts/{}", id(&contact))).await.ok()), expected);
    assert_eq!(shown(&owner.get("/api/contacts").await.ok()["items"][0]), expected);
}

async fn a_further_corporation_is_added_and_removed(app: TestApp) {
    let World { owner, abc, tech, xyz } = world(&app).await;
    let contact = owner.contact("Ana Ruiz", json!({ "primary_corporation_id": abc })).await;
    let path = format!("/api/contacts/{}", id(&contact));
    let three = owner.patch(&path, json!({ "corporation_ids": [abc, tech, xyz] })).await.ok();
    assert_eq!(shown(&three).len(), 3);
    let two = owner.patch(&path, json!({ "corporation_ids": [xyz, abc] })).await.ok();
    assert_eq!(shown(&two), [("ábc corp", true), ("XYZ Inc", false)]);
    // What a patch does not name stays.
    let same = owner.patch(&path, json!({ "notes": "x" })).await.ok();
    assert_eq!(shown(&same), shown(&two));
}

async fn a_new_primary_is_named_and_the_old_one_stays(app: TestApp) {
    let World { owner, abc, xyz, .. } = world(&app).await;
    let contact = owner.contact("Ana Ruiz", json!({ "primary_corporation_id": abc })).await;
    let path = format!("/api/contacts/{}", id(&contact));
    let after = owner.patch(&path, json!({ "primary_corporation_id": xyz })).await.ok();
    assert_eq!(shown(&after), [("XYZ Inc", true), ("ábc corp", false)]);
    let back = owner.patch(&path, json!({ "primary_corporation_id": abc })).await.ok();
    assert_eq!(shown(&back), [("ábc corp", true), ("XYZ Inc", false)]);
}

async fn dropping_the_primary_needs_the_next_one(app: TestApp) {
    let World { owner, abc, tech, xyz } = world(&app).await;
    let more = json!({ "primary_corporation_id": abc, "corporation_ids": [tech, xyz] });
    let contact = owner.contact("Ana Ruiz", more).await;
    let path = format!("/api/contacts/{}", id(&contact));
    for change in [
        json!({ "corporation_ids": [tech, xyz] }),
        json!({ "primary_corporation_id": null }),
        json!({ "primary_corporation_id": null, "corporation_ids": [tech] }),
    ] {
        let refused = owner.patch(&path, change).await;
        refused.field(409, "primary_required", "primary_corporation_id", "required");
        assert_eq!(shown(&owner.get(&path).await.ok()), shown(&contact));
    }
    let named = json!({ "primary_corporation_id": xyz, "corporation_ids": [tech] });
    let after = owner.patch(&path, named).await.ok();
    assert_eq!(shown(&after), [("XYZ Inc", true), ("Tech Solutions LLC", false)]);
}

async fn dropping_all_corporations_leaves_none(app: TestApp) {
    let World { owner, abc, xyz, .. } = world(&app).await;
    for change in [
        json!({ "corporation_ids": [] }),
        json!({ "corporation_ids": [], "primary_corporation_id": null }),
    ] {
        let more = json!({ "primary_corporation_id": abc, "corporation_ids": [xyz] });
        let contact = owner.contact("Ana Ruiz", more).await;
        let path = format!("/api/contacts/{}", id(&contact));
        let after = owner.patch(&path, change).await.ok();
        assert_eq!(after["corporations"], json!([]));
        assert_eq!(after["primary_corporation_id"], Value::Null);
    }
    assert_eq!(app.count("contact_corporations").await, 0);
}

async fn one_named_twice_counts_once(app: TestApp) {
    let World { owner, abc, xyz, .. } = world(&app).await;
    let twice = json!({ "primary_corporation_id": abc, "corporation_ids": [abc, xyz, xyz, abc] });
    let contact = owner.contact("Ana Ruiz", twice.clone()).await;
    assert_eq!(shown(&contact).len(), 2);
    let path = format!("/api/contacts/{}", id(&contact));
    assert_eq!(shown(&owner.patch(&path, twice).await.ok()).len(), 2);
}

async fn a_firm_can_require_a_primary(app: TestApp) {
    let World { owner, abc, .. } = world(&app).await;
    let loner = owner.contact_path("Sin Empresa").await;
    let settings = json!({ "require_primary_corporation": true });
    app.change_tenant(owner.tenant, |tenant| tenant.settings = settings).await;
    let names = json!({ "first_name": "Ana", "last_name": "Ruiz" });
    let refused = owner.post("/api/contacts", names).await;
    refused.field(409, "primary_required", "primary_corporation_id", "required");
    let contact = owner.contact("Ana Ruiz", json!({ "primary_corporation_id": abc })).await;
    let path = format!("/api/contacts/{}", id(&contact));
    let refused = owner.patch(&path, json!({ "corporation_ids": [] })).await;
    refused.problem(409, "primary_required");
    // Who was there before the rule can still be worked on.
    owner.patch(&loner, json!({ "notes": "x" })).await.ok();
}

async fn both_sides_show_the_link(app: TestApp) {
    let World { owner, abc, xyz, .. } = world(&app).await;
    let more = json!({ "primary_corporation_id": abc, "corporation_ids": [xyz] });
    let contact = owner.contact("Ana Ruiz", more).await;
    for (corporation, is_primary) in [(abc, true), (xyz, false)] {
        let people = owner.get(&format!("/api/corporations/{corporation}/contacts")).await.ok();
        assert_eq!(people["total"], 1);
        assert_eq!(people["items"][0]["id"], contact["id"]);
        assert_eq!(people["items"][0]["is_primary"], is_primary);
        let page = owner.get(&format!("/api/corporations/{corporation}")).await.ok();
        assert_eq!(page["contact_count"], 1);
        assert_eq!(page["primary_contact_count"], u8::from(is_primary));
    }
}

async fn two_hundred_corporations_are_possible(app: TestApp) {
    let owner = app.owner().await;
    let mut ids = Vec::new();
    for number in 0..200 {
        ids.push(owner.corporation(&format!("Sociedad {number:03}")).await);
    }
    let more = json!({ "primary_corporation_id": ids[150], "corporation_ids": ids });
    let contact = owner.contact("Ana Ruiz", more).await;
    assert_eq!(shown(&contact).len(), 200);
    assert_eq!(shown(&contact)[0], ("Sociedad 150", true));
}
