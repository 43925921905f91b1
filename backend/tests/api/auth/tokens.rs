//! Which access tokens are believed.

use crate::support::TestApp;
use crate::support::tokens::bad_tokens;

db_tests! { tokens_that_are_not_ours_are_refused, the_scheme_is_bearer }

async fn tokens_that_are_not_ours_are_refused(app: TestApp) {
    let owner = app.owner().await;
    for (what, token) in bad_tokens(&app, &owner) {
        for path in ["/api/auth/me", "/api/contacts"] {
            let reply = app.client.bearer(&token).get(path).await;
            assert_eq!(reply.status, 401, "a token {what}");
            reply.problem(401, "authentication_required");
        }
    }
    owner.get("/api/auth/me").await.ok();
}

async fn the_scheme_is_bearer(app: TestApp) {
    let owner = app.owner().await;
    let with = |value: String| app.client.with("Authorization", value);
    for value in ["", "Bearer", "Bearer ", &owner.token, &format!("Basic {}", owner.token)] {
        let reply = with(value.to_owned()).get("/api/auth/me").await;
        reply.problem(401, "authentication_required");
    }
    with(format!("bearer {}", owner.token)).get("/api/auth/me").await.ok();
    let in_query = format!("/api/auth/me?access_token={}", owner.token);
    app.client.get(&in_query).await.problem(401, "authentication_required");
}
