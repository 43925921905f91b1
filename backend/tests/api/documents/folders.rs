//! The tree of a client's folders.

use super::client;
use crate::support::crm::column;
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    each_new_client_begins_with_folders,
    an_english_firm_begins_with_english_names,
    a_folder_belongs_to_one_client,
    trees_are_made_moved_and_renamed,
    no_folder_lies_in_itself,
    names_are_unique_beside_each_other,
    a_folder_with_something_in_it_stays,
    a_lost_race_is_told,
    a_department_sees_its_own_and_nobodys,
    one_gives_folders_to_ones_own_department_only,
    older_clients_get_the_folders_that_they_lack,
    empty_folders_come_back_with_their_client,
}

async fn each_new_client_begins_with_folders(app: TestApp) {
    let owner = app.owner().await;
    let (contact, _) = client(&owner).await;
    let list = owner.get(&format!("/api/folders?contact_id={contact}")).await.ok();
    let names = column(&list, "name");
    assert_eq!(
        names,
        [
            "Recibidos",
            "Identificación",
            "Impuestos",
            "Contabilidad",
            "Contratos",
            "Correspondencia"
        ]
    );
    let first = &list["items"][0];
    assert_eq!(
        first["client"],
        json!({ "kind": "contact", "id": contact, "name": "María García" })
    );
    assert_eq!((&first["is_default"], &first["parent_id"]), (&json!(true), &Value::Null));
    let company = owner.corporation("ABC Corp").await;
    let list = owner.get(&format!("/api/folders?corporation_id={company}")).await.ok();
    assert_eq!(list["total"], 6);
    assert_eq!(list["items"][3]["client"]["kind"], "corporation");
}

async fn an_english_firm_begins_with_english_names(app: TestApp) {
    let owner = app.owner().await;
    owner.patch("/api/tenant", json!({ "locale": "en" })).await.ok();
    app.forget();
    let (contact, _) = client(&owner).await;
    let list = owner.get(&format!("/api/folders?contact_id={contact}")).await.ok();
    assert_eq!(column(&list, "name")[..2], ["Received", "Identification"]);
}

async fn a_folder_belongs_to_one_client(app: TestApp) {
    let owner = app.owner().await;
    let (contact, _) = client(&owner).await;
    let company = owner.corporation("ABC Corp").await;
    let none = json!({ "name": "2024" });
    owner.post("/api/folders", none).await.invalid("contact_id", "one_client");
    let both = json!({ "name": "2024", "contact_id": contact, "corporation_id": company });
    owner.post("/api/folders", both).await.invalid("corporation_id", "one_client");
    let nobody = json!({ "name": "2024", "contact_id": Uuid::now_v7() });
    owner.post("/api/folders", nobody).await.invalid("contact_id", "unknown_reference");
    let other = add(&owner, json!({ "name": "2024", "corporation_id": company })).await;
    let across = json!({ "name": "x", "contact_id": contact, "parent_id": other });
    owner.post("/api/folders", across).await.invalid("parent_id", "other_client");
    // The database would not take it either.
    let sql = "UPDATE folders SET corporation_id = contact_id WHERE name = 'Recibidos'";
    assert!(app.try_execute(sql).await.is_err());
}

async fn add(member: &Member, body: Value) -> Uuid {
    id(&member.post("/api/folders", body).await.created())
}

async fn trees_are_made_moved_and_renamed(app: TestApp) {
    let owner = app.owner().await;
    let (contact, _) = client(&owner).await;
    let year = add(&owner, json!({ "name": "2024", "contact_id": contact })).await;
    let month = add(&owner, json!({ "name": "Enero", "parent_id": year })).await;
    let path = format!("/api/folders/{month}");
    let folder = owner.get(&path).await.ok();
    assert_eq!((&folder["parent_id"], &folder["order"]), (&json!(year), &json!(0)));
    assert_eq!(folder["client"]["id"], json!(contact));
    let renamed = owner.patch(&path, json!({ "name": "Febrero", "order": 7 })).await.ok();
    assert_eq!((&renamed["name"], &renamed["order"]), (&json!("Febrero"), &json!(7)));
    let moved = owner.patch(&path, json!({ "parent_id": null })).await.ok();
    assert_eq!(moved["parent_id"], Value::Null);
    let inside = owner.get(&format!("/api/folders?parent_id={year}")).await.ok();
    assert_eq!(inside["total"], 0);
    owner.delete(&path).await.no_content();
    owner.get(&path).await.problem(404, "not_found");
    let gone = owner.get("/api/deletions?types=folder").await.ok();
    assert_eq!(gone["items"][0]["id"], json!(month));
}

async fn no_folder_lies_in_itself(app: TestApp) {
    let owner = app.owner().await;
    let (contact, _) = client(&owner).await;
    let mut chain = vec![add(&owner, json!({ "name": "1", "contact_id": contact })).await];
    for level in 2..=10 {
        let parent = chain.last().unwrap();
        chain.push(add(&owner, json!({ "name": level.to_string(), "parent_id": parent })).await);
    }
    let deeper = json!({ "name": "11", "parent_id": chain[9] });
    owner.post("/api/folders", deeper).await.invalid("parent_id", "too_deep");
    let top = format!("/api/folders/{}", chain[0]);
    for inside in [chain[0], chain[1], chain[9]] {
        let moved = owner.patch(&top, json!({ "parent_id": inside })).await;
        moved.invalid("parent_id", "inside_itself");
    }
    let other = add(&owner, json!({ "name": "otra", "contact_id": contact })).await;
    owner.patch(&top, json!({ "parent_id": other })).await.invalid("parent_id", "too_deep");
    let third = format!("/api/folders/{}", chain[2]);
    owner.patch(&third, json!({ "parent_id": other })).await.ok();
}

async fn names_are_unique_beside_each_other(app: TestApp) {
    let owner = app.owner().await;
    let (contact, _) = client(&owner).await;
    let body = |name: &str| json!({ "name": name, "contact_id": contact });
    owner.post("/api/folders", body("recíbidos ")).await.field(409, "duplicate", "name", "taken");
    let year = add(&owner, body("2024")).await;
    add(&owner, json!({ "name": "Recibidos", "parent_id": year })).await;
    let unit = owner.department("Nómina", "NOM").await;
    let mut own = body("Recibidos");
    own["department_id"] = json!(unit);
    add(&owner, own).await;
    let path = format!("/api/folders/{year}");
    let taken = owner.patch(&path, json!({ "name": "CONTRATOS" })).await;
    taken.field(409, "duplicate", "name", "taken");
    // Two at once: one makes it.
    let (one, two) = tokio::join!(
        owner.post("/api/folders", body("A la vez")),
        owner.post("/api/folders", body("A la vez"))
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
}

async fn a_folder_with_something_in_it_stays(app: TestApp) {
    let owner = app.owner().await;
    let (contact, inbox) = client(&owner).await;
    let document = owner.document(inbox, "W-2.pdf").await;
    let year = add(&owner, json!({ "name": "2024", "contact_id": contact })).await;
    add(&owner, json!({ "name": "Enero", "parent_id": year })).await;
    for folder in [inbox, year] {
        let problem = owner.delete(&format!("/api/folders/{folder}")).await.problem(409, "in_use");
        assert_eq!(problem["used"], 1);
    }
    owner.delete(&format!("/api/documents/{document}")).await.no_content();
    owner.delete(&format!("/api/folders/{inbox}")).await.problem(409, "in_use");
    let path = format!("/api/documents/{document}?permanent=true");
    owner.delete(&path).await.no_content();
    owner.delete(&format!("/api/folders/{inbox}")).await.no_content();
}

async fn a_lost_race_is_told(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let path = format!("/api/folders/{inbox}");
    let tag = owner.get(&path).await.header("etag").to_owned();
    let mine = owner.with("If-Match", &tag);
    let first = mine.patch(&path, json!({ "name": "Entrada" })).await;
    assert_eq!(first.header("etag"), "\"v2\"");
    mine.patch(&path, json!({ "name": "Bandeja" })).await.problem(412, "precondition_failed");
    mine.delete(&path).await.problem(412, "precondition_failed");
    let history = owner.get("/api/audit-logs?resource_type=folder").await.ok();
    assert_eq!(history["items"][0]["changes"]["name"]["after"], "Entrada");
    assert_eq!(history["items"][0]["resource_name"], "Entrada");
}

async fn a_department_sees_its_own_and_nobodys(app: TestApp) {
    let owner = app.owner().await;
    let (contact, _) = client(&owner).await;
    let (mine, theirs) =
        (owner.department("Nómina", "NOM").await, owner.department("Legal", "LEG").await);
    let body = |name: &str, unit: Uuid| json!({ "name": name, "contact_id": contact, "department_id": unit });
    let seen = add(&owner, body("Planilla", mine)).await;
    let hidden = add(&owner, body("Demanda", theirs)).await;
    let below = add(&owner, json!({ "name": "Pruebas", "parent_id": hidden })).await;
    let secret = owner.document(below, "prueba.pdf").await;
    let user = app.add_user().await;
    app.join(owner.tenant, &user, Role::Member).await;
    app.change_membership(user.id, owner.tenant, |row| row.department_id = Some(mine)).await;
    let member = app.session(&user, owner.tenant).await;
    let list = member.get(&format!("/api/folders?contact_id={contact}")).await.ok();
    let names = column(&list, "name");
    assert!(names.contains(&json!("Planilla")) && names.contains(&json!("Contratos")), "{names:?}");
    assert!(!names.contains(&json!("Demanda")) && !names.contains(&json!("Pruebas")), "{names:?}");
    member.get(&format!("/api/folders/{seen}")).await.ok();
    for path in
        [format!("folders/{hidden}"), format!("folders/{below}"), format!("documents/{secret}")]
    {
        member.get(&format!("/api/{path}")).await.problem(404, "not_found");
    }
    let found = member.list("/api/documents", &[("search", "prueba")]).await.ok();
    assert_eq!(found["total"], 0);
    // The folder goes to their department, and with it what lies in it.
    let path = format!("/api/folders/{hidden}");
    owner.patch(&path, json!({ "department_id": mine })).await.ok();
    member.get(&format!("/api/documents/{secret}")).await.ok();
    owner.patch(&path, json!({ "department_id": theirs })).await.ok();
    member.get(&format!("/api/documents/{secret}")).await.problem(404, "not_found");
    // What belongs to nobody's department, everybody sees again.
    owner.patch(&path, json!({ "department_id": null })).await.ok();
    member.get(&format!("/api/documents/{secret}/download")).await.expect(200);
}

async fn one_gives_folders_to_ones_own_department_only(app: TestApp) {
    let owner = app.owner().await;
    let (contact, inbox) = client(&owner).await;
    let other = owner.department("Legal", "LEG").await;
    let member = app.member(owner.tenant, Role::Member).await;
    let body = json!({ "name": "x", "contact_id": contact, "department_id": other });
    member.post("/api/folders", body).await.invalid("department_id", "other_department");
    let path = format!("/api/folders/{inbox}");
    let given = member.patch(&path, json!({ "department_id": other })).await;
    given.invalid("department_id", "other_department");
    let year = add(&owner, json!({ "name": "2024", "parent_id": inbox })).await;
    let path = format!("/api/folders/{year}");
    let split = owner.patch(&path, json!({ "department_id": other })).await;
    split.invalid("department_id", "parents_department");
    owner.patch(&format!("/api/folders/{inbox}"), json!({ "department_id": other })).await.ok();
    owner.delete(&format!("/api/departments/{other}")).await.problem(409, "in_use");
}

async fn older_clients_get_the_folders_that_they_lack(app: TestApp) {
    let owner = app.owner().await;
    let (contact, _) = client(&owner).await;
    app.execute("DELETE FROM folders").await;
    let body = json!({ "contact_id": contact });
    let made = owner.post("/api/folders/defaults", body.clone()).await.ok();
    assert_eq!(made["total"], 6);
    let again = owner.post("/api/folders/defaults", body).await.ok();
    assert_eq!(column(&again, "id"), column(&made, "id"));
    app.execute("DELETE FROM folders").await;
    let fields = [("contact_id", contact.to_string())];
    let fields = fields.each_ref().map(|(name, id)| (*name, id.as_str()));
    let file = super::says("hola");
    let filed = owner.upload("/api/documents", &fields, "a.pdf", &file).await.created();
    assert_eq!(filed["folder"]["name"], "Recibidos");
}

async fn empty_folders_come_back_with_their_client(app: TestApp) {
    let owner = app.owner().await;
    let unit = owner.department("Impuestos", "IMP").await;
    let ana = id(&owner.contact("Ana Ruiz", json!({})).await);
    let company = owner.corporation("ABC Corp").await;
    for (list, field, client) in
        [("contacts", "contact_id", ana), ("corporations", "corporation_id", company)]
    {
        let path = format!("/api/folders?{field}={client}");
        let first = id(&owner.get(&path).await.ok()["items"][0]);
        owner.delete(&format!("/api/folders/{first}")).await.no_content();
        let body = json!({ "name": "Años", "department_id": unit, field: client });
        let years = id(&owner.post("/api/folders", body).await.created());
        let body = json!({ "name": "2024", "parent_id": years });
        let year = id(&owner.post("/api/folders", body).await.created());
        owner.post("/api/folders", json!({ "name": "Enero", "parent_id": year })).await.created();
        let known = async || {
            let all = owner.get(&path).await.ok()["items"].as_array().unwrap().clone();
            let facts = ["id", "name", "parent_id", "department", "is_default", "client"];
            let fact = |folder: &Value| facts.map(|fact| folder[fact].clone());
            all.iter().map(fact).collect::<Vec<_>>()
        };
        let before = known().await;
        let body = json!({ "action": "delete", "ids": [client] });
        let done = owner.post(&format!("/api/{list}/bulk"), body).await.ok();
        assert_eq!(known().await.len(), 0);
        let undo = format!("/api/bulk/{}/undo", done["bulk_id"].as_str().unwrap());
        assert_eq!(owner.post(&undo, json!({})).await.ok(), json!({ "restored": 1, "left": [] }));
        assert_eq!(known().await, before);
    }
}
