//! The two planes, their connections, and what differs between the databases.

mod best;
mod connect;
mod list;
mod migrate;
mod planes;
mod scoped;
mod search;
pub mod short;
mod transaction;

pub use best::{Best, Shelf, Sought, best};
pub use connect::connect;
pub use list::{CursorKind, Listing, Order, SortKey, line, several, since, stamp};
pub use migrate::{Plane, migrate, pending};
pub use planes::Planes;
pub use scoped::{TenantOwned, by_id, delete_by, insert, insert_unless_taken, select, update_by};
pub use search::{Conditions, FEW, Hashed, Searched, Words, has_words, holds, normalize, searched};
pub use transaction::begin_write;
