//! Documents of clients: on the client's page, over all clients, one by one, and what clients
//! are asked for.

#![expect(clippy::large_types_passed_by_value, reason = "bundles of handles")]

mod access;
mod acts;
mod bringing;
mod client_card;
mod detail;
mod drop;
mod edit;
mod facts;
mod failure;
mod filters;
mod folder_form;
mod folders;
mod list;
pub mod page;
mod pane;
mod preview;
mod query;
mod request_form;
mod request_item;
mod requests;
mod row;
mod trash;
mod tree;
mod upload_rows;
mod uploads;
mod versions;
mod words;

pub use bringing::{bring_to_contact, bring_to_corporation};
pub use client_card::DocumentsCard;
pub(super) use drop::{DropArea, PickFiles};
pub use requests::RequestsCard;
pub(super) use upload_rows::UploadRows;
pub(super) use uploads::{Target, Uploads};
pub(super) use words::size;
