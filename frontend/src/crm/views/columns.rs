//! Choosing the columns of a list and their order.

use super::state::ListViews;
use crate::state::{locale, t};
use crate::ui::{
    Button, ButtonKind, ButtonSize, Checkbox, Dialog, DialogSize, Icon, IconButton, Model,
};
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use ebenezer_shared::texts::views as v;
use leptos::prelude::*;

/// The button, and the dialog that it opens. What is chosen shows at once.
#[component]
pub fn ColumnsButton(lists: ListViews) -> impl IntoView {
    let open = RwSignal::new(false);
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Ghost on_click=move || lists.choose(None) attr:data-testid="reset-columns">
                {t(v::RESET_COLUMNS)}
            </Button>
            <Button kind=ButtonKind::Primary on_click=move || open.set(false) attr:data-testid="columns-done">
                {t(texts::common::CLOSE)}
            </Button>
        }
    };
    view! {
        <Button
            icon=Icon::Columns
            on_click=move || open.set(true)
            attr:data-testid="columns"
        >
            {t(v::COLUMNS)}
        </Button>
        <Dialog open on_close=move || open.set(false) title=t(v::COLUMNS) size=DialogSize::Small footer attr:data-testid="columns-dialog">
            <Choices lists/>
        </Dialog>
    }
}

/// Those that are shown, in their order, and then the others.
#[component]
fn Choices(lists: ListViews) -> impl IntoView {
    let shape = lists.shape.get_value();
    let order = Memo::new(move |_| {
        let shown = lists.columns();
        let label = |name: &str| shape.columns.iter().find(|(known, _)| *known == name).copied();
        let first = shown.iter().filter_map(|name| label(name));
        let rest = shape.columns.iter().copied();
        let rest = rest.filter(|(name, _)| !shown.iter().any(|it| it == name));
        first.chain(rest).map(|(name, _)| name).collect::<Vec<_>>()
    });
    let called = move |name: &str| {
        let found = shape.columns.iter().find(|(known, _)| *known == name);
        found.map_or(texts::common::NONE, |(_, text)| *text)
    };
    view! {
        <ul class="column-choices">
            <For each=move || order.get() key=|name| *name let:name>
                <Choice lists name text=called(name)/>
            </For>
        </ul>
    }
}

#[component]
fn Choice(lists: ListViews, name: &'static str, text: Text) -> impl IntoView {
    let place = Memo::new(move |_| lists.columns().iter().position(|it| it == name));
    let count = Memo::new(move |_| lists.columns().len());
    let checked = Model::new(Signal::derive(move || place.get().is_some()), move |on: bool| {
        let mut all = untrack(|| lists.columns());
        all.retain(|it| it != name);
        if on {
            all.push(name.to_owned());
        }
        lists.choose(Some(all));
    });
    let shift = move |up: bool| {
        let mut all = untrack(|| lists.columns());
        let Some(at) = all.iter().position(|it| it == name) else { return };
        let to = if up { at.checked_sub(1) } else { Some(at + 1) };
        if let Some(to) = to.filter(|to| *to < all.len()) {
            all.swap(at, to);
            lists.choose(Some(all));
        }
    };
    view! {
        <li class="column-choice" data-name=name>
            <Checkbox checked label=t(text)/>
            <Show when=move || place.get().is_some()>
                <span class="place">
                    <IconButton
                        icon=Icon::ArrowUp
                        size=ButtonSize::Small
                        label=move || texts::departments::move_up(locale(), text.get(locale()))
                        disabled=Signal::derive(move || place.get() == Some(0))
                        on_click=move || shift(true)
                        attr:data-testid="column-up"
                    />
                    <IconButton
                        icon=Icon::ArrowDown
                        size=ButtonSize::Small
                        label=move || texts::departments::move_down(locale(), text.get(locale()))
                        disabled=Signal::derive(move || place.get().is_some_and(|at| at + 1 == count.get()))
                        on_click=move || shift(false)
                        attr:data-testid="column-down"
                    />
                </span>
            </Show>
        </li>
    }
}
