//! From a credential to a session.

mod account;
mod cookie;
mod login;
mod logout;
mod profile;
mod recovery;
mod refresh;
mod register;
mod session;
mod sessions;
mod tokens;
mod two_factor;
