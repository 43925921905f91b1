//! Limits counted in the process.

use super::{assert_refused, exhaust};
use crate::support::fixtures::registration;
use crate::support::{PASSWORD, Reply, Setup, TestApp, json};
use ebenezer_shared::permission::Role;

db_tests! {
    anonymous_requests_are_limited_by_address,
    a_refused_token_counts_as_anonymous,
    a_cookie_does_not_lift_the_limit,
    addresses_behind_a_trusted_proxy_count_apart,
    an_untrusted_forwarded_address_is_not_believed,
    logins_are_limited_by_email_and_address,
    logins_are_limited_by_address,
    registrations_are_limited_by_email,
    password_changes_are_limited,
    accounts_are_limited,
    a_firm_is_limited_by_its_active_users,
    answers_tell_what_is_left,
    limits_can_be_switched_off,
}

async fn anonymous_requests_are_limited_by_address(setup: Setup) {
    let app = setup.default_limits().start().await;
    let owner = app.owner().await;
    let refused = exhaust(20, 19, async |_| app.client.get("/api/products").await).await;
    assert_refused(&refused, 20);
    // Every anonymous operation counts alike; who is logged in goes on.
    let login = json!({ "email": "a@b.co", "password": "x" });
    app.client.post("/api/auth/login", login).await.problem(429, "rate_limited");
    owner.get("/api/auth/me").await.ok();
    owner.get("/api/products").await.ok();
}

async fn a_refused_token_counts_as_anonymous(setup: Setup) {
    let app = setup.default_limits().start().await;
    let stranger = app.client.bearer("x.y.z");
    let refused = exhaust(20, 20, async |_| stranger.get("/api/contacts").await).await;
    assert_refused(&refused, 20);
    app.client.get("/api/products").await.problem(429, "rate_limited");
}

async fn a_cookie_does_not_lift_the_limit(setup: Setup) {
    let app = setup.default_limits().start().await;
    let client = app.client.with("Cookie", "ebenezer_refresh=anything");
    let refused = exhaust(20, 20, async |_| client.get("/api/products").await).await;
    assert_refused(&refused, 20);
    // An unknown refresh token is nobody's.
    let own = client.with("Origin", app.origin()).with("X-Ebenezer-Client", "web");
    let refused = exhaust(20, 20, async |_| own.post("/api/auth/refresh", json!({})).await).await;
    assert_refused(&refused, 20);
}

async fn addresses_behind_a_trusted_proxy_count_apart(setup: Setup) {
    let app = setup.default_limits().set("TRUSTED_PROXIES", "127.0.0.0/8, 10.0.0.1").start().await;
    let from = |addresses: &str| app.client.with("X-Forwarded-For", addresses);
    let first = from("203.0.113.7");
    let refused = exhaust(20, 20, async |_| first.get("/api/products").await).await;
    assert_refused(&refused, 20);
    for same in ["198.51.100.1, 203.0.113.7", "203.0.113.7, 10.0.0.1", "x, 203.0.113.7 ,127.0.0.1"]
    {
        from(same).get("/api/products").await.problem(429, "rate_limited");
    }
    for other in ["203.0.113.8", "203.0.113.7, 198.51.100.1", "2001:db8::1", ""] {
        from(other).get("/api/products").await.ok();
    }
}

async fn an_untrusted_forwarded_address_is_not_believed(setup: Setup) {
    let app = setup.default_limits().start().await;
    let refused = exhaust(20, 20, async |number| {
        let address = format!("203.0.113.{number}");
        app.client.with("X-Forwarded-For", address).get("/api/products").await
    });
    assert_refused(&refused.await, 20);
}

/// The default limits, but for that on anonymous requests, which would come first.
fn without_anonymous(setup: Setup) -> Setup {
    setup.default_limits().set("RATE_LIMIT_ANONYMOUS", "100000")
}

async fn login(app: &TestApp, email: &str, password: &str) -> Reply {
    let body = json!({ "email": email, "password": password });
    app.client.post("/api/auth/login", body).await
}

async fn logins_are_limited_by_email_and_address(setup: Setup) {
    let app = without_anonymous(setup).start().await;
    let (owner, other) = (app.owner().await, app.owner().await);
    let refused = exhaust(5, 4, async |number| {
        // The registration was the first; case makes no other email.
        let email = if number % 2 == 0 { owner.email.clone() } else { owner.email.to_uppercase() };
        login(&app, &email, "wrong").await
    });
    assert_refused(&refused.await, 5);
    login(&app, &owner.email, PASSWORD).await.problem(429, "rate_limited");
    login(&app, &other.email, PASSWORD).await.ok();
    let unknown = exhaust(5, 5, async |_| login(&app, "nadie@firma.test", "wrong").await).await;
    assert_refused(&unknown, 5);
}

async fn logins_are_limited_by_address(setup: Setup) {
    let app = without_anonymous(setup).start().await;
    let refused = exhaust(30, 30, async |number| {
        login(&app, &format!("persona{number}@firma.test"), "wrong").await
    });
    assert_refused(&refused.await, 30);
}

async fn registrations_are_limited_by_email(setup: Setup) {
    let app = without_anonymous(setup).start().await;
    let taken = registration("tax");
    app.client.post("/api/auth/register", taken.clone()).await.created();
    let refused = exhaust(5, 4, async |_| {
        let mut body = registration("tax");
        body["email"] = taken["email"].clone();
        app.client.post("/api/auth/register", body).await
    });
    assert_refused(&refused.await, 5);
}

async fn password_changes_are_limited(setup: Setup) {
    let app = without_anonymous(setup).start().await;
    let owner = app.owner().await;
    let refused = exhaust(5, 5, async |_| {
        let body =
            json!({ "current_password": "wrong", "new_password": "tres-faroles-y-un-erizo" });
        owner.post("/api/auth/password/change", body).await
    });
    assert_refused(&refused.await, 5);
}

async fn accounts_are_limited(setup: Setup) {
    let setup = setup.default_limits().set("RATE_LIMIT_PER_MINUTE", "100000");
    let app = setup.set("RATE_LIMIT_BURST", "100000").start().await;
    let owner = app.owner().await;
    let colleague = app.member(owner.tenant, Role::Member).await;
    let user = ebenezer::platform::user::by_id(&app.db, owner.user).await.unwrap().unwrap();
    let elsewhere = app.session(&user, owner.tenant).await;
    let refused = exhaust(200, 200, async |number| {
        // Two sessions are one account.
        let session = if number % 2 == 0 { &owner } else { &elsewhere };
        session.get("/api/auth/me").await
    });
    assert_refused(&refused.await, 200);
    colleague.get("/api/auth/me").await.ok();
}

async fn a_firm_is_limited_by_its_active_users(setup: Setup) {
    let app = setup.default_limits().start().await;
    let (owner, other) = (app.owner().await, app.owner().await);
    let refused = exhaust(300, 50, async |_| owner.get("/api/departments").await).await;
    assert_refused(&refused, 50);
    other.get("/api/departments").await.ok();
    // A colleague brings their own share, and draws on the firm's.
    let colleague = app.member(other.tenant, Role::Member).await;
    let refused = exhaust(600, 99, async |number| {
        let member = if number % 2 == 0 { &other } else { &colleague };
        member.get("/api/departments").await
    });
    assert_refused(&refused.await, 100);
}

async fn answers_tell_what_is_left(setup: Setup) {
    let app = setup.default_limits().start().await;
    let left = |reply: &Reply| -> (u32, u32) {
        reply.header("ratelimit-reset").parse::<u32>().unwrap();
        let number = |name| reply.header(name).parse().unwrap();
        (number("ratelimit-limit"), number("ratelimit-remaining"))
    };
    let first = left(&app.client.get("/api/products").await);
    let second = left(&app.client.get("/api/products").await);
    assert_eq!((first.0, second.0), (20, 20));
    assert!(first.1 == 19 && second.1 <= 19 && second.1 >= 18, "{first:?} {second:?}");
    let owner = app.owner().await;
    let (limit, remaining) = left(&owner.get("/api/contacts").await);
    assert_eq!((limit, remaining), (50, 49), "the tightest limit is told");
}

async fn limits_can_be_switched_off(setup: Setup) {
    let app = setup.default_limits().set("RATE_LIMIT_ENABLED", "false").start().await;
    for _ in 0..60 {
        let reply = app.client.get("/api/products").await.expect(200);
        assert!(!reply.headers.contains_key("ratelimit-limit"));
    }
}
