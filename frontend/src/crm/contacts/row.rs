//! A contact in the list.

use super::super::people::People;
use super::super::status::StatusBadge;
use super::super::tags::TagChips;
use crate::routes::Route;
use crate::state::t;
use crate::state::{locale, use_session};
use crate::ui::float::FloatAlign;
use crate::ui::{
    Avatar, Column, DateView, Icon, IconView, Menu, MenuItem, MenuLink, MenuSeparator,
    RelativeTime, Tooltip,
};
use chrono::Datelike as _;
use ebenezer_shared::crm::contact::{ContactCorporation, ContactSummary};
use ebenezer_shared::ids::ContactId;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts;
use ebenezer_shared::texts::contacts as c;
use leptos::either::Either;
use leptos::prelude::*;

/// Somebody to be deleted.
pub type Chosen = (ContactId, String);

/// All columns of the list: those of Figure 4 and further ones to choose. `on_delete` asks
/// for the person's row to be deleted.
pub fn columns(people: People, on_delete: Callback<Chosen>) -> Vec<Column<ContactSummary>> {
    let mut columns = vec![
        Column::new(t(c::NAME), person).title().sortable("name"),
        Column::new(t(c::EMAIL_SHORT), |row: &ContactSummary| email(row.email.clone()))
            .key("email")
            .sortable("email")
            .one_line(),
        Column::new(t(c::PHONE), |row: &ContactSummary| {
            phone(row.phone.clone(), row.phone_display.clone())
        })
        .key("phone")
        .wide_only(),
        Column::new(t(c::CORPORATION), |row: &ContactSummary| {
            let corporations = row.corporations.clone();
            view! { <Belongs corporations/> }
        })
        .key("corporations")
        .one_line(),
        Column::new(
            t(c::STATUS),
            |row: &ContactSummary| view! { <StatusBadge status=row.status/> },
        )
        .key("status")
        .sortable("status"),
        Column::new(t(texts::tags::TITLE), |row: &ContactSummary| {
            view! { <TagChips tags=row.tags.clone()/> }
        })
        .key("tags")
        .wide_only(),
        Column::new(t(texts::common::ACTIONS), move |row: &ContactSummary| {
            view! { <RowMenu id=row.id name=full_name(row) on_delete/> }
        })
        .actions(),
    ];
    columns.extend(further(people));
    columns
}

/// Those that are shown when somebody chooses them.
fn further(people: People) -> [Column<ContactSummary>; 7] {
    [
        Column::new(t(c::DEPARTMENT), move |row: &ContactSummary| {
            let id = row.department_id;
            move || people.department(id?)
        })
        .key("department"),
        Column::new(t(c::OWNER), move |row: &ContactSummary| {
            let id = row.owner_id;
            move || people.colleague(id?)
        })
        .key("owner"),
        Column::new(t(c::CLIENT_SINCE), |row: &ContactSummary| {
            row.client_since.map(|day| view! { <DateView day/> })
        })
        .key("client_since")
        .sortable("client_since"),
        Column::new(t(texts::address::CITY), |row: &ContactSummary| row.city.clone()).key("city"),
        Column::new(t(texts::address::REGION), |row: &ContactSummary| row.region.clone())
            .key("region"),
        Column::new(t(texts::record::CREATED), |row: &ContactSummary| {
            view! { <RelativeTime at=row.created_at/> }
        })
        .key("created_at")
        .sortable("created_at"),
        Column::new(t(texts::record::UPDATED), |row: &ContactSummary| {
            view! { <RelativeTime at=row.updated_at/> }
        })
        .key("updated_at")
        .sortable("updated_at"),
    ]
}

/// Both names.
pub fn full_name(row: &ContactSummary) -> String {
    format!("{} {}", row.first_name, row.last_name)
}

fn person(row: &ContactSummary) -> impl IntoView + use<> {
    let name = full_name(row);
    let since = row.client_since.map(|day| day.year());
    view! {
        <Avatar name=name.clone()/>
        <span class="person">
            <span class="person-name">{name}</span>
            {since.map(|year| view! {
                <span class="person-note">{move || c::client_since_year(locale(), year)}</span>
            })}
        </span>
    }
}

/// An address to write to.
pub fn email(address: Option<String>) -> impl IntoView {
    address.map(|address| {
        let href = format!("mailto:{address}");
        let whole = address.clone();
        view! { <a class="plain-link" href=href title=whole>{address}</a> }
    })
}

/// A number to call: E.164 behind it, what people read in front.
pub fn phone(number: Option<String>, display: Option<String>) -> impl IntoView {
    number.map(|number| {
        let shown = display.unwrap_or_else(|| number.clone());
        view! { <a class="plain-link number" href=format!("tel:{number}")>{shown}</a> }
    })
}

/// A number to read.
pub fn phone_text(display: Option<String>) -> impl IntoView {
    display.map(|display| view! { <span class="number">{display}</span> })
}

/// “ABC Corp +2”: the primary one, and the further ones on hover and focus.
#[component]
fn Belongs(corporations: Vec<ContactCorporation>) -> impl IntoView {
    let mut all = corporations.into_iter();
    let first = all.next()?;
    let further: Vec<String> = all.map(|corporation| corporation.name).collect();
    let count = further.len() as u64;
    Some(view! {
        <span class="belongs">
            <CorporationName corporation=first/>
            " "
            {(count > 0).then(|| {
                let names = further.join(", ");
                let said = names.clone();
                view! {
                    <Tooltip text=names>
                        <button
                            type="button"
                            class="more-count"
                            data-testid="more-corporations"
                            aria-label=move || c::further(locale(), count, &said)
                        >
                            {format!("+{count}")}
                        </button>
                    </Tooltip>
                }
            })}
        </span>
    })
}

/// A corporation by name; a link for who may see it.
#[component]
pub fn CorporationName(corporation: ContactCorporation) -> impl IntoView {
    let ContactCorporation { id, name, .. } = corporation;
    let session = use_session();
    let whole = name.clone();
    if untrack(|| session.allows(Module::Corporations, Action::View)) {
        let href = Route::Corporation(id).path();
        Either::Left(view! { <a class="plain-link" href=href title=whole>{name}</a> })
    } else {
        Either::Right(view! { <span title=whole>{name}</span> })
    }
}

#[component]
fn RowMenu(id: ContactId, name: String, on_delete: Callback<Chosen>) -> impl IntoView {
    let session = use_session();
    let may_edit = move || session.allows(Module::Contacts, Action::Change);
    let may_delete = move || session.allows(Module::Contacts, Action::Delete);
    let said = name.clone();
    let label = move || texts::common::actions_of(locale(), &said);
    let delete = Callback::new(move |()| on_delete.run((id, name.clone())));
    view! {
        <Show when=move || may_edit() || may_delete()>
            <Menu label=label.clone() trigger=|| view! { <IconView icon=Icon::More/> } icon_only=true align=FloatAlign::End>
                <Show when=may_edit>
                    <MenuLink icon=Icon::Edit href=Route::EditContact(id).path()>
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
