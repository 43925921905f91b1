//! People, companies and departments to test with.

use super::fixtures::{Member, id};
use ebenezer::demo::files::pdf;
use serde_json::{Value, json};
use uuid::Uuid;

/// The fields of `more` added to those of `body`.
pub fn merged(mut body: Value, more: Value) -> Value {
    if let Value::Object(more) = more {
        body.as_object_mut().unwrap().extend(more);
    }
    body
}

/// First and last name of each item of a list.
pub fn people(list: &Value) -> Vec<String> {
    let name = |row: &Value| {
        format!("{} {}", row["first_name"].as_str().unwrap(), row["last_name"].as_str().unwrap())
    };
    list["items"].as_array().unwrap().iter().map(name).collect()
}

/// The values of one field in a list.
pub fn column(list: &Value, field: &str) -> Vec<Value> {
    list["items"].as_array().unwrap().iter().map(|row| row[field].clone()).collect()
}

impl Member {
    /// Adds a person, whoever is like them.
    pub async fn contact(&self, name: &str, more: Value) -> Value {
        let (first, last) = name.split_once(' ').unwrap();
        let body = json!({ "first_name": first, "last_name": last, "allow_duplicate": true });
        self.post("/api/contacts", merged(body, more)).await.created()
    }

    /// Adds a person; answers their path.
    pub async fn contact_path(&self, name: &str) -> String {
        format!("/api/contacts/{}", id(&self.contact(name, Value::Null).await))
    }

    /// Adds a company.
    pub async fn corporation(&self, name: &str) -> Uuid {
        id(&self.post("/api/corporations", json!({ "name": name })).await.created())
    }

    /// Adds a department.
    pub async fn department(&self, name: &str, code: &str) -> Uuid {
        let body = json!({ "name": name, "code": code });
        id(&self.post("/api/departments", body).await.created())
    }

    /// Adds a PDF to a folder.
    pub async fn document(&self, folder: Uuid, name: &str) -> Uuid {
        let file = pdf(name, &["Texto de prueba".to_owned()]);
        let fields = [("folder_id", folder.to_string())];
        let fields = fields.each_ref().map(|(field, value)| (*field, value.as_str()));
        id(&self.upload("/api/documents", &fields, name, &file).await.created())
    }

    /// The names that a search finds, in the list's order.
    pub async fn found(&self, search: &str) -> Vec<String> {
        people(&self.list("/api/contacts", &[("search", search)]).await.ok())
    }
}
