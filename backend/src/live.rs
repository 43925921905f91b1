//! Live events: that something of a firm changed, told to those who watch.
//!
//! An event says which record, never what stands in it; whoever may see it asks for it. In one
//! process events go from hand to hand, with Redis through a channel to all processes.

mod hub;
mod watch;

pub use hub::Hub;

use crate::audit;
use crate::routes::Routes;
use ebenezer_shared::live::Change;
use ebenezer_shared::record::RecordType;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A change in a firm.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Event {
    pub tenant: Uuid,
    pub change: Change,
}

impl Event {
    /// The event of an audit entry; none for what nobody watches.
    pub fn of(entry: &audit::Model) -> Option<Self> {
        let subject = entry.resource_type.parse::<RecordType>().ok()?;
        let verb = entry.action.rsplit('.').next().unwrap_or_default().to_owned();
        // Looking changes nothing, and a note tells of itself.
        if matches!(verb.as_str(), "reveal" | "view" | "download" | "note") {
            return None;
        }
        let change = Change {
            id: entry.id,
            subject,
            record: entry.resource_id?,
            verb,
            by: entry.actor_id.map(Into::into),
            by_name: entry.actor_name.clone(),
        };
        Some(Self { tenant: entry.tenant_id, change })
    }
}

pub fn routes(routes: &mut Routes) {
    watch::routes(routes);
}
