//! The page of tags, as the router knows it.

pub use super::list::TagsPage;
