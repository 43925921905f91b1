//! The pages of departments.

pub mod page;
