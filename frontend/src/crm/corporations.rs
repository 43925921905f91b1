//! The pages of corporations.

pub mod page;
