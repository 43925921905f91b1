//! Which entries the page shows, as the URL says it.

use super::words::{Act, KINDS, act_named};
use crate::api::audit::ListEntries;
use crate::crm::filters::Filter;
use crate::crm::listing::{page_number, page_size};
use crate::state::UrlState;
use chrono::NaiveDate;
use ebenezer_shared::ids::UserId;

pub static BY_ACTOR: Filter = Filter::of::<UserId>("actor_id");
pub static BY_KIND: Filter =
    Filter { key: "resource_type", known: |name| KINDS.iter().any(|(kind, _)| *kind == name) };
pub static BY_ACT: Filter = Filter { key: "action", known: |name| act_named(name).is_some() };
pub static FROM: Filter = Filter::of::<NaiveDate>("from");
pub static TO: Filter = Filter::of::<NaiveDate>("to");

/// All that the entries can be filtered by.
pub static FILTERS: [&Filter; 5] = [&BY_ACTOR, &BY_ACT, &BY_KIND, &FROM, &TO];

/// What the URL asks for; values that make no sense are passed over. Tracked.
pub fn read(url: UrlState) -> ListEntries {
    ListEntries {
        page: page_number(url),
        page_size: page_size(url),
        action: act_named(&BY_ACT.value(url)).map(Act::actions).unwrap_or_default(),
        resource_type: BY_KIND.value(url),
        actor_id: BY_ACTOR.value(url),
        from: FROM.value(url),
        to: TO.value(url),
    }
}
