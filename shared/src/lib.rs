//! What the server and the browser both know.
//!
//! DTOs and their rules, typed ids, permissions and roles, problem codes and every text
//! that a person reads. Nothing here knows a database or a web server, so the browser
//! build stays small.

pub mod audit;
pub mod auth;
pub mod crm;
pub mod deletion;
pub mod download;
pub mod export;
pub mod ids;
pub mod job;
pub mod live;
pub mod locale;
pub mod money;
pub mod pagination;
pub mod patch;
pub mod permission;
pub mod problem;
pub mod product;
pub mod profile;
pub mod record;
pub mod search;
pub mod session;
pub mod team;
pub mod tenant;
pub mod tenant_settings;
pub mod timeline;
pub mod two_factor;
pub mod validation;

/// Every text in Spanish and English, generated from `locales/`.
pub mod texts {
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}
