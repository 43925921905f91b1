//! Messages: threads between colleagues, and with clients.

#![expect(clippy::large_types_passed_by_value, reason = "bundles of handles")]

mod card;
mod change;
mod chat;
mod composer;
mod edit;
mod files;
mod head;
pub mod inbox;
mod list;
mod new;
pub mod page;
mod people;
mod row;
mod thread;

pub use card::ThreadsCard;
