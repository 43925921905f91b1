//! People.

mod belonging;
mod create;
pub mod delete;
mod duplicates;
pub mod entity;
mod export;
mod get;
pub mod link;
pub mod list;
pub mod references;
pub mod related;
mod reveal;
pub mod rules;
pub mod store;
mod timeline;
mod update;
pub mod write;

pub use list::ContactOrder;

use crate::exports;
use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    routes.add(list::__path_list_contacts, list::list_contacts);
    let look = exports::look::<export::Contacts>;
    routes.add_export(export::__path_export_contacts, export::export_contacts, look);
    routes.add(create::__path_create_contact, create::create_contact);
    routes.add(get::__path_get_contact, get::get_contact);
    routes.add(update::__path_update_contact, update::update_contact);
    routes.add(delete::__path_delete_contact, delete::delete_contact);
    routes.add(belonging::__path_update_contact_corporation, belonging::update_contact_corporation);
    routes.add(reveal::__path_reveal_contact, reveal::reveal_contact);
    routes.add(timeline::__path_get_contact_timeline, timeline::get_contact_timeline);
    related::routes(routes);
}
