//! Logs tell what happened and nothing secret.

use crate::support::crm::merged;
use crate::support::fixtures::id;
use crate::support::{PASSWORD, TestApp, asking_for, json, logs};

db_tests! { requests_are_logged_without_what_is_secret }

async fn requests_are_logged_without_what_is_secret(app: TestApp) {
    logs::capture();
    let owner = app.owner().await;
    let number = crate::support::fixtures::number() % 9000 + 1000;
    let (ssn, ein) = (format!("12345{number}"), format!("12345{number}"));
    let dashed = format!("123-45-{number}");
    let name = format!("Zoraida-{number}");
    let client = owner.with("X-Request-Id", format!("req-log-{number}"));
    let more =
        json!({ "ssn": dashed, "email": format!("z{number}@firma.test"), "notes": "íntimo" });
    let names = json!({ "first_name": name, "last_name": "Única" });
    let contact = client.post("/api/contacts", merged(names, more)).await.created();
    let path = format!("/api/contacts/{}", id(&contact));
    let corporation = json!({ "name": name, "ein": ein });
    client.post("/api/corporations", corporation.clone()).await.created();
    client.post("/api/corporations", corporation).await.problem(409, "duplicate");
    client.post(&format!("{path}/reveal"), asking_for("ssn")).await.ok();
    client.list("/api/contacts", &[("search", &dashed)]).await.ok();
    client.list("/api/contacts", &[("search", &name), ("page", "0")]).await.expect(400);
    client.patch(&path, json!({ "ssn": dashed, "first_name": 7 })).await.expect(422);
    client.raw(reqwest::Method::PATCH, &path, dashed.clone().into_bytes()).await.expect(415);
    let wrong = json!({ "email": owner.email, "password": format!("wrong-{number}-secret") });
    client.post("/api/auth/login", wrong).await.problem(401, "invalid_credentials");
    let right = json!({ "email": owner.email, "password": PASSWORD, "cookie": false });
    let session = app.member_of(&client.post("/api/auth/login", right).await.ok());
    let refresh = json!({ "refresh_token": session.refresh_token });
    client.post("/api/auth/refresh", refresh).await.ok();
    app.client.bearer(&format!("{}x", owner.token)).get("/api/contacts").await.expect(401);

    let log = logs::text();
    let own = log.lines().filter(|line| line.contains(&format!("req-log-{number}"))).count();
    assert!(own >= 10, "each request is logged with its id");
    assert!(log.contains(&owner.tenant.to_string()) && log.contains(&owner.user.to_string()));
    for secret in [
        ssn.as_str(),
        &dashed,
        &name,
        PASSWORD,
        &format!("wrong-{number}-secret"),
        &owner.token,
        &session.token,
        &session.refresh_token,
        &owner.email,
        "íntimo",
        "argon2",
    ] {
        assert!(!log.contains(secret), "the log tells {secret}");
    }
}
