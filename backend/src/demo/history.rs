//! What happened to the demo's known people and companies before today.

use super::people::{Maker, id_at};
use crate::audit::{Actor, Audit};
use crate::crm::contacts::entity as contact;
use crate::http::request::RequestInfo;
use crate::platform::user;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DatabaseTransaction;
use serde_json::json;
use uuid::Uuid;

/// Writes it into the firm's log, in the name of one of its people.
pub async fn write(
    tx: &DatabaseTransaction,
    maker: &mut Maker<'_>,
    author: &user::Model,
    known: &[contact::Model],
    companies: &[Uuid],
) -> anyhow::Result<()> {
    let info = RequestInfo::of_command_line();
    let mut entries: Vec<(DateTime<Utc>, Audit)> = Vec::new();
    for row in known {
        let began = row.created_at;
        let name = json!({ "first_name": row.first_name, "last_name": row.last_name });
        let prospect = json!({ "status": "prospect", "phone": null });
        let active = json!({ "status": "active", "phone": row.phone });
        entries.push((began, refused(Audit::created("contact", row.id, &name))?));
        let changed = Audit::updated("contact", row.id, &prospect, &active);
        entries.push((began + TimeDelta::days(21), refused(changed)?));
    }
    if let ([maria, ..], [abc, ..]) = (known, companies) {
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

/// An entry that could not be made.
pub fn refused(audit: Result<Audit, crate::error::ApiError>) -> anyhow::Result<Audit> {
    audit.map_err(|error| anyhow::anyhow!("an entry of the demo's history: {error:?}"))
}
