//! A tag as it is typed.

use super::super::conflict::{FieldOf, text_field};
use super::super::typed::{text_change, unless_empty};
use ebenezer_shared::crm::tag::{CreateTag, Tag, TagColor, UpdateTag};
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts::departments::colors;
use ebenezer_shared::texts::tags as g;

/// All that the form holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagDraft {
    pub name: String,
    pub color: TagColor,
}

impl From<&Tag> for TagDraft {
    fn from(tag: &Tag) -> Self {
        Self { name: tag.name.clone(), color: tag.color }
    }
}

impl TagDraft {
    /// The whole tag as a new one; the shared rules judge it, for changes too.
    pub fn to_create(&self) -> CreateTag {
        CreateTag { name: self.name.trim().to_owned(), color: Some(self.color) }
    }

    /// What differs from `before`; none when nothing does.
    pub fn to_update(&self, before: &Self) -> Option<UpdateTag> {
        unless_empty(UpdateTag {
            name: text_change(&before.name, &self.name),
            color: (before.color != self.color).then_some(self.color),
        })
    }
}

/// What a colour is called.
pub const fn color_text(color: TagColor) -> Text {
    match color {
        TagColor::Grey => colors::GREY,
        TagColor::Red => colors::RED,
        TagColor::Orange => colors::ORANGE,
        TagColor::Yellow => g::YELLOW,
        TagColor::Green => colors::GREEN,
        TagColor::Teal => colors::TEAL,
        TagColor::Blue => colors::BLUE,
        TagColor::Violet => colors::VIOLET,
        TagColor::Pink => colors::PINK,
    }
}

/// Its fields, for the dialog that compares two versions.
pub static FIELDS: [FieldOf<TagDraft>; 2] = [
    text_field!(name, g::NAME),
    FieldOf {
        name: "color",
        label: g::COLOR,
        show: |draft, locale| color_text(draft.color).get(locale).to_owned(),
        same: |a, b| a.color == b.color,
        take: |draft, other| draft.color = other.color,
    },
];
