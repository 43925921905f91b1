//! Every answer that any test gets is one that the OpenAPI document tells of.

use reqwest::Method;
use serde_json::Value;
use std::sync::LazyLock;

struct Documented {
    method: String,
    path: Vec<String>,
    statuses: Vec<String>,
}

static OPERATIONS: LazyLock<Vec<Documented>> = LazyLock::new(|| {
    let document: Value = serde_json::from_str(&ebenezer::routes::document().unwrap()).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            operations.push(Documented {
                method: method.to_uppercase(),
                path: path.split('/').map(str::to_owned).collect(),
                statuses: operation["responses"].as_object().unwrap().keys().cloned().collect(),
            });
        }
    }
    operations
});

/// Fails when the operation at that path does not tell of that status.
pub fn check(method: &Method, path: &str, status: u16, text: &str) {
    let path: Vec<&str> = path.split('?').next().unwrap_or_default().split('/').collect();
    let is_it = |operation: &&Documented| {
        operation.method == method.as_str()
            && operation.path.len() == path.len()
            && operation.path.iter().zip(&path).all(|(a, b)| a.starts_with('{') || a == b)
    };
    if let Some(operation) = OPERATIONS.iter().find(is_it) {
        let is_told = operation.statuses.contains(&status.to_string());
        let name = operation.path.join("/");
        assert!(is_told, "{method} {name} does not tell of {status}: {text}");
    }
}
