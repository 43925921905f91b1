//! Answers of handlers.

use crate::error::ApiError;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::fmt::Display;

/// A success: status, headers and a JSON body. It can be stored and given again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    /// 200 with a body.
    pub fn ok(body: &impl Serialize) -> Result<Self, ApiError> {
        Ok(Self { status: 200, headers: Vec::new(), body: serde_json::to_string(body)? })
    }

    /// 201 with the new thing and where it lives.
    pub fn created(location: impl Display, body: &impl Serialize) -> Result<Self, ApiError> {
        let mut answer = Self::ok(body)?;
        answer.status = 201;
        Ok(answer.header("Location", location))
    }

    /// 204
    pub fn no_content() -> Self {
        Self { status: 204, headers: Vec::new(), body: String::new() }
    }

    #[must_use]
    pub fn header(mut self, name: &str, value: impl Display) -> Self {
        self.headers.push((name.to_owned(), value.to_string()));
        self
    }

    /// The version of the resource, for `If-Match`.
    #[must_use]
    pub fn etag(self, version: i32) -> Self {
        self.header("ETag", etag(version))
    }

    /// The response. API answers are never kept by caches.
    pub fn respond(self) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let mut response = HttpResponse::build(status);
        let mut cache_control = "no-store".to_owned();
        for (name, value) in self.headers {
            if name == "Cache-Control" {
                cache_control = value;
            } else {
                response.append_header((name, value));
            }
        }
        response.insert_header(("Cache-Control", cache_control));
        if self.body.is_empty() {
            response.finish()
        } else {
            response.content_type("application/json").body(self.body)
        }
    }

    /// The response to a request that was carried out before.
    pub fn replayed(self) -> HttpResponse {
        self.header("Idempotency-Replayed", "true").respond()
    }
}

/// A version as an entity tag.
pub fn etag(version: i32) -> String {
    format!("\"v{version}\"")
}
