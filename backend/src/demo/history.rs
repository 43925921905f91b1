//! What happened to the demo's known people and companies before today.

use super::people::{Maker, id_at};
use crate::audit::{Actor, Audit};
use crate::crm::cases::entity as case;
use crate::crm::contacts::entity as contact;
use crate::http::request::RequestInfo;
use crate::platform::user;
use chrono::{DateTime, TimeDelta, Utc};
use ebenezer_shared::crm::case::CaseStatus;
use sea_orm::DatabaseTransaction;
use serde_json::json;
use uuid::Uuid;

/// Whose history is told.
pub struct Past<'a> {
    pub people: &'a [contact::Model],
    pub companies: &'a [Uuid],
    pub cases: &'a [case::Model],
}

/// Writes it into the firm's log, in the name of one of its people.
pub async fn write(
    tx: &DatabaseTransaction,
    maker: &mut Maker<'_>,
    author: &user::Model,
    past: &Past<'_>,
) -> anyhow::Result<()> {
    let info = RequestInfo::of_command_line();
    let mut entries: Vec<(DateTime<Utc>, Audit)> = Vec::new();
    for row in past.people {
        let began = row.created_at;
        let name = json!({ "first_name": row.first_name, "last_name": row.last_name });
        let prospect = json!({ "status": "prospect", "phone": null });
        let active = json!({ "status": "active", "phone": row.phone });
        entries.push((began, refused(Audit::created("contact", row.id, &name))?));
        let changed = Audit::updated("contact", row.id, &prospect, &active);
        entries.push((began + TimeDelta::days(21), refused(changed)?));
    }
    if let ([maria, ..], [abc, ..]) = (past.people, past.companies) {
        let link = json!({
            "id": maria.id, "name": format!("{} {}", maria.first_name, maria.last_name),
            "is_primary": true, "role": "owner", "share": 6000, "from": "2018-03-14", "to": null,
        });
        let changes = json!({ "contact": { "before": null, "after": link } });
        let linked = Audit::event("relate", "corporation", *abc, changes);
        entries.push((maria.created_at + TimeDelta::minutes(4), linked));
        let born = Audit::updated("contact", maria.id, &json!({}), &json!({}));
        let hidden = refused(born)?.with_hidden_change("date_of_birth");
        entries.push((maria.created_at + TimeDelta::days(40), hidden));
    }
    for row in past.cases {
        entries.extend(of_case(row)?);
    }
    entries.retain(|(at, _)| *at <= maker.now);
    entries.sort_by_key(|(at, _)| *at);
    for (at, audit) in entries {
        let id = id_at(&mut maker.rng, at);
        let by = Actor { id: Some(author.id), name: &author.full_name, info: &info, at };
        let entry = audit.entry(&by).with_id(id);
        entry.write(tx, maker.tenant, &maker.state.chain_key).await?;
    }
    Ok(())
}

/// That a case was opened, and came to where it is.
fn of_case(row: &case::Model) -> anyhow::Result<Vec<(DateTime<Utc>, Audit)>> {
    let began = CaseStatus::Intake.as_str();
    let new = json!({
        "type": row.kind, "tax_year": row.tax_year, "period": row.period, "status": began,
    });
    let mut all = vec![(row.created_at, refused(Audit::created("case", row.id, &new))?)];
    if row.status != began {
        let (before, after) = (json!({ "status": began }), json!({ "status": row.status }));
        let moved = refused(Audit::updated("case", row.id, &before, &after))?;
        all.push((row.status_since, moved));
    }
    Ok(all)
}

/// An entry that could not be made.
pub fn refused(audit: Result<Audit, crate::error::ApiError>) -> anyhow::Result<Audit> {
    audit.map_err(|error| anyhow::anyhow!("an entry of the demo's history: {error:?}"))
}
