//! Filters of a list, as buttons that say what they filter by: “Estado: Todos”.

use super::button::{ButtonKind, ButtonSize};
use super::choice::{Choice, Search};
use super::finder::Finder;
use super::float::{FloatAlign, follow, is_open, place, unplace};
use super::icon::{Icon, IconView};
use super::id;
use super::menu::{Menu, MenuChoice, MenuSeparator, MenuToggle};
use super::model::Model;
use super::search_select::{OptionList, option_id};
use super::text_input::focus_when_there;
use crate::state::t;
use ebenezer_shared::texts;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// Stands for the name of a chosen value until it is known.
pub const UNNAMED: &str = "…";

/// One of a few fixed values, or all.
#[component]
pub fn FilterSelect(
    /// What is filtered: “Estado”.
    #[prop(into)]
    label: TextProp,
    /// What no filter is called: “Todos”, “Todas”.
    #[prop(into)]
    all: TextProp,
    #[prop(into)] options: Signal<Vec<Choice>>,
    /// The chosen value; empty for all.
    #[prop(into)]
    value: Model<String>,
) -> impl IntoView {
    let active = Signal::derive(move || value.with(|value| !value.is_empty()));
    let shown = {
        let all = all.clone();
        move || {
            let chosen = value.get();
            options
                .with(|options| {
                    options.iter().find(|it| it.value == chosen).map(|it| it.label.clone())
                })
                // What was chosen may be known before it has a name.
                .unwrap_or_else(|| if active.get() { UNNAMED.into() } else { all.get().into() })
        }
    };
    let name = label.clone();
    let trigger = move || {
        let (name, shown) = (name.clone(), shown.clone());
        view! { <FilterText name shown=Signal::derive(shown)/> }
    };
    let choices = move || {
        let chosen = move |option: &str| value.with(|value| value == option);
        options
            .get()
            .into_iter()
            .map(|option| {
                let (compared, set) = (option.value.clone(), option.value);
                view! {
                    <MenuChoice
                        checked=Signal::derive(move || chosen(&compared))
                        on_select=move || value.set(set.clone())
                    >
                        {option.label}
                    </MenuChoice>
                }
            })
            .collect_view()
    };
    view! {
        <Menu label trigger kind=ButtonKind::Secondary size=ButtonSize::Medium trigger_says_it=true active>
            {
                let all = all.clone();
                view! {
                    <MenuChoice
                        checked=Signal::derive(move || value.with(String::is_empty))
                        on_select=move || value.set(String::new())
                    >
                        {move || all.get()}
                    </MenuChoice>
                }
            }
            {choices}
        </Menu>
    }
}

/// Any number of fixed values, or all.
#[component]
pub fn FilterMany(
    /// What is filtered: “Etiqueta”.
    #[prop(into)]
    label: TextProp,
    /// What no filter is called.
    #[prop(into)]
    all: TextProp,
    #[prop(into)] options: Signal<Vec<Choice>>,
    /// The chosen values.
    #[prop(into)]
    value: Model<Vec<String>>,
) -> impl IntoView {
    let active = Signal::derive(move || value.with(|value| !value.is_empty()));
    let no_filter = all.clone();
    let shown = Signal::derive(move || {
        let name = |id: &String| {
            let found = options.with(|all| all.iter().find(|it| it.value == *id).cloned());
            found.map_or_else(|| UNNAMED.to_owned(), |it| it.label)
        };
        let chosen = value.get();
        if chosen.is_empty() {
            return no_filter.get().into();
        }
        chosen.iter().map(name).collect::<Vec<_>>().join(" + ")
    });
    let name = label.clone();
    let trigger = move || view! { <FilterText name=name.clone() shown/> };
    let switch = move |id: &str| {
        let mut chosen = value.get_untracked();
        if chosen.iter().any(|it| it == id) {
            chosen.retain(|it| it != id);
        } else {
            chosen.push(id.to_owned());
        }
        value.set(chosen);
    };
    let toggles = move || {
        let toggle = |option: Choice| {
            let (compared, set) = (option.value.clone(), option.value);
            view! {
                <MenuToggle
                    checked=Signal::derive(move || value.with(|all| all.contains(&compared)))
                    on_select=move || switch(&set)
                >
                    {option.color.map(|color| view! { <span class="tag-swatch" data-color=color></span> })}
                    {option.label}
                </MenuToggle>
            }
        };
        options.get().into_iter().map(toggle).collect_view()
    };
    view! {
        <Menu label trigger kind=ButtonKind::Secondary size=ButtonSize::Medium trigger_says_it=true active>
            {
                let all = all.clone();
                view! {
                    <MenuChoice
                        checked=Signal::derive(move || value.with(Vec::is_empty))
                        on_select=move || value.set(Vec::new())
                    >
                        {move || all.get()}
                    </MenuChoice>
                    <MenuSeparator/>
                }
            }
            {toggles}
        </Menu>
    }
}

#[component]
fn FilterText(name: TextProp, shown: Signal<String>) -> impl IntoView {
    view! {
        <span class="filter-name">{move || name.get()}<span class="filter-colon">":"</span></span>
        <span class="filter-value">{move || shown.get()}</span>
        <IconView icon=Icon::ChevronDown/>
    }
}

/// One of many, found by typing, or all: a corporation.
#[component]
pub fn FilterSearch(
    #[prop(into)] label: TextProp,
    /// What no filter is called.
    #[prop(into)]
    all: TextProp,
    search: Search,
    /// The chosen one; none for all. Its label may come later than its value.
    #[prop(into)]
    value: Model<Option<Choice>>,
) -> impl IntoView {
    let panel_id = id::unique("filter");
    let button = NodeRef::<leptos::html::Button>::new();
    let panel = NodeRef::<leptos::html::Div>::new();
    let open = RwSignal::new(false);
    let put = move || {
        if let (Some(button), Some(panel)) = (button.get_untracked(), panel.get_untracked())
            && is_open(&panel)
        {
            place(&button, &panel, FloatAlign::Start);
        }
    };
    follow(open.into(), put);
    let on_toggle = move |_| {
        let Some(panel) = panel.get_untracked() else { return };
        open.set(is_open(&panel));
        if is_open(&panel) {
            request_animation_frame(put);
        } else {
            unplace(&panel);
        }
    };
    let choose = Callback::new(move |choice: Option<Choice>| {
        if let (Some(panel), Some(button)) = (panel.get_untracked(), button.get_untracked()) {
            let _ = panel.hide_popover();
            let _ = button.focus();
        }
        value.set(choice);
    });
    let shown = {
        let all = all.clone();
        Signal::derive(move || {
            value
                .with(|value| value.as_ref().map(|choice| choice.label.clone()))
                .unwrap_or_else(|| all.get().into())
        })
    };
    let name = label.clone();
    let panel_view = move || {
        view! { <FilterPanel label=label.clone() all=all.clone() search value on_choose=choose/> }
    };
    view! {
        <button
            type="button"
            class="button"
            data-kind=ButtonKind::Secondary.as_attribute()
            data-size=ButtonSize::Medium.as_attribute()
            data-active=move || value.with(Option::is_some).then_some("true")
            aria-haspopup="dialog"
            aria-expanded=move || open.get().to_string()
            popovertarget=panel_id.clone()
            node_ref=button
        >
            <FilterText name shown/>
        </button>
        <div class="filter-panel float" id=panel_id popover="auto" node_ref=panel on:toggle=on_toggle>
            <Show when=move || open.get()>{panel_view()}</Show>
        </div>
    }
}

/// The word to look for, and what was found. Made anew at each opening.
#[component]
fn FilterPanel(
    label: TextProp,
    all: TextProp,
    search: Search,
    value: Model<Option<Choice>>,
    on_choose: Callback<Option<Choice>>,
) -> impl IntoView {
    let list_id = id::unique("options");
    let finder = Finder::new(search);
    finder.open.set(true);
    let options = Memo::new(move |_| finder.options(Signal::stored(Vec::new())));
    finder.on_enter(options, move |choice| on_choose.run(Some(choice)));
    let chosen = Signal::derive(move || {
        value.with(|value| value.as_ref().map(|choice| choice.value.clone()))
    });
    let input = NodeRef::<leptos::html::Input>::new();
    focus_when_there(move || input.get().map(Into::into));
    let on_key = move |event: KeyboardEvent| {
        let count = options.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" => finder.step(true, count),
            "ArrowUp" => finder.step(false, count),
            "Enter" => finder.enter(),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="input search-input">
            <IconView icon=Icon::Search/>
            <input
                class="input-control"
                type="text"
                role="combobox"
                aria-label=move || label.get()
                aria-autocomplete="list"
                aria-expanded="true"
                aria-controls=list_id.clone()
                aria-activedescendant={
                    let list_id = list_id.clone();
                    move || option_id(&list_id, finder.active.get())
                }
                autocomplete="off"
                placeholder=t(texts::search_select::TYPE_TO_SEARCH)
                prop:value=move || finder.text.get()
                on:input=move |event| finder.type_text(event_target_value(&event))
                on:keydown=on_key
                node_ref=input
            />
        </div>
        {chosen.get_untracked().map(|_| view! {
            <button type="button" class="menu-item" on:click=move |_| on_choose.run(None)>
                {move || all.get()}
            </button>
        })}
        <OptionList
            id=list_id
            finder
            options=options.into()
            chosen
            on_choose=Callback::new(move |choice| on_choose.run(Some(choice)))
        />
    }
}
