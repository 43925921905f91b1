//! Every list that can be exported.

use super::{first_column, rows};
use crate::support::crm::column;
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    each_list_is_exported_in_its_order_and_words,
    documents_of_other_departments_are_not_exported,
}

/// A list, the field of its first column, and what its rows can be ordered by.
const LISTS: [(&str, &str, &[&str]); 5] = [
    ("corporations", "name", &["name", "-name", "-created_at"]),
    ("tasks", "title", &["due_at", "-due_at", "title", "-priority,title", "status"]),
    ("appointments", "title", &["starts_at", "-starts_at", "-title"]),
    ("documents", "name", &["name", "-name", "-created_at"]),
    ("document-requests", "title", &["title", "due_on", "-due_on", "-created_at"]),
];

/// Some of everything; answers a contact and a folder of theirs.
async fn office(owner: &Member) -> (Uuid, Uuid) {
    let ana = id(&owner.contact("Ana García", json!({})).await);
    let beto = id(&owner.contact("Beto Peña", json!({})).await);
    owner.corporation("ABC Corp").await;
    owner.corporation("Ñandú SAS").await;
    let folder = json!({ "name": "Declaraciones", "contact_id": ana });
    let folder = id(&owner.post("/api/folders", folder).await.created());
    for name in ["w2.pdf", "Banco.pdf"] {
        owner.document(folder, name).await;
    }
    for (title, due, priority) in
        [("Llamar", json!("2030-05-01T15:00:00Z"), "high"), ("Archivar", Value::Null, "low")]
    {
        let body =
            json!({ "title": title, "due_at": due, "priority": priority, "contact_id": ana });
        owner.post("/api/tasks", body).await.created();
    }
    for (title, hour, client) in [("Firma", 15, ana), ("Entrega", 13, beto)] {
        let body = json!({
            "title": title, "contact_id": client, "status": "confirmed",
            "starts_at": format!("2030-05-01T{hour}:00:00Z"),
            "ends_at": format!("2030-05-01T{hour}:30:00Z"),
        });
        owner.post("/api/appointments", body).await.created();
    }
    for (title, due) in [("Declaración", json!("2020-01-31")), ("Nómina", Value::Null)] {
        let items = json!([{ "name": "W-2" }, { "name": "Banco" }]);
        let body = json!({ "title": title, "due_on": due, "contact_id": ana, "items": items });
        owner.post("/api/document-requests", body).await.created();
    }
    for (year, joint) in [(2023, Some(beto)), (2024, None)] {
        let body = json!({
            "contact_id": ana, "joint_contact_id": joint, "type": "form_1040", "tax_year": year,
            "due_on": "2030-04-15", "status": "in_review",
        });
        owner.post("/api/cases", body).await.created();
    }
    (ana, folder)
}

async fn each_list_is_exported_in_its_order_and_words(app: TestApp) {
    let owner = app.owner().await;
    let (ana, _) = office(&owner).await;
    for (list, field, orders) in LISTS {
        let queries = orders.iter().map(|order| format!("ordering={order}"));
        let queries = queries.chain([String::new()]);
        let of_ana = (list != "corporations").then(|| format!("contact_id={ana}"));
        for query in queries.chain(of_ana) {
            let shown = column(&owner.get(&format!("/api/{list}?{query}")).await.ok(), field);
            let told = first_column(&owner, &format!("/api/exports/{list}?{query}")).await;
            assert_eq!(json!(told), json!(shown), "{list}?{query}");
            assert!(!told.is_empty());
        }
        let other = app.owner().await;
        assert_eq!(rows(&other, &format!("/api/exports/{list}")).await.len(), 1);
    }
    for (path, headings, row) in [
        (
            "cases?ordering=tax_year",
            ["Caso", "Cliente", "Estado", "Fecha límite"],
            ["1040 · 2023", "Ana García + Beto Peña", "En revisión", "2030-04-15"],
        ),
        (
            "tasks?columns=title,client,due_at,priority",
            ["Tarea", "Cliente", "Fecha y hora", "Prioridad"],
            ["Llamar", "Ana García", "2030-05-01 10:00", "Alta"],
        ),
        (
            "appointments?columns=title,starts_at,client,status",
            ["Asunto", "Comienzo", "Cliente", "Estado"],
            ["Entrega", "2030-05-01 08:00", "Beto Peña", "Confirmada"],
        ),
        (
            "documents?columns=name,client,folder,shared",
            ["Nombre", "Cliente", "Carpeta", "Compartido"],
            ["Banco.pdf", "Ana García", "Declaraciones", "No"],
        ),
        (
            "document-requests?columns=title,status,items,received&ordering=title",
            ["Título", "Estado", "Qué hace falta", "Documentos recibidos"],
            ["Declaración", "Atrasada", "W-2; Banco", "0"],
        ),
    ] {
        let all = rows(&owner, &format!("/api/exports/{path}")).await;
        assert_eq!(
            (&all[0][..4], &all[1][..4]),
            (&headings.map(String::from)[..], &row.map(String::from)[..]),
            "{path}"
        );
    }
}

async fn documents_of_other_departments_are_not_exported(app: TestApp) {
    let owner = app.owner().await;
    let (ana, _) = office(&owner).await;
    let payroll = owner.department("Nómina", "NOM").await;
    let body = json!({ "name": "Sueldos", "contact_id": ana, "department_id": payroll });
    let folder = id(&owner.post("/api/folders", body).await.created());
    let secret = owner.document(folder, "sueldos.pdf").await;
    let all = ["Banco.pdf", "sueldos.pdf", "w2.pdf"];
    assert_eq!(first_column(&owner, "/api/exports/documents").await, all);
    let user = app.add_user().await;
    app.join(owner.tenant, &user, Role::Member).await;
    let member = app.session(&user, owner.tenant).await;
    for query in ["", &format!("ids={secret}"), &format!("folder_id={folder}")] {
        let path = format!("/api/exports/documents?{query}");
        let seen = first_column(&member, &path).await;
        assert!(!seen.iter().any(|name| name == "sueldos.pdf"), "{query}: {seen:?}");
    }
    app.change_membership(user.id, owner.tenant, |row| row.department_id = Some(payroll)).await;
    let member = app.session(&user, owner.tenant).await;
    assert_eq!(first_column(&member, "/api/exports/documents").await, all);
}
