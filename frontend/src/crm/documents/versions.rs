//! The versions of a document.

use super::acts::Acts;
use super::drop::PickFiles;
use super::failure::said;
use super::upload_rows::UploadRows;
use super::uploads::{Target, Uploads};
use super::words::size;
use crate::api::documents::{version_path, versions_path};
use crate::api::{self, Tagged, use_client};
use crate::state::{Query, locale, locale_now, t, use_list_query, use_session, use_toasts};
use crate::ui::{
    Badge, ButtonSize, Card, Icon, IconButton, Loaded, RelativeTime, SkeletonKind, Tone,
};
use ebenezer_shared::crm::document::{Document, DocumentVersion};
use ebenezer_shared::ids::DocumentId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::documents as d;
use leptos::children::ViewFnOnce;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

#[component]
pub fn VersionsCard(
    id: DocumentId,
    document: Query<Tagged<Document>>,
    acts: Acts,
) -> impl IntoView {
    let (session, client) = (use_session(), use_client());
    // In the trash nothing changes.
    let trashed =
        Memo::new(move |_| document.data().is_none_or(|found| found.value.trashed_at.is_some()));
    let may_change =
        Signal::derive(move || !trashed.get() && session.allows(Module::Documents, Action::Change));
    let versions = use_list_query(
        move || document.data().map(|found| found.value.version),
        move |_| async move { api::documents::versions(client, id).await },
    );
    let uploads = Uploads::new(move |_| {
        document.reload();
        Ok(())
    });
    let on_files = UnsyncCallback::new(move |files: Vec<File>| {
        let target = Target { path: versions_path(id), fields: Vec::new(), item: None };
        uploads.send(files, &target);
    });
    let actions = ViewFnOnce::from(move || {
        view! {
            <Show when=move || may_change.get()>
                <PickFiles uploads label=t(d::NEW_VERSION) on_files/>
            </Show>
        }
    });
    let rows = move |page: Page<DocumentVersion>| {
        let rows: Vec<_> = page.items.into_iter().map(|it| row(id, it, may_change, acts)).collect();
        view! { <ul class="versions">{rows}</ul> }
    };
    view! {
        <div data-testid="versions">
            <Card title=t(d::VERSIONS) actions>
                <UploadRows uploads/>
                <Loaded query=versions skeleton=SkeletonKind::Lines view=rows/>
            </Card>
        </div>
    }
}

fn row(id: DocumentId, version: DocumentVersion, may_change: Signal<bool>, acts: Acts) -> AnyView {
    let (client, toasts) = (use_client(), use_toasts());
    let DocumentVersion { id: version_id, number, name, size: bytes, is_current, .. } = version;
    let by = version.created_by.map(|it| it.full_name);
    let from = version.restored_from.map(|from| {
        view! { <span>{move || d::restored_from(locale(), from)}</span> }
    });
    let restore = move || {
        spawn_local(async move {
            match api::documents::restore_version(client, id, version_id).await {
                Ok(_) => toasts.success(move || d::version_restored(locale(), number)),
                Err(error) => toasts.error(said(&error, locale_now())),
            }
            acts.changed();
        });
    };
    view! {
        <li class="version" data-testid="version">
            <div class="file-text">
                <p class="version-title">
                    {move || d::version_number(locale(), number)}
                    {is_current.then(|| view! { <Badge tone=Tone::Success>{t(d::CURRENT)}</Badge> })}
                </p>
                <p class="file-facts">
                    <span>{move || size(locale(), bytes)}</span>
                    <span><RelativeTime at=version.created_at/></span>
                    {by.map(|by| view! { <span>{by}</span> })}
                    {from}
                </p>
                <p class="file-facts"><span>{name}</span></p>
            </div>
            <Show when=move || !is_current && may_change.get()>
                <IconButton
                    icon=Icon::Undo
                    size=ButtonSize::Small
                    label=move || d::restore_version(locale(), number)
                    on_click=restore
                />
            </Show>
            <IconButton
                icon=Icon::Download
                size=ButtonSize::Small
                label=move || d::download_version(locale(), number)
                on_click=move || acts.download(version_path(id, version_id))
            />
        </li>
    }
    .into_any()
}
