//! Comma-separated values, as they are read.

use super::list::List;
use super::rows::Rows;
use crate::error::ApiError;
use crate::http::answer::Stream;
use crate::http::csv;
use actix_web::web::Bytes;
use futures_util::{StreamExt as _, stream};

/// The rows as a file. Where one of them cannot be read the answer is cut off, so that no half
/// file is taken for a whole one.
pub(super) fn stream<L: List>(rows: Rows<L>) -> Stream {
    let head = csv::head(rows.headings());
    let lines = stream::unfold(rows, |mut rows| async move {
        let part = part(&mut rows).await.transpose()?;
        Some((part, rows))
    });
    Stream::new("text/csv; charset=utf-8", stream::once(async { head }).chain(lines))
}

async fn part<L: List>(rows: &mut Rows<L>) -> Result<Option<Bytes>, ApiError> {
    let Some(part) = rows.next().await? else { return Ok(None) };
    let zone = rows.zone();
    let written = |row: Vec<_>| row.into_iter().map(move |cell: super::Cell| cell.written(zone));
    csv::rows(part.into_iter().map(written)).map(Some)
}
