//! Statuses and types in words and colours.

use crate::state::t;
use crate::ui::{Badge, Choice, Tone};
use ebenezer_shared::crm::contact::ContactStatus;
use ebenezer_shared::crm::corporation::{CorporationStatus, CorporationType};
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts::{corporation_types as k, statuses as s};
use leptos::prelude::*;

/// A status as people read it.
pub trait Status: Copy + Send + Sync + 'static {
    /// What it is called.
    fn text(self) -> Text;
    /// What it means to the reader.
    fn tone(self) -> Tone;
}

impl Status for ContactStatus {
    fn text(self) -> Text {
        match self {
            Self::Active => s::ACTIVE,
            Self::Inactive => s::INACTIVE,
            Self::Prospect => s::PROSPECT,
        }
    }

    fn tone(self) -> Tone {
        match self {
            Self::Active => Tone::Success,
            Self::Inactive => Tone::Neutral,
            Self::Prospect => Tone::Info,
        }
    }
}

impl Status for CorporationStatus {
    fn text(self) -> Text {
        match self {
            Self::Active => s::ACTIVE_CORPORATION,
            Self::Inactive => s::INACTIVE_CORPORATION,
            Self::Prospect => s::PROSPECT,
        }
    }

    fn tone(self) -> Tone {
        match self {
            Self::Active => Tone::Success,
            Self::Inactive => Tone::Neutral,
            Self::Prospect => Tone::Info,
        }
    }
}

/// The status in its colour.
#[component]
pub fn StatusBadge<S: Status>(status: S) -> impl IntoView {
    view! { <Badge tone=status.tone()>{t(status.text())}</Badge> }
}

/// What a type of corporation is called.
pub const fn type_text(kind: CorporationType) -> Text {
    match kind {
        CorporationType::Llc => k::LLC,
        CorporationType::CCorp => k::C_CORP,
        CorporationType::SCorp => k::S_CORP,
        CorporationType::Partnership => k::PARTNERSHIP,
        CorporationType::SoleProprietor => k::SOLE_PROPRIETOR,
        CorporationType::NonProfit => k::NON_PROFIT,
    }
}

/// The statuses of contacts, to choose from; tracked.
pub fn contact_statuses() -> Vec<Choice> {
    Choice::texts(ContactStatus::ALL.map(|status| (status.as_str(), status.text())))
}

/// The statuses of corporations, to choose from; tracked.
pub fn corporation_statuses() -> Vec<Choice> {
    Choice::texts(CorporationStatus::ALL.map(|status| (status.as_str(), status.text())))
}

/// The types of corporations, to choose from; tracked.
pub fn corporation_types() -> Vec<Choice> {
    Choice::texts(CorporationType::ALL.map(|kind| (kind.as_str(), type_text(kind))))
}

/// Reads a name on the wire back.
pub fn contact_status(name: &str) -> Option<ContactStatus> {
    ContactStatus::ALL.into_iter().find(|status| status.as_str() == name)
}

/// Reads a name on the wire back.
pub fn corporation_status(name: &str) -> Option<CorporationStatus> {
    CorporationStatus::ALL.into_iter().find(|status| status.as_str() == name)
}

/// Reads a name on the wire back.
pub fn corporation_type(name: &str) -> Option<CorporationType> {
    CorporationType::ALL.into_iter().find(|kind| kind.as_str() == name)
}
