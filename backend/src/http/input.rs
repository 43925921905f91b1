//! What handlers read: bodies, queries, paths, preconditions.

use crate::error::{ApiError, Refusal};
use crate::http::answer::etag;
use crate::state::AppState;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{HttpMessage as _, HttpRequest, web};
use ebenezer_shared::problem::ProblemCode;
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use std::future::Future;
use std::str::FromStr;
use validator::Validate;

/// Something that a handler reads from a request, after access was granted.
pub trait Input: Sized {
    fn read(
        req: &HttpRequest,
        payload: &mut Payload,
    ) -> impl Future<Output = Result<Self, ApiError>>;
}

/// A JSON body that keeps its rules.
pub struct Json<T>(pub T);

/// A JSON body, or none at all where every field may be left out.
pub struct MaybeJson<T>(pub T);

impl<T: DeserializeOwned + Validate + Default> Input for MaybeJson<T> {
    async fn read(req: &HttpRequest, payload: &mut Payload) -> Result<Self, ApiError> {
        let is_there = req.headers().contains_key(header::TRANSFER_ENCODING)
            || req.headers().get(header::CONTENT_LENGTH).is_some_and(|length| length != "0");
        if is_there {
            Json::read(req, payload).await.map(|Json(value)| Self(value))
        } else {
            Ok(Self(T::default()))
        }
    }
}

/// SHA-256 of the body that was read: part of what an `Idempotency-Key` stands for.
#[derive(Clone, Copy)]
pub struct BodyDigest(pub [u8; 32]);

impl<T: DeserializeOwned + Validate> Input for Json<T> {
    async fn read(req: &HttpRequest, payload: &mut Payload) -> Result<Self, ApiError> {
        let is_json = req.mime_type().ok().flatten().is_some_and(|mime| {
            mime.type_() == "application"
                && (mime.subtype() == "json"
                    || mime.suffix().is_some_and(|suffix| suffix == "json"))
        });
        if !is_json {
            return Err(ProblemCode::UnsupportedMediaType.into());
        }
        let limit = req
            .app_data::<web::Data<AppState>>()
            .map_or(1 << 20, |state| state.config.limits.max_json_bytes);
        let body = read_body(req, payload, limit).await?;
        req.extensions_mut().insert(BodyDigest(Sha256::digest(&body).into()));
        let value: T = parse(&body)?;
        value.validate()?;
        Ok(Self(value))
    }
}

async fn read_body(
    req: &HttpRequest,
    payload: &mut Payload,
    limit: usize,
) -> Result<Vec<u8>, ApiError> {
    let announced = req
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(ProblemCode::PayloadTooLarge.into());
    }
    let mut body = Vec::with_capacity(announced.unwrap_or(512));
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| ApiError::from(ProblemCode::InvalidJson))?;
        if body.len() + chunk.len() > limit {
            return Err(ProblemCode::PayloadTooLarge.into());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Malformed JSON is 400; JSON that does not fit the type is 422 and names the field.
fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    // serde would read a list as the fields of a struct in their order.
    if body.trim_ascii_start().first() == Some(&b'[') && is_json(body) {
        return Err(ApiError::invalid("", "wrong_type"));
    }
    let mut reader = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        // Not by serde_json's own kinds of errors: a number where a name is expected is a
        // syntax error to it, and the first wrong field hides that the rest is no JSON.
        if !is_json(body) {
            return ApiError::from(ProblemCode::InvalidJson);
        }
        let (field, code) = data_error(&path, &inner.to_string());
        ApiError::invalid(field, code)
    })?;
    reader.end().map_err(|_| ApiError::from(ProblemCode::InvalidJson))?;
    Ok(value)
}

fn is_json(body: &[u8]) -> bool {
    std::str::from_utf8(body)
        .is_ok_and(|text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok())
}

/// Which field, and what is wrong with it, in serde's words.
fn data_error(path: &str, message: &str) -> (String, &'static str) {
    let path = if path == "." { "" } else { path };
    let quoted = || message.split('`').nth(1).unwrap_or_default().to_owned();
    let join = |name: String| {
        // For these serde may or may not have stepped into the field.
        if path.is_empty() || path == name || path.ends_with(&format!(".{name}")) {
            if path.is_empty() { name } else { path.to_owned() }
        } else {
            format!("{path}.{name}")
        }
    };
    if message.starts_with("missing field") {
        (join(quoted()), "required")
    } else if message.starts_with("unknown field") {
        (join(quoted()), "unknown_field")
    } else if message.starts_with("unknown variant") {
        (path.to_owned(), "unknown_value")
    } else {
        (path.to_owned(), "wrong_type")
    }
}

/// The query string.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> Input for Query<T> {
    async fn read(req: &HttpRequest, _: &mut Payload) -> Result<Self, ApiError> {
        parse_query(req.query_string()).map(Self)
    }
}

/// What a query string says; 400 `invalid_query` names the parameter that it cannot mean.
pub fn parse_query<T: DeserializeOwned>(query: &str) -> Result<T, ApiError> {
    if percent_encoding::percent_decode_str(query).decode_utf8().is_err() {
        return Err(ApiError::query("", "invalid"));
    }
    let reader = serde_urlencoded::Deserializer::new(form_pairs(query));
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let path = error.path().to_string();
        let (field, code) = data_error(&path, &error.into_inner().to_string());
        ApiError::query(field, code)
    })
}

fn form_pairs(query: &str) -> url::form_urlencoded::Parse<'_> {
    url::form_urlencoded::parse(query.as_bytes())
}

/// The id in the path.
pub struct Path<T>(pub T);

impl<T: FromStr> Input for Path<T> {
    async fn read(req: &HttpRequest, _: &mut Payload) -> Result<Self, ApiError> {
        let (_, text) = req
            .match_info()
            .iter()
            .next()
            .ok_or_else(|| anyhow::anyhow!("the route has no parameter"))?;
        text.parse().map(Self).map_err(|_| ApiError::from(ProblemCode::InvalidPath))
    }
}

/// The two ids in the path.
pub struct PathPair<A, B>(pub A, pub B);

impl<A: FromStr, B: FromStr> Input for PathPair<A, B> {
    async fn read(req: &HttpRequest, _: &mut Payload) -> Result<Self, ApiError> {
        let mut parts = req.match_info().iter().map(|(_, text)| text);
        let (Some(first), Some(second)) = (parts.next(), parts.next()) else {
            return Err(anyhow::anyhow!("the route has no two parameters").into());
        };
        match (first.parse(), second.parse()) {
            (Ok(first), Ok(second)) => Ok(Self(first, second)),
            _ => Err(ProblemCode::InvalidPath.into()),
        }
    }
}

/// `If-Match`: the versions that the caller knows.
pub struct IfMatch(Option<String>);

impl Input for IfMatch {
    async fn read(req: &HttpRequest, _: &mut Payload) -> Result<Self, ApiError> {
        let Some(value) = req.headers().get(header::IF_MATCH) else { return Ok(Self(None)) };
        let text = value.to_str().map_err(|_| ApiError::from(ProblemCode::InvalidHeader))?.trim();
        let well_formed = text == "*"
            || text.split(',').all(|tag| {
                let tag = tag.trim();
                let tag = tag.strip_prefix("W/").unwrap_or(tag);
                tag.len() >= 2 && tag.starts_with('"') && tag.ends_with('"')
            });
        if !well_formed {
            return Err(ProblemCode::InvalidHeader.into());
        }
        Ok(Self(Some(text.to_owned())))
    }
}

impl IfMatch {
    /// 412 when the caller knows other versions only. Weak tags never match (RFC 9110,
    /// 13.1.1).
    pub fn check(&self, version: i32) -> Result<(), ApiError> {
        let current = etag(version);
        match self.0.as_deref() {
            None | Some("*") => Ok(()),
            Some(tags) if tags.split(',').any(|tag| tag.trim() == current) => Ok(()),
            Some(_) => Err(Refusal::new(ProblemCode::PreconditionFailed).into()),
        }
    }
}
