//! Things that belong to something, each of which can be taken away (Figure 5).

use super::button::{Button, ButtonSize};
use super::choice::{Choice, Search};
use super::icon::{Icon, IconView};
use super::model::Model;
use super::search_select::SearchSelect;
use crate::state::{locale, locale_now, t};
use ebenezer_shared::texts;
use leptos::children::Children;
use leptos::prelude::*;

/// One thing. With `on_remove` it has a cross.
#[component]
pub fn Chip(
    #[prop(into)] label: Signal<String>,
    /// In front of the label: a star for the primary one.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// Goes to the thing.
    #[prop(optional, into)]
    href: Option<String>,
    #[prop(optional, into)] on_remove: Option<Callback<()>>,
    /// A colour of tags.
    #[prop(optional_no_strip)]
    color: Option<&'static str>,
) -> impl IntoView {
    let text = view! { <span class="chip-label">{move || label.get()}</span> };
    let body = match href {
        Some(href) => view! { <a class="chip-link" href=href>{text}</a> }.into_any(),
        None => text.into_any(),
    };
    view! {
        <span class="chip" data-color=color>
            {icon.map(|icon| view! { <IconView icon/> })}
            {body}
            {on_remove.map(|on_remove| view! {
                <button
                    type="button"
                    class="chip-remove"
                    aria-label=move || texts::common::remove_item(locale(), label.get())
                    on:click=move |_| on_remove.run(())
                >
                    <IconView icon=Icon::Close/>
                </button>
            })}
        </span>
    }
}

/// Chips in a row that wraps.
#[component]
pub fn Chips(children: Children) -> impl IntoView {
    view! { <div class="chips">{children()}</div> }
}

/// Chips with a selector and a button that add more. Choosing adds at once; the button
/// opens the list.
#[component]
pub fn ChipPicker(
    /// The chosen ones, in order.
    #[prop(into)]
    value: Model<Vec<Choice>>,
    search: Search,
    /// What the selector says while empty: “Seleccionar corporación…”.
    #[prop(into)]
    placeholder: TextProp,
    /// Names the selector for screen readers.
    #[prop(into)]
    label: TextProp,
    /// Values that are not offered beside the chosen ones.
    #[prop(optional, into)]
    hidden: Signal<Vec<String>>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let input = NodeRef::<leptos::html::Input>::new();
    let not_offered = Signal::derive(move || {
        let mut all = hidden.get();
        value.with(|chosen| all.extend(chosen.iter().map(|choice| choice.value.clone())));
        all
    });
    let add = move |choice: Option<Choice>| {
        let Some(choice) = choice else { return };
        said.set(texts::search_select::added(locale_now(), &choice.label));
        let mut chosen = value.get_untracked();
        if chosen.iter().all(|known| known.value != choice.value) {
            chosen.push(choice);
            value.set(chosen);
        }
    };
    let remove = move |gone: &Choice| {
        said.set(texts::search_select::removed(locale_now(), &gone.label));
        let mut chosen = value.get_untracked();
        chosen.retain(|known| known.value != gone.value);
        value.set(chosen);
        // The pressed cross is gone; the focus shall not be.
        if let Some(input) = input.get_untracked() {
            let _ = input.focus();
        }
    };
    let open_list = move || {
        if let Some(input) = input.get_untracked() {
            let _ = input.focus();
            input.click();
        }
    };
    view! {
        <div class="chip-picker">
            <Show when=move || value.with(|chosen| !chosen.is_empty())>
                <ul class="chips">
                    <For each=move || value.get() key=|choice| choice.value.clone() let:choice>
                        <li>
                            {
                                let label = choice.label.clone();
                                view! { <Chip label=label color=choice.color on_remove=move || { if !disabled.get_untracked() { remove(&choice) } }/> }
                            }
                        </li>
                    </For>
                </ul>
            </Show>
            <div class="chip-picker-add">
                <div class="chip-picker-select" role="group" aria-label=move || label.get()>
                    <SearchSelect
                        value=Model::new(Signal::stored(None), add)
                        search
                        placeholder
                        hidden=not_offered
                        disabled
                        no_clear=true
                        node_ref=input
                    />
                </div>
                <Button icon=Icon::Plus size=ButtonSize::Medium disabled on_click=open_list>
                    {t(texts::common::ADD)}
                </Button>
            </div>
            <p class="visually-hidden" aria-live="polite">{move || said.get()}</p>
        </div>
    }
}
