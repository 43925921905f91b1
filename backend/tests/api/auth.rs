//! From a credential to a session.

mod register;
