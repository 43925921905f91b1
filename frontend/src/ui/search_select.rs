//! One of many, found by typing: a combobox (WAI-ARIA Authoring Practices) whose options
//! come from the server.

use super::button::{ButtonSize, IconButton};
use super::choice::{Choice, Search};
use super::field::FieldContext;
use super::float::{FloatAlign, follow, is_open, place, unplace};
use super::icon::{Icon, IconView};
use super::model::Model;
use crate::state::{Query, Remote, locale, t, use_list_query};
use ebenezer_shared::texts;
use gloo_timers::future::TimeoutFuture;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// Milliseconds without a key before the server is asked.
const PAUSE: u32 = 150;

/// What is typed, what was found and which option the arrow keys stand on.
#[derive(Clone, Copy)]
pub struct Finder {
    pub text: RwSignal<String>,
    pub open: RwSignal<bool>,
    pub active: RwSignal<usize>,
    pub found: Query<Vec<Choice>>,
}

impl Finder {
    /// Asks `search` while open, whenever the text changes.
    pub fn new(search: Search) -> Self {
        let text = RwSignal::new(String::new());
        let open = RwSignal::new(false);
        let found = use_list_query(
            move || open.get().then(|| text.get()),
            move |wanted: Option<String>| async move {
                let Some(wanted) = wanted else { return Ok(Vec::new()) };
                if !wanted.is_empty() {
                    TimeoutFuture::new(PAUSE).await;
                }
                search.find(wanted.trim().to_owned()).await
            },
        );
        Self { text, open, active: RwSignal::new(0), found }
    }

    /// What can be chosen now, without the `hidden` values.
    pub fn options(self, hidden: Signal<Vec<String>>) -> Vec<Choice> {
        let hidden = hidden.get();
        let mut options = self.found.data().unwrap_or_default();
        options.retain(|option| !hidden.contains(&option.value));
        options
    }

    /// Moves among the options; the last leads to the first.
    pub fn step(self, forward: bool, count: usize) {
        if count > 0 {
            let by = if forward { 1 } else { count - 1 };
            self.active.update(|active| *active = (*active + by) % count);
        }
    }
}

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
        finder.text.set(String::new());
    };
    let open = move || {
        finder.active.set(0);
        finder.open.set(true);
    };
    let choose = move |choice: Choice| {
        value.set(Some(choice));
        close();
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
            "Enter" if finder.open.get_untracked() && !event.ctrl_key() => {
                let active = finder.active.get_untracked();
                if let Some(choice) = options.with_untracked(|all| all.get(active).cloned()) {
                    choose(choice);
                }
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
                required=field.required
                disabled=move || disabled.get()
                autocomplete="off"
                spellcheck="false"
                placeholder=move || placeholder.as_ref().map(TextProp::get)
                prop:value=shown
                on:input=move |event| {
                    typing.set(true);
                    finder.text.set(event_target_value(&event));
                    open();
                }
                on:click=move |_| if !finder.open.get_untracked() { open() }
                on:blur=move |_| close()
                on:keydown=on_key
                node_ref=node_ref
            />
            {(!no_clear).then(|| view! {
                <Show when=move || value.with(Option::is_some) && !disabled.get()>
                    <IconButton icon=Icon::Close label=t(texts::common::CLEAR) size=ButtonSize::Small on_click=move || {
                        value.set(None);
                        close();
                    }/>
                </Show>
            })}
            <span class="input-affix"><IconView icon=Icon::ChevronDown/></span>
            <div class="listbox float" popover="manual" node_ref=list>
                <OptionList id=list_id finder options=options.into() chosen=Signal::derive(move || {
                    value.with(|value| value.as_ref().map(|it| it.value.clone()))
                }) on_choose=Callback::new(choose)/>
            </div>
        </div>
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
        let (label, hint) = (choice.label.clone(), choice.hint.clone());
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
