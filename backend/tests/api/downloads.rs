//! Files by a link: good once, for a minute, for whoever asked for it.

use crate::support::fixtures::id;
use crate::support::{Client, Member, PASSWORD, Reply, Setup, TestApp, Value, json};
use chrono::TimeDelta;
use ebenezer_shared::permission::Role;

db_tests! {
    a_link_answers_the_file_once_without_a_token,
    of_two_at_once_one_gets_the_file,
    a_link_is_good_for_a_minute,
    a_link_ends_with_the_session,
    a_link_opens_no_more_than_its_owner_may_still_see,
    a_link_stays_in_its_firm,
    a_link_speaks_the_language_in_which_it_was_asked_for,
    a_link_leads_to_files_alone,
    a_made_up_link_is_refused,
    who_may_not_have_the_file_gets_no_link,
    another_process_takes_the_link,
    a_download_counts_once,
    documents_come_by_links,
    links_are_kept_hashed_and_sealed,
    links_that_nobody_followed_are_forgotten,
}

const EXPORT: &str = "/api/audit-logs/export";

async fn ask(client: &Client, path: &str) -> Reply {
    client.post("/api/downloads", json!({ "path": path })).await
}

/// Where the file lies.
async fn link(member: &Member, path: &str) -> String {
    let reply = ask(member, path).await.expect(201);
    let (location, link) = (reply.header("location").to_owned(), reply.created());
    assert_eq!(link["path"], json!(location));
    location
}

async fn a_link_answers_the_file_once_without_a_token(app: TestApp) {
    let owner = app.owner().await;
    owner.contact("Ana Gil", json!({})).await;
    owner.department("Impuestos", "IMP").await;
    let path = format!("{EXPORT}?resource_type=contact");
    let link = link(&owner, &path).await;
    let file = app.client.get(&link).await.expect(200);
    assert_eq!(file.header("content-type"), "text/csv");
    assert_eq!(file.header("cache-control"), "no-store");
    assert!(file.header("content-disposition").starts_with("attachment; filename=\"auditoria-"));
    let lines: Vec<&str> = file.text.lines().collect();
    assert!(lines[0].starts_with("\u{feff}seq,at,actor_name,"), "{}", file.text);
    assert!(lines.len() == 2 && lines[1].contains(",contact.create,"), "{}", file.text);
    app.client.get(&link).await.problem(410, "link_expired");
    owner.get(&link).await.problem(410, "link_expired");
    // It was the owner who took the file away.
    let told = owner.get("/api/audit-logs?action=audit_log.export").await.ok();
    assert_eq!((&told["total"], &told["items"][0]["actor_id"]), (&json!(1), &json!(owner.user)));
}

async fn of_two_at_once_one_gets_the_file(app: TestApp) {
    let owner = app.owner().await;
    let link = link(&owner, EXPORT).await;
    let (a, b) = tokio::join!(app.client.get(&link), app.client.get(&link));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410]);
}

async fn a_link_is_good_for_a_minute(app: TestApp) {
    let owner = app.owner().await;
    let (good, late) = (link(&owner, EXPORT).await, link(&owner, EXPORT).await);
    app.advance(TimeDelta::seconds(59));
    app.client.get(&good).await.expect(200);
    app.advance(TimeDelta::seconds(1));
    app.client.get(&late).await.problem(410, "link_expired");
}

async fn a_link_ends_with_the_session(app: TestApp) {
    let owner = app.owner().await;
    let body = json!({ "email": owner.email, "password": PASSWORD, "cookie": false });
    let other = app.member_of(&app.client.post("/api/auth/login", body).await.ok());
    let (ended, goes_on) = (link(&other, EXPORT).await, link(&owner, EXPORT).await);
    owner.delete(&format!("/api/auth/sessions/{}", other.session)).await.no_content();
    app.client.get(&ended).await.problem(401, "session_expired");
    app.client.get(&goes_on).await.expect(200);
}

async fn a_link_opens_no_more_than_its_owner_may_still_see(app: TestApp) {
    let owner = app.owner().await;
    let admin = app.member(owner.tenant, Role::Admin).await;
    let (lesser, gone) = (link(&admin, EXPORT).await, link(&admin, EXPORT).await);
    let path = format!("/api/team/{}", admin.user);
    owner.patch(&path, json!({ "role": "viewer" })).await.ok();
    let problem = app.client.get(&lesser).await.problem(403, "permission_required");
    assert_eq!(problem["required_permission"], "audit.view");
    owner.post(&format!("{path}/deactivate"), json!({})).await.ok();
    let status = app.client.get(&gone).await.status;
    assert!([401, 403].contains(&status), "{status}");
}

async fn a_link_stays_in_its_firm(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let user = app.user(owner.user).await;
    app.join(other.tenant, &user, Role::Owner).await;
    other.contact("Zoila Marcada", json!({})).await;
    owner.contact("Ana Gil", json!({})).await;
    // Asked for in the other firm, it is the other firm's, whatever the request says later.
    let elsewhere = owner.with("X-Organization-ID", other.tenant.to_string());
    let reply = ask(&elsewhere, EXPORT).await.created();
    let path = reply["path"].as_str().unwrap();
    let headers = app.client.with("X-Organization-ID", owner.tenant.to_string());
    let file = headers.get(path).await.expect(200);
    assert!(file.text.contains("Marcada") && !file.text.contains("Gil"), "{}", file.text);
    let stranger = app.owner().await;
    let own = link(&owner, EXPORT).await;
    let file = stranger.get(&own).await.expect(200);
    assert!(file.text.contains("Gil"), "whose token it came with does not matter: {}", file.text);
}

async fn a_link_speaks_the_language_in_which_it_was_asked_for(app: TestApp) {
    let owner = app.owner().await;
    let english = owner.with("Accept-Language", "en");
    let reply = ask(&english, EXPORT).await.created();
    let spanish = app.client.with("Accept-Language", "es");
    let file = spanish.get(reply["path"].as_str().unwrap()).await.expect(200);
    let name = file.header("content-disposition");
    assert!(name.starts_with("attachment; filename=\"audit-log-"), "{name}");
}

async fn a_link_leads_to_files_alone(app: TestApp) {
    let owner = app.owner().await;
    let contact = owner.contact("Ana Gil", json!({})).await;
    for path in [
        "/api/contacts".to_owned(),
        format!("/api/contacts/{}", id(&contact)),
        "/api/audit-logs".to_owned(),
        format!("{EXPORT}/"),
        format!("{EXPORT}/../../contacts"),
        format!("https://firma.test{EXPORT}"),
        format!("//firma.test{EXPORT}"),
        "/api/audit-logs/%65xport".to_owned(),
        "/api/downloads/x".to_owned(),
        format!("{EXPORT}?search=a\nb"),
        "contacts".to_owned(),
    ] {
        ask(&owner, &path).await.invalid("path", "unknown_value");
    }
    ask(&owner, "").await.invalid("path", "required");
    ask(&owner, &format!("{EXPORT}?search={}", "x".repeat(10_000)))
        .await
        .invalid("path", "too_long");
    // What the operation itself refuses is told by it.
    let wrong = link(&owner, &format!("{EXPORT}?no_such=1")).await;
    app.client.get(&wrong).await.problem(400, "invalid_query");
}

async fn a_made_up_link_is_refused(app: TestApp) {
    for token in ["x", "..%2fcontacts", "%27%20OR%201=1", &"x".repeat(43)] {
        app.client.get(&format!("/api/downloads/{token}")).await.problem(410, "link_expired");
    }
}

async fn who_may_not_have_the_file_gets_no_link(app: TestApp) {
    let owner = app.owner().await;
    let viewer = app.member(owner.tenant, Role::Viewer).await;
    let problem = ask(&viewer, EXPORT).await.problem(403, "permission_required");
    assert_eq!(problem["required_permission"], "audit.view");
    assert_eq!(app.count("download_links").await, 0);
}

async fn another_process_takes_the_link(app: TestApp) {
    let other = app.another().await;
    let owner = app.owner().await;
    let link = link(&owner, EXPORT).await;
    other.client.get(&link).await.expect(200);
    app.client.get(&link).await.problem(410, "link_expired");
}

async fn a_download_counts_once(setup: Setup) {
    let app = setup.set("RATE_LIMIT_EXPORT", "2").start().await;
    let owner = app.owner().await;
    for _ in 0..2 {
        let link = link(&owner, EXPORT).await;
        app.client.get(&link).await.expect(200);
    }
    ask(&owner, EXPORT).await.problem(429, "rate_limited");
    owner.get(EXPORT).await.problem(429, "rate_limited");
}

async fn documents_come_by_links(app: TestApp) {
    let owner = app.owner().await;
    let department = owner.department("Impuestos", "IMP").await;
    let contact = id(&owner.contact("Ana Gil", json!({})).await);
    let folder = json!({ "name": "Reservado", "contact_id": contact, "department_id": department });
    let folder = id(&owner.post("/api/folders", folder).await.created());
    let path = format!("/api/documents/{}", owner.document(folder, "W-2.pdf").await);
    let versions = owner.get(&format!("{path}/versions")).await.ok();
    let version = format!("{path}/versions/{}/download", id(&versions["items"][0]));
    for (from, how) in [("download", "attachment"), ("preview", "inline")] {
        let link = link(&owner, &format!("{path}/{from}")).await;
        let file = app.client.get(&link).await.expect(200);
        assert_eq!(file.header("content-type"), "application/pdf");
        let disposition = file.header("content-disposition");
        assert!(disposition.starts_with(how) && disposition.contains("W-2.pdf"), "{disposition}");
        assert_eq!(file.header("content-security-policy"), "sandbox; default-src 'none'");
        app.client.get(&link).await.problem(410, "link_expired");
    }
    let of_version = link(&owner, &version).await;
    app.client.get(&of_version).await.expect(200);
    let log = owner.get(&format!("{path}/access-log")).await.ok();
    let read = |place: usize| {
        (log["items"][place]["action"].clone(), log["items"][place]["actor_id"].clone())
    };
    assert_eq!(read(0), (json!("download"), json!(owner.user)));
    assert_eq!((read(1).0, read(2).0), (json!("view"), json!("download")));
    // What one does not see is not there, whoever made the link.
    let member = app.member(owner.tenant, Role::Member).await;
    let unseen = link(&member, &format!("{path}/download")).await;
    app.client.get(&unseen).await.problem(404, "not_found");
}

async fn links_are_kept_hashed_and_sealed(app: TestApp) {
    let owner = app.owner().await;
    let link = link(&owner, &format!("{EXPORT}?actor_id={}", owner.user)).await;
    let token = link.rsplit('/').next().unwrap();
    let hash: String = app.value("SELECT hash FROM download_links").await;
    let target: String = app.value("SELECT target_sealed FROM download_links").await;
    assert!(hash != token && !target.contains("audit"));
    let target: Value = app.state.sealer.open(&target).unwrap().into();
    assert_eq!(target, json!(format!("{EXPORT}?actor_id={}", owner.user)));
}

async fn links_that_nobody_followed_are_forgotten(app: TestApp) {
    let owner = app.owner().await;
    link(&owner, EXPORT).await;
    app.advance(TimeDelta::hours(1));
    crate::support::mail::wait_for("housekeeping", async || {
        (app.count("download_links").await == 0).then_some(())
    })
    .await;
}
