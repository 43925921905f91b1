//! The page of departments.

mod changes;
mod draft;
mod form;
mod kept;
mod list;
pub mod page;
mod row;
