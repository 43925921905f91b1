//! Notes: written on a record for all who see it, or sticky ones for oneself.

use crate::crm::case::CaseRef;
use crate::crm::client::ClientRef;
use crate::crm::staff::StaffRef;
use crate::ids::{CaseId, ContactId, CorporationId, NoteId};
use crate::locale::Text;
use crate::patch::Patch;
use crate::permission::named_enum;
use crate::texts::note_colors as c;
use crate::validation as rule;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_with_macros::apply;
use validator::Validate;

named_enum! {
    /// The paper of a note.
    NoteColor {
        Yellow = "yellow",
        Green = "green",
        Blue = "blue",
        Pink = "pink",
        Violet = "violet",
        Grey = "grey",
    }
}

impl NoteColor {
    /// Its name.
    pub const fn text(self) -> Text {
        match self {
            Self::Yellow => c::YELLOW,
            Self::Green => c::GREEN,
            Self::Blue => c::BLUE,
            Self::Pink => c::PINK,
            Self::Violet => c::VIOLET,
            Self::Grey => c::GREY,
        }
    }
}

const fn yellow() -> NoteColor {
    NoteColor::Yellow
}

/// `POST /api/notes`. It is about one person, one company or one case at most; about none it is
/// a sticky note, which only its author sees.
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
)]
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateNote {
    /// Up to 10,000 characters.
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::required_notes"))]
    pub text: String,
    #[serde(default = "yellow")]
    pub color: NoteColor,
    /// Before all others.
    #[serde(default)]
    pub pinned: bool,
    pub contact_id: Option<ContactId>,
    pub corporation_id: Option<CorporationId>,
    pub case_id: Option<CaseId>,
}

/// `PATCH /api/notes/{id}`. What it is about does not change: that says who sees it.
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, deserialize_with = "rule::not_null")]
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))],
    Patch<String> => #[serde(default, skip_serializing_if = "Patch::is_absent")]
        #[serde(deserialize_with = "rule::trimmed_patch")],
)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateNote {
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::required_notes_patch"))]
    pub text: Patch<String>,
    pub color: Option<NoteColor>,
    pub pinned: Option<bool>,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Note {
    pub id: NoteId,
    pub text: String,
    pub color: NoteColor,
    pub pinned: bool,
    pub author: Option<StaffRef>,
    /// Whom it is about; of one about a case the case's client.
    pub client: Option<ClientRef>,
    pub case: Option<CaseRef>,
    /// Send it as `If-Match` with a change.
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
