//! A subdomain of `BASE_DOMAIN` names the firm.

use crate::support::{Member, PASSWORD, Setup, TestApp, json};
use ebenezer_shared::permission::Role;

db_tests! {
    a_subdomain_names_the_firm,
    foreign_and_unknown_subdomains_answer_alike,
    reserved_names_and_other_hosts_name_no_firm,
    the_header_goes_before_the_subdomain,
    without_a_base_domain_no_host_names_a_firm,
    a_forwarded_host_counts_from_a_trusted_proxy_alone,
    other_hosts_are_refused_in_production,
    logging_in_at_a_firms_address_enters_that_firm,
    ones_own_account_needs_no_firm,
}

async fn start(setup: Setup) -> TestApp {
    setup.set("BASE_DOMAIN", "ebenezer.test").start().await
}

async fn firm_of(member: &Member, host: &str) -> String {
    let me = member.with("Host", host).get("/api/auth/me").await.ok();
    me["tenant"]["id"].as_str().unwrap().to_owned()
}

async fn host_of(app: &TestApp, member: &Member) -> String {
    format!("{}.ebenezer.test", app.tenant(member.tenant).await.subdomain)
}

async fn a_subdomain_names_the_firm(setup: Setup) {
    let app = start(setup).await;
    let (owner, other) = (app.owner().await, app.owner().await);
    let user = ebenezer::platform::user::by_id(&app.db, owner.user).await.unwrap().unwrap();
    app.join(other.tenant, &user, Role::Viewer).await;
    let host = host_of(&app, &other).await;
    let hosts = [host.clone(), format!("{host}:8080"), host.to_uppercase()];
    for host in hosts {
        assert_eq!(firm_of(&owner, &host).await, other.tenant.to_string(), "{host}");
    }
    let own = host_of(&app, &owner).await;
    assert_eq!(firm_of(&owner, &own).await, owner.tenant.to_string());
}

async fn foreign_and_unknown_subdomains_answer_alike(setup: Setup) {
    let app = start(setup).await;
    let (owner, foreign) = (app.owner().await, app.owner().await);
    let hosts = [
        host_of(&app, &foreign).await,
        "nadie.ebenezer.test".to_owned(),
        "a.b.ebenezer.test".to_owned(),
    ];
    for host in hosts {
        let reply = owner.with("Host", &host).get("/api/contacts").await;
        reply.problem(403, "not_a_member");
    }
}

async fn reserved_names_and_other_hosts_name_no_firm(setup: Setup) {
    let app = start(setup).await;
    let owner = app.owner().await;
    let mut hosts: Vec<_> = ["www", "api", "admin", "app", "portal", "docs", "API"]
        .map(|name| format!("{name}.ebenezer.test"))
        .into();
    hosts.extend(
        ["ebenezer.test", "elsewhere.test", "xebenezer.test", "127.0.0.1"].map(str::to_owned),
    );
    for host in hosts {
        assert_eq!(firm_of(&owner, &host).await, owner.tenant.to_string(), "{host}");
    }
}

async fn the_header_goes_before_the_subdomain(setup: Setup) {
    let app = start(setup).await;
    let (owner, foreign) = (app.owner().await, app.owner().await);
    let client = owner
        .with("Host", host_of(&app, &foreign).await)
        .with("X-Organization-ID", owner.tenant.to_string());
    client.get("/api/contacts").await.ok();
}

async fn without_a_base_domain_no_host_names_a_firm(app: TestApp) {
    let (owner, foreign) = (app.owner().await, app.owner().await);
    let host = host_of(&app, &foreign).await;
    assert_eq!(firm_of(&owner, &host).await, owner.tenant.to_string());
}

async fn a_forwarded_host_counts_from_a_trusted_proxy_alone(setup: Setup) {
    let app = start(setup).await;
    let (owner, foreign) = (app.owner().await, app.owner().await);
    let host = host_of(&app, &foreign).await;
    let client = owner.with("X-Forwarded-Host", &host).with("Forwarded", format!("host={host}"));
    client.get("/api/contacts").await.ok();
    let behind_proxy = app.another_with(|setup| setup.set("TRUSTED_PROXIES", "127.0.0.1")).await;
    let client = behind_proxy.client.bearer(&owner.token).with("X-Forwarded-Host", &host);
    client.get("/api/contacts").await.problem(403, "not_a_member");
}

async fn other_hosts_are_refused_in_production(setup: Setup) {
    let setup = setup.set("DEBUG", "false").set("PUBLIC_URL", "https://app.ebenezer.test");
    let app = start(setup).await;
    for host in ["app.ebenezer.test", "firma.ebenezer.test", "ebenezer.test:443"] {
        app.client.with("Host", host).get("/api/products").await.ok();
    }
    for host in ["evil.test", "ebenezer.test.evil.test", "127.0.0.1", "badebenezer.test"] {
        let client = app.client.with("Host", host);
        client.get("/api/products").await.problem(400, "invalid_header");
        let pretending = client.with("X-Forwarded-Host", "app.ebenezer.test");
        pretending.get("/api/products").await.problem(400, "invalid_header");
        client.get("/health/live").await.ok();
    }
    let listed = app.another_with(|setup| setup.set("ALLOWED_HOSTS", "crm.firma.test")).await;
    listed.client.with("Host", "crm.firma.test").get("/api/products").await.ok();
    let other = listed.client.with("Host", "evil.test");
    other.get("/api/products").await.problem(400, "invalid_header");
}

async fn logging_in_at_a_firms_address_enters_that_firm(setup: Setup) {
    let app = start(setup).await;
    let (owner, other, foreign) = (app.owner().await, app.owner().await, app.owner().await);
    let user = ebenezer::platform::user::by_id(&app.db, owner.user).await.unwrap().unwrap();
    app.join(other.tenant, &user, Role::Viewer).await;
    let log_in = async |host: String| {
        let body = json!({ "email": owner.email, "password": PASSWORD, "cookie": false });
        app.client.with("Host", host).post("/api/auth/login", body).await
    };
    for member in [&owner, &other] {
        let answer = log_in(host_of(&app, member).await).await.ok();
        assert_eq!(answer["tenant"]["id"], member.tenant.to_string());
    }
    log_in(host_of(&app, &foreign).await).await.problem(403, "not_a_member");
}

async fn ones_own_account_needs_no_firm(setup: Setup) {
    let app = start(setup).await;
    let (owner, other) = (app.owner().await, app.owner().await);
    let user = ebenezer::platform::user::by_id(&app.db, owner.user).await.unwrap().unwrap();
    app.join(other.tenant, &user, Role::Viewer).await;
    app.end_membership(owner.user, owner.tenant).await;
    let me = owner.get("/api/auth/me").await.ok();
    assert_eq!((&me["tenant"], me["tenants"].as_array().unwrap().len()), (&json!(null), 1));
    owner.get("/api/contacts").await.problem(403, "not_a_member");
    let body = json!({ "tenant_id": other.tenant });
    owner.post("/api/auth/switch", body).await.ok();
    // A firm that the request insists on is another matter.
    let foreign = owner.with("X-Organization-ID", owner.tenant.to_string());
    foreign.get("/api/auth/me").await.problem(403, "not_a_member");
}
