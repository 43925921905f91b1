//! The operator's view of all jobs.

use super::{forget, with_server};
use crate::support::smtp::MailServer;
use crate::support::{Member, Setup, TestApp, json};
use uuid::Uuid;

db_tests! {
    a_dead_job_is_shown_with_its_reason_and_tried_again,
    only_what_was_given_up_is_tried_again,
    all_dead_jobs_of_a_kind_are_tried_again_at_once,
    what_its_user_stopped_is_not_begun_again,
    firms_do_not_see_the_operators_list,
}

pub async fn operator(app: &TestApp) -> Member {
    let owner = app.owner().await;
    app.change_user(owner.user, |user| user.is_staff = true).await;
    app.forget();
    owner
}

async fn a_dead_job_is_shown_with_its_reason_and_tried_again(setup: Setup) {
    let server = MailServer::start();
    let app = with_server(setup, server.port).start().await;
    let operator = operator(&app).await;
    forget(&app, "nadie@firma.test").await;
    app.jobs_are_done().await;
    let list = operator.list("/api/admin/jobs", &[("status", "dead")]).await.ok();
    assert_eq!(list["total"], 1);
    let job = &list["items"][0];
    assert_eq!((&job["kind"], &job["attempts"]), (&json!("mail"), &json!(1)));
    assert!(job["error"].as_str().unwrap().contains("550"), "{job}");
    assert!(!list.to_string().contains("nadie@firma.test/"), "what a job holds is not shown");
    let path = format!("/api/admin/jobs/{}/retry", job["id"].as_str().unwrap());
    let again = operator.post(&path, json!({})).await.ok();
    assert_eq!(again["attempts"], 0);
    app.jobs_are_done().await;
    let list = operator.list("/api/admin/jobs", &[("status", "dead"), ("kind", "mail")]).await.ok();
    assert_eq!((&list["total"], &list["items"][0]["attempts"]), (&json!(1), &json!(1)));
    assert_eq!(app.activities("job.retried").await.len(), 1);
}

async fn only_what_was_given_up_is_tried_again(setup: Setup) {
    let app = setup.no_worker().start().await;
    let operator = operator(&app).await;
    forget(&app, "rosa@firma.test").await;
    let list = operator.get("/api/admin/jobs?status=waiting").await.ok();
    let id = list["items"][0]["id"].as_str().unwrap().to_owned();
    let act =
        async |what: &str| operator.post(&format!("/api/admin/jobs/{id}/{what}"), json!({})).await;
    act("retry").await.problem(409, "state_conflict");
    assert_eq!(act("cancel").await.ok()["status"], "cancelled");
    act("cancel").await.problem(409, "state_conflict");
    assert_eq!(act("retry").await.ok()["status"], "waiting");
    assert_eq!(app.activities("job.cancelled").await.len(), 1);
    let nobody = format!("/api/admin/jobs/{}/retry", Uuid::now_v7());
    operator.post(&nobody, json!({})).await.problem(404, "not_found");
    operator.get("/api/admin/jobs?page_size=0").await.field(
        400,
        "invalid_query",
        "page_size",
        "out_of_range",
    );
}

async fn all_dead_jobs_of_a_kind_are_tried_again_at_once(setup: Setup) {
    let server = MailServer::start();
    let app = with_server(setup, server.port).start().await;
    let operator = operator(&app).await;
    for name in ["nadie@firma.test", "nadie@otra.test", "rosa@firma.test"] {
        forget(&app, name).await;
    }
    app.jobs_are_done().await;
    app.execute("UPDATE jobs SET status = 'dead' WHERE kind = 'password_forgotten'").await;
    let retry =
        async |kind: &str| operator.post("/api/admin/jobs/retry", json!({ "kind": kind })).await;
    assert_eq!(retry("mail").await.ok()["count"], 2);
    app.jobs_are_done().await;
    // Both were refused again; what was done, and what is of another kind, stayed.
    assert_eq!(server.mails().len(), 1);
    let dead = "SELECT count(*) FROM jobs WHERE status = 'dead' AND attempts = 1 AND kind = ";
    assert_eq!(app.value::<i64>(&format!("{dead} 'mail'")).await, 2);
    assert_eq!(app.value::<i64>(&format!("{dead} 'password_forgotten'")).await, 3);
    assert_eq!(retry("fax").await.ok()["count"], 0);
    retry(" ").await.field(422, "validation_failed", "kind", "required");
    let told = app.activities("jobs.retried").await;
    assert_eq!(told.len(), 1);
    assert!(told[0].details.to_string().contains("mail"), "{:?}", told[0].details);
}

async fn what_its_user_stopped_is_not_begun_again(setup: Setup) {
    let app = setup.no_worker().start().await;
    let (operator, owner) = (operator(&app).await, app.owner().await);
    owner.contact("Ana Ruiz", json!({})).await;
    let body = json!({ "action": "set_status", "status": "inactive", "matching": "" });
    let asked = owner.post("/api/contacts/bulk", body).await.expect(202).json();
    let job = asked["run"]["job_id"].as_str().unwrap();
    owner.post(&format!("/api/jobs/{job}/cancel"), json!({})).await.ok();
    let retry = format!("/api/admin/jobs/{job}/retry");
    operator.post(&retry, json!({})).await.problem(409, "state_conflict");
    // Nor when it died before it could stop.
    app.execute("UPDATE jobs SET status = 'dead' WHERE kind = 'bulk'").await;
    operator.post(&retry, json!({})).await.problem(409, "state_conflict");
    let all = operator.post("/api/admin/jobs/retry", json!({ "kind": "bulk" })).await.ok();
    assert_eq!(all["count"], 0);
    let _worker = app.another_with(Setup::with_worker).await;
    app.jobs_are_done().await;
    assert_eq!(owner.get("/api/contacts?status=active").await.ok()["total"], 1);
    // What died without anybody's wish is.
    app.execute("UPDATE jobs SET cancel_requested = FALSE WHERE kind = 'bulk'").await;
    operator.post(&retry, json!({})).await.ok();
    app.jobs_are_done().await;
    assert_eq!(owner.get("/api/contacts?status=active").await.ok()["total"], 0);
}

async fn firms_do_not_see_the_operators_list(app: TestApp) {
    let owner = app.owner().await;
    let problem = owner.get("/api/admin/jobs").await.problem(403, "permission_required");
    assert_eq!(problem["required_permission"], "platform_staff");
}
