//! Between HTTP and the handlers: reading, answering, limiting.

pub mod answer;
pub mod csv;
pub mod docs;
pub mod endpoint;
pub mod file;
pub mod headers;
pub mod hosts;
pub mod input;
pub mod limits;
pub mod problems;
pub mod request;
pub mod spa;
