//! What lies in the chosen folder of a client.

use super::super::clients::ClientId;
use super::acts::Acts;
use super::failure::said;
use super::folder_form::FolderEditing;
use super::query::list_of;
use super::row::document_menu;
use super::uploads::Uploads;
use super::words::{kind_mark, shared_mark, size};
use crate::api::{self, use_client};
use crate::routes::Route;
use crate::state::{Query, Toasts, locale, locale_now, t, use_session, use_toasts};
use crate::team::view_as::{ViewAsItem, may_ask};
use crate::ui::float::FloatAlign;
use crate::ui::{
    ButtonSize, Icon, IconView, Loaded, Menu, MenuItem, Model, RelativeTime, SkeletonKind,
};
use ebenezer_shared::crm::document::Document;
use ebenezer_shared::crm::folder::Folder;
use ebenezer_shared::ids::FolderId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::record::RecordType;
use ebenezer_shared::texts;
use ebenezer_shared::texts::documents as d;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The name of the chosen folder and what can be done with it.
#[component]
pub fn FolderHead(
    current: Signal<Option<Folder>>,
    editing: RwSignal<Option<FolderEditing>>,
    chosen: Model<Option<FolderId>>,
    folders: Query<Page<Folder>>,
) -> impl IntoView {
    let (session, client, toasts) = (use_session(), use_client(), use_toasts());
    let may = move |action| session.allows(Module::Documents, action);
    let delete = move |folder: Folder| {
        spawn_local(async move {
            match api::folders::delete(client, folder.id).await {
                Err(error) if error.is(ProblemCode::InUse) => {
                    let used = error.problem().and_then(|it| it.used).unwrap_or(1);
                    toasts.error(move || d::folder_in_use(locale(), used, &folder.name));
                }
                Err(error) if error.status() != Some(404) => {
                    toasts.error(said(&error, locale_now()));
                }
                _ => {
                    chosen.set(folder.parent_id);
                    folders.reload();
                    gone(toasts, folder.name);
                }
            }
        });
    };
    let menu = move |folder: Folder| {
        let (edited, deleted) = (folder.clone(), folder.clone());
        let label = move || texts::common::actions_of(locale(), &folder.name);
        let edit = Callback::new(move |()| editing.set(Some(FolderEditing::Old(edited.clone()))));
        let delete = Callback::new(move |()| delete(deleted.clone()));
        view! {
            <Menu
                label
                trigger=|| view! { <IconView icon=Icon::More/> }
                size=ButtonSize::Small
                icon_only=true
                align=FloatAlign::End
            >
                <Show when=move || may(Action::Change)>
                    <MenuItem icon=Icon::Edit on_select=edit>{t(d::EDIT_FOLDER)}</MenuItem>
                </Show>
                <ViewAsItem kind=RecordType::Folder id=folder.id.0/>
                <Show when=move || may(Action::Delete)>
                    <MenuItem icon=Icon::Trash danger=true on_select=delete>
                        {t(d::DELETE_FOLDER)}
                    </MenuItem>
                </Show>
            </Menu>
        }
    };
    let head = move || {
        current.get().map(|folder| {
            let name = folder.name.clone();
            let department = folder.department.clone().map(|it| {
                view! { <span class="quiet">{move || d::only_department(locale(), &it.name)}</span> }
            });
            let any = untrack(|| may(Action::Change) || may(Action::Delete) || may_ask());
            view! {
                <div class="files-head" data-testid="folder-head">
                    <h3 class="files-title">{name}</h3>
                    {department}
                    {any.then(|| menu(folder))}
                </div>
            }
        })
    };
    view! { {head} }
}

fn gone(toasts: Toasts, name: String) {
    toasts.success(move || d::folder_deleted(locale(), &name));
}

/// The documents, the latest first.
#[component]
pub fn Pane(
    whose: ClientId,
    documents: Query<Page<Document>>,
    chosen: Model<Option<FolderId>>,
    acts: Acts,
    uploads: Uploads,
) -> impl IntoView {
    let rows = move |page: Page<Document>| {
        let chosen = untrack(|| chosen.get());
        if page.items.is_empty() {
            return nothing(uploads);
        }
        let (total, more) = (page.total, page.total > page.items.len() as u64);
        let rows: Vec<_> =
            page.items.into_iter().map(|document| row(document, acts, chosen.is_none())).collect();
        view! {
            <ul class="file-rows">{rows}</ul>
            {more.then(|| view! {
                <a class="plain-link files-more" href=list_of(whose, chosen)>
                    {move || d::see_all(locale(), total)}
                </a>
            })}
        }
        .into_any()
    };
    view! { <Loaded query=documents skeleton=SkeletonKind::Lines view=rows/> }
}

fn nothing(uploads: Uploads) -> AnyView {
    let session = use_session();
    let may_add = untrack(|| session.allows(Module::Documents, Action::Add));
    view! {
        <div class="files-empty" data-testid="no-documents">
            <IconView icon=Icon::Files/>
            <p>{t(d::NONE_HERE)}</p>
            {may_add.then(|| view! {
                <p class="quiet">{t(d::DROP_OR_PICK)}</p>
                <p class="quiet">{move || uploads.limits(locale())}</p>
            })}
        </div>
    }
    .into_any()
}

fn row(document: Document, acts: Acts, with_folder: bool) -> AnyView {
    let (id, bytes, at) = (document.id, document.size, document.created_at);
    let folder = with_folder.then(|| {
        let name = document.folder.name.clone();
        view! { <span>{name}</span> }
    });
    let version = document.version;
    let versions = (version > 1)
        .then(|| view! { <span>{move || d::version_number(locale(), version)}</span> });
    view! {
        <li class="file-row" data-testid="document" data-id=id.to_string()>
            {kind_mark(document.kind)}
            <div class="file-text">
                <a class="file-name" href=Route::Document(id).path()>{document.name.clone()}</a>
                <p class="file-facts">
                    <span>{move || size(locale(), bytes)}</span>
                    <span><RelativeTime at/></span>
                    {folder}
                    {versions}
                </p>
            </div>
            {shared_mark(&document)}
            {document_menu(document, acts, false)}
        </li>
    }
    .into_any()
}
