//! Appointments: who of the firm meets whom, when and where.

mod conflict;
mod create;
mod delete;
pub mod entity;
mod export;
pub mod feed;
mod get;
mod ical;
mod letter;
mod list;
mod remind;
mod rules;
pub mod store;
mod update;

pub use remind::{any_due, remind_due};

use crate::exports;
use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    routes.add(list::__path_list_appointments, list::list_appointments);
    let look = exports::look::<export::Appointments>;
    routes.add_export(export::__path_export_appointments, export::export_appointments, look);
    routes.add(create::__path_create_appointment, create::create_appointment);
    routes.add(get::__path_get_appointment, get::get_appointment);
    routes.add(update::__path_update_appointment, update::update_appointment);
    routes.add(delete::__path_delete_appointment, delete::delete_appointment);
    feed::routes(routes);
}
