//! People.

mod corporations;
mod crud;
mod duplicates;
mod fields;
mod filters;
mod idempotency;
mod ordering;
mod paging;
mod patch;
mod personal;
mod references;
mod search;
mod versions;
