//! People.

mod corporations;
mod crud;
mod duplicates;
mod fields;
mod filters;
mod idempotency;
mod links;
mod ordering;
mod paging;
mod patch;
mod personal;
mod references;
mod related;
mod search;
mod versions;
