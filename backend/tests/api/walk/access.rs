//! Who reaches which operation.

use super::document::Document;
use super::operation::Operation;
use super::world::{MARK, World};
use crate::support::fixtures::id;
use crate::support::tokens::bad_tokens;
use crate::support::{Reply, TestApp, json};
use ebenezer_shared::permission::{Permission, Role};
use std::collections::BTreeSet;

db_tests! {
    each_operation_says_who_may_call_it,
    public_operations_are_these_and_no_others,
    public_operations_answer_strangers,
    without_a_good_token_there_is_no_access,
    each_role_may_do_what_its_permissions_say,
    another_firms_token_reaches_nothing,
    naming_another_firm_opens_nothing,
    another_departments_documents_are_not_there,
    without_the_second_factor_that_a_firm_asks_for_there_is_only_ones_account,
}

/// Each is public on purpose. Whoever adds one says here that they mean it.
const PUBLIC: [&str; 12] = [
    "GET /api/calendar-feed/{token}",
    "GET /api/downloads/{token}",
    "GET /api/products",
    "POST /api/auth/email/confirm",
    "POST /api/auth/invitations/accept",
    "POST /api/auth/invitations/look",
    "POST /api/auth/login",
    "POST /api/auth/logout",
    "POST /api/auth/password/forgot",
    "POST /api/auth/password/reset",
    "POST /api/auth/refresh",
    "POST /api/auth/register",
];

/// One's own is done with what the operation says; to do it to what somebody else made, as the
/// walk does, takes this as well.
const SOMEBODY_ELSES: [(&str, &str); 2] =
    [("DELETE /api/notes/{id}", "notes.delete"), ("PATCH /api/notes/{id}", "notes.change")];

/// The first permission that the role lacks for the operation.
fn lacks(role: Role, operation: &Operation) -> Option<String> {
    let name = operation.name();
    let further = SOMEBODY_ELSES.iter().find(|(of, _)| *of == name).map(|(_, needed)| *needed);
    let all = role.permissions();
    let mut needed = operation.permission().into_iter().chain(further);
    needed.find(|name| !all.contains(name.parse().unwrap())).map(str::to_owned)
}

async fn each_operation_says_who_may_call_it(app: TestApp) {
    for operation in Document::of(&app).await.operations() {
        let name = operation.name();
        let audience = operation.audience();
        assert!(!audience.is_empty(), "{name} serves nobody");
        for one in &audience {
            assert!(["staff", "portal", "api_key", "public"].contains(one), "{name}: {one}");
        }
        assert!(
            !audience.contains(&"public") || audience.len() == 1,
            "{name} is public and is not"
        );
        if let Some(permission) = operation.permission() {
            let known = permission.parse::<Permission>().is_ok();
            assert!(
                known || operation.is_for_the_platform(),
                "{name}: there is no permission {permission}"
            );
        }
        let has_security = operation.specification.get("security").is_some();
        assert_eq!(has_security, !operation.is_public(), "{name}");
    }
}

async fn public_operations_are_these_and_no_others(app: TestApp) {
    let operations = Document::of(&app).await.operations();
    let mut public: Vec<_> =
        operations.iter().filter(|operation| operation.is_public()).map(Operation::name).collect();
    public.sort();
    assert_eq!(public, PUBLIC);
}

async fn public_operations_answer_strangers(app: TestApp) {
    let document = Document::of(&app).await;
    for operation in document.operations().iter().filter(|operation| operation.is_public()) {
        let body = operation.body(&document, &super::sample::Ids::default());
        let reply = operation.send(&app.client, &operation.path_with(None), body).await;
        if reply.status == 401 {
            // Login and refresh know nobody of that name.
            let code = reply.any_problem()["code"].clone();
            assert!(code != "authentication_required", "{}", operation.name());
        }
    }
}

async fn without_a_good_token_there_is_no_access(app: TestApp) {
    let document = Document::of(&app).await;
    let world = World::marked(&app).await;
    let mut strangers = vec![("none", app.client.clone())];
    for (what, token) in bad_tokens(&app, &world.owner) {
        strangers.push((what, app.client.bearer(&token)));
    }
    let before = world.snapshot().await;
    for operation in document.operations().iter().filter(|operation| !operation.is_public()) {
        let path = operation.path_with(world.fresh(&operation.path).await);
        let body = operation.body(&document, &world.ids());
        let counts = app.counts().await;
        for (what, client) in &strangers {
            for body in [body.clone(), Some(json!({ "no_such_field": 1 }))] {
                let reply = operation.send(client, &path, body).await;
                assert_eq!(reply.status, 401, "{} with a token {what}", operation.name());
                assert_eq!(reply.header("www-authenticate"), "Bearer");
                reply.problem(401, "authentication_required");
            }
        }
        assert_eq!(app.counts().await, counts, "{}", operation.name());
    }
    let after = world.snapshot().await;
    assert_eq!(before.last(), after.last());
}

/// What the walk, or a role that has the permission, cannot ask for rightly: the code of what is
/// answered, and why.
const REFUSED: [(&str, &str, &str); 9] = [
    (
        "POST /api/bulk/{id}/undo",
        "permission_required",
        "it needs what doing it needed, which no operation can declare",
    ),
    ("GET /api/bulk/{id}", "not_found", "who may run none sees those of others as little"),
    ("PATCH /api/views/{id}", "permission_required", "a shared view of somebody else"),
    ("DELETE /api/views/{id}", "permission_required", "a shared view of somebody else"),
    ("DELETE /api/auth/sessions/{id}", "not_found", "a session of somebody else"),
    ("GET /api/jobs/{id}", "not_found", "a job of nobody's"),
    ("POST /api/jobs/{id}/cancel", "not_found", "a job of nobody's"),
    ("POST /api/auth/2fa/", "mfa_not_enabled", "who has no second factor"),
    ("POST /api/documents/{id}/restore", "state_conflict", "it is in no trash"),
];

async fn each_role_may_do_what_its_permissions_say(app: TestApp) {
    let document = Document::of(&app).await;
    let world = World::marked(&app).await;
    let (mut odd, mut met) = (BTreeSet::new(), BTreeSet::new());
    for role in Role::ALL {
        let user = app.add_user().await;
        app.join(world.owner.tenant, &user, *role).await;
        for operation in document.operations().iter().filter(|operation| !operation.is_public()) {
            let name = operation.name();
            let path = operation.path_with(world.fresh(&operation.path).await);
            let body = operation.body(&document, &world.ids_for(&operation.path).await);
            // An operation may end the session that it came in.
            let member = app.session(&user, world.owner.tenant).await;
            let counts = app.counts().await;
            let reply = operation.send(&member, &path, body).await;
            // No role of a firm is enough for what is the platform's.
            let lacks = if operation.is_for_the_platform() {
                operation.permission().map(str::to_owned)
            } else {
                lacks(*role, operation)
            };
            let may = !operation.is_for_the_platform() && lacks.is_none();
            if may {
                let expected = |(known, code, _): &&(&str, &str, &str)| {
                    name.starts_with(known) && reply.text.contains(code)
                };
                match REFUSED.iter().position(|one| expected(&one)) {
                    _ if reply.status < 300 => {}
                    Some(known) => {
                        met.insert(known);
                    }
                    None => {
                        odd.insert(format!("{name} as {}: {}", role.as_str(), reply.text));
                    }
                }
            } else {
                assert_eq!(reply.status, 403, "{name} as {}: {}", role.as_str(), reply.text);
                let problem = reply.problem(403, "permission_required");
                assert_eq!(problem["required_permission"].as_str(), lacks.as_deref(), "{name}");
                assert_eq!(app.counts().await, counts, "{name} as {}", role.as_str());
            }
        }
    }
    assert!(odd.is_empty(), "the walk's requests are refused: {odd:#?}");
    assert_eq!(met.len(), REFUSED.len(), "some are refused no longer: {met:?} of {REFUSED:#?}");
}

/// Nothing of the marked firm shows.
#[track_caller]
fn assert_unmarked(operation: &Operation, reply: &Reply) {
    assert!(!reply.text.contains(MARK), "{} shows {}", operation.name(), reply.text);
}

async fn another_firms_token_reaches_nothing(app: TestApp) {
    let document = Document::of(&app).await;
    let (world, other) = (World::marked(&app).await, World::unmarked(&app).await);
    let user = app.add_user().await;
    app.join(other.owner.tenant, &user, Role::Owner).await;
    let mut odd = BTreeSet::new();
    for operation in document.operations().iter().filter(|operation| !operation.is_public()) {
        let name = operation.name();
        if operation.is_for_the_platform() {
            continue;
        }
        let foreign = world.fresh(&operation.path).await;
        let ids = world.ids_for(&operation.path).await;
        let before = world.snapshot().await;
        let stranger = app.session(&user, other.owner.tenant).await;
        if operation.has_path_id() {
            // The body is the caller's own, so that the id alone can be what is refused.
            let body = operation.body(&document, &other.ids());
            let reply =
                operation.send(&stranger, &operation.path_with(foreign.clone()), body).await;
            assert_unmarked(operation, &reply);
            assert_eq!(reply.status, 404, "{name}: {}", reply.text);
            reply.problem(404, "not_found");
        }
        // Each of the others, where all else is the caller's own.
        let own = other.fresh(&operation.path).await;
        if let (Some(first), Some(second)) = (own.first(), foreign.get(1)) {
            let body = operation.body(&document, &other.ids());
            let path = operation.path_with([*first, *second]);
            let reply = operation.send(&stranger, &path, body).await;
            assert_unmarked(operation, &reply);
            if reply.status != 404 {
                odd.insert(format!("{name} with another's second id: {}", reply.text));
            }
        }
        operation.body(&document, &ids);
        for field in ids.used.take() {
            let mut mixed = other.ids_for(&operation.path).await;
            mixed.by_field.insert(field, ids.by_field[field]);
            let own = operation.path_with(other.fresh(&operation.path).await);
            let body = operation.body(&document, &mixed);
            let reply = operation.send(&stranger, &own, body).await;
            assert_unmarked(operation, &reply);
            let refused = [403, 404, 422].contains(&reply.status);
            if !refused {
                odd.insert(format!("{name} takes another firm's {field}: {}", reply.text));
            }
        }
        if !operation.has_path_id() {
            let body = operation.body(&document, &other.ids());
            let reply = operation.send(&stranger, &operation.path_with(None), body).await;
            assert_unmarked(operation, &reply);
        }
        for parameter in operation.id_parameters() {
            let id = ids.by_field.get(parameter).copied().unwrap_or_else(uuid::Uuid::now_v7);
            let path = format!("{}?{parameter}={id}", operation.path_with(None));
            let reply = operation.send(&stranger, &path, None).await;
            assert_unmarked(operation, &reply);
        }
        assert_eq!(world.snapshot().await, before, "{name} changed another firm");
    }
    assert!(odd.is_empty(), "another firm's ids are taken: {odd:#?}");
}

async fn naming_another_firm_opens_nothing(app: TestApp) {
    let document = Document::of(&app).await;
    let (world, other) = (World::marked(&app).await, World::unmarked(&app).await);
    let stranger = other.owner.with("X-Organization-ID", world.owner.tenant.to_string());
    let before = world.snapshot().await;
    for operation in document.operations().iter().filter(|operation| !operation.is_public()) {
        let known = match operation.collection() {
            "/api/corporations" => Some(world.corporation),
            "/api/departments" => Some(world.department),
            "/api/tags" => Some(world.tag),
            "/api/folders" => Some(world.folder),
            "/api/documents" => Some(world.document),
            _ => None,
        };
        let body = operation.body(&document, &world.ids());
        let reply = operation.send(&stranger, &operation.path_with(known), body).await;
        assert_unmarked(operation, &reply);
        reply.problem(403, "not_a_member");
    }
    assert_eq!(world.snapshot().await, before);
}

/// A word that stands in what one department alone may see.
const SECRET: &str = "Qqsecreto";

async fn another_departments_documents_are_not_there(app: TestApp) {
    let document = Document::of(&app).await;
    let world = World::marked(&app).await;
    let owner = &world.owner;
    let hidden = owner.department("Nómina", "NOM").await;
    let body = json!({
        "name": format!("Carpeta {SECRET}"), "contact_id": world.contact, "department_id": hidden,
    });
    let folder = id(&owner.post("/api/folders", body).await.created());
    let file = owner.document(folder, &format!("{SECRET}.pdf")).await;
    let body =
        json!({ "title": "Nómina", "contact_id": world.contact, "items": [{ "name": "x" }] });
    let request = owner.post("/api/document-requests", body).await.created();
    let item =
        format!("/api/document-requests/{}/items/{}", id(&request), id(&request["items"][0]));
    owner.patch(&item, json!({ "document_id": file })).await.ok();
    let all = Permission::all().map(|permission| permission.to_string());
    let most: Vec<String> = all
        .filter(|name| !["documents.view_all_departments", "audit.view"].contains(&name.as_str()))
        .collect();
    let role = json!({ "name": "Casi todo", "permissions": most });
    let role = id(&owner.post("/api/roles", role).await.created());
    let user = app.add_user().await;
    app.join(owner.tenant, &user, Role::Member).await;
    app.change_membership(user.id, owner.tenant, |row| {
        row.role_id = Some(role);
        row.department_id = Some(world.department);
    })
    .await;
    let mut ids = world.ids();
    ids.by_field.extend([("folder_id", folder), ("parent_id", folder), ("document_id", file)]);
    let (mut walked, before) = (0, owner.get(&format!("/api/documents/{file}")).await.ok());
    for operation in document.operations().iter().filter(|operation| !operation.is_public()) {
        let name = operation.name();
        if operation.is_for_the_platform() {
            continue;
        }
        let secret = match operation.collection() {
            "/api/folders" => Some(folder),
            "/api/documents" => Some(file),
            _ => None,
        };
        let known = match (secret, operation.collection()) {
            (Some(id), _) => vec![id],
            (None, "/api/contacts") if operation.method == "GET" => vec![world.contact],
            (None, "/api/document-requests") if operation.method == "GET" => vec![id(&request)],
            (None, _) => world.fresh(&operation.path).await,
        };
        let body = operation.body(&document, &ids);
        let member = app.session(&user, owner.tenant).await;
        let reply = operation.send(&member, &operation.path_with(known), body).await;
        assert!(!reply.text.contains(SECRET), "{name} shows {}", reply.text);
        if secret.is_some() && operation.has_path_id() {
            walked += 1;
            assert_eq!(reply.status, 404, "{name}: {}", reply.text);
        }
        for (parameter, id) in [("folder_id", folder), ("parent_id", folder)] {
            if operation.id_parameters().contains(&parameter) {
                let path = format!("{}?{parameter}={id}", operation.path_with(None));
                let reply = member.get(&path).await.expect(200);
                if operation.path.starts_with("/api/exports/") {
                    assert_eq!(reply.text.lines().count(), 1, "{name}: {}", reply.text);
                } else {
                    assert_eq!(reply.json()["total"], 0, "{name}");
                }
            }
        }
    }
    assert!(walked > 12, "{walked}");
    assert_eq!(owner.get(&format!("/api/documents/{file}")).await.ok(), before);
    app.change_membership(user.id, owner.tenant, |row| row.department_id = Some(hidden)).await;
    let member = app.session(&user, owner.tenant).await;
    let seen = member.get(&format!("/api/documents/{file}")).await.ok();
    assert_eq!(seen["name"], format!("{SECRET}.pdf"));
}

async fn without_the_second_factor_that_a_firm_asks_for_there_is_only_ones_account(app: TestApp) {
    let document = Document::of(&app).await;
    let world = World::marked(&app).await;
    app.enrol(&world.owner).await;
    let user = app.add_user().await;
    app.join(world.owner.tenant, &user, Role::Admin).await;
    world.owner.patch("/api/tenant", json!({ "require_2fa": true })).await.ok();
    for operation in document.operations() {
        if operation.is_public() || operation.is_for_the_platform() {
            continue;
        }
        let name = operation.name();
        // Those who look after their account end sessions on the way.
        let member = app.session(&user, world.owner.tenant).await;
        let body = operation.body(&document, &world.ids());
        let counts = app.counts().await;
        let reply = operation.send(&member, &operation.path_with(None), body).await;
        if operation.path.starts_with("/api/auth/") {
            assert_ne!(reply.status, 403, "{name}: {}", reply.text);
            continue;
        }
        assert_eq!(reply.status, 403, "{name}: {}", reply.text);
        reply.problem(403, "mfa_enrolment_required");
        assert_eq!(app.counts().await, counts, "{name}");
    }
}
