//! Reminders by mail: on their day, and when somebody asks for one.

use super::change::days_after;
use super::entity::{Column, Entity, Model};
use super::{item, store};
use crate::audit::Audit;
use crate::auth::{Scope, permissions::DocumentsChange};
use crate::crm::client::Addressee;
use crate::crm::reminders::{Due, Firm};
use crate::db::{self, begin_write};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use crate::jobs::{self, Job, Origin};
use crate::mail::{Content, Letter};
use crate::platform::tenant;
use crate::state::AppState;
use chrono::{DateTime, Days, NaiveDate, Timelike as _, Utc};
use chrono_tz::Tz;
use ebenezer_shared::crm::document_request::{DocumentRequest, DocumentRequestStatus as Status};
use ebenezer_shared::ids::DocumentRequestId;
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::sea_query::IntoCondition as _;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::json;
use uuid::Uuid;

/// From this hour of their day on firms write to their clients.
const MORNING: u32 = 8;

/// Sends a reminder now. What is missing is listed in it.
#[utoipa::path(post, path = "/api/document-requests/{id}/remind", tag = "document-requests",
    params(("id" = DocumentRequestId, Path)),
    responses(
        (status = 200, body = DocumentRequest),
        (status = 404, body = Problem),
        (status = 409, description = "`state_conflict`: nothing is missing", body = Problem),
        (status = 422, description = "`no_email`: the client has none", body = Problem),
    ))]
pub async fn remind_of_document_request(
    scope: Scope<DocumentsChange>,
    Path(id): Path<DocumentRequestId>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let mut row = store::find(&scope, command.tx(), id.into(), true).await?;
    if store::status(&row) != Status::Open {
        return Err(ProblemCode::StateConflict.into());
    }
    let letter = letter(command.tx(), &scope.place().tenant, &row).await?;
    let letter = letter.ok_or_else(|| ApiError::invalid(row.client().field(), "no_email"))?;
    command.enqueue(&Job::Mail(letter)).await?;
    count(&mut row, scope.now(), scope.today());
    row.version += 1;
    row.updated_at = scope.now();
    let version = row.version;
    command.save::<Entity>(row.id, row.clone().into_active_model()).await?;
    let after = store::load(&scope, command.tx(), row).await?;
    command.audit(Audit::event("remind", "document_request", id, json!({}))).await?;
    command.commit(Answer::ok(&after)?.etag(version)).await
}

/// Notes that a reminder goes out, and when the next one will.
fn count(row: &mut Model, now: DateTime<Utc>, today: NaiveDate) {
    row.reminder_count += 1;
    row.last_reminded_at = Some(now);
    row.next_reminder_on = days_after(today, row.remind_every_days);
}

/// Sends what is due. A reminder and the day of the next one are one transaction, so each is
/// sent once, whoever is killed. One that cannot be sent keeps none of the others waiting.
pub async fn remind_due(state: &AppState) -> anyhow::Result<()> {
    // It is the next day somewhere already.
    let latest = state.clock.now().date_naive() + Days::new(1);
    let mut due = Due::<Entity>::new(state, Column::NextReminderOn.lte(latest).into_condition());
    while let Some((firm, id)) = due.next().await {
        let at = format!("the reminder of request {id} of firm {}", firm.tenant.id);
        due.note(&at, remind(state, &firm, id).await);
    }
    due.end()
}

async fn remind(state: &AppState, firm: &Firm, id: Uuid) -> anyhow::Result<()> {
    let (now, tenant) = (state.clock.now(), firm.tenant.id);
    let local = now.with_timezone(&firm.tenant.time_zone.parse::<Tz>().unwrap_or(Tz::UTC));
    let today = local.date_naive();
    if local.hour() < MORNING {
        return Ok(());
    }
    let tx = begin_write(&firm.plane).await?;
    let row = db::by_id::<Entity>(tenant, id).filter(Column::NextReminderOn.lte(today));
    let Some(mut row) = row.lock_exclusive().one(&tx).await? else { return Ok(()) };
    row.version += 1;
    row.updated_at = now;
    match letter(&tx, &firm.tenant, &row).await? {
        Some(letter) => {
            let user = row.created_by.unwrap_or_default();
            let origin = Origin { tenant, user };
            jobs::write_to_outbox(&tx, state, origin, &Job::Mail(letter)).await?;
            count(&mut row, now, today);
            let entry = Audit::event("remind", "document_request", id, json!({}));
            entry.record_by_itself(state, tenant, &tx).await?;
        }
        // Somebody may write an email down before the next time.
        None => row.next_reminder_on = days_after(today, row.remind_every_days),
    }
    db::update_by::<Entity>(tenant)
        .filter(Column::Id.eq(id))
        .set(row.into_active_model().reset_all())
        .exec(&tx)
        .await?;
    tx.commit().await?;
    state.bell.ring();
    state.audit_bell.ring();
    Ok(())
}

/// What the client reads; none without an email.
async fn letter(
    db: &impl ConnectionTrait,
    firm: &tenant::Model,
    row: &Model,
) -> Result<Option<Letter>, sea_orm::DbErr> {
    let to = row.client().addressee(db, firm).await?;
    let Some(Addressee { email, name, locale }) = to else { return Ok(None) };
    let missing = db::select::<item::Entity>(firm.id)
        .filter(item::Column::RequestId.eq(row.id))
        .filter(item::Column::FulfilledAt.is_null())
        .order_by_asc(item::Column::Position)
        .all(db)
        .await?;
    let content = Content::DocumentsWanted {
        company: firm.company.clone(),
        title: row.title.clone(),
        message: row.message.clone(),
        due_on: row.due_on,
        items: missing.into_iter().map(|item| item.name).collect(),
    };
    Ok(Some(Letter { email, name, locale, content }))
}
