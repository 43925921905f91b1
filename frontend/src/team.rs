//! Who works at the firm, and what each may do.

pub mod page;
pub mod role_page;
pub mod roles;
pub mod view_as;

mod changes;
mod drawer;
mod invitations;
mod invite;
mod kept;
mod permissions;
mod query;
mod rows;
mod summary;
pub(crate) mod words;
