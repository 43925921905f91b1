//! The server, as the app speaks with it: one [`Client`], a file per feature.
//!
//! ```ignore
//! let client = use_client();
//! let page = api::contacts::list(client, &query).await?;
//! let contact = api::contacts::get(client, id).await?;           // keeps the ETag
//! api::contacts::update(client, id, contact.etag.as_deref(), &patch).await?;
//! ```
//!
//! A request whose future is dropped is aborted, so [`crate::state::use_query`] never lets
//! an older answer overtake a newer one.

pub mod appointments;
pub mod audit;
pub mod auth;
pub mod bulk;
pub mod cases;
pub mod client;
pub mod contacts;
pub mod corporations;
pub mod dashboard;
pub mod departments;
pub mod document_requests;
pub mod documents;
pub mod error;
pub mod folders;
pub mod graph;
pub mod jobs;
mod json;
pub mod live;
pub mod merge;
pub mod notes;
pub mod products;
pub mod profile;
pub mod query_string;
pub mod search;
pub mod sending;
pub mod sessions;
pub mod tags;
pub mod tasks;
pub mod team;
pub mod tenant;
pub mod threads;
pub mod timeline;
pub mod transport;
pub mod two_factor;
pub mod views;

pub use client::{Client, Tagged, use_client};
pub use error::ApiError;
pub use query_string::QueryString;
pub use transport::address as api_address;
