//! Tasks: the list, the form, and the cards on the pages of what they are about.

mod card;
mod draft;
mod filters;
mod form;
mod kept;
mod list;
pub mod page;
pub mod query;
mod quick;
mod sections;
mod tick;
pub mod words;

pub use card::TasksCard;
