//! From a credential to a session.

mod account;
mod cookie;
mod login;
mod logout;
mod refresh;
mod register;
mod session;
mod sessions;
mod tokens;
