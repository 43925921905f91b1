//! Companies.

mod crud;
mod delete;
mod ein;
mod list;
mod people;
mod related;
