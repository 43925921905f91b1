//! Files as they are served.

use crate::auth::TenantScope;
use crate::error::ApiError;
use crate::http::answer::Stream;
use crate::http::file::{ByteRange, disposition};
use crate::storage::{FileKey, FileType};
use futures_util::StreamExt as _;
use std::ops::Range;
use uuid::Uuid;

/// What is served.
pub struct Content {
    pub file: Uuid,
    pub number: i32,
    pub name: String,
    pub kind: FileType,
    pub size: i64,
    pub sha256: String,
}

impl Content {
    fn etag(&self) -> String {
        format!("\"{}\"", self.sha256)
    }

    fn bytes(&self) -> u64 {
        u64::try_from(self.size).unwrap_or_default()
    }

    /// The part that is asked for; none for the whole.
    pub fn part(&self, range: &ByteRange) -> Option<Range<u64>> {
        range.of(self.bytes(), &self.etag())
    }
}

/// The bytes as an answer, `shown` by the browser or saved.
pub async fn stream(
    scope: &TenantScope,
    file: Content,
    part: Option<Range<u64>>,
    shown: bool,
) -> Result<Stream, ApiError> {
    let key = FileKey { tenant: scope.tenant_id(), id: file.file };
    let pieces = scope.state.storage.read(key, part.clone()).await;
    let pieces = pieces.map_err(ApiError::unavailable)?;
    let pieces = pieces.map(|piece| piece.map_err(|error| ApiError::Internal(error.into())));
    let whole = Stream::file(file.kind.content_type(), pieces, file.bytes(), part);
    Ok(whole
        .header("ETag", file.etag())
        .header("Accept-Ranges", "bytes")
        .header("Content-Disposition", disposition(&file.name, shown))
        .header("Content-Security-Policy", "sandbox; default-src 'none'"))
}
