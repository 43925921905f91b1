//! What can be done with a document, in a menu beside it.

use super::acts::Acts;
use crate::api::documents::download_path;
use crate::state::{locale, t, use_session};
use crate::team::view_as::ViewAsItem;
use crate::ui::float::FloatAlign;
use crate::ui::{ButtonKind, ButtonSize, Icon, IconView, Menu, MenuItem, MenuSeparator};
use ebenezer_shared::crm::document::Document;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::record::RecordType;
use ebenezer_shared::texts;
use ebenezer_shared::texts::documents as d;
use leptos::prelude::*;

/// The menu of a document, in a row or at the head of its page.
pub fn document_menu(document: Document, acts: Acts, at_head: bool) -> AnyView {
    let (kind, size) = if at_head {
        (ButtonKind::Secondary, ButtonSize::Medium)
    } else {
        (ButtonKind::Ghost, ButtonSize::Small)
    };
    let name = document.name.clone();
    let document = StoredValue::new(document);
    view! {
        <Menu
            label=move || texts::common::actions_of(locale(), &name)
            trigger=|| view! { <IconView icon=Icon::More/> }
            kind
            size
            icon_only=true
            align=FloatAlign::End
        >
            {document.with_value(|it| if it.trashed_at.is_none() { kept(it, acts) } else { trashed(it, acts) })}
        </Menu>
    }
    .into_any()
}

fn kept(document: &Document, acts: Acts) -> AnyView {
    let session = use_session();
    let (id, shared) = (document.id, document.shared_with_portal);
    let goes = document.clone();
    let may = move |action| session.allows(Module::Documents, action);
    let download = Callback::new(move |()| acts.download(download_path(id)));
    let edit = Callback::new(move |()| acts.editing.set(Some(id)));
    let share = Callback::new(move |()| acts.share(id, !shared));
    let trash = Callback::new(move |()| acts.trash(&goes));
    let eye = if shared { Icon::EyeOff } else { Icon::Eye };
    view! {
        <MenuItem icon=Icon::Download on_select=download>{t(d::DOWNLOAD)}</MenuItem>
        <Show when=move || may(Action::Change)>
            <MenuItem icon=Icon::Edit on_select=edit>{t(d::EDIT)}</MenuItem>
            <MenuItem icon=eye on_select=share>
                {t(if shared { d::UNSHARE } else { d::SHARE })}
            </MenuItem>
        </Show>
        <ViewAsItem kind=RecordType::Document id=id.0/>
        <Show when=move || may(Action::Delete)>
            <MenuSeparator/>
            <MenuItem icon=Icon::Trash danger=true on_select=trash>{t(d::TO_TRASH)}</MenuItem>
        </Show>
    }
    .into_any()
}

fn trashed(document: &Document, acts: Acts) -> AnyView {
    let session = use_session();
    let id = document.id;
    let goes = document.clone();
    let download = Callback::new(move |()| acts.download(download_path(id)));
    let restore = Callback::new(move |()| acts.restore(id));
    let purge = Callback::new(move |()| acts.purging.set(Some(goes.clone())));
    view! {
        <MenuItem icon=Icon::Download on_select=download>{t(d::DOWNLOAD)}</MenuItem>
        <Show when=move || session.allows(Module::Documents, Action::Delete)>
            <MenuItem icon=Icon::Undo on_select=restore>{t(d::RESTORE)}</MenuItem>
            <MenuSeparator/>
            <MenuItem icon=Icon::Trash danger=true on_select=purge>{t(d::PURGE)}</MenuItem>
        </Show>
    }
    .into_any()
}
