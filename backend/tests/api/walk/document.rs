//! The OpenAPI document as the walk reads it.

use super::operation::Operation;
use crate::support::{TestApp, Value};

pub struct Document(pub Value);

impl Document {
    /// The document that the server hands out.
    pub async fn of(app: &TestApp) -> Self {
        Self(app.client.get("/api/openapi.json").await.ok())
    }

    /// Every operation, in the order of the document.
    pub fn operations(&self) -> Vec<Operation> {
        let mut operations = Vec::new();
        for (path, item) in self.0["paths"].as_object().unwrap() {
            for (method, specification) in item.as_object().unwrap() {
                operations.push(Operation::new(path, method, specification.clone()));
            }
        }
        assert!(operations.len() > 20, "the document is nearly empty");
        operations
    }

    /// What a `$ref` points to; other schemas as they are.
    pub fn resolve<'d>(&'d self, schema: &'d Value) -> &'d Value {
        match schema["$ref"].as_str() {
            Some(reference) => {
                let pointer = reference.strip_prefix('#').expect("a reference into the document");
                let found = self.0.pointer(pointer);
                self.resolve(found.unwrap_or_else(|| panic!("{reference} leads nowhere")))
            }
            None => schema,
        }
    }
}
