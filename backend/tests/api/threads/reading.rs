//! What is unread.

use crate::support::{TestApp, json};
use ebenezer_shared::permission::Role;

db_tests! {
    what_others_write_is_unread_until_it_is_read,
    counts_are_of_ones_own_threads,
}

async fn what_others_write_is_unread_until_it_is_read(app: TestApp) {
    let owner = app.owner().await;
    let eva = app.member(owner.tenant, Role::Member).await;
    let thread = owner.thread("x", &[&eva]).await;
    let path = format!("/api/threads/{thread}");
    owner.say(thread, "Otra").await;
    assert_eq!(eva.get(&path).await.ok()["unread"], 2);
    assert_eq!(owner.get(&path).await.ok()["unread"], 0, "one's own is read");
    let read = format!("{path}/read");
    eva.post(&read, json!({ "up_to": 1 })).await.expect(204);
    assert_eq!(eva.get(&path).await.ok()["unread"], 1);
    // Nothing is unread again, and nothing is read that was not written yet.
    eva.post(&read, json!({ "up_to": 0 })).await.expect(204);
    eva.post(&read, json!({ "up_to": 99 })).await.expect(204);
    assert_eq!(eva.get(&path).await.ok()["unread"], 0);
    owner.say(thread, "Y otra").await;
    assert_eq!(eva.get(&path).await.ok()["unread"], 1);
    eva.say(thread, "Recibido").await;
    assert_eq!(eva.get(&path).await.ok()["unread"], 0, "who answers has read");
}

async fn counts_are_of_ones_own_threads(app: TestApp) {
    let owner = app.owner().await;
    let (eva, leo) = (
        app.member(owner.tenant, Role::Member).await,
        app.member(owner.tenant, Role::Member).await,
    );
    let thread = owner.thread("x", &[&eva]).await;
    owner.say(thread, "Otra").await;
    eva.say(thread, "Gracias").await;
    owner.say(thread, "De nada").await;
    let counts = |count: u64, unread: u64| json!({ "count": count, "unread": unread });
    let path = "/api/threads/unread";
    assert_eq!(eva.get(path).await.ok(), counts(3, 1));
    assert_eq!(owner.get(path).await.ok(), counts(1, 0));
    assert_eq!(leo.get(path).await.ok(), counts(0, 0));
}
