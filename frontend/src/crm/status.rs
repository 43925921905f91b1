//! Statuses and types in words and colours.

use crate::state::t;
use crate::ui::{Badge, Choice, Tone};
use ebenezer_shared::crm::contact::ContactStatus;
use ebenezer_shared::crm::corporation::{CorporationStatus, CorporationType};
use ebenezer_shared::locale::Text;
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
        ContactStatus::text(self)
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
        CorporationStatus::text(self)
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
    Choice::texts(CorporationType::ALL.map(|kind| (kind.as_str(), kind.text())))
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
