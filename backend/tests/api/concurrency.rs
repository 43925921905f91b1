//! Several at once.

use crate::support::fixtures::id;
use crate::support::{Reply, TestApp, json};
use futures_util::future::join_all;

db_tests! {
    many_are_added_at_once,
    many_saves_of_one_contact_are_all_counted,
    a_corporation_that_goes_while_people_join_leaves_no_broken_link,
    a_corporation_that_goes_while_it_becomes_primary_leaves_no_broken_link,
    a_department_that_goes_while_people_join_leaves_no_broken_link,
    readers_are_answered_while_others_write,
}

async fn many_are_added_at_once(app: TestApp) {
    let owner = app.owner().await;
    let abc = owner.corporation("ABC").await;
    let add = async |number: usize| {
        let more = json!({ "primary_corporation_id": abc });
        id(&owner.contact(&format!("Persona {number}"), more).await)
    };
    let mut added = join_all((0..40).map(add)).await;
    added.sort();
    added.dedup();
    assert_eq!(added.len(), 40);
    assert_eq!(owner.get("/api/contacts").await.ok()["total"], 40);
    let corporation = owner.get(&format!("/api/corporations/{abc}")).await.ok();
    assert_eq!(corporation["primary_contact_count"], 40);
    let log = app.audit(owner.tenant).await;
    let of = |action: &str| log.iter().filter(|entry| entry.action == action).count();
    assert_eq!((of("contact.create"), of("corporation.relate"), log.len()), (40, 40, 81));
}

async fn many_saves_of_one_contact_are_all_counted(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.contact_path("Ana Ruiz").await;
    let save = async |number: usize| {
        let reply = owner.patch(&path, json!({ "notes": format!("nota {number}") })).await;
        reply.expect(200).header("etag").to_owned()
    };
    let mut tags = join_all((0..12).map(save)).await;
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 12, "each saw a version of its own");
    assert_eq!(owner.get(&path).await.header("etag"), "\"v13\"");
}

/// What every answer to a race may be: done, or refused with a reason; never our fault.
#[track_caller]
fn fair(reply: &Reply) {
    assert!(
        matches!(reply.status, 200 | 201 | 204 | 404 | 409 | 422),
        "{} {}",
        reply.status,
        reply.text
    );
}

/// No link without its ends, no primary without its link.
async fn assert_whole(app: &TestApp) {
    for (what, sql) in [
        (
            "links without a corporation",
            "SELECT count(*) FROM contact_corporations l \
             LEFT JOIN corporations c ON c.id = l.corporation_id WHERE c.id IS NULL",
        ),
        (
            "links without a contact",
            "SELECT count(*) FROM contact_corporations l \
             LEFT JOIN contacts c ON c.id = l.contact_id WHERE c.id IS NULL",
        ),
        (
            "primaries without a link",
            "SELECT count(*) FROM contacts c LEFT JOIN contact_corporations l \
             ON l.contact_id = c.id AND l.corporation_id = c.primary_corporation_id \
             WHERE c.primary_corporation_id IS NOT NULL AND l.contact_id IS NULL",
        ),
        (
            "people with corporations and no primary",
            "SELECT count(*) FROM contacts c JOIN contact_corporations l ON l.contact_id = c.id \
             WHERE c.primary_corporation_id IS NULL",
        ),
        (
            "people of departments that are gone",
            "SELECT count(*) FROM contacts c LEFT JOIN departments d ON d.id = c.department_id \
             WHERE c.department_id IS NOT NULL AND d.id IS NULL",
        ),
    ] {
        assert_eq!(app.value::<i64>(sql).await, 0, "{what}");
    }
}

async fn a_corporation_that_goes_while_people_join_leaves_no_broken_link(app: TestApp) {
    let owner = app.owner().await;
    let home = owner.corporation("Casa").await;
    for round in 0..6 {
        let going = owner.corporation(&format!("Fugaz {round}")).await;
        let known =
            owner.contact(&format!("Ana {round}"), json!({ "primary_corporation_id": home })).await;
        let path = format!("/api/contacts/{}", id(&known));
        let body = json!({
            "first_name": "Luz", "last_name": format!("{round}"), "primary_corporation_id": going,
        });
        let corporation = format!("/api/corporations/{going}");
        let (a, b, c) = tokio::join!(
            owner.post("/api/contacts", body),
            owner.delete(&corporation),
            owner.patch(&path, json!({ "corporation_ids": [home, going] })),
        );
        for reply in [&a, &b, &c] {
            fair(reply);
        }
        assert!(a.status == 201 || b.status == 204, "somebody came first: {} {}", a.text, b.text);
        for refused in [a, c].into_iter().filter(|reply| reply.status == 422) {
            assert_eq!(
                refused.json()["errors"][0]["code"],
                "unknown_reference",
                "{}",
                refused.text
            );
        }
        assert_whole(&app).await;
    }
}

async fn a_corporation_that_goes_while_it_becomes_primary_leaves_no_broken_link(app: TestApp) {
    let owner = app.owner().await;
    let home = owner.corporation("Casa").await;
    for round in 0..6 {
        let going = owner.corporation(&format!("Fugaz {round}")).await;
        let mut paths = Vec::new();
        for name in ["Ana", "Luz"] {
            let more = json!({ "primary_corporation_id": home, "corporation_ids": [going] });
            let contact = owner.contact(&format!("{name} {round}"), more).await;
            paths.push(format!("/api/contacts/{}", id(&contact)));
        }
        let primary = json!({ "primary_corporation_id": going });
        let corporation = format!("/api/corporations/{going}");
        let (a, b, c) = tokio::join!(
            owner.patch(&paths[0], primary.clone()),
            owner.delete(&corporation),
            owner.patch(&paths[1], primary),
        );
        for reply in [&a, &b, &c] {
            fair(reply);
        }
        if b.status == 409 {
            b.problem(409, "corporation_is_primary");
        }
        assert_whole(&app).await;
    }
}

async fn a_department_that_goes_while_people_join_leaves_no_broken_link(app: TestApp) {
    let owner = app.owner().await;
    for round in 0..6 {
        let going = owner.department(&format!("Fugaz {round}"), &format!("F{round}")).await;
        let path = owner.contact_path(&format!("Ana {round}")).await;
        let department = format!("/api/departments/{going}");
        let (a, b) = tokio::join!(
            owner.patch(&path, json!({ "department_id": going })),
            owner.delete(&department),
        );
        match (a.status, b.status) {
            (200, 409) => drop(b.problem(409, "in_use")),
            (422, 204) => drop(a.invalid("department_id", "unknown_reference")),
            other => panic!("{other:?}: {} {}", a.text, b.text),
        }
        assert_whole(&app).await;
    }
}

async fn readers_are_answered_while_others_write(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.contact_path("Ana Ruiz").await;
    let write = async |number: usize| {
        owner.patch(&path, json!({ "notes": format!("nota {number}") })).await.ok();
    };
    let read = async |_: usize| {
        let list = owner.get("/api/contacts").await.ok();
        assert_eq!(list["total"], 1);
    };
    let writers = join_all((0..15).map(write));
    let readers = join_all((0..40).map(read));
    tokio::join!(writers, readers);
}
