//! `GET /api/corporations/{id}/contacts`: whose company it is, and for whom the primary one.

use crate::support::crm::{column, people};
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use uuid::Uuid;

db_tests! {
    people_are_listed_by_name_with_the_primary_mark,
    counts_follow_the_links,
    people_come_in_pages,
    another_firms_company_has_no_people_to_show,
}

async fn person(owner: &Member, name: &str, primary: Uuid, more: &[Uuid]) -> Value {
    owner.contact(name, json!({ "primary_corporation_id": primary, "corporation_ids": more })).await
}

async fn people_are_listed_by_name_with_the_primary_mark(app: TestApp) {
    let owner = app.owner().await;
    let (abc, xyz) = (owner.corporation("ABC").await, owner.corporation("XYZ").await);
    person(&owner, "Zoe Luna", abc, &[]).await;
    let more = json!({
        "primary_corporation_id": xyz, "corporation_ids": [abc], "status": "prospect",
        "email": "ana@ruiz.test", "phone": "(555) 123-4567", "ssn": "123-45-6789",
    });
    let ana = owner.contact("Ána Ruiz", more).await;
    person(&owner, "Eva Mora", xyz, &[]).await;
    let list = owner.get(&format!("/api/corporations/{abc}/contacts")).await.ok();
    assert_eq!(people(&list), ["Ána Ruiz", "Zoe Luna"]);
    assert_eq!(column(&list, "is_primary"), [false, true]);
    assert_eq!(
        list["items"][0],
        json!({
            "id": ana["id"], "first_name": "Ána", "last_name": "Ruiz", "email": "ana@ruiz.test",
            "phone": "+15551234567", "phone_display": "(555) 123-4567", "status": "prospect",
            "is_primary": false,
            "role": null, "share": null, "from": null, "to": null,
        })
    );
}

async fn counts_follow_the_links(app: TestApp) {
    let owner = app.owner().await;
    let (abc, xyz) = (owner.corporation("ABC").await, owner.corporation("XYZ").await);
    let ana = person(&owner, "Ana Ruiz", abc, &[xyz]).await;
    person(&owner, "Eva Mora", xyz, &[]).await;
    let counts = async || {
        let mut counts = Vec::new();
        for corporation in [abc, xyz] {
            let one = owner.get(&format!("/api/corporations/{corporation}")).await.ok();
            counts.push((
                one["contact_count"].as_u64().unwrap(),
                one["primary_contact_count"].as_u64().unwrap(),
            ));
        }
        let listed = column(&owner.get("/api/corporations").await.ok(), "contact_count");
        assert_eq!(listed, counts.iter().map(|(all, _)| json!(all)).collect::<Vec<_>>());
        counts
    };
    assert_eq!(counts().await, [(1, 1), (2, 1)]);
    let path = format!("/api/contacts/{}", id(&ana));
    owner.patch(&path, json!({ "primary_corporation_id": xyz })).await.ok();
    assert_eq!(counts().await, [(1, 0), (2, 2)]);
    owner.patch(&path, json!({ "corporation_ids": [xyz] })).await.ok();
    assert_eq!(counts().await, [(0, 0), (2, 2)]);
    owner.delete(&path).await.no_content();
    assert_eq!(counts().await, [(0, 0), (1, 1)]);
}

async fn people_come_in_pages(app: TestApp) {
    let owner = app.owner().await;
    let abc = owner.corporation("ABC").await;
    for number in 0..5 {
        person(&owner, &format!("Persona {number}"), abc, &[]).await;
    }
    let path = format!("/api/corporations/{abc}/contacts");
    let second = owner.get(&format!("{path}?page=2&page_size=2")).await.ok();
    assert_eq!(people(&second), ["Persona 2", "Persona 3"]);
    assert_eq!((&second["page"], &second["total"]), (&json!(2), &json!(5)));
    let mut seen = Vec::new();
    let mut query = vec![("page_size", "2".to_owned())];
    loop {
        let pairs: Vec<_> = query.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let list = owner.list(&path, &pairs).await.ok();
        seen.extend(people(&list));
        let Some(next) = list.get("next_cursor") else { break };
        query = vec![("page_size", "2".to_owned()), ("cursor", next.as_str().unwrap().to_owned())];
    }
    assert_eq!(seen, (0..5).map(|n| format!("Persona {n}")).collect::<Vec<_>>());
    assert_eq!(people(&owner.get(&format!("{path}?search=persona+3")).await.ok()), ["Persona 3"]);
    let backwards = owner.get(&format!("{path}?ordering=-name&page_size=2")).await.ok();
    assert_eq!(people(&backwards), ["Persona 4", "Persona 3"]);
    for wrong in ["page=0", "page_size=201", "ordering=owner", "search=%00"] {
        owner.get(&format!("{path}?{wrong}")).await.problem(400, "invalid_query");
    }
}

async fn another_firms_company_has_no_people_to_show(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let abc = owner.corporation("ABC").await;
    person(&owner, "Ana Ruiz", abc, &[]).await;
    let path = format!("/api/corporations/{abc}/contacts");
    other.get(&path).await.problem(404, "not_found");
}
