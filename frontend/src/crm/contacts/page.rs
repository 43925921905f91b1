//! The pages of contacts, as the router knows them.

pub use super::detail::ContactPage;
pub use super::form::{EditContactPage, NewContactPage};
pub use super::list::ContactsPage;
