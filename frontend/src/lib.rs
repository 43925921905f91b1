//! The browser app of a firm: the same areas as the server, on the shared DTOs.
//!
//! - [`routes`] owns every path, [`app`] mounts them, [`shell`] is the frame around pages.
//! - [`account`] and [`crm`] are the pages.
//! - [`ui`] is the design system: pages are made of it and hold no markup of their own style.
//! - [`api`] speaks with the server, [`state`] holds what outlives a page.

pub mod account;
pub mod api;
pub mod app;
pub mod audit;
pub mod clipboard;
pub mod crm;
pub mod dashboard;
pub mod download;
pub mod firm;
pub mod format;
pub mod platform;
pub mod routes;
pub mod shell;
pub mod state;
pub mod team;
pub mod ui;
#[cfg(any(debug_assertions, feature = "ui-page"))]
pub mod ui_page;

/// Puts the app into the page.
pub fn start() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}
