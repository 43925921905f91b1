//! The feed that other calendars read.

use crate::support::fixtures::id;
use crate::support::mail::python;
use crate::support::{Member, TestApp, Value, json};
use ebenezer::platform::tenant::Status;
use ebenezer_shared::permission::Role;

db_tests! {
    a_feed_shows_ones_own_appointments_to_whoever_has_its_address,
    a_new_address_ends_the_one_before,
    who_may_see_no_appointments_has_no_feed,
}

/// The path of a new feed.
async fn feed(member: &Member) -> String {
    let made = member.post("/api/calendar-feed", json!({})).await.created();
    let url = made["url"].as_str().unwrap();
    url[url.find("/api/").unwrap()..].to_owned()
}

/// What `icalendar` reads: title, start, what is said, status.
fn read(calendar: &str) -> Value {
    const READ: &str = r"
import icalendar, json, sys
calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
assert calendar['VERSION'] == '2.0' and calendar['PRODID'] == '-//Ebenezer//Ebenezer//ES'
events = calendar.walk('VEVENT')
assert not any(event.errors for event in events)
print(json.dumps(sorted([event['SUMMARY'], event['DTSTART'].dt.isoformat(),
    event['DTEND'].dt.isoformat(), event.get('DESCRIPTION'), event['STATUS']] for event in events)))
";
    use std::io::Write as _;
    use std::process::Stdio;
    let mut command = python();
    command.args(["-c", READ]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(calendar.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

async fn a_feed_shows_ones_own_appointments_to_whoever_has_its_address(app: TestApp) {
    let owner = app.owner().await;
    let colleague = app.member(owner.tenant, Role::Member).await;
    assert_eq!(owner.get("/api/calendar-feed").await.ok(), json!({ "created_at": null }));
    let ana = id(&owner.contact("Ana Paz; Ñandú, \"Ana\"", Value::Null).await);
    let soon = app.clock.now() + chrono::TimeDelta::days(3);
    let at = |hours: i64| soon + chrono::TimeDelta::hours(hours);
    let title = format!("Revisión; coma, y {}", "muy larga ".repeat(20));
    let title = title.trim_end();
    for (title, hours, more) in [
        (title, 0, json!({ "contact_id": ana })),
        ("Cancelada", 2, json!({ "status": "cancelled" })),
        ("Ajena", 4, json!({ "staff_id": colleague.user })),
        ("Lejana", 24 * 500, json!({})),
    ] {
        let when = json!({ "title": title, "starts_at": at(hours), "ends_at": at(hours + 1) });
        owner.appointment(crate::support::crm::merged(when, more)).await;
    }
    let path = feed(&owner).await;
    let reply = app.client.get(&path).await.expect(200);
    assert!(reply.header("content-type").starts_with("text/calendar"));
    let shown = |hours: i64| at(hours).format("%Y-%m-%dT%H:%M:%S+00:00").to_string();
    assert_eq!(
        read(&reply.text),
        json!([
            ["Cancelada", shown(2), shown(3), null, "CANCELLED"],
            [title, shown(0), shown(1), "Ana Paz; Ñandú, \"Ana\"", "CONFIRMED"],
        ])
    );
    assert!(owner.get("/api/calendar-feed").await.ok()["created_at"].is_string());
}

async fn a_new_address_ends_the_one_before(app: TestApp) {
    let owner = app.owner().await;
    let [first, second] = [feed(&owner).await, feed(&owner).await];
    app.client.get(&first).await.problem(404, "not_found");
    app.client.get(&second).await.expect(200);
    for wrong in ["x".to_owned(), format!("{}x", "0".repeat(40)), "ñ".repeat(40)] {
        let path = format!("/api/calendar-feed/{wrong}");
        app.client.get(&path).await.problem(404, "not_found");
    }
    // The secret is not what is stored.
    let secret = second.rsplit('/').next().unwrap().trim_end_matches(".ics");
    let stored: String = app.value("SELECT token_hash FROM calendar_feeds").await;
    assert!(!secret.contains(&stored));
    owner.delete("/api/calendar-feed").await.expect(204);
    owner.delete("/api/calendar-feed").await.expect(204);
    app.client.get(&second).await.problem(404, "not_found");
    let log = owner.get("/api/audit-logs?resource_type=calendar_feed").await.ok();
    assert_eq!(log["total"], 3);
}

async fn who_may_see_no_appointments_has_no_feed(app: TestApp) {
    let owner = app.owner().await;
    let colleague = app.member(owner.tenant, Role::Member).await;
    let path = feed(&colleague).await;
    app.client.get(&path).await.expect(200);
    // A paused firm reads.
    app.change_tenant(owner.tenant, |tenant| tenant.status = Status::Paused).await;
    app.client.get(&path).await.expect(200);
    app.change_tenant(owner.tenant, |tenant| tenant.status = Status::Active).await;
    let team = format!("/api/team/{}/deactivate", colleague.user);
    owner.post(&team, json!({})).await.ok();
    app.client.get(&path).await.problem(404, "not_found");
}
