//! Tax cases: the list, the board, a case and its form.

mod board;
mod card;
mod checklist;
mod detail;
mod draft;
mod filters;
mod form;
mod kept;
mod list;
mod of_client;
pub mod page;
mod query;
mod sections;
mod words;

pub use draft::written;
pub use of_client::CasesCard;
pub use words::{DueDay, PriorityMark, priorities, title};
