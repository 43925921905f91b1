//! Companies.

mod contacts;
mod create;
pub mod delete;
pub mod entity;
mod export;
mod get;
pub mod list;
pub mod related;
mod reveal;
pub mod store;
mod timeline;
mod update;
pub mod write;

use crate::exports;
use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    routes.add(list::__path_list_corporations, list::list_corporations);
    let look = exports::look::<export::Corporations>;
    routes.add_export(export::__path_export_corporations, export::export_corporations, look);
    routes.add(create::__path_create_corporation, create::create_corporation);
    routes.add(get::__path_get_corporation, get::get_corporation);
    routes.add(update::__path_update_corporation, update::update_corporation);
    routes.add(delete::__path_delete_corporation, delete::delete_corporation);
    routes.add(contacts::__path_list_corporation_contacts, contacts::list_corporation_contacts);
    routes.add(reveal::__path_reveal_corporation, reveal::reveal_corporation);
    routes.add(timeline::__path_get_corporation_timeline, timeline::get_corporation_timeline);
    related::routes(routes);
}
