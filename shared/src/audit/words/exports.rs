//! What a list was filtered by that was exported.

use crate::locale::Text;
use crate::texts;
use crate::texts::audit::{fields as f, kinds as k};

/// What the field is called.
pub(super) fn field(name: &str) -> Option<Text> {
    Some(match name {
        "format" => f::FORMAT,
        "picked" => f::PICKED,
        "contact_id" => k::CONTACT,
        "case_id" => k::CASE,
        "folder_id" => f::FOLDER,
        "assignee_id" => texts::cases::ASSIGNEE,
        "staff_id" => texts::appointments::STAFF,
        "due_from" => f::DUE_FROM,
        "due_to" | "due_before" => f::DUE_TO,
        "overdue" => f::IS_OVERDUE,
        "trashed" => texts::documents::IN_TRASH,
        "updated_since" => f::UPDATED_SINCE,
        _ => return None,
    })
}
