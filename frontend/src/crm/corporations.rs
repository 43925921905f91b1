//! The pages of corporations.

mod delete;
mod detail;
mod draft;
mod fields;
mod form;
mod kept;
mod list;
pub mod page;
mod people;
mod query;
mod related;
mod row;
pub mod sections;
