//! Dialogs, drawers, menus, messages.

use super::Specimen;
use crate::state::toasts::ToastAction;
use crate::state::{t, use_toasts};
use crate::ui::{
    Button, ButtonKind, Confirm, Dialog, Drawer, FilterBar, FilterSelect, Icon, IconView, Menu,
    MenuItem, MenuSeparator, RelativeTime, SearchInput, Tooltip,
};
use chrono::{TimeDelta, Utc};
use ebenezer_shared::texts;
use leptos::children::ViewFnOnce;
use leptos::prelude::*;

#[component]
pub fn Overlays() -> impl IntoView {
    view! {
        <Specimen name="Dialog, Confirm, Drawer"><Modals/></Specimen>
        <Specimen name="Menu, Tooltip, RelativeTime">
            <Menu label=t(texts::common::MORE_ACTIONS) icon_only=true trigger=|| view! { <IconView icon=Icon::More/> }>
                <MenuItem icon=Icon::Edit on_select=|| ()>{t(texts::common::EDIT)}</MenuItem>
                <MenuItem icon=Icon::Copy disabled=true on_select=|| ()>{t(texts::common::COPY)}</MenuItem>
                <MenuSeparator/>
                <MenuItem icon=Icon::Trash danger=true on_select=|| ()>{t(texts::common::DELETE)}</MenuItem>
            </Menu>
            <Tooltip text=t(texts::gallery::LONG_SAMPLE) focusable=true>{t(texts::gallery::SAMPLE)}</Tooltip>
            <RelativeTime at=Utc::now() - TimeDelta::hours(2)/>
            <RelativeTime at=Utc::now() - TimeDelta::days(1)/>
            <RelativeTime at=Utc::now() - TimeDelta::days(400)/>
        </Specimen>
        <Specimen name="FilterBar"><Filters/></Specimen>
        <Specimen name="Toast"><Toasts/></Specimen>
    }
}

#[component]
fn Modals() -> impl IntoView {
    let (dialog, confirm, drawer) =
        (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    view! {
        <Button on_click=move || dialog.set(true)>"Dialog"</Button>
        <Button on_click=move || confirm.set(true)>"Confirm"</Button>
        <Button on_click=move || drawer.set(true)>"Drawer"</Button>
        <Dialog
            open=dialog
            title=t(texts::gallery::SAMPLE)
            on_close=move || dialog.set(false)
            footer=move || view! {
                <Button kind=ButtonKind::Primary on_click=move || dialog.set(false)>{t(texts::common::SAVE)}</Button>
            }
        >
            <p>{t(texts::gallery::LONG_SAMPLE)}</p>
        </Dialog>
        <Confirm
            open=confirm
            danger=true
            title=t(texts::unsaved::TITLE)
            detail=t(texts::unsaved::DETAIL)
            confirm_label=t(texts::common::DELETE)
            on_cancel=move || confirm.set(false)
            on_confirm=move || confirm.set(false)
        />
        <Drawer open=drawer title=t(texts::gallery::SAMPLE) on_close=move || drawer.set(false)>
            <p>{t(texts::gallery::LONG_SAMPLE)}</p>
        </Drawer>
    }
}

#[component]
fn Filters() -> impl IntoView {
    let search = RwSignal::new(String::new());
    let theme = RwSignal::new(String::new());
    let options = Signal::derive(|| {
        crate::ui::Choice::texts([("light", texts::themes::LIGHT), ("dark", texts::themes::DARK)])
    });
    let active = Signal::derive(move || usize::from(!theme.with(String::is_empty)));
    let word = move || {
        view! { <SearchInput value=search label=t(texts::common::SEARCH) placeholder=t(texts::common::SEARCH)/> }
    };
    view! {
        <div class="gallery-wide">
            <FilterBar search=ViewFnOnce::from(word) active>
                <FilterSelect label=t(texts::shell::THEME) all=t(texts::common::ALL) options value=theme/>
            </FilterBar>
        </div>
    }
}

#[component]
fn Toasts() -> impl IntoView {
    let toasts = use_toasts();
    let undo = move || {
        let run = Callback::new(move |()| toasts.info(t(texts::gallery::SAMPLE)));
        let action = ToastAction { label: t(texts::common::UNDO).into(), run };
        toasts.success_with(t(texts::common::DELETED), action);
    };
    view! {
        <Button on_click=move || toasts.success(t(texts::common::SAVED))>"success"</Button>
        <Button on_click=move || toasts.error(t(texts::errors::OFFLINE))>"error"</Button>
        <Button on_click=move || toasts.info(t(texts::gallery::LONG_SAMPLE))>"info"</Button>
        <Button on_click=undo>"undo"</Button>
    }
}
