//! The firm itself: what it says of itself and decides for its people.

mod draft;
mod form;
mod plan;
pub mod settings;
