//! The people and companies that the firm serves.

mod address;
pub mod bulk;
pub(crate) mod conflict;
pub mod contacts;
mod corporation_search;
pub mod corporations;
pub mod departments;
pub(crate) mod editor;
pub mod facts;
pub mod filters;
mod form_bar;
pub mod listing;
mod news;
pub mod people;
mod record;
pub(crate) mod saving;
mod secret;
mod secret_input;
mod secret_reason;
mod status;
pub mod tags;
mod ties;
pub mod total;
pub mod trail;
pub(crate) mod typed;
mod views;
