//! The document is good enough for those who generate clients from it.

use super::document::Document;
use super::operation::Operation;
use crate::support::{TestApp, Value};
use std::collections::{BTreeSet, HashSet};

db_tests! {
    each_reference_leads_somewhere,
    operations_are_named_and_described,
    parameters_are_those_of_the_path,
    answers_are_documented,
    each_path_is_served,
}

/// Every value of a key, wherever it stands.
fn all<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(object) => {
            for (name, inner) in object {
                if name == key {
                    found.push(inner);
                }
                all(inner, key, found);
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| all(inner, key, found)),
        _ => {}
    }
}

async fn each_reference_leads_somewhere(app: TestApp) {
    let document = Document::of(&app).await;
    let mut references = Vec::new();
    all(&document.0, "$ref", &mut references);
    assert!(references.len() > 20);
    for reference in references {
        let pointer = reference.as_str().unwrap().strip_prefix('#').unwrap();
        assert!(document.0.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
}

async fn operations_are_named_and_described(app: TestApp) {
    let mut names = HashSet::new();
    for operation in Document::of(&app).await.operations() {
        let name = operation.specification["operationId"].as_str();
        let name = name.unwrap_or_else(|| panic!("{} has no operationId", operation.name()));
        assert!(names.insert(name.to_owned()), "{name} names two operations");
        let is_snake = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        assert!(is_snake, "{name}");
        let summary = operation.specification["summary"].as_str().unwrap_or_default();
        assert!(!summary.is_empty(), "{} says not what it does", operation.name());
        let tags = operation.specification["tags"].as_array();
        assert!(tags.is_some_and(|tags| !tags.is_empty()), "{} has no tag", operation.name());
        assert!(operation.path.starts_with("/api/"), "{}", operation.name());
    }
}

async fn parameters_are_those_of_the_path(app: TestApp) {
    for operation in Document::of(&app).await.operations() {
        let parameters =
            operation.specification["parameters"].as_array().cloned().unwrap_or_default();
        let in_path: BTreeSet<_> = parameters
            .iter()
            .filter(|parameter| parameter["in"] == "path")
            .map(|parameter| parameter["name"].as_str().unwrap().to_owned())
            .collect();
        let expected: BTreeSet<_> = operation
            .path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}').map(str::to_owned))
            .collect();
        assert_eq!(in_path, expected, "{}", operation.name());
        let mut seen = HashSet::new();
        for parameter in &parameters {
            let name = parameter["name"].as_str().unwrap();
            assert!(seen.insert((name, parameter["in"].as_str().unwrap())), "{name} twice");
            assert!(parameter.get("schema").is_some(), "{}: {name}", operation.name());
        }
    }
}

async fn answers_are_documented(app: TestApp) {
    let document = Document::of(&app).await;
    for operation in document.operations() {
        let name = operation.name();
        let responses = operation.specification["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with('2')), "{name} never succeeds");
        for (status, response) in responses {
            let number: u16 = status.parse().unwrap_or_else(|_| panic!("{name}: {status}"));
            assert!((200..600).contains(&number), "{name}: {status}");
            let content = response["content"].as_object();
            let expected: &[Option<&str>] = match number {
                204 => &[None],
                200..300 => &[
                    Some("application/json"),
                    Some("text/event-stream"),
                    Some("text/calendar"),
                    Some("text/csv"),
                    Some("application/octet-stream"),
                    Some(ebenezer::exports::XLSX),
                ],
                _ => &[Some("application/problem+json")],
            };
            let media = content.and_then(|content| content.keys().next()).map(String::as_str);
            assert!(expected.contains(&media), "{name} {status}: {media:?}");
        }
        assert_eq!(responses.contains_key("401"), expects_login(&operation), "{name}");
    }
    let schemas = document.0["components"]["schemas"].as_object().unwrap();
    assert!(schemas.contains_key("Problem"));
    let security = document.0["components"]["securitySchemes"].as_object().unwrap();
    let mut used = Vec::new();
    all(&document.0["paths"], "security", &mut used);
    for requirement in used {
        let scheme = requirement[0].as_object().unwrap().keys().next().unwrap();
        assert!(security.contains_key(scheme), "{scheme}");
    }
}

/// Whether a token, or the password that stands for one, can be wrong.
fn expects_login(operation: &Operation) -> bool {
    !operation.is_public()
        || [
            "/api/auth/login",
            "/api/auth/refresh",
            "/api/auth/invitations/accept",
            "/api/downloads/{token}",
        ]
        .contains(&operation.path.as_str())
}

async fn each_path_is_served(app: TestApp) {
    let owner = app.owner().await;
    for operation in Document::of(&app).await.operations() {
        let path = operation.path_with(None);
        let reply = owner.raw(operation.method.clone(), &path, Vec::new()).await;
        assert_ne!(reply.status, 405, "{}", operation.name());
        if !operation.has_path_id() {
            assert_ne!(reply.status, 404, "{}", operation.name());
        }
        let other = owner.raw(reqwest::Method::PUT, &path, Vec::new()).await;
        assert!(other.header("allow").contains(operation.method.as_str()), "{}", operation.name());
    }
}
