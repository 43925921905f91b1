//! What is written about appointments, and when.

use crate::documents::housekeeping;
use crate::jobs::Process;
use crate::jobs::killed::{kill_when, slow};
use crate::support::fixtures::id;
use crate::support::mail::{python, wait_for};
use crate::support::{Member, Setup, TestApp, Value, json};
use chrono::{DateTime, TimeDelta, Utc};

db_tests! {
    the_client_is_told_when_somebody_asks_for_it,
    it_is_called_off_for_a_client_with_whom_it_is_no_longer,
    a_reminder_goes_out_once_and_at_its_time,
    what_moves_is_reminded_of_anew_and_what_is_called_off_is_not,
    killed_in_the_writing_of_reminders,
}

/// A client with an email.
async fn client(owner: &Member) -> Value {
    let more = json!({ "email": "ana@cliente.test", "preferred_language": "en" });
    owner.contact("Ana Ruiz", more).await["id"].clone()
}

fn span(from: DateTime<Utc>) -> Value {
    json!({ "starts_at": from, "ends_at": from + TimeDelta::minutes(45) })
}

/// What `icalendar` reads in the files of the mails: method, status, title, place, start.
fn files(app: &TestApp) -> Vec<Value> {
    const READ: &str = r"
import email, email.policy, icalendar, json, pathlib, sys
found = []
for path in sorted(pathlib.Path(sys.argv[1]).glob('*.eml')):
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    for part in mail.iter_attachments():
        calendar = icalendar.Calendar.from_ical(part.get_content())
        [event] = calendar.walk('VEVENT')
        assert not event.errors and part.get_filename().endswith('.ics')
        assert part.get_content_type() == 'text/calendar'
        found.append([calendar['METHOD'], event['STATUS'], event['SUMMARY'],
            event.get('LOCATION'), event['SEQUENCE'], event['DTSTART'].dt.isoformat(), event['UID']])
print(json.dumps(found))
";
    let output = python().args(["-c", READ]).arg(app.folder().join("outbox")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

async fn the_client_is_told_when_somebody_asks_for_it(app: TestApp) {
    let owner = app.owner().await;
    let ana = client(&owner).await;
    let more = json!({ "contact_id": ana, "place": "Calle 1, piso 2", "notify_client": true });
    let made = owner.appointment(more).await;
    let path = format!("/api/appointments/{}", id(&made));
    owner.patch(&path, json!({ "title": "Firma" })).await.ok();
    let later = json!({ "starts_at": "2030-05-07T14:00:00Z", "ends_at": "2030-05-07T15:00:00Z",
        "notify_client": true });
    owner.patch(&path, later).await.ok();
    owner.patch(&path, json!({ "status": "cancelled", "notify_client": true })).await.ok();
    let mails = app.mails_to("ana@cliente.test").await;
    let subjects: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    let company = owner.get("/api/auth/me").await.ok()["tenant"]["company"].clone();
    let company = company.as_str().unwrap();
    assert_eq!(
        subjects,
        [
            format!("Your appointment with {company}: May 6, 2030, 9:00 AM"),
            format!("Your appointment with {company} changed: May 7, 2030, 9:00 AM"),
            format!("Your appointment with {company} was cancelled (May 7, 2030, 9:00 AM)"),
        ]
    );
    for text in [&mails[0].text, &mails[0].html] {
        assert!(text.contains("May 6, 2030, 9:00 AM to 10:00 AM (America/Bogota)"), "{text}");
        assert!(text.contains("Calle 1, piso 2") && text.contains("Entrevista"), "{text}");
    }
    let changed = format!("Your appointment “Firma” with {company} changed.");
    assert!(mails[1].text.contains(&changed), "{}", mails[1].text);
    let uid = format!("{}@ebenezer", id(&made));
    let place = "Calle 1, piso 2";
    assert_eq!(
        files(&app),
        [
            json!([
                "PUBLISH",
                "CONFIRMED",
                "Entrevista",
                place,
                0,
                "2030-05-06T14:00:00+00:00",
                uid
            ]),
            json!(["PUBLISH", "CONFIRMED", "Firma", place, 2, "2030-05-07T14:00:00+00:00", uid]),
            json!(["PUBLISH", "CANCELLED", "Firma", place, 3, "2030-05-07T14:00:00+00:00", uid]),
        ]
    );
}

async fn it_is_called_off_for_a_client_with_whom_it_is_no_longer(app: TestApp) {
    let owner = app.owner().await;
    let ana = client(&owner).await;
    let eva = json!({ "email": "eva@cliente.test", "preferred_language": "en" });
    let eva = owner.contact("Eva Gil", eva).await["id"].clone();
    let made = owner.appointment(json!({ "contact_id": ana })).await;
    let path = format!("/api/appointments/{}", id(&made));
    owner.patch(&path, json!({ "contact_id": eva, "notify_client": true })).await.ok();
    owner.patch(&path, json!({ "contact_id": null, "notify_client": true })).await.ok();
    assert_eq!(app.mails_to("ana@cliente.test").await.len(), 1);
    let mails = app.mails_to("eva@cliente.test").await;
    assert_eq!(mails.len(), 2);
    assert!(mails[0].subject.starts_with("Your appointment with"), "{}", mails[0].subject);
    assert!(mails[1].subject.contains("was cancelled"), "{}", mails[1].subject);
    let mut told: Vec<_> = files(&app).iter().map(|it| (it[1].clone(), it[4].clone())).collect();
    told.sort_by_key(|(status, number)| (number.as_u64(), status.to_string()));
    let (off, on) = (json!("CANCELLED"), json!("CONFIRMED"));
    assert_eq!(told, [(off.clone(), json!(1)), (on, json!(1)), (off, json!(2))]);
}

async fn a_reminder_goes_out_once_and_at_its_time(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    let ana = client(&owner).await;
    let start = app.clock.now() + TimeDelta::hours(5);
    let more = crate::support::crm::merged(
        span(start),
        json!({ "contact_id": ana, "remind_minutes": 60, "video_url": "https://video.test/x" }),
    );
    let made = owner.appointment(more).await;
    let path = format!("/api/appointments/{}", id(&made));
    app.advance(TimeDelta::hours(3));
    housekeeping(&app).await;
    assert_eq!(app.mails_to("ana@cliente.test").await.len(), 0);
    app.advance(TimeDelta::minutes(61));
    housekeeping(&app).await;
    let mail = app.mail_to("ana@cliente.test").await;
    assert!(mail.subject.starts_with("Reminder: your appointment with"), "{}", mail.subject);
    assert!(mail.text.contains("https://video.test/x"), "{}", mail.text);
    assert!(mail.text.contains("your appointment “Entrevista” with"), "{}", mail.text);
    let me = app.user(owner.user).await;
    let own = app.mails_to(&me.email).await;
    let own: Vec<_> = own.iter().filter(|mail| mail.subject.contains("Entrevista")).collect();
    assert_eq!(own.len(), 1);
    assert!(own[0].text.contains("Ana Ruiz"), "{}", own[0].text);
    // Tokens live for a few minutes.
    let owner = app.session(&me, owner.tenant).await;
    let after = owner.get(&path).await.ok();
    assert!(after["reminded_at"].is_string() && after["version"] == 2, "{after}");
    // That it went out stays true, whatever becomes of it.
    let done = owner.patch(&path, json!({ "status": "done" })).await.ok();
    assert_eq!(done["reminded_at"], after["reminded_at"]);
    app.advance(TimeDelta::hours(1));
    housekeeping(&app).await;
    assert_eq!(app.mails_to("ana@cliente.test").await.len(), 1);
    let log = app.audit(owner.tenant).await;
    let told = log.iter().filter(|entry| entry.action == "appointment.remind").count();
    assert_eq!(told, 1);
}

async fn what_moves_is_reminded_of_anew_and_what_is_called_off_is_not(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    let ana = client(&owner).await;
    let start = app.clock.now() + TimeDelta::hours(2);
    let with = |more: Value| crate::support::crm::merged(span(start), more);
    let more = json!({ "contact_id": ana, "remind_minutes": 60, "allow_conflict": true });
    let [moved, off] =
        [owner.appointment(with(more.clone())).await, owner.appointment(with(more.clone())).await];
    // Nobody is reminded of what was made later than its reminder.
    owner
        .appointment(with(crate::support::crm::merged(more, json!({ "remind_minutes": 180 }))))
        .await;
    let off = format!("/api/appointments/{}", id(&off));
    owner.patch(&off, json!({ "status": "cancelled" })).await.ok();
    app.advance(TimeDelta::minutes(61));
    housekeeping(&app).await;
    assert_eq!(app.mails_to("ana@cliente.test").await.len(), 1);
    let path = format!("/api/appointments/{}", id(&moved));
    let owner = app.session(&app.user(owner.user).await, owner.tenant).await;
    let later = owner.patch(&path, span(start + TimeDelta::days(1))).await.ok();
    assert_eq!(later["reminded_at"], Value::Null);
    app.advance(TimeDelta::days(1));
    housekeeping(&app).await;
    assert_eq!(app.mails_to("ana@cliente.test").await.len(), 2);
}

async fn killed_in_the_writing_of_reminders(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    for email in ["ana@cliente.test", "eva@cliente.test"] {
        let contact = id(&owner.contact("Ana Ruiz", json!({ "email": email })).await);
        let more = json!({ "contact_id": contact, "remind_minutes": 60, "allow_conflict": true,
            "starts_at": "2100-05-06T14:00:00Z", "ends_at": "2100-05-06T15:00:00Z" });
        owner.appointment(more).await;
    }
    // Housekeeping, which sees to them too, is over before they are due.
    let mut before = Process::start(&app, "60");
    let over = "SELECT count(*) FROM jobs WHERE kind = 'housekeeping' AND status = 'done'";
    wait_for("housekeeping", async || (app.value::<i64>(over).await > 0).then_some(())).await;
    before.kill();
    let lately = (Utc::now() - TimeDelta::minutes(1)).to_rfc3339();
    app.execute(&format!("UPDATE appointments SET remind_at = '{lately}'")).await;
    slow(&app, "INSERT", "outbox").await;
    let first = "SELECT count(*) FROM appointments WHERE reminded_at IS NOT NULL";
    let _worker = kill_when(&app, "reminders", "outbox", first).await;
    assert_eq!(app.value::<i64>(first).await, 2);
    for email in ["ana@cliente.test", "eva@cliente.test"] {
        assert_eq!(app.mails_to(email).await.len(), 1, "{email}");
    }
    let log = app.audit(owner.tenant).await;
    let told: Vec<_> = log.iter().filter(|it| it.action == "appointment.remind").collect();
    assert_eq!(told.len(), 2);
    assert_ne!(told[0].resource_id, told[1].resource_id);
}
