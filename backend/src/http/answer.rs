//! Answers of handlers.

use crate::error::ApiError;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::ContentEncoding;
use actix_web::web::Bytes;
use futures_util::StreamExt as _;
use serde::{Deserialize, Serialize};
use std::fmt::Display;
use std::ops::Range;
use std::pin::Pin;

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

    /// 202 with what a worker will do.
    pub fn accepted(body: &impl Serialize) -> Result<Self, ApiError> {
        Ok(Self { status: 202, ..Self::ok(body)? })
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

/// What a handler answers.
pub enum Reply {
    Answer(Answer),
    Stream(Stream),
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        Self::Answer(answer)
    }
}

impl From<Stream> for Reply {
    fn from(stream: Stream) -> Self {
        Self::Stream(stream)
    }
}

impl Reply {
    pub fn respond(self) -> HttpResponse {
        match self {
            Self::Answer(answer) => answer.respond(),
            Self::Stream(stream) => stream.respond(),
        }
    }
}

/// Parts of a body, as they are made.
type Parts = Pin<Box<dyn futures_util::Stream<Item = Result<Bytes, ApiError>>>>;

/// A success whose body is sent as it is made: for what is long, or has no end.
pub struct Stream {
    status: StatusCode,
    content_type: &'static str,
    /// Of a file, which is sent as it is.
    length: Option<u64>,
    headers: Vec<(String, String)>,
    parts: Parts,
}

impl Stream {
    pub fn new(
        content_type: &'static str,
        parts: impl futures_util::Stream<Item = Result<Bytes, ApiError>> + 'static,
    ) -> Self {
        Self {
            status: StatusCode::OK,
            content_type,
            length: None,
            headers: Vec::new(),
            parts: Box::pin(parts),
        }
    }

    /// A file of that size, or a part of it.
    pub fn file(
        content_type: &'static str,
        parts: impl futures_util::Stream<Item = Result<Bytes, ApiError>> + 'static,
        size: u64,
        part: Option<Range<u64>>,
    ) -> Self {
        let whole = Self { length: Some(size), ..Self::new(content_type, parts) };
        let Some(part) = part else { return whole };
        let (length, last) = (part.end - part.start, part.end.saturating_sub(1));
        let status = StatusCode::PARTIAL_CONTENT;
        Self { status, length: Some(length), ..whole }
            .header("Content-Range", format!("bytes {}-{last}/{size}", part.start))
    }

    #[must_use]
    pub fn header(mut self, name: &str, value: impl Display) -> Self {
        self.headers.push((name.to_owned(), value.to_string()));
        self
    }

    /// The response. An error on the way cuts it off, so that nobody takes a part for the
    /// whole; it is logged.
    fn respond(self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        response.content_type(self.content_type).insert_header(("Cache-Control", "no-store"));
        if self.content_type == "text/event-stream" {
            // What is compressed waits until there is enough of it.
            response.insert_header(ContentEncoding::Identity);
        }
        if let Some(length) = self.length {
            // Compressed it would be of another length, and parts of it nobody's.
            response.insert_header(ContentEncoding::Identity).no_chunking(length);
        }
        for (name, value) in self.headers {
            response.append_header((name, value));
        }
        response.streaming(self.parts.map(|part| {
            part.map_err(|error| {
                tracing::error!(?error, "a stream was cut off");
                std::io::Error::other("the answer could not be completed")
            })
        }))
    }
}

/// A version as an entity tag.
pub fn etag(version: i32) -> String {
    format!("\"v{version}\"")
}
