//! Why somebody may do something with a record: what is answered is what their requests get.

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    the_answer_is_what_requests_get,
    it_is_told_what_decides,
    who_cannot_enter_may_do_nothing,
    only_who_changes_the_team_may_ask,
}

/// What somebody may do, as it is answered.
async fn access(asker: &Member, person: Uuid, (kind, record): (&str, Uuid)) -> Value {
    let record = record.to_string();
    let query = [("record_type", kind), ("record_id", record.as_str())];
    asker.list(&format!("/api/team/{person}/access"), &query).await.ok()
}

fn reasons(access: &Value, act: &str) -> Vec<String> {
    let acts = access["acts"].as_array().unwrap();
    let found = acts.iter().find(|it| it["act"] == act).unwrap();
    let reasons = found["reasons"].as_array().unwrap().iter();
    reasons.map(|it| it["why"].as_str().unwrap().to_owned()).collect()
}

fn allowed(access: &Value, act: &str) -> bool {
    let acts = access["acts"].as_array().unwrap();
    acts.iter().find(|it| it["act"] == act).unwrap()["allowed"].as_bool().unwrap()
}

/// A record of each kind: its name, its id and its path.
async fn records(
    app: &TestApp,
    owner: &Member,
    with: &Member,
) -> Vec<(&'static str, Uuid, String)> {
    let (ours, theirs) =
        (owner.department("Impuestos", "IMP").await, owner.department("Nómina", "NOM").await);
    app.change_membership(with.user, owner.tenant, |row| row.department_id = Some(ours)).await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let company = owner.corporation("ABC Corp").await;
    let case = id(&owner.case_of(ana, Value::Null).await);
    let tag = id(&owner.post("/api/tags", json!({ "name": "VIP" })).await.created());
    let task = id(&owner.task(json!({ "title": "Llamar" })).await);
    let appointment = id(&owner.appointment(json!({})).await);
    let mut all = vec![
        ("contact", ana, "contacts"),
        ("corporation", company, "corporations"),
        ("case", case, "cases"),
        ("tag", tag, "tags"),
        ("task", task, "tasks"),
        ("appointment", appointment, "appointments"),
        ("department", ours, "departments"),
    ];
    for (name, unit) in [("Uno", Some(ours)), ("Dos", Some(theirs)), ("Tres", None)] {
        let body = json!({ "name": name, "contact_id": ana, "department_id": unit });
        let folder = id(&owner.post("/api/folders", body).await.created());
        all.push(("folder", folder, "folders"));
        all.push(("document", owner.document(folder, &format!("{name}.pdf")).await, "documents"));
    }
    for (author, about) in [(owner, Value::Null), (owner, json!(case)), (with, json!(case))] {
        let body = json!({ "text": "Nota", "case_id": about });
        all.push(("note", id(&author.post("/api/notes", body).await.created()), "notes"));
    }
    let client = json!({ "subject": "x", "kind": "client", "contact_id": ana,
        "message": { "body": "Hola" } });
    let client = id(&owner.post("/api/threads", client).await.created());
    for thread in [client, owner.thread("y", &[with]).await, owner.thread("z", &[]).await] {
        all.push(("thread", thread, "threads"));
    }
    let request = json!({ "title": "Papeles", "contact_id": ana, "items": [{ "name": "W-2" }] });
    let request = id(&owner.post("/api/document-requests", request).await.created());
    all.push(("document_request", request, "document-requests"));
    let path = |collection: &str, id: Uuid| format!("/api/{collection}/{id}");
    all.into_iter().map(|(kind, id, of)| (kind, id, path(of, id))).collect()
}

/// Whether a request got past permission and sight: the version that it names is none.
async fn gets_through(member: &Member, act: &str, path: &str) -> bool {
    let member = member.with("If-Match", "\"v999\"");
    let (reply, yes) = match act {
        "view" => (member.get(path).await, 200),
        "change" => (member.patch(path, json!({})).await, 412),
        _ => (member.delete(path).await, 412),
    };
    let status = reply.status;
    assert!([yes, 403, 404].contains(&status), "{act} {path}: {status}");
    status == yes
}

async fn the_answer_is_what_requests_get(app: TestApp) {
    let owner = app.owner().await;
    let eva = app.member(owner.tenant, Role::Member).await;
    let records = records(&app, &owner, &eva).await;
    let narrow = json!({ "name": "Estrecho", "permissions": ["notes.view", "notes.add",
        "messages.view", "documents.view", "documents.change"] });
    let narrow = id(&owner.post("/api/roles", narrow).await.created());
    for (role, own, extra) in [
        ("member", None, json!([])),
        ("viewer", None, json!(["documents.view_all_departments", "tasks.delete"])),
        ("own", Some(narrow), json!([])),
        ("admin", None, json!([])),
    ] {
        app.change_membership(eva.user, owner.tenant, |row| {
            role.clone_into(&mut row.role);
            row.role_id = own;
            row.extra_permissions = extra;
        })
        .await;
        for (kind, id, path) in &records {
            // What the asker does not see is not there for them either.
            if owner.get(path).await.status == 404 {
                continue;
            }
            let answer = access(&owner, eva.user, (kind, *id)).await;
            for act in ["view", "change", "delete"] {
                let gets = gets_through(&eva, act, path).await;
                assert_eq!(allowed(&answer, act), gets, "{role}: {act} {path} {answer}");
                assert!(!reasons(&answer, act).is_empty(), "{role}: {act} {path}");
            }
        }
    }
}

async fn it_is_told_what_decides(app: TestApp) {
    let owner = app.owner().await;
    let eva = app.member(owner.tenant, Role::Member).await;
    let records = records(&app, &owner, &eva).await;
    let of = |kind: &str| {
        let found = records.iter().filter(move |it| it.0 == kind);
        found.map(|(kind, id, _)| (*kind, *id)).collect::<Vec<_>>()
    };
    let told = async |record, act| reasons(&access(&owner, eva.user, record).await, act);
    let contact = of("contact")[0];
    assert_eq!(told(contact, "view").await, ["role"]);
    assert_eq!(told(contact, "delete").await, ["missing"]);
    assert_eq!(told(contact, "reveal").await, ["missing"]);
    let folders = of("folder");
    assert_eq!(told(folders[0], "view").await, ["role", "own_department"]);
    assert_eq!(told(folders[1], "view").await, ["other_department", "missing"]);
    assert_eq!(told(folders[2], "view").await, ["role", "no_department"]);
    let other = access(&owner, eva.user, of("document")[1]).await;
    assert_eq!(other["acts"][0]["reasons"][0]["department"], "Nómina");
    assert_eq!(other["role"]["name"], "Miembro");
    let notes = of("note");
    assert_eq!(told(notes[1], "change").await, ["role", "role"]);
    assert_eq!(told(notes[2], "delete").await, ["role", "author"]);
    let threads = of("thread");
    assert_eq!(told(threads[0], "view").await, ["role", "of_client"]);
    assert_eq!(told(threads[1], "view").await, ["role", "takes_part"]);
    assert_eq!(told(threads[2], "view").await, ["no_part"]);
    app.change_membership(eva.user, owner.tenant, |row| {
        row.extra_permissions = json!(["pii.reveal", "documents.view_all_departments"]);
    })
    .await;
    assert_eq!(told(contact, "reveal").await, ["role", "extra"]);
    assert_eq!(told(folders[1], "view").await, ["role", "all_departments", "extra"]);
}

async fn who_cannot_enter_may_do_nothing(app: TestApp) {
    let owner = app.owner().await;
    let eva = app.member(owner.tenant, Role::Admin).await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    owner.post(&format!("/api/team/{}/deactivate", eva.user), json!({})).await.ok();
    let answer = access(&owner, eva.user, ("contact", ana)).await;
    for act in ["view", "change", "delete", "reveal"] {
        assert!(!allowed(&answer, act), "{act}");
        assert_eq!(reasons(&answer, act), ["inactive"]);
    }
}

async fn only_who_changes_the_team_may_ask(app: TestApp) {
    let (owner, stranger) = (app.owner().await, app.owner().await);
    let manager = app.member(owner.tenant, Role::Manager).await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let path = |person: Uuid, record: Uuid| {
        format!("/api/team/{person}/access?record_type=contact&record_id={record}")
    };
    let refused = manager.get(&path(owner.user, ana)).await.problem(403, "permission_required");
    assert_eq!(refused["required_permission"], "team.change");
    stranger.get(&path(stranger.user, ana)).await.problem(404, "not_found");
    owner.get(&path(stranger.user, ana)).await.problem(404, "not_found");
    owner.get(&path(owner.user, Uuid::now_v7())).await.problem(404, "not_found");
    // A sticky note and a thread of others is nobody else's, whoever asks.
    let note = id(&manager.post("/api/notes", json!({ "text": "Mía" })).await.created());
    let query = format!("/api/team/{}/access?record_type=note&record_id={note}", manager.user);
    owner.get(&query).await.problem(404, "not_found");
}
