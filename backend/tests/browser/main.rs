//! The app as people meet it: real Chromium against the real server and the built SPA.
//!
//! `cargo xtask test` builds the SPA, names axe-core in `EBENEZER_AXE` and runs these. A test
//! that fails leaves a picture and the browser's console behind and prints where.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails where something is not as it should be"
)]

mod support;

mod access;
mod account;
mod audit;
mod bulk;
mod bundle;
mod calendar;
mod cases;
mod dashboard;
mod documents;
mod exports;
mod firm;
mod history;
mod jobs;
mod keyboard;
mod lists;
mod live;
mod lock;
mod merge;
mod messages;
mod notes;
mod offline;
mod palette;
mod profile;
mod recovery;
mod screens;
mod session;
mod sessions;
mod shell;
mod story;
mod tags;
mod tasks;
mod team;
mod ties;
mod two_factor;
mod view_as;
mod viewer;
mod views;
mod warnings;
