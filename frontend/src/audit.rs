//! The audit log: who did what, read, filtered and taken along as a file.

mod detail;
pub mod page;
mod query;
mod values;
mod words;
