//! A document's page.

use super::super::news::NewsBar;
use super::super::record::{Record, RecordPage, Way};
use super::super::trail;
use super::access::AccessCard;
use super::acts::Acts;
use super::edit::ActDialogs;
use super::facts::Facts;
use super::preview::{Look, PreviewCard};
use super::row::document_menu;
use super::versions::VersionsCard;
use super::words::{kind_mark, shared_mark};
use crate::api::documents::download_path;
use crate::api::{self, use_client};
use crate::routes::Route;
use crate::state::{locale, t, use_query, use_session, use_title};
use crate::ui::{Alert, Badge, Button, ButtonKind, ButtonSize, DateView, Icon, PageHeader, Tone};
use ebenezer_shared::crm::document::Document;
use ebenezer_shared::ids::DocumentId;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::record::RecordType;
use ebenezer_shared::texts::documents as d;
use leptos::children::ViewFnOnce;
use leptos::prelude::*;

fn way_back() -> Way {
    Way { path: trail::list_path(Route::Documents), label: d::BACK }
}

/// `/documents/:id`
#[component]
pub fn DocumentPage() -> impl IntoView {
    let one = |id: DocumentId| view! { <OneDocument id/> };
    view! { <RecordPage back=way_back() view=one/> }
}

#[component]
fn OneDocument(id: DocumentId) -> impl IntoView {
    trail::arrive(Route::Document(id));
    let client = use_client();
    let document =
        use_query(move || id, move |id| async move { api::documents::get(client, id).await });
    use_title(move || {
        let found = document.data();
        found.map_or_else(|| d::TITLE.get(locale()).to_owned(), |found| found.value.name)
    });
    let acts = Acts::new(move || document.reload());
    let known = Memo::new(move |_| document.data().map(|found| found.value));
    let is_known = Memo::new(move |_| known.with(Option::is_some));
    let look = Memo::new(move |_| known.get().map(Look::from));
    let changed = Memo::new(move |_| known.with(|it| it.as_ref().map(|it| it.updated_at)));
    view! {
        <NewsBar subject=RecordType::Document record=id.0 shown=document/>
        <Record query=document back=way_back() view=|_| ()/>
        {move || known.get().map(|found| top(found, acts))}
        // Each part is drawn anew when what it shows changes, and not otherwise: an upload goes
        // on, and nobody looks at a picture twice.
        <Show when=move || is_known.get()>
            <div class="record">
                <div class="record-main">
                    {move || look.get().map(|look| view! { <PreviewCard look acts/> })}
                </div>
                <div class="record-side">
                    {move || known.get().map(|document| view! { <Facts document/> })}
                    <VersionsCard id document acts/>
                    <AccessCard id at=changed.into()/>
                </div>
            </div>
        </Show>
        <ActDialogs acts/>
    }
}

fn top(document: Document, acts: Acts) -> AnyView {
    let notice = document.trashed_at.is_some().then(|| in_the_trash(&document, acts));
    view! {
        {header(document, acts)}
        {notice}
    }
    .into_any()
}

fn header(document: Document, acts: Acts) -> AnyView {
    let id = document.id;
    let (mark, shared) = (kind_mark(document.kind), shared_mark(&document));
    let trashed = document.trashed_at.is_some();
    let badge = ViewFnOnce::from(move || {
        view! {
            {shared}
            {trashed.then(|| view! { <Badge tone=Tone::Warning>{t(d::IN_TRASH)}</Badge> })}
        }
    });
    let client = document.client.name.clone();
    view! {
        <PageHeader
            title=document.name.clone()
            detail=move || client.clone()
            parent=(trail::list_path(Route::Documents), t(d::TITLE).into())
            mark=ViewFnOnce::from(move || mark)
            badge
        >
            <Button
                kind=ButtonKind::Primary
                icon=Icon::Download
                on_click=move || acts.download(download_path(id))
                attr:data-testid="download"
            >
                {t(d::DOWNLOAD)}
            </Button>
            <div data-testid="more-actions">{document_menu(document, acts, true)}</div>
        </PageHeader>
    }
    .into_any()
}

fn in_the_trash(document: &Document, acts: Acts) -> AnyView {
    let session = use_session();
    let id = document.id;
    let until = document.purged_on.map(|at| {
        view! { <p>{t(d::GOES_ON)} " " <DateView day=at.date_naive()/></p> }
    });
    view! {
        <div data-testid="in-trash">
            <Alert tone=Tone::Warning title=t(d::IN_TRASH)>
                {until}
                <Show when=move || session.allows(Module::Documents, Action::Delete)>
                    <Button size=ButtonSize::Small icon=Icon::Undo on_click=move || acts.restore(id)>
                        {t(d::RESTORE)}
                    </Button>
                </Show>
            </Alert>
        </div>
    }
    .into_any()
}
