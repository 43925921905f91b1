//! The walk over every operation of the OpenAPI document.
//!
//! It reads the document that the server hands out, so a new operation is walked without a
//! change here: its path ids are filled in by the resource that its path begins with
//! ([`world`]; where none is known, with ids that nobody has), and its body is made from its
//! schema ([`sample`]).

mod access;
mod document;
mod operation;
mod sample;
mod valid;
mod world;
