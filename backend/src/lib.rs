//! Ebenezer's server: the API, its rules, its storage and the command line's commands.
//!
//! `app` boots it; the business lives in `crm`, `team` and `platform`; the other rooms are
//! technical.

pub mod app;
pub mod audit;
pub mod auth;
pub mod clock;
pub mod config;
pub mod crm;
pub mod crypto;
pub mod dashboard;
pub mod db;
pub mod deletions;
pub mod demo;
pub mod downloads;
pub mod error;
pub mod exports;
pub mod health;
pub mod http;
pub mod jobs;
pub mod live;
pub mod mail;
pub mod platform;
pub mod routes;
pub mod search;
pub mod state;
pub mod storage;
pub mod team;
pub mod telemetry;
pub mod timeline;
