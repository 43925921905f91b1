//! The pages of cases, as the router knows them.

pub use super::board::CaseBoardPage;
pub use super::detail::CasePage;
pub use super::form::{EditCasePage, NewCasePage};
pub use super::list::CasesPage;
