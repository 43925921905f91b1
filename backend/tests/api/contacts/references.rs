//! What a contact refers to belongs to the same firm; what must be unique is.

use crate::support::fixtures::id;
use crate::support::{TestApp, Value, json};
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    foreign_and_unknown_references_are_refused_alike,
    a_former_colleague_is_no_owner,
    a_kept_owner_may_leave,
    an_external_id_is_unique_in_the_firm,
    phones_are_read_in_the_firms_country,
}

async fn foreign_and_unknown_references_are_refused_alike(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let path = owner.contact_path("Ana Ruiz").await;
    let corporation = other.corporation("ABC Corp").await;
    let department = other.department("Impuestos", "IMP").await;
    let (before, counts) = (owner.get(&path).await.expect(200), app.counts().await);
    let cases = [
        ("primary_corporation_id", corporation),
        ("department_id", department),
        ("owner_id", other.user),
    ];
    for (field, foreign) in cases {
        for unknown in [foreign, Uuid::now_v7()] {
            let body = json!({ "first_name": "Luz", "last_name": "Mora", field: unknown });
            owner.post("/api/contacts", body).await.invalid(field, "unknown_reference");
            let patched = owner.patch(&path, json!({ field: unknown })).await;
            patched.invalid(field, "unknown_reference");
        }
    }
    let own = owner.corporation("XYZ Inc").await;
    let mixed = json!({ "primary_corporation_id": own, "corporation_ids": [own, corporation] });
    let refused = owner.patch(&path, mixed).await;
    refused.invalid("corporation_ids", "unknown_reference");
    let after = owner.get(&path).await.expect(200);
    assert_eq!((after.header("etag"), &after.text), (before.header("etag"), &before.text));
    let changed: Vec<_> = app
        .counts()
        .await
        .into_iter()
        .zip(counts)
        .filter(|(a, b)| a != b)
        .map(|(a, _)| a.0)
        .collect();
    let own = ["corporations", "folders", "audit_logs"];
    assert_eq!(changed, own, "only the test's own corporation came, with its folders");
}

async fn a_former_colleague_is_no_owner(app: TestApp) {
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Member).await;
    app.set_staff_active(owner.tenant, member.user, false).await;
    let body = json!({ "first_name": "Luz", "last_name": "Mora", "owner_id": member.user });
    owner.post("/api/contacts", body).await.invalid("owner_id", "unknown_reference");
}

async fn a_kept_owner_may_leave(app: TestApp) {
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Member).await;
    let contact = owner.contact("Luz Mora", json!({ "owner_id": member.user })).await;
    let path = format!("/api/contacts/{}", id(&contact));
    app.set_staff_active(owner.tenant, member.user, false).await;
    // Saving a form that still names the person works.
    let body = json!({ "notes": "x", "owner_id": member.user });
    let after = owner.patch(&path, body).await.ok();
    assert_eq!(after["owner"]["id"], member.user.to_string());
    let moved = owner.patch(&path, json!({ "owner_id": owner.user })).await.ok();
    assert_eq!(moved["owner"]["id"], owner.user.to_string());
    let back = owner.patch(&path, json!({ "owner_id": member.user })).await;
    back.invalid("owner_id", "unknown_reference");
}

async fn an_external_id_is_unique_in_the_firm(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    owner.contact("Ana Ruiz", json!({ "external_id": "Q-1" })).await;
    other.contact("Ana Ruiz", json!({ "external_id": "Q-1" })).await;
    let counts = app.counts().await;
    let body = json!({ "first_name": "Luz", "last_name": "Mora", "external_id": " Q-1 " });
    let refused = owner.post("/api/contacts", body).await;
    refused.field(409, "duplicate", "external_id", "taken");
    assert_eq!(app.counts().await, counts);
    let path = owner.contact_path("Eva Luna").await;
    let refused = owner.patch(&path, json!({ "external_id": "Q-1" })).await;
    refused.field(409, "duplicate", "external_id", "taken");
    assert_eq!(owner.get(&path).await.ok()["external_id"], Value::Null);
}

async fn phones_are_read_in_the_firms_country(app: TestApp) {
    let (us, co) = (app.owner().await, app.owner().await);
    let settings = json!({ "default_country": "CO" });
    app.change_tenant(co.tenant, |tenant| tenant.settings = settings).await;
    let phone = |contact: &Value| {
        (
            contact["phone"].as_str().unwrap().to_owned(),
            contact["phone_display"].as_str().unwrap().to_owned(),
        )
    };
    let local = |number: &str| json!({ "phone": number });
    assert_eq!(
        phone(&us.contact("Ana Ruiz", local("555.123.4567")).await),
        ("+15551234567".to_owned(), "(555) 123-4567".to_owned())
    );
    assert_eq!(phone(&co.contact("Ana Ruiz", local("300 123 4567")).await).0, "+573001234567");
    assert_eq!(phone(&co.contact("Luz Ruiz", local("+1 555 123 4567")).await).0, "+15551234567");
    let abroad = us.contact("Eva Ruiz", local("+57 (300) 123-4567")).await;
    assert_eq!(phone(&abroad).0, "+573001234567");
    assert!(phone(&abroad).1.starts_with("+57 "));
}
