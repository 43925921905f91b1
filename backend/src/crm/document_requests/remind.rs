//! Reminders by mail: on their day, and when somebody asks for one.

use super::change::days_after;
use super::entity::{Column, Entity, Model};
use super::{item, store};
use crate::audit::Audit;
use crate::auth::{Scope, permissions::DocumentsChange};
use crate::crm::contacts::entity as contact;
use crate::crm::corporations::entity as corporation;
use crate::db::{self, begin_write};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use crate::jobs::{self, Job, Origin, Troubles};
use crate::mail::{Content, Letter};
use crate::platform::tenant;
use crate::state::AppState;
use chrono::{DateTime, Days, NaiveDate, Timelike as _, Utc};
use chrono_tz::Tz;
use ebenezer_shared::crm::client::ClientKind;
use ebenezer_shared::crm::document_request::{DocumentRequest, DocumentRequestStatus as Status};
use ebenezer_shared::ids::DocumentRequestId;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::tenant::TenantStatus;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DatabaseConnection, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::json;
use uuid::Uuid;

/// From this hour of their day on firms write to their clients.
const MORNING: u32 = 8;
/// So many requests are looked at between two transactions.
const BATCH: u64 = 200;

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
    let mut troubles = Troubles::default();
    for plane in state.planes.all_tenant_planes() {
        troubles.note("the reminders of a plane", remind_in(state, &plane).await);
    }
    troubles.end()
}

async fn remind_in(state: &AppState, plane: &DatabaseConnection) -> anyhow::Result<()> {
    let (mut troubles, mut last) = (Troubles::default(), Uuid::nil());
    loop {
        let due = due(state, plane, last).await?;
        let Some((id, _)) = due.last() else { return troubles.end() };
        last = *id;
        for (id, tenant) in due {
            let at = format!("the reminder of request {id} of firm {tenant}");
            troubles.note(&at, remind(state, plane, tenant, id).await);
        }
    }
}

/// Requests of a plane that may be due: where it is day somewhere already.
async fn due(
    state: &AppState,
    plane: &DatabaseConnection,
    after: Uuid,
) -> anyhow::Result<Vec<(Uuid, Uuid)>> {
    let latest = state.clock.now().date_naive() + Days::new(1);
    #[expect(clippy::disallowed_methods, reason = "housekeeping serves every firm")]
    let rows = Entity::find().filter(Column::NextReminderOn.lte(latest));
    let rows = rows.filter(Column::Id.gt(after)).order_by_asc(Column::Id).limit(BATCH);
    let rows = rows.select_only().columns([Column::Id, Column::TenantId]);
    Ok(rows.into_tuple().all(plane).await?)
}

async fn remind(
    state: &AppState,
    plane: &DatabaseConnection,
    tenant: Uuid,
    id: Uuid,
) -> anyhow::Result<()> {
    let now = state.clock.now();
    let Some(firm) = tenant::by_id(state.planes.platform(), tenant).await? else { return Ok(()) };
    let local = now.with_timezone(&firm.time_zone.parse::<Tz>().unwrap_or(Tz::UTC));
    let today = local.date_naive();
    if firm.effective_status(now) != TenantStatus::Active || local.hour() < MORNING {
        return Ok(());
    }
    let tx = begin_write(plane).await?;
    let row = db::by_id::<Entity>(tenant, id).filter(Column::NextReminderOn.lte(today));
    let Some(mut row) = row.lock_exclusive().one(&tx).await? else { return Ok(()) };
    row.version += 1;
    row.updated_at = now;
    match letter(&tx, &firm, &row).await? {
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
    let tenant = firm.id;
    let (email, name, language) = match row.client().kind {
        ClientKind::Contact => {
            let found = db::by_id::<contact::Entity>(tenant, row.client().id).one(db).await?;
            found.map_or_else(Default::default, |it| {
                (it.email, it.first_name, it.preferred_language)
            })
        }
        ClientKind::Corporation => {
            let found = db::by_id::<corporation::Entity>(tenant, row.client().id).one(db).await?;
            found.map_or_else(Default::default, |it| (it.email, it.name, None))
        }
    };
    let Some(email) = email else { return Ok(None) };
    let locale = match language.as_deref() {
        Some("en") => Locale::En,
        Some(_) => Locale::Es,
        None => firm.settings().locale.unwrap_or_default(),
    };
    let missing = db::select::<item::Entity>(tenant)
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
