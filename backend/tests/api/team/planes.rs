//! The firm's plane follows the platform's, whatever happens in between.

use crate::support::crm::column;
use crate::support::{Setup, TestApp, json};
use ebenezer::crm::staff;
use ebenezer::platform::membership;
use ebenezer::team::news::{self, News};
use ebenezer_shared::permission::Role;
use sea_orm::{ColumnTrait as _, QueryFilter as _};
use uuid::Uuid;

db_tests! {
    staff_rows_show_the_memberships,
    an_older_version_never_overwrites_a_newer_one,
    news_can_be_told_any_number_of_times,
    what_a_killed_process_left_untold_is_told_by_the_job,
    a_changed_name_reaches_every_firm,
    a_department_with_members_is_not_deleted,
    a_department_that_goes_while_people_join_leaves_no_broken_link,
}

async fn staff_row(app: &TestApp, tenant: Uuid, user: Uuid) -> staff::Model {
    ebenezer::db::select::<staff::Entity>(tenant)
        .filter(staff::Column::Id.eq(user))
        .one(&app.db)
        .await
        .unwrap()
        .expect("a row")
}

async fn staff_rows_show_the_memberships(app: TestApp) {
    let owner = app.owner().await;
    let row = staff_row(&app, owner.tenant, owner.user).await;
    assert_eq!((row.email.as_str(), row.is_active, row.version), (owner.email.as_str(), true, 1));
    let department = owner.department("Nómina", "NOM").await;
    let member = app.member(owner.tenant, Role::Member).await;
    let path = format!("/api/team/{}", member.user);
    owner.patch(&path, json!({ "department_id": department })).await.ok();
    let row = staff_row(&app, owner.tenant, member.user).await;
    assert_eq!((row.department_id, row.version), (Some(department), 2));
    owner.post(&format!("{path}/deactivate"), json!({})).await.ok();
    assert!(!staff_row(&app, owner.tenant, member.user).await.is_active);
    owner.post(&format!("{path}/reactivate"), json!({})).await.ok();
    owner.patch(&path, json!({ "department_id": null })).await.ok();
    let row = staff_row(&app, owner.tenant, member.user).await;
    assert_eq!((row.department_id, row.is_active), (None, true));
}

async fn an_older_version_never_overwrites_a_newer_one(app: TestApp) {
    let owner = app.owner().await;
    let user = app.user(owner.user).await;
    let seat = membership::of_user_in(&app.db, owner.user, owner.tenant).await.unwrap();
    let old = seat.expect("a member").0.membership;
    let mut new = old.clone();
    new.version = 2;
    new.is_active = false;
    for version in [&old, &new, &old, &new] {
        staff::project(&app.db, version, &user).await.unwrap();
    }
    let row = staff_row(&app, owner.tenant, owner.user).await;
    assert_eq!((row.version, row.is_active), (2, false));
}

async fn news_can_be_told_any_number_of_times(app: TestApp) {
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Member).await;
    owner.patch(&format!("/api/team/{}", member.user), json!({ "role": "sales" })).await.ok();
    app.jobs_are_done().await;
    let done = "SELECT count(*) FROM jobs WHERE kind = 'news' AND status = 'done'";
    assert_eq!(app.value::<i64>(done).await, 2, "of the registration and of the change");
    assert_eq!(app.audit(owner.tenant).await.len(), 1);
    let before = staff_row(&app, owner.tenant, member.user).await;
    for _ in 0..2 {
        news::tell(&app.state, &News::about(owner.tenant, member.user)).await.unwrap();
    }
    assert_eq!(staff_row(&app, owner.tenant, member.user).await, before);
}

async fn what_a_killed_process_left_untold_is_told_by_the_job(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Member).await;
    owner.patch(&format!("/api/team/{}", member.user), json!({ "role": "sales" })).await.ok();
    // As if the process had died between the two planes.
    app.execute("UPDATE staff SET version = 0, email = 'x'").await;
    let worker = ebenezer::jobs::Worker::start(app.state.clone());
    app.jobs_are_done().await;
    worker.stop().await;
    assert_eq!(app.audit(owner.tenant).await.len(), 1, "told already, and not again");
    assert_eq!(staff_row(&app, owner.tenant, member.user).await.email, member.email);
}

async fn a_changed_name_reaches_every_firm(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let user = app.user(owner.user).await;
    app.join(other.tenant, &user, Role::Viewer).await;
    app.change_user(owner.user, |user| user.full_name = "Otro Nombre".to_owned()).await;
    let all = news::account_changed(&app.db, &app.state, owner.user).await.unwrap();
    for news in &all {
        news::tell_now(&app.state, news).await;
    }
    for tenant in [owner.tenant, other.tenant] {
        assert_eq!(staff_row(&app, tenant, owner.user).await.full_name, "Otro Nombre");
    }
    let etag = owner.get(&format!("/api/team/{}", owner.user)).await;
    assert_eq!(etag.header("etag"), "\"v2\"");
}

async fn a_department_with_members_is_not_deleted(app: TestApp) {
    let owner = app.owner().await;
    let department = owner.department("Nómina", "NOM").await;
    let path = format!("/api/departments/{department}");
    let seat = format!("/api/team/{}", owner.user);
    owner.patch(&seat, json!({ "department_id": department })).await.ok();
    assert_eq!(owner.get(&path).await.ok()["member_count"], 1);
    assert_eq!(column(&owner.get("/api/departments").await.ok(), "member_count"), [1]);
    owner.delete(&path).await.problem(409, "in_use");
    owner.patch(&seat, json!({ "department_id": null })).await.ok();
    owner.delete(&path).await.no_content();
}

async fn a_department_that_goes_while_people_join_leaves_no_broken_link(app: TestApp) {
    let owner = app.owner().await;
    let seat = format!("/api/team/{}", owner.user);
    for round in 0..6 {
        let going = owner.department(&format!("Fugaz {round}"), &format!("F{round}")).await;
        let path = format!("/api/departments/{going}");
        let (a, b) = tokio::join!(
            owner.patch(&seat, json!({ "department_id": going })),
            owner.delete(&path)
        );
        assert!(matches!(a.status, 200 | 422), "{}", a.text);
        assert!(matches!(b.status, 204 | 409), "{}", b.text);
        let broken = "SELECT count(*) FROM staff s LEFT JOIN departments d ON d.id = \
                      s.department_id WHERE s.department_id IS NOT NULL AND d.id IS NULL";
        assert_eq!(app.value::<i64>(broken).await, 0);
        let shown = owner.get(&seat).await.ok();
        assert_eq!(shown["department"].is_null(), b.status == 204, "{shown}");
    }
}
