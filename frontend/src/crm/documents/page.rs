//! The pages of documents, as the router knows them.

pub use super::detail::DocumentPage;
pub use super::list::DocumentsPage;
pub use super::trash::TrashPage;
