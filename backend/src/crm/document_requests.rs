//! What clients are asked for, document by document, with reminders until all is there.

mod change;
mod create;
mod delete;
pub mod entity;
mod export;
mod get;
pub mod item;
mod items;
mod list;
mod remind;
pub mod store;
mod update;

pub use remind::remind_due;

use crate::exports;
use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    routes.add(list::__path_list_document_requests, list::list_document_requests);
    let look = exports::look::<export::Requests>;
    routes.add_export(
        export::__path_export_document_requests,
        export::export_document_requests,
        look,
    );
    routes.add(create::__path_create_document_request, create::create_document_request);
    routes.add(get::__path_get_document_request, get::get_document_request);
    routes.add(update::__path_update_document_request, update::update_document_request);
    routes.add(delete::__path_delete_document_request, delete::delete_document_request);
    routes.add(remind::__path_remind_of_document_request, remind::remind_of_document_request);
    routes.add(items::__path_create_request_item, items::create_request_item);
    routes.add(items::__path_update_request_item, items::update_request_item);
    routes.add(items::__path_delete_request_item, items::delete_request_item);
}
