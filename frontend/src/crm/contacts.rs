//! The pages of contacts.

pub mod page;
