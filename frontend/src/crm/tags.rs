//! Tags: their page, the chips that show them, the field that sets them.

mod chips;
mod delete;
mod draft;
mod field;
mod filter;
mod form;
mod kept;
mod list;
pub mod page;

pub use chips::{TagChip, TagChips};
pub use draft::color_text;
pub use field::{TagField, choice, choices, ids, names};
pub use filter::{ByTags, TAG, tags_of};

use crate::api::{self, use_client};
use crate::state::{Query, use_query, use_session};
use ebenezer_shared::crm::tag::Tag;
use ebenezer_shared::permission::{Action, Module};

/// All tags; none for those who may not see them.
pub fn use_tags() -> Query<Vec<Tag>> {
    let (session, client) = (use_session(), use_client());
    use_query(
        move || session.allows(Module::Contacts, Action::View),
        move |may| async move {
            if may { Ok(api::tags::list(client, "").await?.items) } else { Ok(Vec::new()) }
        },
    )
}
