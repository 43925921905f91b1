//! `GET /api/audit-logs/export`

use super::list::AuditFilter;
use super::{Audit, Column, Entity, Model};
use crate::auth::{Scope, permissions::AuditView};
use crate::downloads::Counted;
use crate::error::ApiError;
use crate::http::answer::{Answer, Stream};
use crate::http::csv;
use crate::http::input::Query;
use crate::routes::Routes;
use actix_web::web::Bytes;
use chrono::SecondsFormat;
use ebenezer_shared::texts::audit as t;
use futures_util::stream;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{Condition, QueryFilter as _, QueryOrder as _, QuerySelect as _};

/// So many entries are read at a time.
const BATCH: u64 = 1000;
/// The most rows of a CSV file.
const MOST: u64 = 500_000;

const HEAD: [&str; 11] = [
    "seq",
    "at",
    "actor_name",
    "actor_id",
    "action",
    "resource_type",
    "resource_id",
    "changes",
    "ip",
    "request_id",
    "hash",
];

/// The filtered entries as CSV (UTF-8 with a byte order mark), the newest first, at most 500,000. The export itself
/// is an entry. Cells that a spreadsheet would take for a formula begin with an apostrophe.
#[utoipa::path(get, path = "/api/audit-logs/export", tag = "audit", params(AuditFilter),
    responses((status = 200, content_type = "text/csv", body = String)))]
pub async fn export_audit_logs(
    scope: Scope<AuditView>,
    Query(filter): Query<AuditFilter>,
) -> Result<Stream, ApiError> {
    let condition = filter.condition(scope.time_zone())?;
    scope.limit_exports().await?;
    let command = scope.command().await?;
    command.audit(Audit::exported("audit_log", scope.tenant_id(), &filter)?).await?;
    command.commit(Answer::no_content()).await?;
    let (file, day) = (t::FILE.get(scope.info.locale), scope.today());
    let name = format!("attachment; filename=\"{file}-{day}.csv\"");
    let rows = Rows { scope, condition, last: None, written: 0, state: State::Head };
    let parts = stream::unfold(rows, |mut rows| async move {
        let part = rows.next().await.transpose()?;
        Some((part, rows))
    });
    Ok(Stream::new("text/csv", parts).header("Content-Disposition", name))
}

enum State {
    Head,
    Body,
    End,
}

/// The rows, as they are read.
struct Rows {
    scope: Scope<AuditView>,
    condition: Condition,
    last: Option<Model>,
    written: u64,
    state: State,
}

impl Rows {
    async fn next(&mut self) -> Result<Option<Bytes>, ApiError> {
        match self.state {
            State::End => return Ok(None),
            State::Head => {
                self.state = State::Body;
                return csv::head(HEAD.map(str::to_owned)).map(Some);
            }
            State::Body => {}
        }
        let mut select = self.scope.select::<Entity>().filter(self.condition.clone());
        if let Some(last) = &self.last {
            let row = Expr::tuple([Expr::col(Column::At), Expr::col(Column::Id)]);
            let bound = Expr::tuple([Expr::val(last.at), Expr::val(last.id)]);
            select = select.filter(row.lt(bound));
        }
        let newest = select.order_by_desc(Column::At).order_by_desc(Column::Id);
        let batch = newest.limit(Ord::min(BATCH, MOST - self.written)).all(self.scope.db()).await?;
        self.written += batch.len() as u64;
        if (batch.len() as u64) < BATCH || self.written >= MOST {
            self.state = State::End;
        }
        let part = csv::rows(batch.iter().map(cells))?;
        self.last = batch.into_iter().next_back();
        Ok((!part.is_empty()).then_some(part))
    }
}

fn cells(row: &Model) -> [String; 11] {
    [
        row.seq.map(|seq| seq.to_string()).unwrap_or_default(),
        row.at.to_rfc3339_opts(SecondsFormat::Millis, true),
        row.actor_name.clone(),
        row.actor_id.map(|id| id.to_string()).unwrap_or_default(),
        row.action.clone(),
        row.resource_type.clone(),
        row.resource_id.map(|id| id.to_string()).unwrap_or_default(),
        row.changes.to_string(),
        row.ip.clone(),
        row.request_id.clone(),
        row.hash.clone().unwrap_or_default(),
    ]
}

pub fn routes(routes: &mut Routes) {
    routes.add_download(__path_export_audit_logs, export_audit_logs, Counted::AsExport);
}
