//! Several views of one thing, one at a time.

use super::model::Model;
use leptos::children::ChildrenFn;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// One tab.
#[derive(Clone)]
pub struct Tab {
    /// Its value, also in the URL.
    pub key: &'static str,
    pub label: TextProp,
    /// How many things it holds.
    pub count: Option<Signal<u64>>,
}

impl Tab {
    /// A tab without count.
    pub fn new(key: &'static str, label: impl Into<TextProp>) -> Self {
        Self { key, label: label.into(), count: None }
    }
}

fn tab_id(key: &str) -> String {
    format!("tab-{key}")
}

fn panel_id(key: &str) -> String {
    format!("panel-{key}")
}

/// The row of tabs. Arrow keys move, and moving chooses.
#[component]
pub fn Tabs(
    #[prop(into)] label: TextProp,
    tabs: Vec<Tab>,
    /// The key of the chosen one.
    #[prop(into)]
    value: Model<String>,
) -> impl IntoView {
    let keys: Vec<_> = tabs.iter().map(|tab| tab.key).collect();
    let on_key = move |event: KeyboardEvent| {
        let current = value.get_untracked();
        let here = keys.iter().position(|key| *key == current).unwrap_or_default();
        let next = match event.key().as_str() {
            "ArrowRight" => here + 1,
            "ArrowLeft" => here + keys.len() - 1,
            "Home" => 0,
            "End" => keys.len() - 1,
            _ => return,
        };
        event.prevent_default();
        if let Some(key) = keys.get(next % keys.len()) {
            value.set((*key).to_owned());
            focus(&tab_id(key));
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=move || label.get() on:keydown=on_key>
            {tabs.into_iter().map(|tab| view! { <TabButton tab value/> }).collect_view()}
        </div>
    }
}

#[component]
fn TabButton(tab: Tab, value: Model<String>) -> impl IntoView {
    let Tab { key, label, count } = tab;
    let chosen = move || value.with(|value| value == key);
    view! {
        <button
            type="button"
            class="tab"
            role="tab"
            id=tab_id(key)
            aria-controls=panel_id(key)
            aria-selected=move || chosen().to_string()
            tabindex=move || if chosen() { "0" } else { "-1" }
            on:click=move |_| value.set(key.to_owned())
        >
            {move || label.get()}
            {count.map(|count| view! { <span class="tab-count">{move || count.get()}</span> })}
        </button>
    }
}

/// What a tab shows; there only while its tab is chosen.
#[component]
pub fn TabPanel(
    /// The tab's key.
    key: &'static str,
    #[prop(into)] value: Signal<String>,
    children: ChildrenFn,
) -> impl IntoView {
    view! {
        <Show when=move || value.with(|value| value == key)>
            <div class="tab-panel" role="tabpanel" id=panel_id(key) aria-labelledby=tab_id(key)>
                {children()}
            </div>
        </Show>
    }
}

fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
