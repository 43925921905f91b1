//! What the operator sees of all firms together.

pub mod jobs;
