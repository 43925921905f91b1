//! Files as they come: streamed to a file without a name while they are hashed, and judged
//! before anything of them is stored.

use super::names;
use crate::auth::TenantScope;
use crate::error::ApiError;
use crate::http::input::{BodyDigest, Input};
use crate::state::AppState;
use crate::storage::{FileKey, FileType, ledger};
use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{HttpMessage as _, HttpRequest, web};
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::validation::NOTES_MAX;
use futures_util::StreamExt as _;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use uuid::Uuid;

/// What the other fields, and what stands around them, may take.
const AROUND: u64 = 128 << 10;
/// So much of what is too large is read, so that who sends it hears the answer.
const PATIENCE: u64 = 256 << 20;

/// The body of an upload.
pub struct Upload {
    pub fields: BTreeMap<String, String>,
    pub file: Arrived,
}

/// A file that is there and not yet stored.
pub struct Arrived {
    /// As it is kept.
    pub name: String,
    pub kind: FileType,
    pub size: u64,
    pub sha256: String,
    content: File,
}

/// A file on its way into the body's struct.
struct Incoming {
    given: String,
    size: u64,
    digest: [u8; 32],
    content: File,
}

impl Input for Upload {
    async fn read(req: &HttpRequest, payload: &mut Payload) -> Result<Self, ApiError> {
        let is_form = req
            .mime_type()
            .ok()
            .flatten()
            .is_some_and(|mime| mime.type_() == "multipart" && mime.subtype() == "form-data");
        if !is_form {
            return Err(ProblemCode::UnsupportedMediaType.into());
        }
        let state =
            req.app_data::<web::Data<AppState>>().ok_or_else(|| anyhow::anyhow!("no state"))?;
        let max = state.config.storage.max_upload_bytes;
        let announced = req.headers().get(header::CONTENT_LENGTH);
        let announced = announced.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        if announced.is_some_and(|length| length > max + AROUND) {
            hear_out(payload.take()).await;
            return Err(ProblemCode::PayloadTooLarge.into());
        }
        let mut form = Multipart::new(req.headers(), payload.take());
        let mut fields = BTreeMap::new();
        let mut incoming = None;
        while let Some(field) = form.next().await {
            let field = field.map_err(|error| unreadable(&error))?;
            let name = field.name().unwrap_or_default().to_owned();
            if name == "file" {
                if incoming.is_some() {
                    return Err(ApiError::invalid("file", "too_many"));
                }
                incoming = spool(state, field, max).await?;
                if incoming.is_none() {
                    while let Some(Ok(mut rest)) = form.next().await {
                        while let Some(Ok(_)) = rest.next().await {}
                    }
                    return Err(ProblemCode::PayloadTooLarge.into());
                }
            } else {
                let text = text(field, &name).await?;
                if fields.insert(name.clone(), text).is_some() {
                    return Err(ApiError::invalid(name, "too_many"));
                }
            }
        }
        let incoming = incoming.ok_or_else(|| ApiError::invalid("file", "required"))?;
        req.extensions_mut().insert(digest(&fields, &incoming));
        let file = judge(state, incoming).await?;
        Ok(Self { fields, file })
    }
}

/// Reads what nobody wants, within reason: an answer to somebody who still sends is lost.
async fn hear_out(mut payload: Payload) {
    let mut read = 0;
    while let Some(Ok(chunk)) = payload.next().await {
        read += chunk.len() as u64;
        if read > PATIENCE {
            return;
        }
    }
}

fn unreadable(error: &MultipartError) -> ApiError {
    tracing::debug!(%error, "a form could not be read");
    ApiError::invalid("file", "invalid")
}

/// A field that holds text.
async fn text(mut field: Field, name: &str) -> Result<String, ApiError> {
    // Four bytes a character are the most (RFC 3629, 3).
    let bytes = match field.bytes(NOTES_MAX * 4).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(error)) => return Err(unreadable(&error)),
        Err(_) => return Err(ApiError::invalid(name, "too_long")),
    };
    let text = String::from_utf8(bytes.to_vec());
    text.map(|text| text.trim().to_owned()).map_err(|_| ApiError::invalid(name, "invalid"))
}

/// Writes the field to a file without a name; none when it is too large, all of it read.
async fn spool(state: &AppState, mut field: Field, max: u64) -> Result<Option<Incoming>, ApiError> {
    let given = field.content_disposition().and_then(|it| it.get_filename().map(str::to_owned));
    let given = given.ok_or_else(|| ApiError::invalid("file", "required"))?;
    let mut content = state.storage.waiting_file().map_err(anyhow::Error::from)?;
    let mut hash = Sha256::new();
    let mut size = 0;
    while let Some(chunk) = field.next().await {
        let chunk = chunk.map_err(|error| unreadable(&error))?;
        size += chunk.len() as u64;
        if size > PATIENCE.max(max * 2) {
            return Err(ProblemCode::PayloadTooLarge.into());
        }
        if size > max {
            continue;
        }
        hash.update(&chunk);
        content = web::block(move || content.write_all(&chunk).map(|()| content))
            .await
            .map_err(anyhow::Error::from)?
            .map_err(anyhow::Error::from)?;
    }
    let digest = hash.finalize().into();
    Ok((size <= max).then_some(Incoming { given, size, digest, content }))
}

/// What an `Idempotency-Key` stands for: the fields and the file, however they were wrapped.
fn digest(fields: &BTreeMap<String, String>, file: &Incoming) -> BodyDigest {
    let mut hash = Sha256::new();
    for (name, value) in fields {
        for text in [name, value] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        }
    }
    hash.update(&file.given);
    hash.update(file.digest);
    BodyDigest(hash.finalize().into())
}

/// Whether the file is of a type that may come, by its name and its content.
async fn judge(state: &AppState, file: Incoming) -> Result<Arrived, ApiError> {
    let last = file.given.rsplit(['/', '\\']).next().unwrap_or_default();
    let kind = FileType::of_extension(names::split(last).1);
    let kind = kind.filter(|kind| state.config.storage.allowed.contains(kind));
    let kind = kind.ok_or_else(|| ApiError::invalid("file", "file_type_not_allowed"))?;
    if file.size == 0 {
        return Err(ApiError::invalid("file", "file_empty"));
    }
    let mut content = file.content;
    let (verdict, content) = web::block(move || kind.check(&mut content).map(|it| (it, content)))
        .await
        .map_err(anyhow::Error::from)?
        .map_err(anyhow::Error::from)?;
    verdict.map_err(|unfit| ApiError::invalid("file", unfit.code()))?;
    let mut sha256 = String::with_capacity(64);
    for byte in file.digest {
        let _ = write!(sha256, "{byte:02x}");
    }
    Ok(Arrived { name: names::clean(&file.given, kind), kind, size: file.size, sha256, content })
}

impl Upload {
    /// Refuses fields that are none of these.
    pub fn only(&self, known: &[&str]) -> Result<(), ApiError> {
        match self.fields.keys().find(|name| !known.contains(&name.as_str())) {
            Some(name) => Err(ApiError::invalid(name, "unknown_field")),
            None => Ok(()),
        }
    }

    /// A field that says something.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// A field that names something.
    pub fn id(&self, name: &str) -> Result<Option<Uuid>, ApiError> {
        let id = self.text(name).map(Uuid::try_parse).transpose();
        id.map_err(|_| ApiError::invalid(name, "wrong_type"))
    }
}

impl Arrived {
    /// Writes it to the storage, where it stays when a command keeps it.
    pub async fn store(self, scope: &TenantScope) -> Result<Stored, ApiError> {
        let key = ledger::announce(scope, self.size).await?;
        if let Err(error) = scope.state.storage.put(key, self.content).await {
            ledger::give_up(scope, key).await?;
            return Err(ApiError::unavailable(error));
        }
        let size = i64::try_from(self.size).unwrap_or(i64::MAX);
        Ok(Stored { key, name: self.name, kind: self.kind, size, sha256: self.sha256 })
    }
}

/// A file in the storage that no row refers to yet.
pub struct Stored {
    pub key: FileKey,
    pub name: String,
    pub kind: FileType,
    pub size: i64,
    pub sha256: String,
}
