//! Tax numbers and dates of birth: sealed, masked, found, revealed.

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, asking_for, json};
use ebenezer_shared::permission::Role;

db_tests! {
    a_number_that_cannot_be_opened_does_not_take_the_list_with_it,
    personal_numbers_are_masked_everywhere,
    the_database_holds_no_plain_number,
    a_number_is_found_whole_or_by_its_last_four,
    equal_numbers_of_two_firms_look_different,
    whoever_may_sees_one_field_and_is_written_down,
    whoever_may_not_sees_nothing,
    only_sealed_fields_can_be_revealed,
    nothing_is_revealed_without_a_reason,
    nothing_is_revealed_of_what_one_may_not_see,
    a_new_key_seals_and_the_old_one_still_opens,
}

async fn maria(owner: &Member) -> (Value, String) {
    let more = json!({ "ssn": "123-45-6789", "date_of_birth": "1980-02-29", "notes": "n" });
    let contact = owner.contact("María García", more).await;
    let path = format!("/api/contacts/{}", id(&contact));
    (contact, path)
}

async fn personal_numbers_are_masked_everywhere(app: TestApp) {
    let owner = app.owner().await;
    let (contact, path) = maria(&owner).await;
    assert_eq!(contact["ssn"], "***-**-6789");
    assert_eq!(contact["date_of_birth"], "****-**-**");
    let body = json!({ "first_name": "María", "last_name": "García", "ssn": "123456789" });
    let replies = [
        owner.get(&path).await,
        owner.get("/api/contacts").await,
        owner.list("/api/contacts", &[("search", "123-45-6789")]).await,
        owner.patch(&path, json!({ "notes": "x" })).await,
        owner.post("/api/contacts", body).await,
    ];
    for reply in replies {
        for secret in ["123-45", "12345", "1980"] {
            assert!(!reply.text.contains(secret), "{}", reply.text);
        }
    }
    let log = app.audit(owner.tenant).await;
    assert!(!log.is_empty());
    for entry in log {
        let changes = entry.changes.to_string();
        assert!(
            !changes.contains("123-45") && !changes.contains("12345") && !changes.contains("1980")
        );
    }
}

async fn the_database_holds_no_plain_number(app: TestApp) {
    let owner = app.owner().await;
    maria(&owner).await;
    for column in ["ssn_sealed", "date_of_birth_sealed", "ssn_hash", "ssn_last4_hash"] {
        let raw: String = app.value(&format!("SELECT {column} FROM contacts")).await;
        for plain in ["123456789", "123-45-6789", "6789", "1980-02-29"] {
            assert!(!raw.contains(plain) || column.ends_with("hash"), "{column}: {raw}");
        }
        let is_sealed = raw.starts_with("gAAAAA");
        let is_hash = raw.len() == 64 && raw.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(if column.ends_with("sealed") { is_sealed } else { is_hash }, "{column}: {raw}");
    }
    for column in ["search_text", "sort_name"] {
        let raw: String = app.value(&format!("SELECT {column} FROM contacts")).await;
        assert!(!raw.contains("6789"), "{raw}");
    }
}

async fn a_number_is_found_whole_or_by_its_last_four(app: TestApp) {
    let owner = app.owner().await;
    maria(&owner).await;
    owner.contact("Juan Pérez", json!({ "ssn": "987-65-4321" })).await;
    for search in ["123-45-6789", "123456789", "123 45 6789", "6789"] {
        assert_eq!(owner.found(search).await, ["María García"], "{search}");
    }
    for search in ["12345678", "45-6789", "789", "5-6789", "123-45-6780", "678"] {
        assert_eq!(owner.found(search).await, [""; 0], "{search}");
    }
    assert_eq!(owner.found("1980").await, [""; 0]);
}

async fn equal_numbers_of_two_firms_look_different(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    maria(&owner).await;
    maria(&other).await;
    for column in ["ssn_hash", "ssn_last4_hash", "ssn_sealed"] {
        let sql = format!("SELECT count(DISTINCT {column}) FROM contacts");
        assert_eq!(app.value::<i64>(&sql).await, 2, "{column}");
    }
}

async fn whoever_may_sees_one_field_and_is_written_down(app: TestApp) {
    let owner = app.owner().await;
    let (contact, path) = maria(&owner).await;
    let admin = app.member(owner.tenant, Role::Admin).await;
    for (field, value) in [("ssn", "123-45-6789"), ("date_of_birth", "1980-02-29")] {
        let reply = admin.post(&format!("{path}/reveal"), asking_for(field)).await;
        assert_eq!(reply.header("cache-control"), "no-store");
        assert_eq!(reply.ok(), json!({ "value": value }));
        let entry = app.audit(owner.tenant).await.pop().unwrap();
        assert_eq!((entry.action.as_str(), entry.actor_id), ("contact.reveal", Some(admin.user)));
        assert_eq!(entry.resource_id, Some(id(&contact)));
        assert_eq!(entry.changes, asking_for(field));
    }
}

async fn whoever_may_not_sees_nothing(app: TestApp) {
    let owner = app.owner().await;
    let (_, path) = maria(&owner).await;
    let entries = app.audit(owner.tenant).await.len();
    for role in [Role::Manager, Role::Member, Role::Sales, Role::Viewer] {
        let member = app.member(owner.tenant, role).await;
        let reply = member.post(&format!("{path}/reveal"), asking_for("ssn")).await;
        let problem = reply.problem(403, "permission_required");
        assert_eq!(problem["required_permission"], "pii.reveal");
        // Searching by the number would tell it too, one guess at a time: it stays masked.
        assert_eq!(member.get(&path).await.ok()["ssn"], "***-**-6789");
    }
    assert_eq!(app.audit(owner.tenant).await.len(), entries);
}

async fn only_sealed_fields_can_be_revealed(app: TestApp) {
    let owner = app.owner().await;
    let (_, path) = maria(&owner).await;
    let reveal = format!("{path}/reveal");
    owner.post(&reveal, asking_for("notes")).await.invalid("field", "unknown_value");
    owner.post(&reveal, json!({})).await.invalid("field", "required");
    let two = json!({ "field": ["ssn", "date_of_birth"] });
    owner.post(&reveal, two).await.problem(422, "validation_failed");
}

async fn nothing_is_revealed_without_a_reason(app: TestApp) {
    let owner = app.owner().await;
    let (_, contact) = maria(&owner).await;
    let corporation = format!("/api/corporations/{}", owner.corporation("ABC Corp").await);
    let entries = app.audit(owner.tenant).await.len();
    for (path, field) in [(contact, "ssn"), (corporation, "ein")] {
        let ask = async |body| owner.post(&format!("{path}/reveal"), body).await;
        ask(json!({ "field": field })).await.invalid("reason", "required");
        for blank in ["", "  "] {
            let body = json!({ "field": field, "reason": blank });
            ask(body).await.invalid("reason", "required");
        }
        ask(json!({ "field": field, "reason": null })).await.problem(422, "validation_failed");
        let long = json!({ "field": field, "reason": "x".repeat(256) });
        ask(long).await.invalid("reason", "too_long");
    }
    assert_eq!(app.audit(owner.tenant).await.len(), entries);
}

async fn a_new_key_seals_and_the_old_one_still_opens(app: TestApp) {
    let owner = app.owner().await;
    let (_, path) = maria(&owner).await;
    let old = app.variable("FIELD_ENCRYPTION_KEY").to_owned();
    let generated = ebenezer::config::generate_keys();
    let (_, new) = generated.iter().find(|(name, _)| *name == "FIELD_ENCRYPTION_KEY").unwrap();
    let new = secrecy::ExposeSecret::expose_secret(new).to_owned();
    let both = format!("{new},{old}");
    let rotated = app.another_with(|setup| setup.set("FIELD_ENCRYPTION_KEY", &both)).await;
    let client = rotated.client.bearer(&owner.token);
    let reveal = asking_for("ssn");
    let shown = client.post(&format!("{path}/reveal"), reveal.clone()).await.ok();
    assert_eq!(shown["value"], "123-45-6789");
    client.patch(&path, json!({ "ssn": "987-65-4321" })).await.ok();
    let after = app.another_with(|setup| setup.set("FIELD_ENCRYPTION_KEY", &new)).await;
    let shown =
        after.client.bearer(&owner.token).post(&format!("{path}/reveal"), reveal).await.ok();
    assert_eq!(shown["value"], "987-65-4321");
}

async fn a_number_that_cannot_be_opened_does_not_take_the_list_with_it(app: TestApp) {
    let owner = app.owner().await;
    let contact = owner.contact("Ana Ruiz", json!({ "ssn": "123-45-6789" })).await;
    app.execute("UPDATE contacts SET ssn_sealed = 'damaged'").await;
    let list = owner.get("/api/contacts").await.ok();
    assert_eq!(list["items"][0]["ssn"], "***-**-????");
    let path = format!("/api/contacts/{}", crate::support::fixtures::id(&contact));
    assert_eq!(owner.get(&path).await.ok()["ssn"], "***-**-????");
}

async fn nothing_is_revealed_of_what_one_may_not_see(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.contact_path("Ana Ruiz").await;
    let body = json!({ "name": "Auditoría", "permissions": ["pii.reveal", "audit.view"] });
    let role = owner.post("/api/roles", body).await.created()["id"].clone();
    let member = app.member(owner.tenant, Role::Viewer).await;
    owner.patch(&format!("/api/team/{}", member.user), json!({ "role": role })).await.ok();
    app.forget();
    let reply = member.post(&format!("{path}/reveal"), asking_for("ssn")).await;
    assert_eq!(reply.problem(403, "permission_required")["required_permission"], "contacts.view");
}
