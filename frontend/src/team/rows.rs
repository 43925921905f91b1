//! A member in the list.

use super::changes::{Asked, Changes};
use crate::crm::contacts::row::email;
use crate::crm::facts::Swatch;
use crate::state::{locale, t, use_session};
use crate::ui::float::FloatAlign;
use crate::ui::{
    Avatar, Badge, Column, Icon, IconView, Menu, MenuItem, MenuSeparator, RelativeTime, Tone,
};
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::team::TeamMember;
use ebenezer_shared::texts;
use ebenezer_shared::texts::team as m;
use leptos::prelude::*;

/// The columns of the list.
pub fn columns(changes: Changes) -> Vec<Column<TeamMember>> {
    vec![
        Column::new(t(m::NAME), |row: &TeamMember| view! { <Person member=row.clone()/> })
            .title()
            .sortable("name"),
        Column::new(t(m::EMAIL), |row: &TeamMember| email(Some(row.email.clone()))).one_line(),
        Column::new(t(m::ROLE), |row: &TeamMember| {
            let role = row.role.clone();
            move || role.label(locale()).to_owned()
        })
        .sortable("role"),
        Column::new(t(m::DEPARTMENT), |row: &TeamMember| {
            row.department.clone().map(|it| {
                view! { <span class="with-swatch"><Swatch color=it.color/>{it.name}</span> }
            })
        })
        .sortable("department"),
        Column::new(t(m::LAST_LOGIN), |row: &TeamMember| match row.last_login_at {
            Some(at) => view! { <RelativeTime at=Signal::stored(at)/> }.into_any(),
            None => view! { <span class="quiet">{t(m::NEVER)}</span> }.into_any(),
        })
        .sortable("last_login_at")
        .wide_only(),
        Column::new(t(m::STATUS), |row: &TeamMember| {
            let (tone, text) =
                if row.active { (Tone::Success, m::ACTIVE) } else { (Tone::Neutral, m::INACTIVE) };
            view! { <Badge tone>{t(text)}</Badge> }
        }),
        Column::new(t(texts::common::ACTIONS), move |row: &TeamMember| {
            view! { <RowMenu member=row.clone() changes/> }
        })
        .actions(),
    ]
}

#[component]
fn Person(member: TeamMember) -> impl IntoView {
    let name = member.full_name;
    let own = use_session().account_now().is_some_and(|account| account.user.id == member.id);
    view! {
        <Avatar name=name.clone()/>
        <span class="person">
            <span class="person-name">{name}</span>
            {own.then(|| view! { <span class="person-note">{t(m::YOU)}</span> })}
        </span>
    }
}

#[component]
fn RowMenu(member: TeamMember, changes: Changes) -> impl IntoView {
    let session = use_session();
    let own = session.account_now().is_some_and(|account| account.user.id == member.id);
    let may_change = move || session.allows(Module::Team, Action::Change);
    // Nobody shuts themself out.
    let may_shut_out = move || may_change() && !own;
    let may_remove = move || session.allows(Module::Team, Action::Delete) && !own;
    let (id, active, name) = (member.id, member.active, member.full_name);
    let label = {
        let name = name.clone();
        move || texts::common::actions_of(locale(), &name)
    };
    let edit = Callback::new(move |()| changes.editing.set(Some(id)));
    let (to_switch, to_remove) = (name.clone(), name);
    let switch = Callback::new(move |()| {
        if active {
            changes.asked.set(Some(Asked::Deactivate(id, to_switch.clone())));
        } else {
            changes.reactivate(id, to_switch.clone());
        }
    });
    let remove =
        Callback::new(move |()| changes.asked.set(Some(Asked::Remove(id, to_remove.clone()))));
    view! {
        <Show when=move || may_change() || may_remove()>
            <Menu label=label.clone() trigger=|| view! { <IconView icon=Icon::More/> } icon_only=true align=FloatAlign::End>
                <Show when=may_change>
                    <MenuItem icon=Icon::Edit on_select=edit>{t(texts::common::EDIT)}</MenuItem>
                </Show>
                <Show when=may_shut_out>
                    <MenuItem icon=if active { Icon::Lock } else { Icon::Refresh } on_select=switch>
                        {t(if active { m::DEACTIVATE } else { m::REACTIVATE })}
                    </MenuItem>
                </Show>
                <Show when=may_remove>
                    <MenuSeparator/>
                    <MenuItem icon=Icon::Trash danger=true on_select=remove>{t(m::REMOVE)}</MenuItem>
                </Show>
            </Menu>
        </Show>
    }
}
