//! What ties records together: a person to a company, people to people, companies to
//! companies. One form serves all three.

mod dialog;
mod draft;
mod row;
mod tied;
mod words;

pub use dialog::{TieDialog, people};
pub use draft::TieDraft;
pub use row::{TieRow, ties};
pub use tied::Tied;
pub use words::{company_relation, facts, person_relation, role};
