//! The people and companies that a firm serves.

mod about;
pub mod appointments;
pub mod belongings;
pub mod bulk;
pub mod cases;
pub mod client;
pub mod contacts;
pub mod corporations;
pub mod departments;
pub mod document_requests;
pub mod documents;
mod external_id;
pub mod folders;
pub mod graph;
pub mod merge;
pub mod notes;
pub mod phone;
mod related;
mod reminders;
pub mod staff;
pub mod tags;
pub mod tasks;
pub mod threads;
pub mod views;

use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    contacts::routes(routes);
    corporations::routes(routes);
    departments::routes(routes);
    tags::routes(routes);
    views::routes(routes);
    bulk::routes(routes);
    merge::routes(routes);
    graph::routes(routes);
    cases::routes(routes);
    tasks::routes(routes);
    notes::routes(routes);
    threads::routes(routes);
    appointments::routes(routes);
    folders::routes(routes);
    documents::routes(routes);
    document_requests::routes(routes);
}
