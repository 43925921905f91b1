//! What tests are made of.

mod act;
mod axe;
mod browser;
mod chromedriver;
mod console;
mod crm;
mod findings;
mod layout;
mod pages;
mod people;
mod phone;
mod server;
mod wait;

pub use act::Target;
pub use axe::violations;
pub use browser::{Browser, Screen};
pub use crm::{FURTHER, ROW};
pub use findings::Findings;
pub use layout::{cut_texts, too_wide};
pub use pages::each_page;
pub use people::{DEMO_PASSWORD, PASSWORD, demo, firm};
pub use phone::Phone;
pub use server::Server;

pub use ebenezer_shared::locale::Locale;
pub use ebenezer_shared::texts;
