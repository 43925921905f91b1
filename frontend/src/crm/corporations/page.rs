//! The pages of corporations, as the router knows them.

pub use super::detail::CorporationPage;
pub use super::form::{EditCorporationPage, NewCorporationPage};
pub use super::list::CorporationsPage;
