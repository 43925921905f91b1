//! `GET /api/documents/{id}/download`, `/preview` and `/versions/{version_id}/download`

use super::content::{self, Content};
use super::entity::Model;
use super::{access, store, versions};
use crate::auth::{Scope, TenantScope, permissions::DocumentsView};
use crate::error::ApiError;
use crate::http::answer::Stream;
use crate::http::file::ByteRange;
use crate::http::input::{Path, PathPair};
use ebenezer_shared::ids::{DocumentId, DocumentVersionId};
use ebenezer_shared::problem::{Problem, ProblemCode};

/// The present content, byte for byte as it was uploaded.
#[utoipa::path(get, path = "/api/documents/{id}/download", tag = "documents",
    params(("id" = DocumentId, Path), ("Range" = Option<String>, Header)),
    responses(
        (status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 206, description = "The part that `Range` asks for",
            content_type = "application/octet-stream", body = Vec<u8>),
        (status = 404, body = Problem),
    ))]
pub async fn download_document(
    scope: Scope<DocumentsView>,
    Path(id): Path<DocumentId>,
    range: ByteRange,
) -> Result<Stream, ApiError> {
    let row = store::find(&scope, scope.db(), id.into(), false).await?;
    let file = Content::of(&row);
    serve(&scope, &row, file, &range, false).await
}

/// A PDF or an image to be shown. Everything else is only downloaded.
#[utoipa::path(get, path = "/api/documents/{id}/preview", tag = "documents",
    params(("id" = DocumentId, Path), ("Range" = Option<String>, Header)),
    responses(
        (status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 206, description = "The part that `Range` asks for",
            content_type = "application/octet-stream", body = Vec<u8>),
        (status = 404, body = Problem),
        (status = 409, description = "`state_conflict`: it cannot be shown", body = Problem),
    ))]
pub async fn preview_document(
    scope: Scope<DocumentsView>,
    Path(id): Path<DocumentId>,
    range: ByteRange,
) -> Result<Stream, ApiError> {
    let row = store::find(&scope, scope.db(), id.into(), false).await?;
    let file = Content::of(&row);
    if !file.kind.is_previewable() {
        return Err(ProblemCode::StateConflict.into());
    }
    serve(&scope, &row, file, &range, true).await
}

/// The content of a version.
#[utoipa::path(get, path = "/api/documents/{id}/versions/{version_id}/download",
    tag = "documents",
    params(("id" = DocumentId, Path), ("version_id" = DocumentVersionId, Path),
        ("Range" = Option<String>, Header)),
    responses(
        (status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 206, description = "The part that `Range` asks for",
            content_type = "application/octet-stream", body = Vec<u8>),
        (status = 404, body = Problem),
    ))]
pub async fn download_document_version(
    scope: Scope<DocumentsView>,
    PathPair(id, version_id): PathPair<DocumentId, DocumentVersionId>,
    range: ByteRange,
) -> Result<Stream, ApiError> {
    let row = store::find(&scope, scope.db(), id.into(), false).await?;
    let former = versions::find(&scope, scope.db(), &row, version_id).await?;
    let file = Content {
        file: former.file_id,
        number: former.number,
        name: former.name,
        kind: store::file_type(&former.extension),
        size: former.size,
        sha256: former.sha256,
    };
    serve(&scope, &row, file, &range, false).await
}

impl Content {
    fn of(row: &Model) -> Self {
        Self {
            file: row.file_id,
            number: row.current_number,
            name: row.name.clone(),
            kind: store::file_type(&row.extension),
            size: row.size,
            sha256: row.sha256.clone(),
        }
    }
}

async fn serve(
    scope: &TenantScope,
    row: &Model,
    file: Content,
    range: &ByteRange,
    shown: bool,
) -> Result<Stream, ApiError> {
    let (part, number) = (file.part(range), file.number);
    // Who reads part after part reads once; who leaves out the first part reads, too.
    let from_its_start = part.as_ref().is_none_or(|part| part.start == 0);
    let answer = content::stream(scope, file, part, shown).await?;
    if from_its_start || !access::is_reading(scope, row, number).await? {
        let action = if shown { "view" } else { "download" };
        access::note_reading(scope, row, action, number).await?;
    }
    Ok(answer)
}
