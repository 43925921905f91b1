//! Words that mark contacts and corporations.

use crate::support::crm::{column, people};
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    a_tag_has_a_name_and_a_color,
    names_are_unique_whatever_case_and_accents,
    what_breaks_a_rule_is_named,
    contacts_and_corporations_carry_tags,
    tags_that_are_not_there_are_refused,
    a_renamed_tag_is_renamed_everywhere,
    a_deleted_tag_is_taken_off_everything,
    lists_are_filtered_by_tags,
    the_filter_holds_for_many_and_for_few,
    the_filter_and_a_search_go_together,
    an_older_version_is_refused,
    unknown_and_foreign_tags_are_not_found,
    only_who_changes_contacts_changes_tags,
    deleting_a_record_takes_its_tags_along,
    what_happened_is_in_the_log,
}

async fn tag(owner: &Member, name: &str) -> Uuid {
    id(&owner.post("/api/tags", json!({ "name": name })).await.created())
}

fn names(record: &Value) -> Vec<&str> {
    record["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect()
}

async fn a_tag_has_a_name_and_a_color(app: TestApp) {
    let owner = app.owner().await;
    let body = json!({ "name": "  VIP  de siempre ", "color": "violet" });
    let reply = owner.post("/api/tags", body).await.expect(201);
    let tag = reply.json();
    assert_eq!(reply.header("location"), format!("/api/tags/{}", id(&tag)));
    let expected = json!({
        "id": tag["id"], "name": "VIP  de siempre", "color": "violet", "contact_count": 0,
        "corporation_count": 0, "created_at": tag["created_at"], "updated_at": tag["created_at"],
    });
    assert_eq!(tag, expected);
    let read = owner.get(reply.header("location")).await.expect(200);
    assert_eq!((read.header("etag"), read.json()), ("\"v1\"", tag));
    let plain = owner.post("/api/tags", json!({ "name": "Ágil" })).await.created();
    assert_eq!(plain["color"], "grey");
    let list = owner.get("/api/tags").await.ok();
    assert_eq!(column(&list, "name"), ["Ágil", "VIP  de siempre"]);
    let found = owner.get("/api/tags?search=agil&page_size=1").await.ok();
    assert_eq!((column(&found, "name"), &found["total"]), (vec![json!("Ágil")], &json!(1)));
    owner.get("/api/tags?ordering=color").await.problem(400, "invalid_query");
}

async fn names_are_unique_whatever_case_and_accents(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    tag(&owner, "Año nuevo").await;
    tag(&other, "Año nuevo").await;
    let second = format!("/api/tags/{}", tag(&owner, "Otra").await);
    for name in ["AÑO NUEVO", "ano nuevo", " Año   nuevo"] {
        let made = owner.post("/api/tags", json!({ "name": name })).await;
        made.field(409, "duplicate", "name", "taken");
        let renamed = owner.patch(&second, json!({ "name": name })).await;
        renamed.field(409, "duplicate", "name", "taken");
    }
    owner.patch(&second, json!({ "name": "OTRA" })).await.ok();
}

async fn what_breaks_a_rule_is_named(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/tags/{}", tag(&owner, "VIP").await);
    let counts = app.counts().await;
    for (field, value, why) in [
        ("name", json!(" "), "required"),
        ("name", json!("x".repeat(51)), "too_long"),
        ("name", json!("a\u{7}"), "control_characters"),
        ("color", json!("mauve"), "unknown_value"),
        ("icon", json!("star"), "unknown_field"),
    ] {
        let mut body = json!({ "name": "Nueva" });
        body[field] = value.clone();
        owner.post("/api/tags", body).await.invalid(field, why);
        owner.patch(&path, json!({ field: value })).await.invalid(field, why);
    }
    owner.patch(&path, json!({ "name": null })).await.invalid("name", "required");
    let many: Vec<_> = (0..51).map(|_| Uuid::now_v7()).collect();
    let body = json!({ "first_name": "Ana", "last_name": "Ruiz", "tag_ids": many });
    owner.post("/api/contacts", body).await.invalid("tag_ids", "too_many");
    assert_eq!(app.counts().await, counts);
}

async fn contacts_and_corporations_carry_tags(app: TestApp) {
    let owner = app.owner().await;
    let (vip, late) = (tag(&owner, "VIP").await, tag(&owner, "Debe papeles").await);
    let ana = owner.contact("Ana Ruiz", json!({ "tag_ids": [vip, late, vip] })).await;
    assert_eq!(names(&ana), ["Debe papeles", "VIP"]);
    assert_eq!(ana["tags"][1], json!({ "id": vip, "name": "VIP", "color": "grey" }));
    let body = json!({ "name": "ABC", "tag_ids": [late] });
    let abc = owner.post("/api/corporations", body).await.created();
    assert_eq!(names(&abc), ["Debe papeles"]);
    let list = owner.get("/api/contacts").await.ok();
    assert_eq!(list["items"][0]["tags"], ana["tags"]);
    let list = owner.get("/api/corporations").await.ok();
    assert_eq!(list["items"][0]["tags"], abc["tags"]);
    for (path, record) in [
        (format!("/api/contacts/{}", id(&ana)), &ana),
        (format!("/api/corporations/{}", id(&abc)), &abc),
    ] {
        assert_eq!(&owner.get(&path).await.ok(), record);
        let kept = owner.patch(&path, json!({ "notes": "x" })).await.expect(200);
        assert_eq!(kept.json()["tags"], record["tags"], "left out, they stay");
        let same = owner
            .patch(
                &path,
                json!({ "tag_ids": record["tags"].as_array().unwrap()
            .iter().map(|tag| tag["id"].clone()).collect::<Vec<_>>() }),
            )
            .await
            .expect(200);
        assert_eq!(same.header("etag"), kept.header("etag"), "nothing changed");
        let changed = owner.patch(&path, json!({ "tag_ids": [vip] })).await.expect(200);
        assert_eq!((names(&changed.json()), changed.header("etag")), (vec!["VIP"], "\"v3\""));
        let bare = owner.patch(&path, json!({ "tag_ids": [] })).await.ok();
        assert_eq!(bare["tags"], json!([]));
        owner.patch(&path, json!({ "tag_ids": null })).await.invalid("tag_ids", "wrong_type");
    }
}

async fn tags_that_are_not_there_are_refused(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let (own, foreign) = (tag(&owner, "VIP").await, tag(&other, "VIP").await);
    let ana = owner.contact_path("Ana Ruiz").await;
    let abc = format!("/api/corporations/{}", owner.corporation("ABC").await);
    let counts = app.counts().await;
    for unknown in [foreign, Uuid::now_v7()] {
        let ids = json!([own, unknown]);
        let body = json!({ "first_name": "Eva", "last_name": "Mora", "tag_ids": ids });
        owner.post("/api/contacts", body).await.invalid("tag_ids", "unknown_reference");
        let body = json!({ "name": "XYZ", "tag_ids": ids });
        owner.post("/api/corporations", body).await.invalid("tag_ids", "unknown_reference");
        for path in [&ana, &abc] {
            let refused = owner.patch(path, json!({ "tag_ids": ids })).await;
            refused.invalid("tag_ids", "unknown_reference");
        }
    }
    assert_eq!(app.counts().await, counts);
}

async fn a_renamed_tag_is_renamed_everywhere(app: TestApp) {
    let owner = app.owner().await;
    let vip = tag(&owner, "VIP").await;
    let ana = owner.contact("Ana Ruiz", json!({ "tag_ids": [vip] })).await;
    let path = format!("/api/tags/{vip}");
    let renamed = owner.patch(&path, json!({ "name": "Especial", "color": "red" })).await.ok();
    assert_eq!((&renamed["name"], &renamed["contact_count"]), (&json!("Especial"), &json!(1)));
    let ana = owner.get(&format!("/api/contacts/{}", id(&ana))).await.ok();
    assert_eq!(ana["tags"], json!([{ "id": vip, "name": "Especial", "color": "red" }]));
    let version = owner.get(&path).await.header("etag").to_owned();
    let same = owner.patch(&path, json!({ "color": "red" })).await.expect(200);
    assert_eq!(same.header("etag"), version, "nothing changed");
}

async fn a_deleted_tag_is_taken_off_everything(app: TestApp) {
    let owner = app.owner().await;
    let (vip, late) = (tag(&owner, "VIP").await, tag(&owner, "Debe papeles").await);
    let ana = owner.contact("Ana Ruiz", json!({ "tag_ids": [vip, late] })).await;
    let abc = json!({ "name": "ABC", "tag_ids": [vip] });
    let abc = owner.post("/api/corporations", abc).await.created();
    let path = format!("/api/tags/{vip}");
    let counted = owner.get(&path).await.ok();
    assert_eq!((&counted["contact_count"], &counted["corporation_count"]), (&json!(1), &json!(1)));
    owner.delete(&path).await.no_content();
    owner.get(&path).await.problem(404, "not_found");
    let ana = owner.get(&format!("/api/contacts/{}", id(&ana))).await.expect(200);
    assert_eq!((names(&ana.json()), ana.header("etag")), (vec!["Debe papeles"], "\"v1\""));
    let abc = owner.get(&format!("/api/corporations/{}", id(&abc))).await.ok();
    assert_eq!(abc["tags"], json!([]));
    assert_eq!(column(&owner.get("/api/tags").await.ok(), "contact_count"), [1]);
}

async fn found(owner: &Member, path: &str, query: &[(&str, String)]) -> Vec<Value> {
    let query: Vec<_> = query.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let list = owner.list(path, &query).await.ok();
    let names = if path == "/api/contacts" {
        people(&list).into_iter().map(Value::from).collect()
    } else {
        column(&list, "name")
    };
    assert_eq!(list["total"], names.len());
    names
}

async fn lists_are_filtered_by_tags(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let (vip, late) = (tag(&owner, "VIP").await, tag(&owner, "Debe papeles").await);
    let foreign = tag(&other, "VIP").await;
    owner.contact("Ana Ambas", json!({ "tag_ids": [vip, late] })).await;
    owner.contact("Beto Vip", json!({ "tag_ids": [vip], "status": "inactive" })).await;
    owner.contact("Caro Nada", Value::Null).await;
    let by = async |value: String| found(&owner, "/api/contacts", &[("tag", value)]).await;
    assert_eq!(by(vip.to_string()).await, ["Ana Ambas", "Beto Vip"]);
    assert_eq!(by(late.to_string()).await, ["Ana Ambas"]);
    assert_eq!(by(format!("{vip},{late}")).await, ["Ana Ambas"], "all of them");
    assert_eq!(by(foreign.to_string()).await, [""; 0]);
    let inactive = [("tag", vip.to_string()), ("status", "inactive".to_owned())];
    assert_eq!(found(&owner, "/api/contacts", &inactive).await, ["Beto Vip"]);
    for (name, tags) in [("ABC", vec![vip]), ("XYZ", vec![vip, late]), ("Solo", vec![])] {
        let body = json!({ "name": name, "tag_ids": tags });
        owner.post("/api/corporations", body).await.created();
    }
    let by = async |value: String| found(&owner, "/api/corporations", &[("tag", value)]).await;
    assert_eq!(by(vip.to_string()).await, ["ABC", "XYZ"]);
    assert_eq!(by(format!("{late},{vip}")).await, ["XYZ"]);
    for wrong in ["tag=vip", "tag=", "tag=1,2"] {
        for path in ["/api/contacts", "/api/corporations"] {
            owner.get(&format!("{path}?{wrong}")).await.problem(400, "invalid_query");
        }
    }
}

/// Contacts with a tag, straight into the tables: more than are fetched at once.
async fn many(app: &TestApp, owner: &Member, vip: Uuid) {
    let rows = (0..1100).map(|number| (Uuid::now_v7(), format!("persona {number:04}")));
    let tenant = literal(app, owner.tenant);
    let (mut contacts, mut tags) = (Vec::new(), Vec::new());
    for (contact, name) in rows {
        let contact = literal(app, contact);
        contacts.push(format!(
            "({contact}, {tenant}, 'Persona', '{name}', '{name}', '{name}', '', 'active', '{{}}', 1, \
             '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')"
        ));
        tags.push(format!("({tenant}, {contact}, {})", literal(app, vip)));
    }
    app.execute(&format!(
        "INSERT INTO contacts (id, tenant_id, first_name, last_name, sort_name, search_text, \
         email_key, status, address, version, created_at, updated_at) VALUES {}",
        contacts.join(",")
    ))
    .await;
    app.execute(&format!("INSERT INTO contact_tags VALUES {}", tags.join(","))).await;
}

fn literal(app: &TestApp, id: Uuid) -> String {
    match app.db.get_database_backend() {
        sea_orm::DbBackend::Sqlite => format!("x'{}'", id.simple()),
        _ => format!("'{id}'"),
    }
}

async fn the_filter_holds_for_many_and_for_few(app: TestApp) {
    let owner = app.owner().await;
    let (vip, rare) = (tag(&owner, "VIP").await, tag(&owner, "Rara").await);
    many(&app, &owner, vip).await;
    owner.contact("Ana Última", json!({ "tag_ids": [vip, rare] })).await;
    owner.contact("Beto Sin", Value::Null).await;
    let first = owner.get(&format!("/api/contacts?tag={vip}&page_size=2")).await.ok();
    assert_eq!(people(&first), ["Ana Última", "Persona persona 0000"]);
    assert_eq!((&first["total"], &first["total_is_exact"]), (&json!(1101), &json!(true)));
    let cursor = first["next_cursor"].as_str().unwrap();
    let next = format!("/api/contacts?tag={vip}&page_size=2&cursor={cursor}");
    let next = people(&owner.get(&next).await.ok());
    assert_eq!(next, ["Persona persona 0001", "Persona persona 0002"]);
    let last = format!("/api/contacts?tag={vip}&ordering=-name&page_size=1&page=1101");
    assert_eq!(people(&owner.get(&last).await.ok()), ["Ana Última"]);
    let both = owner.get(&format!("/api/contacts?tag={vip},{rare}")).await.ok();
    assert_eq!((people(&both), &both["total"]), (vec!["Ana Última".to_owned()], &json!(1)));
    assert_eq!(owner.get(&format!("/api/tags/{vip}")).await.ok()["contact_count"], 1101);
}

async fn the_filter_and_a_search_go_together(app: TestApp) {
    let owner = app.owner().await;
    let vip = tag(&owner, "VIP").await;
    many(&app, &owner, vip).await;
    owner.contact("Persona Suelta", Value::Null).await;
    let search = async |word: &str| {
        let query = [("tag", vip.to_string()), ("search", word.to_owned())];
        found(&owner, "/api/contacts", &query).await
    };
    assert_eq!(search("persona 0007").await, ["Persona persona 0007"], "few by the index");
    assert_eq!(search("0099").await, ["Persona persona 0099"], "digits");
    assert_eq!(search("suelta").await, [""; 0]);
    let list = owner.get(&format!("/api/contacts?tag={vip}&search=persona&page_size=1")).await.ok();
    assert_eq!(list["total"], 1100, "many by the walk");
    let list = owner.get(&format!("/api/contacts?tag={vip}&search=pe&page_size=1")).await.ok();
    assert_eq!(list["total"], 1100, "too short for the index");
}

async fn an_older_version_is_refused(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/tags/{}", tag(&owner, "VIP").await);
    let first = owner.with("If-Match", "\"v1\"");
    first.patch(&path, json!({ "color": "red" })).await.ok();
    first.patch(&path, json!({ "color": "blue" })).await.problem(412, "precondition_failed");
    first.delete(&path).await.problem(412, "precondition_failed");
    owner.with("If-Match", "\"v2\"").delete(&path).await.no_content();
}

async fn unknown_and_foreign_tags_are_not_found(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    for id in [tag(&other, "VIP").await, Uuid::now_v7()] {
        let path = format!("/api/tags/{id}");
        owner.get(&path).await.problem(404, "not_found");
        owner.patch(&path, json!({ "color": "red" })).await.problem(404, "not_found");
        owner.delete(&path).await.problem(404, "not_found");
    }
    assert_eq!(owner.get("/api/tags").await.ok()["total"], 0);
}

async fn only_who_changes_contacts_changes_tags(app: TestApp) {
    let owner = app.owner().await;
    let vip = tag(&owner, "VIP").await;
    let viewer = app.member(owner.tenant, Role::Viewer).await;
    let member = app.member(owner.tenant, Role::Member).await;
    assert_eq!(column(&viewer.get("/api/tags").await.ok(), "name"), ["VIP"]);
    let path = format!("/api/tags/{vip}");
    let refused = viewer.patch(&path, json!({ "color": "red" })).await;
    let problem = refused.problem(403, "permission_required");
    assert_eq!(problem["required_permission"], "contacts.change");
    viewer.delete(&path).await.problem(403, "permission_required");
    member.post("/api/tags", json!({ "name": "Nueva" })).await.created();
    member.delete(&path).await.no_content();
}

async fn deleting_a_record_takes_its_tags_along(app: TestApp) {
    let owner = app.owner().await;
    let vip = tag(&owner, "VIP").await;
    let ana = owner.contact("Ana Ruiz", json!({ "tag_ids": [vip] })).await;
    let abc = json!({ "name": "ABC", "tag_ids": [vip] });
    let abc = owner.post("/api/corporations", abc).await.created();
    owner.delete(&format!("/api/contacts/{}", id(&ana))).await.no_content();
    owner.delete(&format!("/api/corporations/{}", id(&abc))).await.no_content();
    let tag = owner.get(&format!("/api/tags/{vip}")).await.ok();
    assert_eq!((&tag["contact_count"], &tag["corporation_count"]), (&json!(0), &json!(0)));
}

async fn what_happened_is_in_the_log(app: TestApp) {
    let owner = app.owner().await;
    let vip = tag(&owner, "VIP").await;
    let ana = owner.contact_path("Ana Ruiz").await;
    owner.patch(&ana, json!({ "tag_ids": [vip] })).await.ok();
    owner.patch(&format!("/api/tags/{vip}"), json!({ "name": "Especial" })).await.ok();
    owner.delete(&format!("/api/tags/{vip}")).await.no_content();
    let log = app.audit(owner.tenant).await;
    let entry = |action: &str| log.iter().rfind(|entry| entry.action == action).unwrap();
    assert_eq!(entry("tag.create").changes["name"]["after"], "VIP");
    let tagged = &entry("contact.update").changes["tags"];
    assert_eq!((&tagged["before"], &tagged["after"][0]["name"]), (&json!([]), &json!("VIP")));
    let renamed = &entry("tag.update").changes["name"];
    assert_eq!((&renamed["before"], &renamed["after"]), (&json!("VIP"), &json!("Especial")));
    assert_eq!(entry("tag.delete").changes["contact_count"]["before"], 1);
}
