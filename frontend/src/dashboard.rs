//! The dashboard: what is to be known at a glance, each part the way to what is behind it.

mod cards;
mod order;
pub mod page;
