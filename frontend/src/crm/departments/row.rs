//! A department in the list.

use super::super::facts::Swatch;
use super::changes::Changes;
use super::form::Editing;
use crate::crm::contacts::query::people_in;
use crate::state::{locale, t, use_session};
use crate::ui::float::FloatAlign;
use crate::ui::{
    Badge, ButtonSize, Column, Icon, IconButton, IconView, Menu, MenuItem, MenuSeparator, Tone,
};
use ebenezer_shared::crm::department::Department;
use ebenezer_shared::ids::DepartmentId;
use ebenezer_shared::locale::number;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts;
use ebenezer_shared::texts::departments as d;
use leptos::either::Either;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The columns of the list.
#[expect(clippy::large_types_passed_by_value, reason = "a bundle of handles")]
pub fn columns(changes: Changes, editing: RwSignal<Option<Editing>>) -> Vec<Column<Department>> {
    let mut columns = vec![
        Column::new(t(d::NAME), |row: &Department| {
            view! {
                <Swatch color=row.color.clone()/>
                <span class="person-name">{row.name.clone()}</span>
            }
        })
        .title(),
        Column::new(t(d::CODE), |row: &Department| {
            view! { <span class="code">{row.code.clone()}</span> }
        }),
        Column::new(t(d::PEOPLE), |row: &Department| {
            view! { <PeopleCount id=row.id count=row.contact_count/> }
        })
        .end(),
        Column::new(t(d::STATUS), |row: &Department| {
            let (tone, text) = if row.is_active {
                (Tone::Success, d::ACTIVE)
            } else {
                (Tone::Neutral, d::INACTIVE)
            };
            view! { <Badge tone>{t(text)}</Badge> }
        }),
    ];
    let session = use_session();
    if untrack(|| session.allows(Module::Departments, Action::Change)) {
        columns.push(Column::new(t(d::ORDER), move |row: &Department| {
            view! { <Place id=row.id name=row.name.clone() changes/> }
        }));
    }
    columns.push(
        Column::new(t(texts::common::ACTIONS), move |row: &Department| {
            view! { <RowMenu department=row.clone() changes editing/> }
        })
        .actions(),
    );
    columns
}

/// How many people; leads to them.
#[component]
fn PeopleCount(id: DepartmentId, count: u64) -> impl IntoView {
    let shown = move || number(locale(), count);
    let session = use_session();
    if count > 0 && untrack(|| session.allows(Module::Contacts, Action::View)) {
        let href = people_in(id);
        Either::Left(view! {
            <a class="plain-link" href=href aria-label=move || d::people_of(locale(), count)>{shown}</a>
        })
    } else {
        Either::Right(shown)
    }
}

/// Up and down. The focus goes with the department.
#[component]
fn Place(id: DepartmentId, name: String, changes: Changes) -> impl IntoView {
    let ends = Memo::new(move |_| {
        let all = changes.list.data().map(|page| page.items).unwrap_or_default();
        (all.first().is_some_and(|it| it.id == id), all.last().is_some_and(|it| it.id == id))
    });
    let shift = move |up: bool| {
        changes.shift(id, up);
        request_animation_frame(move || focus_place(id, up));
    };
    let (up, down) = (name.clone(), name);
    view! {
        <span class="place" id=place_id(id)>
            <IconButton
                icon=Icon::ArrowUp
                size=ButtonSize::Small
                label=move || d::move_up(locale(), &up)
                disabled=Signal::derive(move || ends.get().0)
                on_click=move || shift(true)
                attr:data-testid="move-up"
            />
            <IconButton
                icon=Icon::ArrowDown
                size=ButtonSize::Small
                label=move || d::move_down(locale(), &down)
                disabled=Signal::derive(move || ends.get().1)
                on_click=move || shift(false)
                attr:data-testid="move-down"
            />
        </span>
    }
}

fn place_id(id: DepartmentId) -> String {
    format!("place-{id}")
}

/// The same button again, or the other one where the department stands at an end now.
fn focus_place(id: DepartmentId, up: bool) {
    let Some(place) = document().get_element_by_id(&place_id(id)) else { return };
    let wanted = if up { "move-up" } else { "move-down" };
    let found = [&*format!("[data-testid={wanted}]:enabled"), "button:enabled"]
        .into_iter()
        .find_map(|selector| place.query_selector(selector).ok().flatten());
    if let Some(button) = found.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

#[component]
fn RowMenu(
    department: Department,
    changes: Changes,
    editing: RwSignal<Option<Editing>>,
) -> impl IntoView {
    let session = use_session();
    let may_change = move || session.allows(Module::Departments, Action::Change);
    let may_delete = move || session.allows(Module::Departments, Action::Delete);
    let (id, is_active) = (department.id, department.is_active);
    let name = department.name.clone();
    let label = move || texts::common::actions_of(locale(), &name);
    let edit = Callback::new(move |()| editing.set(Some(Editing::Old(id))));
    let switch = Callback::new(move |()| changes.activate(id, !is_active));
    let delete = Callback::new(move |()| changes.delete(department.clone()));
    view! {
        <Show when=move || may_change() || may_delete()>
            <Menu label=label.clone() trigger=|| view! { <IconView icon=Icon::More/> } icon_only=true align=FloatAlign::End>
                <Show when=may_change>
                    <MenuItem icon=Icon::Edit on_select=edit>{t(texts::common::EDIT)}</MenuItem>
                    <MenuItem icon=if is_active { Icon::EyeOff } else { Icon::Eye } on_select=switch>
                        {t(if is_active { d::DEACTIVATE } else { d::ACTIVATE })}
                    </MenuItem>
                </Show>
                <Show when=move || may_change() && may_delete()>
                    <MenuSeparator/>
                </Show>
                <Show when=may_delete>
                    <MenuItem icon=Icon::Trash danger=true on_select=delete>
                        {t(texts::common::DELETE)}
                    </MenuItem>
                </Show>
            </Menu>
        </Show>
    }
}
