//! The pages of contacts.

mod corporations_box;
mod delete;
mod detail;
mod draft;
mod duplicates;
mod fields;
mod filters;
mod form;
mod kept;
mod list;
pub mod page;
pub(super) mod query;
mod related;
pub mod row;
mod sections;
