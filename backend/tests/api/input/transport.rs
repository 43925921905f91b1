//! What is wrong before a body is read: paths, methods, headers, bytes on the wire.

use crate::support::{TestApp, json};
use reqwest::Method;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

db_tests! {
    unknown_paths_are_not_found,
    wrong_methods_are_told_with_the_right_ones,
    a_request_id_is_kept_or_made,
    broken_requests_do_not_break_the_server,
    no_path_leads_out_of_the_server,
    nothing_secret_is_in_an_answer,
}

async fn unknown_paths_are_not_found(app: TestApp) {
    let owner = app.owner().await;
    for path in [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/contact",
        "/api/contacts/",
        "/api/contacts//",
        "/api/Contacts",
        "/api/contacts/a/b/c",
        "/api/v1/contacts",
        "/api/auth",
        "/health/nothing",
        "/api/contacts%00",
    ] {
        for client in [&app.client, &owner.client] {
            let reply = client.get(path).await;
            assert!(
                [400, 401, 404].contains(&reply.status),
                "{path}: {} {}",
                reply.status,
                reply.text
            );
            if !path.starts_with("/api/contacts/") {
                reply.problem(404, "not_found");
            }
        }
    }
    app.client.post("/api/nothing", json!({})).await.problem(404, "not_found");
}

async fn wrong_methods_are_told_with_the_right_ones(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.contact_path("Ana Ruiz").await;
    for (method, path, allowed) in [
        (Method::DELETE, "/api/contacts", "GET, POST"),
        (Method::PUT, "/api/contacts", "GET, POST"),
        (Method::PUT, &path, "DELETE, GET, PATCH"),
        (Method::POST, &path, "DELETE, GET, PATCH"),
        (Method::GET, "/api/auth/login", "POST"),
        (Method::POST, "/api/auth/me", "GET, PATCH"),
        (Method::from_bytes(b"BREW").unwrap(), "/api/contacts", "GET, POST"),
    ] {
        let reply = owner.raw(method.clone(), path, Vec::new()).await;
        let mut named: Vec<_> = reply.header("allow").split(", ").collect();
        named.sort_unstable();
        named.retain(|name| !["HEAD", "OPTIONS"].contains(name));
        assert_eq!(named.join(", "), allowed, "{method} {path}");
        reply.problem(405, "method_not_allowed");
    }
    owner.get(&path).await.ok();
}

async fn a_request_id_is_kept_or_made(app: TestApp) {
    let given = app.client.with("X-Request-Id", "abc-123-DEF");
    let reply = given.get("/api/contacts").await;
    assert_eq!(reply.header("x-request-id"), "abc-123-DEF");
    assert_eq!(reply.any_problem()["request_id"], "abc-123-DEF");
    let long = "x".repeat(65);
    for unusable in ["short", "with space in it", "<script>alert(1)</script>", "ñandú-ñandú", &long]
    {
        let client = app.client.with("X-Request-Id", unusable);
        let id = client.get("/health/live").await.header("x-request-id").to_owned();
        assert!(id.parse::<uuid::Uuid>().is_ok(), "{id}");
    }
}

/// What the server says to these bytes.
async fn spoken(app: &TestApp, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(app.address()).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut answer = Vec::new();
    let limit = std::time::Duration::from_secs(10);
    let read = tokio::time::timeout(limit, stream.read_to_end(&mut answer)).await;
    read.expect("the server answers and closes").unwrap_or_default();
    String::from_utf8_lossy(&answer).into_owned()
}

async fn broken_requests_do_not_break_the_server(app: TestApp) {
    let long_header =
        format!("GET /api/contacts HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "x".repeat(200_000));
    let long_path =
        format!("GET /{} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "x".repeat(70_000));
    let requests: [&[u8]; 7] = [
        b"\x00\x01\x02\x03\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /api/contacts HTTP/9.9\r\n\r\n",
        b"GET /api/\xff\xfe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        long_header.as_bytes(),
        long_path.as_bytes(),
    ];
    for request in requests {
        let answer = spoken(&app, request).await;
        let status = answer.split(' ').nth(1).unwrap_or_default();
        let shown = String::from_utf8_lossy(&request[..request.len().min(60)]);
        assert!(status.is_empty() || status.starts_with('4'), "{shown}: {answer}");
        assert!(!answer.contains("panicked"));
        app.client.get("/health/live").await.ok();
    }
}

async fn no_path_leads_out_of_the_server(app: TestApp) {
    for path in [
        "/../../../../../../etc/passwd",
        "/api/docs/../../../../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/api/docs/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "//etc/passwd",
        "/Cargo.toml",
        "/development-keys.env",
        "/test.db",
    ] {
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        let answer = spoken(&app, request.as_bytes()).await;
        for content in ["root:", "[package]", "_KEY=", "SQLite format"] {
            assert!(!answer.contains(content), "{path}: {answer}");
        }
    }
}

async fn nothing_secret_is_in_an_answer(app: TestApp) {
    let owner = app.owner().await;
    let secret = "la-clave-secreta-99";
    let body = json!({ "email": "x", "password": secret, "extra": secret });
    let replies = [
        app.client.post("/api/auth/register", body.clone()).await,
        app.client.post("/api/auth/login", body).await,
        owner.post("/api/contacts", json!({ "first_name": secret, "ssn": secret })).await,
        owner.post("/api/auth/refresh", json!({ "refresh_token": secret })).await,
        app.client.bearer(secret).get("/api/contacts").await,
    ];
    for reply in replies {
        let problem = reply.any_problem().to_string();
        for word in [secret, "panicked", "sqlx", "sea_orm", ".rs", "backtrace", "SELECT"] {
            assert!(!problem.contains(word), "{problem}");
        }
    }
}
