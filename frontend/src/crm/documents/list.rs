//! The list of all documents.

use super::super::clients::ClientId;
use super::super::export::Exported;
use super::super::filters::ListHead;
use super::super::listing::{Listed, Rows, remember_list};
use super::super::news::NewsBar;
use super::super::total::Total;
use super::super::trail;
use super::acts::Acts;
use super::edit::ActDialogs;
use super::filters::DocumentFilters;
use super::query::{self, FILTERS, ORDERS};
use super::row::document_menu;
use super::words::{kind_mark, shared_mark, size};
use crate::api::{self, use_client};
use crate::routes::Route;
use crate::state::{Query, UrlState, locale, t, use_list_query, use_title, use_url_state};
use crate::ui::pagination::PageInfo;
use crate::ui::{ButtonLink, Column, DateView, EmptyState, Icon, PageHeader, RelativeTime};
use ebenezer_shared::crm::document::Document;
use ebenezer_shared::locale::Text;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::record::RecordType;
use ebenezer_shared::texts::documents as d;
use leptos::children::ViewFn;
use leptos::prelude::*;

/// What is read, and what is done with it.
#[derive(Clone, Copy)]
pub struct Everything {
    pub url: UrlState,
    pub documents: Query<Page<Document>>,
    pub acts: Acts,
    exported: Exported,
}

/// The columns that the trash shows.
const TRASH: &str = "name,client,folder,size,purged_on";

impl Everything {
    /// Those that the URL asks for, in the trash or not.
    pub fn read(trashed: bool) -> Self {
        let client = use_client();
        let url = use_url_state();
        let documents = use_list_query(
            move || query::read(url, trashed),
            move |query: String| async move { api::documents::list(client, &query).await },
        );
        let acts = Acts::new(move || documents.reload());
        let meant = Callback::new(move |()| {
            let meant = untrack(|| query::read(url, trashed));
            if trashed { format!("{meant}&columns={TRASH}") } else { meant }
        });
        Self { url, documents, acts, exported: Exported::new("documents", meant, None) }
    }
}

/// `/documents`
#[component]
pub fn DocumentsPage() -> impl IntoView {
    use_title(t(d::TITLE));
    trail::arrive(Route::Documents);
    remember_list(Route::Documents);
    let all = Everything::read(false);
    view! {
        <PageHeader title=t(d::TITLE)>
            <ButtonLink icon=Icon::Trash href=Route::DocumentTrash.path() attr:data-testid="to-trash">
                {t(d::TRASH)}
            </ButtonLink>
        </PageHeader>
        {rows_of(all, d::TITLE, &["client", "folder", "size", "created_at", "shared"], ViewFn::from(first_use))}
    }
}

/// Filters, rows and pages of the list and of the trash.
pub fn rows_of(
    all: Everything,
    label: Text,
    names: &'static [&'static str],
    first_use: ViewFn,
) -> AnyView {
    let Everything { url, documents, acts, exported } = all;
    let shown = Memo::new(move |_| names.iter().map(|name| (*name).to_owned()).collect());
    let rows = Rows {
        columns: columns(acts),
        id: |row: &Document| row.id.to_string(),
        version: |row| row.updated_at.to_rfc3339(),
        label: |row| row.name.clone(),
        href: |row| Route::Document(row.id).path(),
    };
    let info = Signal::derive(move || documents.data().map(|page| PageInfo::from(&page)));
    view! {
        <DocumentFilters url/>
        <ListHead url filters=&FILTERS orders=&ORDERS exported>
            <Total info count=d::total capped=d::total_capped/>
        </ListHead>
        <NewsBar subject=RecordType::Document shown=documents/>
        <Listed page=documents url filters=&FILTERS orders=&ORDERS label rows shown selection=None first_use/>
        <ActDialogs acts/>
    }
    .into_any()
}

fn columns(acts: Acts) -> Vec<Column<Document>> {
    vec![
        Column::new(t(d::NAME), |row: &Document| {
            let name = row.name.clone();
            view! { <span class="file-title">{kind_mark(row.kind)}<span class="person-name">{name}</span></span> }
        })
        .title()
        .sortable("name"),
        Column::new(t(d::CLIENT), |row: &Document| {
            let name = row.client.name.clone();
            view! { <a class="plain-link" href=ClientId::of(&row.client).page().path()>{name}</a> }
        })
        .key("client")
        .one_line(),
        Column::new(t(d::FOLDER), |row: &Document| row.folder.name.clone()).key("folder").one_line(),
        Column::new(t(d::SIZE), |row: &Document| {
            let bytes = row.size;
            view! { <span>{move || size(locale(), bytes)}</span> }
        })
        .key("size")
        .end()
        .wide_only(),
        Column::new(t(ebenezer_shared::texts::record::CREATED), |row: &Document| {
            view! { <RelativeTime at=row.created_at/> }
        })
        .key("created_at")
        .sortable("created_at"),
        Column::new(t(d::PORTAL), shared_mark).key("shared"),
        Column::new(t(d::PURGED_ON), |row: &Document| {
            row.purged_on.map(|at| view! { <DateView day=at.date_naive()/> })
        })
        .key("purged_on"),
        Column::new("", move |row: &Document| document_menu(row.clone(), acts, false)).actions(),
    ]
}

fn first_use() -> AnyView {
    view! { <EmptyState icon=Icon::Files title=t(d::EMPTY) detail=t(d::EMPTY_DETAIL)/> }.into_any()
}
