//! The calendar: appointments, and beside them what is due.

mod card;
mod draft;
mod event;
mod feed;
mod form;
mod grid;
mod items;
mod kept;
mod lanes;
mod month;
mod moving;
pub mod page;
mod pointer;
mod query;
mod sections;
mod span;
mod words;

pub use card::AppointmentsCard;
