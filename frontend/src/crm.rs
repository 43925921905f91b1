//! The people and companies that the firm serves.

pub mod contacts;
pub mod corporations;
pub mod departments;
