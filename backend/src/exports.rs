//! `GET /api/exports/…`: lists as files, as they are shown.
//!
//! A list is exported by what it says of itself in a [`List`]: which rows its query means, how
//! they are read, and its columns. Here is the rest, the same for all: which rows they are is
//! found out at once, in the order of the list, so that none comes twice or is passed over when
//! others change them meanwhile; they are read in batches as they are at that time. What is
//! deleted in between is left out.

mod answers;
mod asked;
mod cell;
mod list;
mod picked;
mod rows;
mod sheet;
mod workbook;

pub use answers::ExportAnswers;
pub use asked::{ExportQuery, RawQuery};
pub use cell::Cell;
pub use list::{Column, List, column};

use crate::audit::Audit;
use crate::auth::{Scope, TenantScope};
use crate::db::normalize;
use crate::error::ApiError;
use crate::http::answer::{Answer, Stream};
use crate::http::file::disposition;
use asked::Asked;
use ebenezer_shared::export::ExportFormat;
use futures_util::future::LocalBoxFuture;
use rows::Rows;

/// The media type of a workbook (ECMA-376).
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Most bytes of a workbook.
const XLSX_BYTES: u64 = 25 << 20;

/// The file that the query asks for. The export itself is an entry of the audit log.
pub async fn answer<L: List>(
    scope: Scope<L::Needs>,
    RawQuery(query): RawQuery,
) -> Result<Stream, ApiError> {
    let asked = Asked::<L>::read(&query)?;
    scope.limit_exports().await?;
    let ids = picked::ids::<L>(&scope, &asked).await?;
    let told = Audit::exported(L::KIND, scope.tenant_id(), &asked.told(ids.len()))?;
    let locale = scope.info.locale;
    let name = normalize(L::TITLE.get(locale)).replace(' ', "-");
    let name = format!("{name}-{}.{}", scope.today(), asked.format.as_str());
    let mut rows = Rows::<L>::new(scope, asked.columns, ids);
    // What cannot be written is no export.
    let book = match asked.format {
        ExportFormat::Csv => None,
        ExportFormat::Xlsx => Some(workbook::stream(&mut rows).await?),
    };
    let command = rows.scope.command().await?;
    command.audit(told).await?;
    command.commit(Answer::no_content()).await?;
    let file = book.unwrap_or_else(|| sheet::stream(rows));
    Ok(file.header("Content-Disposition", disposition(&name, false)))
}

/// What the export would refuse, before somebody gets a link to it.
pub fn look<'a, L: List>(
    scope: &'a TenantScope,
    query: &'a str,
) -> LocalBoxFuture<'a, Result<(), ApiError>> {
    Box::pin(async move {
        let asked = Asked::<L>::read(query)?;
        picked::ids::<L>(scope, &asked).await.map(drop)
    })
}
