//! The schema of the two planes.
//!
//! Each plane has its own migrator and its own table of applied migrations, so that a
//! tenant's plane can live in the main database or in one of its own. A migration is one
//! SQL text for both databases; where they differ, a `{placeholder}` stands for the word
//! of each ([`Dialect`]).

mod append_only;
mod dialect;
mod platform;
mod searched;
mod tenant;

use append_only::append_only;
pub use dialect::Dialect;
pub use platform::PlatformMigrator;
pub use sea_orm_migration::MigratorTrait;
pub use tenant::TenantMigrator;
