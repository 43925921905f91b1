//! Documents of clients: uploaded, versioned, shared, thrown away, and who did what with them.

mod access;
pub mod content;
mod create;
mod download;
pub mod entity;
mod export;
mod get;
mod list;
mod names;
pub mod owned;
pub mod purge;
pub mod store;
mod trash;
mod update;
pub mod upload;
pub mod version;
mod versions;

pub use names::search_text;

use crate::downloads::Counted;
use crate::exports;
use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    routes.add(list::__path_list_documents, list::list_documents);
    let look = exports::look::<export::Documents>;
    routes.add_export(export::__path_export_documents, export::export_documents, look);
    routes.add(create::__path_create_document, create::create_document);
    routes.add(get::__path_get_document, get::get_document);
    routes.add(update::__path_update_document, update::update_document);
    routes.add(trash::__path_delete_document, trash::delete_document);
    routes.add(trash::__path_restore_document, trash::restore_document);
    routes.add(purge::__path_empty_trash, purge::empty_trash);
    routes.add_download(
        download::__path_download_document,
        download::download_document,
        Counted::No,
    );
    routes.add_download(download::__path_preview_document, download::preview_document, Counted::No);
    routes.add_download(
        download::__path_download_document_version,
        download::download_document_version,
        Counted::No,
    );
    routes.add(versions::__path_list_document_versions, versions::list_document_versions);
    routes.add(versions::__path_create_document_version, versions::create_document_version);
    routes.add(versions::__path_restore_document_version, versions::restore_document_version);
    routes.add(access::__path_list_document_accesses, access::list_document_accesses);
}
