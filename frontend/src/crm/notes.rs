//! Notes: on the pages of what they are about, and sticky ones for oneself.

mod book;
mod card;
mod form;
mod list;
pub mod page;
mod sticky;

pub use card::NotesCard;
pub use sticky::StickyNotes;
