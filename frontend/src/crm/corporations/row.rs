//! A corporation in the list.

use super::super::status::StatusBadge;
use super::super::tags::TagChips;
use crate::crm::contacts::query::people_of;
use crate::crm::contacts::row::{email, phone};
use crate::routes::Route;
use crate::state::{locale, t, use_session};
use crate::ui::float::FloatAlign;
use crate::ui::{
    Avatar, Column, Icon, IconView, Menu, MenuItem, MenuLink, MenuSeparator, RelativeTime,
};
use ebenezer_shared::crm::corporation::CorporationSummary;
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::locale::number;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts;
use ebenezer_shared::texts::corporations as c;
use leptos::either::Either;
use leptos::prelude::*;

/// A corporation to be deleted.
pub type Chosen = (CorporationId, String);

/// All columns of the list. `on_delete` asks for a row to be deleted.
pub fn columns(on_delete: Callback<Chosen>) -> Vec<Column<CorporationSummary>> {
    let mut columns = vec![
        Column::new(t(c::NAME), company).title().sortable("name"),
        Column::new(t(c::EIN), |row: &CorporationSummary| {
            row.ein.clone().map(|ein| view! { <span class="number">{ein}</span> })
        })
        .key("ein")
        .wide_only(),
        Column::new(t(c::TYPE), |row: &CorporationSummary| row.kind.map(|kind| t(kind.text())))
            .key("type"),
        Column::new(t(c::PHONE), |row: &CorporationSummary| {
            phone(row.phone.clone(), row.phone_display.clone())
        })
        .key("phone")
        .wide_only(),
        Column::new(t(c::PEOPLE), |row: &CorporationSummary| {
            view! { <PeopleCount id=row.id count=row.contact_count/> }
        })
        .key("people")
        .end(),
        Column::new(t(c::STATUS), |row: &CorporationSummary| {
            view! { <StatusBadge status=row.status/> }
        })
        .key("status")
        .sortable("status"),
        Column::new(t(texts::tags::TITLE), |row: &CorporationSummary| {
            view! { <TagChips tags=row.tags.clone()/> }
        })
        .key("tags")
        .wide_only(),
        Column::new(t(texts::common::ACTIONS), move |row: &CorporationSummary| {
            view! { <RowMenu id=row.id name=row.name.clone() on_delete/> }
        })
        .actions(),
    ];
    columns.extend(further());
    columns
}

/// Those that are shown when somebody chooses them.
fn further() -> [Column<CorporationSummary>; 6] {
    [
        Column::new(t(c::EMAIL), |row: &CorporationSummary| email(row.email.clone()))
            .key("email")
            .one_line(),
        Column::new(t(c::INDUSTRY), |row: &CorporationSummary| row.industry.clone())
            .key("industry"),
        Column::new(t(texts::address::CITY), |row: &CorporationSummary| row.city.clone())
            .key("city"),
        Column::new(t(texts::address::REGION), |row: &CorporationSummary| row.region.clone())
            .key("region"),
        Column::new(t(texts::record::CREATED), |row: &CorporationSummary| {
            view! { <RelativeTime at=row.created_at/> }
        })
        .key("created_at")
        .sortable("created_at"),
        Column::new(t(texts::record::UPDATED), |row: &CorporationSummary| {
            view! { <RelativeTime at=row.updated_at/> }
        })
        .key("updated_at")
        .sortable("updated_at"),
    ]
}

fn company(row: &CorporationSummary) -> impl IntoView + use<> {
    let legal_name = row.legal_name.clone().filter(|legal_name| *legal_name != row.name);
    view! {
        <Avatar name=row.name.clone() company=true/>
        <span class="person">
            <span class="person-name">{row.name.clone()}</span>
            {legal_name.map(|legal_name| view! { <span class="person-note">{legal_name}</span> })}
        </span>
    }
}

/// How many people; leads to them.
#[component]
fn PeopleCount(id: CorporationId, count: u64) -> impl IntoView {
    let shown = move || number(locale(), count);
    let session = use_session();
    if count > 0 && untrack(|| session.allows(Module::Contacts, Action::View)) {
        let href = people_of(id);
        Either::Left(view! {
            <a class="plain-link" href=href aria-label=move || c::people_of(locale(), count)>{shown}</a>
        })
    } else {
        Either::Right(shown)
    }
}

#[component]
fn RowMenu(id: CorporationId, name: String, on_delete: Callback<Chosen>) -> impl IntoView {
    let session = use_session();
    let may_edit = move || session.allows(Module::Corporations, Action::Change);
    let may_delete = move || session.allows(Module::Corporations, Action::Delete);
    let said = name.clone();
    let label = move || texts::common::actions_of(locale(), &said);
    let delete = Callback::new(move |()| on_delete.run((id, name.clone())));
    view! {
        <Show when=move || may_edit() || may_delete()>
            <Menu label=label.clone() trigger=|| view! { <IconView icon=Icon::More/> } icon_only=true align=FloatAlign::End>
                <Show when=may_edit>
                    <MenuLink icon=Icon::Edit href=Route::EditCorporation(id).path()>
                        {t(texts::common::EDIT)}
                    </MenuLink>
                </Show>
                <Show when=move || may_edit() && may_delete()>
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
