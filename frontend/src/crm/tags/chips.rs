//! Tags as people see them.

use crate::state::locale;
use crate::ui::Tooltip;
use ebenezer_shared::crm::tag::{TagColor, TagRef};
use ebenezer_shared::texts::tags as g;
use leptos::prelude::*;

/// So many stand in a row of a list; the rest is a number.
const SHOWN: usize = 2;

/// One tag.
#[component]
pub fn TagChip(#[prop(into)] name: String, color: TagColor) -> impl IntoView {
    let whole = name.clone();
    view! { <span class="tag" data-color=color.as_str() data-testid="tag" title=whole>{name}</span> }
}

/// The tags of a record; in a list the first ones and how many more there are.
#[component]
pub fn TagChips(tags: Vec<TagRef>, #[prop(optional)] all: bool) -> impl IntoView {
    if tags.is_empty() {
        return None;
    }
    let most = if all { tags.len() } else { SHOWN };
    let further: Vec<String> = tags.iter().skip(most).map(|tag| tag.name.clone()).collect();
    let mut chips: Vec<_> = tags
        .into_iter()
        .take(most)
        .map(|tag| view! { <TagChip name=tag.name color=tag.color/> })
        .collect();
    let last = chips.pop();
    let count = further.len() as u64;
    let more = (count > 0).then(|| {
        let names = further.join(", ");
        let said = names.clone();
        view! {
            <Tooltip text=names>
                <button
                    type="button"
                    class="more-count"
                    aria-label=move || g::further(locale(), count, &said)
                >
                    {format!("+{count}")}
                </button>
            </Tooltip>
        }
    });
    Some(view! { <span class="tags">{chips}<span class="tags-last">{last}{more}</span></span> })
}
