//! Which firm a request works in, and what the firm's state allows.

mod choice;
mod modules;
mod settings;
mod status;
mod subdomain;
