//! Appointments.

mod feed;
mod lists;
mod mails;

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};

db_tests! {
    an_appointment_has_every_field_that_it_was_given,
    each_field_can_be_changed,
    what_breaks_a_rule_is_refused,
    another_one_at_that_time_is_refused_unless_it_is_forced,
    of_two_at_once_one_is_refused,
    an_older_version_is_refused,
    a_deleted_appointment_is_gone_and_told,
    clients_with_appointments_stay_and_a_merge_takes_them_along,
}

/// From nine to ten on a day of May 2030, or whatever else is said.
pub fn body(more: Value) -> Value {
    let usual = json!({
        "title": "Entrevista", "starts_at": "2030-05-06T14:00:00Z", "ends_at": "2030-05-06T15:00:00Z",
    });
    crate::support::crm::merged(usual, more)
}

impl Member {
    /// Makes an appointment.
    pub async fn appointment(&self, more: Value) -> Value {
        self.post("/api/appointments", body(more)).await.created()
    }
}

async fn an_appointment_has_every_field_that_it_was_given(app: TestApp) {
    let owner = app.owner().await;
    let ana = owner.contact("Ana Paz", Value::Null).await;
    let body = body(json!({
        "title": "  Entrevista ", "contact_id": ana["id"], "place": " Oficina 2 ",
        "video_url": "https://video.test/a?b=1", "status": "confirmed", "notes": "Traer el W-2.",
        "remind_minutes": 60, "external_id": "C-1", "staff_id": owner.user,
    }));
    let reply = owner.post("/api/appointments", body).await.expect(201);
    let made = reply.json();
    assert_eq!(reply.header("location"), format!("/api/appointments/{}", id(&made)));
    assert_eq!(reply.header("etag"), "\"v1\"");
    let me = owner.get("/api/auth/me").await.ok();
    assert_eq!(
        made,
        json!({
            "id": made["id"], "title": "Entrevista", "starts_at": "2030-05-06T14:00:00Z",
            "ends_at": "2030-05-06T15:00:00Z",
            "staff": { "id": owner.user, "full_name": me["user"]["full_name"] },
            "client": { "kind": "contact", "id": ana["id"], "name": "Ana Paz" },
            "place": "Oficina 2", "video_url": "https://video.test/a?b=1", "status": "confirmed",
            "notes": "Traer el W-2.", "remind_minutes": 60, "reminded_at": null,
            "external_id": "C-1", "version": 1,
            "created_at": made["created_at"], "updated_at": made["created_at"],
        })
    );
    assert_eq!(owner.get(reply.header("location")).await.ok(), made);
    // Whose it is need not be said.
    let later = json!({ "starts_at": "2030-05-06T15:00:00Z", "ends_at": "2030-05-06T16:00:00Z" });
    let plain = owner.appointment(later).await;
    assert_eq!(plain["staff"]["id"], json!(owner.user));
    assert_eq!((&plain["status"], &plain["client"]), (&json!("scheduled"), &Value::Null));
}

async fn each_field_can_be_changed(app: TestApp) {
    let owner = app.owner().await;
    let colleague = app.member(owner.tenant, ebenezer_shared::permission::Role::Member).await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let company = owner.corporation("ABC Corp").await;
    let path = format!("/api/appointments/{}", id(&owner.appointment(json!({})).await));
    for (field, value, shown, expected) in [
        ("title", json!("Firma"), "/title", json!("Firma")),
        ("ends_at", json!("2030-05-06T16:00:00Z"), "/ends_at", json!("2030-05-06T16:00:00Z")),
        ("starts_at", json!("2030-05-06T13:00:00Z"), "/starts_at", json!("2030-05-06T13:00:00Z")),
        ("staff_id", json!(colleague.user), "/staff/id", json!(colleague.user)),
        ("contact_id", json!(ana), "/client/id", json!(ana)),
        ("corporation_id", json!(company), "/client/id", json!(company)),
        ("corporation_id", Value::Null, "/client", Value::Null),
        ("place", json!("Café"), "/place", json!("Café")),
        ("place", Value::Null, "/place", Value::Null),
        ("video_url", json!("http://a.test"), "/video_url", json!("http://a.test")),
        ("status", json!("no_show"), "/status", json!("no_show")),
        ("notes", json!("Con calma"), "/notes", json!("Con calma")),
        ("remind_minutes", json!(0), "/remind_minutes", json!(0)),
        ("remind_minutes", Value::Null, "/remind_minutes", Value::Null),
        ("external_id", json!("C-9"), "/external_id", json!("C-9")),
    ] {
        let changed = owner.patch(&path, json!({ field: value })).await.ok();
        assert_eq!(changed.pointer(shown), Some(&expected), "{field}");
        assert_eq!(owner.get(&path).await.ok(), changed, "{field}");
    }
    assert_eq!(owner.get(&path).await.ok()["version"], 16);
    // What changes nothing is no new version.
    assert_eq!(owner.patch(&path, json!({ "place": null })).await.ok()["version"], 16);
    let log = owner.get("/api/audit-logs?resource_type=appointment").await.ok();
    assert_eq!(log["total"], 16);
}

async fn what_breaks_a_rule_is_refused(app: TestApp) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let company = owner.corporation("ABC Corp").await;
    for (more, field, why) in [
        (json!({ "title": " " }), "title", "required"),
        (json!({ "starts_at": "1800-01-01T00:00:00Z" }), "starts_at", "out_of_range"),
        (json!({ "ends_at": "2030-05-06T14:00:00Z" }), "ends_at", "ends_first"),
        (json!({ "ends_at": "2030-05-06T13:00:00Z" }), "ends_at", "ends_first"),
        (json!({ "ends_at": "2030-05-07T14:00:01Z" }), "ends_at", "over_a_day"),
        (json!({ "video_url": "javascript:alert(1)" }), "video_url", "invalid_web_address"),
        (json!({ "video_url": "https:// x" }), "video_url", "invalid_web_address"),
        (json!({ "remind_minutes": 40_321 }), "remind_minutes", "out_of_range"),
        (json!({ "contact_id": ana, "corporation_id": company }), "corporation_id", "one_client"),
        (json!({ "contact_id": company }), "contact_id", "unknown_reference"),
        (json!({ "staff_id": ana }), "staff_id", "unknown_reference"),
        (json!({ "notify_client": true }), "contact_id", "no_email"),
        (json!({ "contact_id": ana, "notify_client": true }), "contact_id", "no_email"),
    ] {
        owner.post("/api/appointments", body(more)).await.invalid(field, why);
    }
    assert_eq!(owner.get("/api/appointments").await.ok()["total"], 0);
    let path = format!("/api/appointments/{}", id(&owner.appointment(json!({})).await));
    let early = json!({ "ends_at": "2030-05-06T13:59:00Z" });
    owner.patch(&path, early).await.invalid("ends_at", "ends_first");
    let both = json!({ "contact_id": ana, "corporation_id": company });
    owner.patch(&path, both).await.invalid("corporation_id", "one_client");
    owner.patch(&path, json!({ "title": null })).await.invalid("title", "required");
    assert_eq!(owner.get(&path).await.ok()["version"], 1);
}

async fn another_one_at_that_time_is_refused_unless_it_is_forced(app: TestApp) {
    let owner = app.owner().await;
    let colleague = app.member(owner.tenant, ebenezer_shared::permission::Role::Member).await;
    let first = owner.appointment(json!({})).await;
    let at = |from: &str, to: &str| json!({ "starts_at": format!("2030-05-06T{from}:00Z"), "ends_at": format!("2030-05-06T{to}:00Z") });
    for (from, to) in
        [("13:30", "14:01"), ("14:59", "16:00"), ("14:15", "14:30"), ("10:00", "20:00")]
    {
        let reply = owner.post("/api/appointments", body(at(from, to))).await;
        let problem = reply.problem(409, "appointment_conflict");
        assert_eq!(
            problem["appointments"],
            json!([{ "id": first["id"], "title": "Entrevista",
                "starts_at": first["starts_at"], "ends_at": first["ends_at"] }])
        );
    }
    // One after the other is none, nor is somebody else's, nor what takes no time.
    let after = owner.appointment(at("15:00", "16:00")).await;
    owner.appointment(at("13:00", "14:00")).await;
    owner.appointment(json!({ "staff_id": colleague.user })).await;
    let asked = owner.appointment(json!({ "status": "requested" })).await;
    let off = owner.appointment(json!({ "status": "cancelled" })).await;
    owner.appointment(json!({ "allow_conflict": true })).await;
    let path = format!("/api/appointments/{}", id(&after));
    let earlier = at("14:30", "15:30");
    owner.patch(&path, earlier.clone()).await.problem(409, "appointment_conflict");
    assert_eq!(owner.get(&path).await.ok(), after);
    // What was forced is not asked for again when something else changes, or it took place.
    let forced = crate::support::crm::merged(earlier, json!({ "allow_conflict": true }));
    owner.patch(&path, forced).await.ok();
    owner.patch(&path, json!({ "status": "done" })).await.ok();
    owner.patch(&path, json!({ "place": "Sala" })).await.ok();
    for waiting in [asked, off] {
        let path = format!("/api/appointments/{}", id(&waiting));
        let taken = owner.patch(&path, json!({ "status": "confirmed" })).await;
        taken.problem(409, "appointment_conflict");
    }
}

async fn of_two_at_once_one_is_refused(app: TestApp) {
    let owner = app.owner().await;
    let all = (0..6).map(|_| owner.post("/api/appointments", body(json!({}))));
    let replies = futures_util::future::join_all(all).await;
    let mut codes: Vec<u16> = replies.iter().map(|reply| reply.status).collect();
    codes.sort_unstable();
    assert_eq!(codes, [201, 409, 409, 409, 409, 409]);
    assert_eq!(owner.get("/api/appointments").await.ok()["total"], 1);
}

async fn an_older_version_is_refused(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/appointments/{}", id(&owner.appointment(json!({})).await));
    let mine = owner.with("If-Match", "\"v1\"");
    mine.patch(&path, json!({ "status": "confirmed" })).await.ok();
    mine.patch(&path, json!({ "status": "done" })).await.problem(412, "precondition_failed");
    mine.delete(&path).await.problem(412, "precondition_failed");
    assert_eq!(owner.get(&path).await.ok()["status"], "confirmed");
}

async fn a_deleted_appointment_is_gone_and_told(app: TestApp) {
    let owner = app.owner().await;
    let appointment = id(&owner.appointment(json!({})).await);
    let path = format!("/api/appointments/{appointment}");
    owner.delete(&path).await.expect(204);
    owner.get(&path).await.problem(404, "not_found");
    owner.delete(&path).await.problem(404, "not_found");
    let gone = owner.get("/api/deletions").await.ok();
    let first = &gone["items"][0];
    assert_eq!((&first["type"], &first["id"]), (&json!("appointment"), &json!(appointment)));
    // Its time is free again.
    owner.appointment(json!({})).await;
}

async fn clients_with_appointments_stay_and_a_merge_takes_them_along(app: TestApp) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let twin = id(&owner.contact("Ana Paz", Value::Null).await);
    let made = owner.appointment(json!({ "contact_id": twin })).await;
    let path = format!("/api/appointments/{}", id(&made));
    let refused = owner.delete(&format!("/api/contacts/{twin}")).await;
    assert_eq!(refused.problem(409, "in_use")["used"], 1);
    let others = json!({ "others": [{ "id": twin }] });
    let merge = owner.post(&format!("/api/contacts/{ana}/merge"), others).await.ok();
    let moved = owner.get(&path).await.ok();
    assert_eq!((&moved["client"]["id"], &moved["version"]), (&json!(ana), &json!(2)));
    let undo = format!("/api/bulk/{}/undo", merge["bulk_id"].as_str().unwrap());
    owner.post(&undo, json!({})).await.ok();
    assert_eq!(owner.get(&path).await.ok()["client"]["id"], json!(twin));
}
