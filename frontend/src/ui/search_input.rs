//! The search word of a list.

use super::button::{ButtonSize, IconButton};
use super::icon::{Icon, IconView};
use super::id;
use super::model::Model;
use crate::state::t;
use ebenezer_shared::texts;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;

/// People pause this long between words, not between letters.
const PAUSE: Duration = Duration::from_millis(200);

/// Searches while the person types, after a short pause. `value` is the word that the list
/// shows (from the URL).
#[component]
pub fn SearchInput(
    #[prop(into)] value: Model<String>,
    #[prop(into)] label: TextProp,
    #[prop(optional, into)] placeholder: Option<TextProp>,
) -> impl IntoView {
    let input_id = id::unique("search");
    let typed = RwSignal::new(value.get_untracked());
    let timer = StoredValue::<Option<TimeoutHandle>>::new(None);
    let stop = move || {
        if let Some(Some(timer)) = timer.try_update_value(Option::take) {
            timer.clear();
        }
    };
    // Back and "clear filters" change the word from outside.
    Effect::new(move || {
        let outside = value.get();
        if outside.trim() != typed.get_untracked().trim() {
            typed.set(outside);
        }
    });
    let search_now = move || {
        stop();
        let word = typed.get_untracked().trim().to_owned();
        if word != value.get_untracked() {
            value.set(word);
        }
    };
    let on_input = move |event| {
        typed.set(event_target_value(&event));
        stop();
        timer.set_value(set_timeout_with_handle(search_now, PAUSE).ok());
    };
    let clear = move || {
        typed.set(String::new());
        search_now();
    };
    on_cleanup(stop);
    view! {
        <search class="input search-input">
            <IconView icon=Icon::Search/>
            <label class="visually-hidden" for=input_id.clone()>{move || label.get()}</label>
            <input
                class="input-control"
                id=input_id
                data-testid="search"
                type="text"
                inputmode="search"
                enterkeyhint="search"
                autocomplete="off"
                spellcheck="false"
                maxlength="200"
                placeholder=move || placeholder.as_ref().map(TextProp::get)
                prop:value=move || typed.get()
                on:input=on_input
                on:keydown=move |event| match event.key().as_str() {
                    "Enter" => {
                        event.prevent_default();
                        search_now();
                    }
                    // On to what was found, without a way past all filters.
                    "ArrowDown" if super::list_keys::focus_first_row() => event.prevent_default(),
                    "Escape" if !typed.get_untracked().is_empty() => {
                        event.stop_propagation();
                        clear();
                    }
                    _ => {}
                }
            />
            <Show when=move || !typed.with(String::is_empty)>
                <IconButton icon=Icon::Close label=t(texts::common::CLEAR) size=ButtonSize::Small on_click=clear/>
            </Show>
        </search>
    }
}
