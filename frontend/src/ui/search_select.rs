//! One of many, found by typing: a combobox (WAI-ARIA Authoring Practices) whose options
//! come from the server.

use super::button::{ButtonSize, IconButton};
use super::choice::{Choice, Search};
use super::field::FieldContext;
use super::finder::Finder;
use super::float::{FloatAlign, follow, is_open, place, unplace};
use super::icon::{Icon, IconView};
use super::model::Model;
use crate::state::{Remote, locale, t};
use ebenezer_shared::texts;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// A combobox inside a [`super::Field`].
#[component]
pub fn SearchSelect(
    /// The chosen one.
    #[prop(into)]
    value: Model<Option<Choice>>,
    search: Search,
    #[prop(optional, into)] placeholder: Option<TextProp>,
    /// Values that are not offered: those chosen elsewhere.
    #[prop(optional, into)]
    hidden: Signal<Vec<String>>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Shows no button that takes the choice back.
    #[prop(optional)]
    no_clear: bool,
    #[prop(optional)] node_ref: NodeRef<leptos::html::Input>,
) -> impl IntoView {
    let field = FieldContext::take();
    let invalid = field.aria_invalid();
    let list_id = format!("{}-list", field.input_id);
    let finder = Finder::new(search);
    let frame = NodeRef::<leptos::html::Div>::new();
    let list = NodeRef::<leptos::html::Div>::new();
    let typing = RwSignal::new(false);
    let options = Memo::new(move |_| finder.options(hidden));
    let label =
        move || value.with(|value| value.as_ref().map(|it| it.label.clone()).unwrap_or_default());
    let shown = move || if typing.get() { finder.text.get() } else { label() };

    let close = move || {
        finder.open.set(false);
        typing.set(false);
        finder.type_text(String::new());
    };
    let open = move || {
        finder.active.set(0);
        finder.open.set(true);
    };
    let choose = move |choice: Choice| {
        value.set(Some(choice));
        close();
    };
    finder.on_enter(options, choose);
    // Typing replaces the chosen one: nobody means to add to its name.
    let select = move || {
        if let Some(input) = node_ref.get_untracked() {
            input.select();
        }
    };
    show_list(finder.open, frame, list);

    let active_id = {
        let list_id = list_id.clone();
        move || finder.open.get().then(|| option_id(&list_id, finder.active.get()))
    };
    let on_key = move |event: KeyboardEvent| {
        let count = options.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if !finder.open.get_untracked() => open(),
            "ArrowDown" => finder.step(true, count),
            "ArrowUp" => finder.step(false, count),
            "Enter" if finder.open.get_untracked() && !(event.ctrl_key() || event.meta_key()) => {
                finder.enter();
            }
            "Escape" if finder.open.get_untracked() => {
                event.stop_propagation();
                close();
            }
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="input search-select" node_ref=frame>
            <input
                class="input-control"
                id=field.input_id
                name=field.name
                type="text"
                role="combobox"
                aria-autocomplete="list"
                aria-controls=list_id.clone()
                aria-expanded=move || finder.open.get().to_string()
                aria-activedescendant=active_id
                aria-invalid=invalid
                aria-describedby=move || field.described_by.get()
                required=move || field.required.get()
                disabled=move || disabled.get()
                autocomplete="off"
                spellcheck="false"
                placeholder=move || placeholder.as_ref().map(TextProp::get)
                prop:value=shown
                on:input=move |event| {
                    typing.set(true);
                    finder.type_text(event_target_value(&event));
                    open();
                }
                on:focus=move |_| select()
                on:click=move |_| {
                    if !finder.open.get_untracked() {
                        open();
                        select();
                    }
                }
                on:blur=move |_| close()
                on:keydown=on_key
                node_ref=node_ref
            />
            {(!no_clear).then(|| view! { <ClearChoice value disabled on_clear=close/> })}
            <span class="input-affix"><IconView icon=Icon::ChevronDown/></span>
            <div class="listbox float" popover="manual" node_ref=list>
                <OptionList id=list_id finder options=options.into() chosen=Signal::derive(move || {
                    value.with(|value| value.as_ref().map(|it| it.value.clone()))
                }) on_choose=Callback::new(choose)/>
            </div>
        </div>
    }
}

/// Takes the choice back.
#[component]
fn ClearChoice(
    value: Model<Option<Choice>>,
    disabled: Signal<bool>,
    #[prop(into)] on_clear: Callback<()>,
) -> impl IntoView {
    let clear = move || {
        value.set(None);
        on_clear.run(());
    };
    view! {
        <Show when=move || value.with(Option::is_some) && !disabled.get()>
            <IconButton icon=Icon::Close label=t(texts::common::CLEAR) size=ButtonSize::Small on_click=clear/>
        </Show>
    }
}

/// The id of an option, for `aria-activedescendant`.
pub(super) fn option_id(list_id: &str, index: usize) -> String {
    format!("{list_id}-{index}")
}

/// Shows and hides the list beside the input.
fn show_list(
    open: RwSignal<bool>,
    frame: NodeRef<leptos::html::Div>,
    list: NodeRef<leptos::html::Div>,
) {
    let put = move || {
        if let (Some(frame), Some(list)) = (frame.get_untracked(), list.get_untracked())
            && is_open(&list)
        {
            place(&frame, &list, FloatAlign::Stretch);
        }
    };
    Effect::new(move || {
        let wanted = open.get();
        let Some(list) = list.get() else { return };
        if wanted {
            let _ = list.show_popover();
            put();
        } else {
            let _ = list.hide_popover();
            unplace(&list);
        }
    });
    follow(open.into(), put);
}

/// The options, or why there are none.
#[component]
pub fn OptionList(
    id: String,
    finder: Finder,
    options: Signal<Vec<Choice>>,
    chosen: Signal<Option<String>>,
    on_choose: Callback<Choice>,
) -> impl IntoView {
    let note = move || match finder.found.get() {
        Remote::Failed(_) => texts::search_select::FAILED.get(locale()).to_owned(),
        Remote::Ready(_) if !finder.found.is_pending() => {
            let count = options.with(Vec::len) as u64;
            if count == 0 {
                texts::search_select::NO_MATCHES.get(locale()).to_owned()
            } else {
                texts::search_select::results(locale(), count)
            }
        }
        Remote::Ready(_) | Remote::Loading => {
            texts::search_select::SEARCHING.get(locale()).to_owned()
        }
    };
    let quiet = move || options.with(|options| !options.is_empty()).then_some("visually-hidden");
    let list_id = id.clone();
    let row = move |(index, choice): (usize, Choice)| {
        let is_chosen = {
            let value = choice.value.clone();
            move || chosen.with(|chosen| chosen.as_deref() == Some(value.as_str()))
        };
        let (label, hint, color) = (choice.label.clone(), choice.hint.clone(), choice.color);
        view! {
            <div
                class="option"
                role="option"
                id=option_id(&list_id, index)
                aria-selected=move || is_chosen().to_string()
                data-active=move || (finder.active.get() == index).then_some("true")
                on:mousedown=move |event| {
                    // Keeps the focus in the input.
                    event.prevent_default();
                    on_choose.run(choice.clone());
                }
                on:mousemove=move |_| finder.active.set(index)
            >
                {color.map(|color| view! { <span class="tag-swatch" data-color=color></span> })}
                <span class="option-label">{label}</span>
                {hint.map(|hint| view! { <span class="option-hint">{hint}</span> })}
            </div>
        }
    };
    view! {
        // A press on the scroll bar must not take the focus from the input.
        <div role="listbox" on:mousedown=|event| event.prevent_default() id=id aria-busy=move || finder.found.is_pending().to_string()>
            {move || options.get().into_iter().enumerate().map(row.clone()).collect_view()}
        </div>
        <p class="listbox-note" class:visually-hidden=move || quiet().is_some() aria-live="polite">{note}</p>
    }
}
