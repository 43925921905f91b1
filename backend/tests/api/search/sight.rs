//! A search shows nobody what their lists do not.

use super::{kinds, one_of_each, titles};
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use ebenezer_shared::permission::Role;

db_tests! {
    each_kind_needs_its_permission,
    tax_numbers_find_clients_for_who_may_see_these,
    the_search_stays_within_the_firm,
    documents_of_other_departments_are_not_found,
    threads_and_sticky_notes_of_others_are_not_found,
    modules_that_the_product_lacks_are_not_searched,
}

/// Somebody who may do just this.
async fn with(app: &TestApp, owner: &Member, permissions: &[&str]) -> Member {
    let name = format!("Rol {}", permissions.join(" "));
    let role = json!({ "name": name, "permissions": permissions });
    let role = id(&owner.post("/api/roles", role).await.created());
    let member = app.member(owner.tenant, Role::Viewer).await;
    owner.patch(&format!("/api/team/{}", member.user), json!({ "role": role })).await.ok();
    member
}

async fn each_kind_needs_its_permission(app: TestApp) {
    let owner = app.owner().await;
    let ana = one_of_each(&owner, "Ñandú").await;
    let thread = json!({ "subject": "Ñandú", "kind": "client", "contact_id": ana,
        "message": { "body": "Hola" } });
    owner.post("/api/threads", thread).await.created();
    for (permission, seen) in [
        ("contacts.view", &["contact"][..]),
        ("corporations.view", &["corporation"]),
        ("cases.view", &["case"]),
        ("documents.view", &["document", "document_request"]),
        ("tasks.view", &["task"]),
        ("appointments.view", &["appointment"]),
        // The note is on a person, and the threads are of others or with a client.
        ("notes.view", &[]),
        ("messages.view", &[]),
        ("dashboard.view", &[]),
    ] {
        let member = with(&app, &owner, &[permission]).await;
        assert_eq!(kinds(&member.search("nandu").await), seen, "{permission}");
        let records = format!("contact:{ana}");
        let found = member.list("/api/search", &[("records", &records)]).await.ok();
        assert_eq!(!kinds(&found).is_empty(), permission == "contacts.view", "{permission}");
    }
    let member = with(&app, &owner, &["notes.view", "messages.view", "contacts.view"]).await;
    let found = member.search("nandu").await;
    assert_eq!(kinds(&found), ["contact", "thread", "note"]);
    assert_eq!(titles(&found, "thread"), ["Ñandú"]);
}

async fn tax_numbers_find_clients_for_who_may_see_these(app: TestApp) {
    let owner = app.owner().await;
    let company = json!({ "name": "ABC Corp", "ein": "98-7654321" });
    let company = id(&owner.post("/api/corporations", company).await.created());
    let more = json!({ "ssn": "123-45-6789", "primary_corporation_id": company });
    let ana = id(&owner.contact("Ana Paz", more).await);
    owner.case_of(ana, Value::Null).await;
    assert_eq!(kinds(&owner.search("98-7654321").await), ["corporation", "contact"]);
    assert_eq!(kinds(&owner.search("123-45-6789").await), ["contact", "case"]);
    let cases = with(&app, &owner, &["cases.view"]).await;
    let people = with(&app, &owner, &["contacts.view"]).await;
    for number in ["123-45-6789", "98-7654321", "6789", "4321"] {
        assert_eq!(cases.search(number).await, json!({ "groups": [] }), "{number}");
    }
    assert_eq!(people.search("98-7654321").await, json!({ "groups": [] }));
    assert_eq!(kinds(&people.search("123-45-6789").await), ["contact"]);
}

async fn the_search_stays_within_the_firm(app: TestApp) {
    let (owner, stranger) = (app.owner().await, app.owner().await);
    let ana = one_of_each(&owner, "Ñandú").await;
    assert_eq!(stranger.search("nandu").await, json!({ "groups": [] }));
    let records = format!("contact:{ana}");
    let found = stranger.list("/api/search", &[("records", &records)]).await.ok();
    assert_eq!(found, json!({ "groups": [] }));
}

async fn documents_of_other_departments_are_not_found(app: TestApp) {
    let owner = app.owner().await;
    let (own, other) =
        (owner.department("Impuestos", "I").await, owner.department("Nómina", "N").await);
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let member = app.member(owner.tenant, Role::Member).await;
    app.change_membership(member.user, owner.tenant, |it| it.department_id = Some(own)).await;
    app.forget();
    for (name, department) in
        [("Propio", json!(own)), ("Ajeno", json!(other)), ("De todos", Value::Null)]
    {
        let folder = json!({ "name": name, "contact_id": ana, "department_id": department });
        let folder = id(&owner.post("/api/folders", folder).await.created());
        owner.document(folder, &format!("Balance {name}.pdf")).await;
    }
    let mut seen = member.titles("balance", "document").await;
    seen.sort();
    assert_eq!(seen, ["Balance De todos.pdf", "Balance Propio.pdf"]);
    assert_eq!(owner.titles("balance", "document").await.len(), 3);
}

async fn threads_and_sticky_notes_of_others_are_not_found(app: TestApp) {
    let owner = app.owner().await;
    let (one, other) =
        (app.member(owner.tenant, Role::Admin).await, app.member(owner.tenant, Role::Admin).await);
    let thread = owner.thread("Aumento de sueldo", &[&one]).await;
    owner.say(thread, "Queda el ornitorrinco entre nosotros").await;
    one.note(json!({ "text": "Mi ornitorrinco" })).await;
    assert_eq!(kinds(&one.search("ornitorrinco").await), ["thread", "note"]);
    assert_eq!(kinds(&owner.search("ornitorrinco").await), ["thread"]);
    assert_eq!(other.search("ornitorrinco").await, json!({ "groups": [] }));
    assert_eq!(other.search("sueldo").await, json!({ "groups": [] }));
}

async fn modules_that_the_product_lacks_are_not_searched(app: TestApp) {
    let owner = app.owner().await;
    one_of_each(&owner, "Ñandú").await;
    app.change_tenant(owner.tenant, |tenant| tenant.product_key = "studio".to_owned()).await;
    app.forget();
    let found = owner.search("nandu").await;
    assert!(!kinds(&found).contains(&"case") && kinds(&found).contains(&"contact"));
}
