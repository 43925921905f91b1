//! What tests are made of.

mod act;
mod axe;
mod browser;
mod chromedriver;
mod console;
mod layout;
mod people;
mod server;
mod wait;

pub use act::Target;
pub use axe::assert_accessible;
pub use browser::{Browser, Screen};
pub use layout::{assert_fits, assert_no_text_cut};
pub use people::{DEMO_PASSWORD, Firm, PASSWORD, demo, firm};
pub use server::Server;

pub use ebenezer_shared::locale::{Locale, Text};
pub use ebenezer_shared::texts;
