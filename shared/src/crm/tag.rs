//! Words that mark contacts and corporations.

use crate::ids::TagId;
use crate::patch::Patch;
use crate::validation as rule;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

/// Longest name of a tag, in characters.
pub const TAG_MAX: usize = 50;
/// Most tags that one record can carry.
pub const MAX_TAGS: usize = 50;

/// The colours that a tag can have. What they look like, light and dark decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TagColor {
    #[default]
    Grey,
    Red,
    Orange,
    Yellow,
    Green,
    Teal,
    Blue,
    Violet,
    Pink,
}

impl TagColor {
    pub const ALL: [Self; 9] = [
        Self::Grey,
        Self::Red,
        Self::Orange,
        Self::Yellow,
        Self::Green,
        Self::Teal,
        Self::Blue,
        Self::Violet,
        Self::Pink,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Grey => "grey",
            Self::Red => "red",
            Self::Orange => "orange",
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Teal => "teal",
            Self::Blue => "blue",
            Self::Violet => "violet",
            Self::Pink => "pink",
        }
    }

    /// Reads a name on the wire back; grey for one that is not known.
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|color| color.as_str() == name).unwrap_or_default()
    }
}

/// The tags of one record are not too many.
#[expect(clippy::ptr_arg, reason = "validator hands over the field itself")]
pub fn some_tag_ids(ids: &Vec<TagId>) -> Result<(), ValidationError> {
    if ids.len() > MAX_TAGS {
        let mut error = ValidationError::new("too_many");
        error.add_param("max".into(), &MAX_TAGS);
        return Err(error);
    }
    Ok(())
}

/// A short name: 1 to 50 characters on one line.
pub fn short_name(value: &impl rule::TextField) -> Result<(), ValidationError> {
    value.text().map_or(Ok(()), |text| rule::filled(text, TAG_MAX))
}

/// [`short_name`] in a `PATCH`; it cannot be cleared.
pub fn short_name_patch(value: &Patch<String>) -> Result<(), ValidationError> {
    match value {
        Patch::Null => Err(ValidationError::new("required")),
        Patch::Absent | Patch::Value(_) => short_name(value),
    }
}

/// `POST /api/tags`
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateTag {
    /// Unique in the firm, whatever case and accents; up to 50 characters.
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "short_name"))]
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<TagColor>,
}

/// `PATCH /api/tags/{id}`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateTag {
    #[serde(
        default,
        deserialize_with = "rule::trimmed_patch",
        skip_serializing_if = "Patch::is_absent"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "short_name_patch"))]
    pub name: Patch<String>,
    #[serde(default, deserialize_with = "rule::not_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = TagColor, required = false))]
    pub color: Option<TagColor>,
}

/// A tag of the firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tag {
    pub id: TagId,
    pub name: String,
    pub color: TagColor,
    /// How many contacts carry it.
    pub contact_count: u64,
    /// How many corporations carry it.
    pub corporation_count: u64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A tag as records name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TagRef {
    pub id: TagId,
    pub name: String,
    pub color: TagColor,
}
