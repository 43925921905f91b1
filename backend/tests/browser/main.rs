//! The app as people meet it: real Chromium against the real server and the built SPA.
//!
//! `cargo xtask test` builds the SPA, names axe-core in `EBENEZER_AXE` and runs these. A test
//! that fails leaves a picture and the browser's console behind and prints where.

mod support;

mod account;
mod bundle;
mod session;
mod shell;
