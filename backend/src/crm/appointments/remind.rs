//! Reminders by mail, to the colleague and to the client.

use super::entity::{Column, Entity, Model};
use super::letter::{self, Act};
use super::rules;
use crate::audit::Audit;
use crate::crm::client::{Addressee, Names};
use crate::crm::reminders::{self, Due, Firm};
use crate::crm::staff;
use crate::db::{self, begin_write};
use crate::jobs::{self, Job, Origin};
use crate::mail::Letter;
use crate::platform::user;
use crate::state::AppState;
use chrono::TimeDelta;
use ebenezer_shared::locale::Locale;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, IntoActiveModel as _,
    QueryFilter as _, QuerySelect as _,
};
use serde_json::json;
use uuid::Uuid;

const LATELY: TimeDelta = TimeDelta::minutes(10);

fn due(state: &AppState) -> Condition {
    Condition::all().add(Column::RemindAt.lte(state.clock.now()))
}

/// Whether a reminder became due lately. What could not be sent then, as of a firm that is
/// paused, is looked at once an hour.
pub async fn any_due(state: &AppState) -> bool {
    let lately = due(state).add(Column::RemindAt.gt(state.clock.now() - LATELY));
    reminders::any::<Entity>(state, lately).await
}

/// Sends what is due. A reminder and that it went are one transaction, so each is sent once,
/// whoever is killed. One that cannot be sent keeps none of the others waiting.
pub async fn remind_due(state: &AppState) -> anyhow::Result<()> {
    let mut due = Due::<Entity>::new(state, due(state));
    while let Some((firm, id)) = due.next().await {
        let at = format!("the reminder of appointment {id} of firm {}", firm.tenant.id);
        due.note(&at, remind(state, &firm, id).await);
    }
    due.end()
}

async fn remind(state: &AppState, firm: &Firm, id: Uuid) -> anyhow::Result<()> {
    let (now, tenant) = (state.clock.now(), firm.tenant.id);
    let tx = begin_write(&firm.plane).await?;
    let row = db::by_id::<Entity>(tenant, id).filter(due(state));
    let Some(mut row) = row.lock_exclusive().one(&tx).await? else { return Ok(()) };
    if send(state, firm, &tx, &row).await? {
        row.reminded_at = Some(now);
        row.updated_at = now;
        row.version += 1;
        let entry = Audit::event("remind", "appointment", id, json!({}));
        entry.record_by_itself(state, tenant, &tx).await?;
    }
    row.remind_at = None;
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

/// Writes the mails; says whether there were any. What has begun meanwhile needs none.
async fn send(
    state: &AppState,
    firm: &Firm,
    tx: &impl ConnectionTrait,
    row: &Model,
) -> anyhow::Result<bool> {
    if row.starts_at <= state.clock.now() || !rules::status(row).is_coming() {
        return Ok(false);
    }
    let mut letters = Vec::new();
    letters.extend(letter::to_client(tx, &firm.tenant, row, Act::Reminder).await?);
    letters.extend(to_colleague(state, firm, tx, row).await?);
    let user = row.created_by.unwrap_or(row.staff_id);
    let origin = Origin { tenant: firm.tenant.id, user };
    let any = !letters.is_empty();
    for letter in letters {
        jobs::write_to_outbox(tx, state, origin, &Job::Mail(letter)).await?;
    }
    Ok(any)
}

/// What the colleague reads, as long as they work there.
async fn to_colleague(
    state: &AppState,
    firm: &Firm,
    tx: &impl ConnectionTrait,
    row: &Model,
) -> anyhow::Result<Option<Letter>> {
    let colleague = db::by_id::<staff::Entity>(firm.tenant.id, row.staff_id);
    let colleague = colleague.filter(staff::Column::IsActive.eq(true)).one(tx).await?;
    let Some(colleague) = colleague else { return Ok(None) };
    let account = user::by_id(state.planes.platform(), row.staff_id).await?;
    let locale = account.and_then(|user| Locale::of_tag(&user.locale)).unwrap_or_default();
    let names = Names::of_clients(firm.tenant.id, tx, row.client()).await?;
    let with = row.client().map(|client| names.client(client).name);
    let to = Addressee { email: colleague.email, name: colleague.full_name, locale };
    Ok(Some(letter::letter(&firm.tenant, row, Act::Colleague, with, to)))
}
