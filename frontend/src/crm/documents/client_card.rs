//! The documents of a client, on the client's page: folders on one side, what lies in the
//! chosen one on the other.

use super::super::clients::ClientId;
use super::acts::Acts;
use super::bringing::{Bringing, use_bringing};
use super::drop::{DropArea, PickFiles};
use super::edit::ActDialogs;
use super::failure::said;
use super::folder_form::{FolderDialog, FolderEditing};
use super::pane::{FolderHead, Pane};
use super::query::within;
use super::tree::FolderTree;
use super::upload_rows::UploadRows;
use crate::api::{self, use_client};
use crate::state::url_state::Step;
use crate::state::{Query, locale_now, t, use_list_query, use_session, use_toasts, use_url_state};
use crate::ui::{Button, ButtonKind, ButtonSize, Card, Icon, Model};
use ebenezer_shared::crm::folder::{Folder, MakeDefaultFolders};
use ebenezer_shared::ids::FolderId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::documents as d;
use leptos::children::ViewFnOnce;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

/// So many of the latest are shown; the list shows all.
const SHOWN: u64 = 25;

/// Nothing for who may not see documents.
#[component]
pub fn DocumentsCard() -> impl IntoView {
    use_bringing().map(|bringing| view! { <Files bringing/> })
}

/// The folder that the URL names, so that reload, back and a link lead to it.
fn chosen_folder() -> Model<Option<FolderId>> {
    let url = use_url_state();
    Model::new(
        Memo::new(move |_| url.parse::<FolderId>("folder")),
        move |folder: Option<FolderId>| {
            let folder = folder.map(|id| id.to_string()).unwrap_or_default();
            url.set(&[("folder", folder)], Step::Same);
        },
    )
}

#[component]
fn Files(bringing: Bringing) -> impl IntoView {
    let (session, client) = (use_session(), use_client());
    let Bringing { whose, uploads, touched } = bringing;
    let chosen = chosen_folder();
    let folders = use_list_query(
        move || (whose.query().on(""), touched.get()),
        move |(query, _)| async move { api::folders::list(client, &query).await },
    );
    let documents = use_list_query(
        move || {
            let query = within(whose, chosen.get()).with("page_size", SHOWN);
            (query.with("ordering", "-created_at").on(""), touched.get())
        },
        move |(query, _)| async move { api::documents::list(client, &query).await },
    );
    let acts = Acts::new(move || bringing.touch());
    let editing = RwSignal::new(None::<FolderEditing>);
    let may_add = Signal::derive(move || session.allows(Module::Documents, Action::Add));
    let on_files = UnsyncCallback::new(move |files: Vec<File>| {
        bringing.bring(files, chosen.get_untracked(), None);
    });
    let all = Signal::derive(move || folders.data().map(|page| page.items).unwrap_or_default());
    let current = Memo::new(move |_| {
        let id = chosen.get()?;
        all.with(|all| all.iter().find(|folder| folder.id == id).cloned())
    });
    let actions = ViewFnOnce::from(move || {
        view! {
            <Show when=move || may_add.get()>
                <div class="card-actions">
                    <NewFolder current=current.into() editing/>
                    <PickFiles uploads many=true kind=ButtonKind::Primary label=t(d::UPLOAD) on_files/>
                </div>
            </Show>
        }
    });
    let on_saved = Callback::new(move |id: FolderId| {
        folders.reload();
        chosen.set(Some(id));
    });
    view! {
        <div data-testid="documents-card">
            <Card title=t(d::TITLE) actions flush=true>
                <DropArea enabled=may_add on_files label=t(d::DROP_HERE)>
                    <div class="files">
                        <div class="files-tree">
                            <FolderTree folders=all chosen/>
                            <Defaults whose folders/>
                        </div>
                        <div class="files-pane">
                            <FolderHead current=current.into() editing chosen folders/>
                            <UploadRows uploads/>
                            <Pane whose documents chosen acts uploads/>
                        </div>
                    </div>
                </DropArea>
            </Card>
            <FolderDialog whose editing on_saved/>
            <ActDialogs acts/>
        </div>
    }
}

#[component]
fn NewFolder(
    current: Signal<Option<Folder>>,
    editing: RwSignal<Option<FolderEditing>>,
) -> impl IntoView {
    view! {
        <Button
            size=ButtonSize::Small
            icon=Icon::Plus
            on_click=move || editing.set(Some(FolderEditing::New(current.get_untracked())))
            attr:data-testid="new-folder"
        >
            {t(d::NEW_FOLDER)}
        </Button>
    }
}

/// For clients who have no folders: the firm's usual ones.
#[component]
fn Defaults(whose: ClientId, folders: Query<Page<Folder>>) -> impl IntoView {
    let (session, client, toasts) = (use_session(), use_client(), use_toasts());
    let pending = RwSignal::new(false);
    let none = Memo::new(move |_| {
        let none = folders.data().is_some_and(|page| page.items.is_empty());
        none && session.allows(Module::Documents, Action::Add)
    });
    let make = move || {
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let body = MakeDefaultFolders {
                contact_id: whose.contact(),
                corporation_id: whose.corporation(),
            };
            let answer = api::folders::make_defaults(client, &body).await;
            pending.try_set(false);
            match answer {
                Ok(page) => folders.set(page),
                Err(error) => toasts.error(said(&error, locale_now())),
            }
        });
    };
    view! {
        <Show when=move || none.get()>
            <Button size=ButtonSize::Small loading=pending on_click=make attr:data-testid="default-folders">
                {t(d::MAKE_DEFAULTS)}
            </Button>
        </Show>
    }
}
