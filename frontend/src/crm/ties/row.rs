//! A tie in a card.

use crate::state::{locale, t};
use crate::ui::{Avatar, AvatarSize, Badge, Icon, IconButton};
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts::ties as c;
use leptos::prelude::*;

/// Who is on the other side, and what is known of it.
pub struct TieRow {
    pub name: String,
    /// Where the name leads, for who may go there.
    pub href: Option<String>,
    pub is_company: bool,
    /// What it is, in the language of the moment; empty when nothing is known.
    pub facts: Signal<String>,
    pub badge: Option<Text>,
    /// Opens the form, for who may change it.
    pub on_edit: Option<Callback<()>>,
    pub testid: &'static str,
}

/// A list of ties.
pub fn ties(rows: Vec<TieRow>) -> AnyView {
    let rows = rows.into_iter().map(one).collect::<Vec<_>>();
    view! { <ul class="belongings">{rows}</ul> }.into_any()
}

fn one(row: TieRow) -> AnyView {
    let TieRow { name, href, is_company, facts, badge, on_edit, testid } = row;
    let shown = match href {
        Some(href) => {
            let name = name.clone();
            view! { <a class="plain-link" href=href>{name}</a> }.into_any()
        }
        None => view! { <span>{name.clone()}</span> }.into_any(),
    };
    let said = name.clone();
    view! {
        <li class="belonging" data-testid=testid>
            <Avatar name=name size=AvatarSize::Small company=is_company/>
            <div class="tie">
                {shown}
                <Show when=move || facts.with(|facts| !facts.is_empty())>
                    <span class="tie-facts">{move || facts.get()}</span>
                </Show>
            </div>
            {badge.map(|badge| view! { <Badge plain=true>{t(badge)}</Badge> })}
            {on_edit.map(|on_edit| view! {
                <IconButton
                    icon=Icon::Edit
                    label=move || c::edit_of(locale(), &said)
                    on_click=on_edit
                    attr:data-testid="edit-tie"
                />
            })}
        </li>
    }
    .into_any()
}
