//! What happened to a record, in the reader's words.

use crate::support::crm::column;
use crate::support::fixtures::id;
use crate::support::{Client, Member, TestApp, Value, asking_for, json};
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    what_happened_is_told_newest_first_and_in_words,
    it_follows_the_language,
    several_changes_are_listed,
    links_are_told_on_both_sides,
    relations_are_told_on_both_sides,
    personal_numbers_stay_masked,
    it_is_paged_and_walked_by_cursor,
    it_holds_no_addresses,
    foreign_and_unknown_records_are_not_found,
    who_may_see_the_record_may_see_it,
}

/// The sentences of a record's timeline, without the name that they begin with.
async fn told(client: &Client, path: &str) -> Vec<String> {
    let list = client.get(&format!("{path}/timeline")).await.ok();
    let sentence = |text: &Value| {
        let text = text.as_str().unwrap();
        let words: Vec<_> = text.split(' ').skip(2).collect();
        words.join(" ")
    };
    column(&list, "text").iter().map(sentence).collect()
}

async fn what_happened_is_told_newest_first_and_in_words(app: TestApp) {
    let owner = app.owner().await;
    let department = owner.department("Impuestos", "IMP").await;
    let path = owner.contact_path("Ana Ruiz").await;
    for body in [
        json!({ "status": "prospect" }),
        json!({ "department_id": department }),
        json!({ "client_since": "2022-03-01" }),
        json!({ "client_since": null }),
        json!({ "owner_id": owner.user }),
    ] {
        owner.patch(&path, body).await.ok();
    }
    app.rename_staff(owner.tenant, owner.user, "Otro Nombre").await;
    let list = owner.get(&format!("{path}/timeline")).await.ok();
    let first = &list["items"][0];
    assert_eq!(first["action"], "update");
    let actor = first["actor"].as_str().unwrap();
    assert_eq!(first["text"], format!("{actor} puso el responsable: {actor}"));
    assert_eq!(first["changes"], json!([]));
    let told = told(&owner, &path).await;
    assert_eq!(
        told[1..],
        [
            "quitó la fecha de inicio como cliente (1 mar 2022)",
            "puso la fecha de inicio como cliente: 1 mar 2022",
            "puso el departamento: Impuestos",
            "cambió el estado de Activo a Prospecto",
            "creó el registro",
        ]
    );
}

async fn it_follows_the_language(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.contact_path("Ana Ruiz").await;
    owner.patch(&path, json!({ "status": "inactive" })).await.ok();
    let english = owner.with("Accept-Language", "en");
    assert_eq!(
        told(&english, &path).await,
        ["changed the status from Active to Inactive", "created the record"]
    );
}

async fn several_changes_are_listed(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.contact_path("Ana Ruiz").await;
    let body = json!({ "email": "ana@ruiz.test", "notes": "Llama tarde", "first_name": "Anita" });
    owner.patch(&path, body).await.ok();
    let list = owner.get(&format!("{path}/timeline")).await.ok();
    let entry = &list["items"][0];
    assert!(entry["text"].as_str().unwrap().ends_with("hizo 3 cambios"), "{entry}");
    let mut changes: Vec<_> =
        entry["changes"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    changes.sort_unstable();
    assert_eq!(
        changes,
        [
            "cambió el nombre de Ana a Anita",
            "puso el correo: ana@ruiz.test",
            "puso las notas: Llama tarde",
        ]
    );
}

async fn links_are_told_on_both_sides(app: TestApp) {
    let owner = app.owner().await;
    let (abc, xyz) = (owner.corporation("ABC").await, owner.corporation("XYZ").await);
    let ana = id(&owner.contact("Ana Ruiz", json!({ "primary_corporation_id": abc })).await);
    let path = format!("/api/contacts/{ana}");
    owner.patch(&path, json!({ "corporation_ids": [abc, xyz] })).await.ok();
    let link = format!("{path}/corporations/{xyz}");
    owner.patch(&link, json!({ "role": "owner", "share": 5050 })).await.ok();
    owner.patch(&link, json!({ "to": "2020-12-31" })).await.ok();
    owner.patch(&path, json!({ "corporation_ids": [] })).await.ok();
    assert_eq!(
        told(&owner, &path).await,
        [
            "se desvinculó de ABC".replace("se desvinculó de", "quitó la corporación"),
            "cambió el vínculo con XYZ (Propietario, 50,5\u{a0}%, hasta 31 dic 2020)".to_owned(),
            "cambió el vínculo con XYZ (Propietario, 50,5\u{a0}%)".to_owned(),
            "vinculó la corporación XYZ".to_owned(),
            "creó el registro".to_owned(),
        ]
    );
    assert_eq!(
        told(&owner, &format!("/api/corporations/{xyz}")).await,
        [
            "cambió el vínculo con Ana Ruiz (Propietario, 50,5\u{a0}%, hasta 31 dic 2020)",
            "cambió el vínculo con Ana Ruiz (Propietario, 50,5\u{a0}%)",
            "vinculó a Ana Ruiz",
            "creó el registro",
        ]
    );
    assert_eq!(
        told(&owner, &format!("/api/corporations/{abc}")).await,
        ["desvinculó a Ana Ruiz", "vinculó a Ana Ruiz (primaria)", "creó el registro"]
    );
    // A company that is deleted is told to its people.
    let eva = owner.contact("Eva Luna", json!({ "primary_corporation_id": abc })).await;
    let eva = format!("/api/contacts/{}", id(&eva));
    owner.delete(&format!("/api/corporations/{abc}?reassign_primary_to={xyz}")).await.no_content();
    assert_eq!(told(&owner, &eva).await[0], "eliminó una corporación de este contacto");
}

async fn relations_are_told_on_both_sides(app: TestApp) {
    let owner = app.owner().await;
    let (ana, beto) = (
        id(&owner.contact("Ana Ruiz", Value::Null).await),
        id(&owner.contact("Beto Mora", Value::Null).await),
    );
    let body = json!({ "contact_id": beto, "kind": "parent", "from": "1990-05-01" });
    owner.post(&format!("/api/contacts/{ana}/related"), body).await.created();
    owner.delete(&format!("/api/contacts/{beto}/related/{ana}")).await.no_content();
    assert_eq!(
        told(&owner, &format!("/api/contacts/{ana}")).await,
        [
            "quitó la relación con Beto Mora",
            "añadió la relación con Beto Mora (Padre o madre, desde 1 may 1990)",
            "creó el registro",
        ]
    );
    assert_eq!(
        told(&owner, &format!("/api/contacts/{beto}")).await[1],
        "añadió la relación con Ana Ruiz (Hijo o hija, desde 1 may 1990)"
    );
    let (holding, media) = (owner.corporation("Holding").await, owner.corporation("Media").await);
    let body = json!({ "corporation_id": holding, "kind": "parent", "share": 6000 });
    owner.post(&format!("/api/corporations/{media}/related"), body).await.created();
    let of = async |company: Uuid| told(&owner, &format!("/api/corporations/{company}")).await;
    assert_eq!(of(media).await[0], "añadió la relación con Holding (Matriz, 60\u{a0}%)");
    assert_eq!(of(holding).await[0], "añadió la relación con Media (Filial, 60\u{a0}%)");
}

async fn personal_numbers_stay_masked(app: TestApp) {
    let owner = app.owner().await;
    let contact = owner.contact("Ana Ruiz", json!({ "ssn": "123-45-6789" })).await;
    let path = format!("/api/contacts/{}", id(&contact));
    owner.patch(&path, json!({ "ssn": "987-65-6789" })).await.ok();
    owner.patch(&path, json!({ "ssn": "987-65-4321" })).await.ok();
    owner.post(&format!("{path}/reveal"), asking_for("ssn")).await.ok();
    let list = owner.get(&format!("{path}/timeline")).await.expect(200);
    for number in ["987", "123-45", "654321", "6543"] {
        assert!(!list.text.contains(number), "{}", list.text);
    }
    assert_eq!(
        told(&owner, &path).await,
        [
            "vio completo el SSN o ITIN",
            "cambió el SSN o ITIN de ***-**-6789 a ***-**-4321",
            "cambió el SSN o ITIN",
            "creó el registro",
        ]
    );
}

async fn it_is_paged_and_walked_by_cursor(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.contact_path("Ana Ruiz").await;
    for number in 0..5 {
        owner.patch(&path, json!({ "notes": format!("nota {number}") })).await.ok();
    }
    let all = column(&owner.get(&format!("{path}/timeline")).await.ok(), "id");
    assert_eq!(all.len(), 6);
    let (mut walked, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let mut query = vec![("page_size", "4")];
        query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
        let list = owner.list(&format!("{path}/timeline"), &query).await.ok();
        walked.extend(column(&list, "id"));
        cursor = list["next_cursor"].as_str().map(str::to_owned);
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(walked, all);
    for wrong in ["page=0", "page_size=201", "ordering=at", "cursor=x"] {
        let reply = owner.get(&format!("{path}/timeline?{wrong}")).await;
        reply.problem(400, "invalid_query");
    }
}

async fn it_holds_no_addresses(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.contact_path("Ana Ruiz").await;
    let list = owner.get(&format!("{path}/timeline")).await.expect(200);
    assert!(!list.text.contains("127.0.0.1") && !list.text.contains("request_id"));
    let entry = &list.json()["items"][0];
    let mut names: Vec<_> = entry.as_object().unwrap().keys().cloned().collect();
    names.sort();
    assert_eq!(names, ["action", "actor", "at", "changes", "id", "text"]);
}

async fn foreign_and_unknown_records_are_not_found(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let contact = other.contact_path("Ana Ruiz").await;
    let company = format!("/api/corporations/{}", other.corporation("ABC").await);
    for path in [contact, company, format!("/api/contacts/{}", Uuid::now_v7())] {
        owner.get(&format!("{path}/timeline")).await.problem(404, "not_found");
    }
}

async fn who_may_see_the_record_may_see_it(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.contact_path("Ana Ruiz").await;
    let viewer: Member = app.member(owner.tenant, Role::Viewer).await;
    assert_eq!(told(&viewer, &path).await, ["creó el registro"]);
}
