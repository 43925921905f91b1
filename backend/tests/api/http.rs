//! What every answer carries, and what is served beside the API.

mod cors;
mod docs;
mod headers;
mod health;
mod logs;
mod outage;
