//! One operation, and requests to it.

use super::document::Document;
use super::sample::{self, Ids};
use crate::support::{Client, Reply, Value};
use ebenezer::demo::files::pdf;
use reqwest::Method;
use serde_json::Map;
use uuid::Uuid;

/// The media type of a form with a file.
const FORM: &str = "multipart/form-data";

pub struct Operation {
    pub method: Method,
    /// With `{parameters}`.
    pub path: String,
    pub specification: Value,
}

impl Operation {
    pub fn new(path: &str, method: &str, specification: Value) -> Self {
        let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
        Self { method, path: path.to_owned(), specification }
    }

    /// `GET /api/contacts/{id}`
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// The credentials that it says it serves.
    pub fn audience(&self) -> Vec<&str> {
        let list = self.specification["x-audience"].as_array();
        list.unwrap_or_else(|| panic!("{} says not whom it serves", self.name()))
            .iter()
            .map(|audience| audience.as_str().unwrap())
            .collect()
    }

    pub fn is_public(&self) -> bool {
        self.audience() == ["public"]
    }

    /// What it says it needs: a permission, or none for one's own account and the public.
    pub fn permission(&self) -> Option<&str> {
        let declared = self.specification.get("x-permission");
        let declared = declared.unwrap_or_else(|| panic!("{} declares no permission", self.name()));
        match declared {
            Value::Null => {
                assert!(self.is_public(), "{} needs nothing and is not public", self.name());
                None
            }
            Value::String(own) if own == "own_account" => None,
            Value::String(permission) => Some(permission),
            other => panic!("{}: {other} is no permission", self.name()),
        }
    }

    /// Whether it is for those who run the platform alone.
    pub fn is_for_the_platform(&self) -> bool {
        self.specification["x-permission"] == "platform_staff"
    }

    /// The path up to its first parameter, by which the resource is known.
    pub fn collection(&self) -> &str {
        self.path.split("/{").next().unwrap()
    }

    pub fn has_path_id(&self) -> bool {
        self.path.contains('{')
    }

    /// The path with these ids in the places of its parameters, nobody's where there is none.
    pub fn path_with(&self, ids: impl IntoIterator<Item = Uuid>) -> String {
        let mut ids = ids.into_iter();
        let mut parts = Vec::new();
        for part in self.path.split('/') {
            let is_parameter = part.starts_with('{');
            parts.push(if is_parameter {
                ids.next().unwrap_or_else(Uuid::now_v7).to_string()
            } else {
                part.to_owned()
            });
        }
        parts.join("/")
    }

    fn takes_a_file(&self) -> bool {
        self.specification["requestBody"]["content"].get(FORM).is_some()
    }

    fn takes_a_body(&self) -> bool {
        !self.specification["requestBody"].is_null()
    }

    fn query_parameters(&self) -> impl Iterator<Item = &Value> {
        let all = self.specification["parameters"].as_array();
        all.into_iter().flatten().filter(|parameter| parameter["in"] == "query")
    }

    /// A body made from the schema, with ids where it refers to things; of what takes none the
    /// query parameters that it must have.
    pub fn body(&self, document: &Document, ids: &Ids) -> Option<Value> {
        if !self.takes_a_body() {
            let mut fields = Map::new();
            for parameter in self.query_parameters().filter(|it| it["required"] == true) {
                let name = parameter["name"].as_str().unwrap();
                let value = sample::value(document, &parameter["schema"], name, ids);
                fields.insert(name.to_owned(), value);
            }
            return (!fields.is_empty()).then_some(Value::Object(fields));
        }
        let content = &self.specification["requestBody"]["content"];
        let content =
            if self.takes_a_file() { &content[FORM] } else { &content["application/json"] };
        let schema = content.get("schema")?;
        Some(sample::value(document, schema, "", ids))
    }

    /// Names of query parameters that take an id.
    pub fn id_parameters(&self) -> Vec<&str> {
        let names = self.query_parameters().map(|parameter| parameter["name"].as_str().unwrap());
        names.filter(|name| sample::is_reference(name)).collect()
    }

    /// Sends it. Whatever it answers is in the document, as all that a [`Client`] gets.
    pub async fn send(&self, client: &Client, path: &str, body: Option<Value>) -> Reply {
        let reply = match body {
            Some(Value::Object(fields)) if self.takes_a_file() => {
                let texts = fields.iter().filter(|(name, _)| *name != "file");
                let texts: Vec<(&str, &str)> = texts
                    .map(|(name, value)| (name.as_str(), value.as_str().unwrap_or("1")))
                    .collect();
                let file = pdf("Paseo", &[]);
                client.upload(path, &texts, "paseo.pdf", &file).await
            }
            Some(Value::Object(fields)) if !self.takes_a_body() => {
                let values: Vec<(String, String)> = fields
                    .into_iter()
                    .map(|(name, value)| (name, value.as_str().unwrap_or("1").to_owned()))
                    .collect();
                let query = serde_urlencoded::to_string(values).unwrap();
                client.send(self.method.clone(), &format!("{path}?{query}"), None).await
            }
            body => client.send(self.method.clone(), path, body).await,
        };
        assert!(reply.status < 500, "{}: {}", self.name(), reply.text);
        reply
    }
}
