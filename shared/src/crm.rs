//! The people and companies that a firm serves.

pub mod address;
pub mod appointment;
pub mod bulk;
pub mod case;
pub mod client;
pub mod contact;
pub mod corporation;
pub mod dashboard;
pub mod department;
pub mod document;
pub mod document_request;
pub mod folder;
pub mod graph;
pub mod link;
pub mod merge;
pub mod note;
pub mod period;
pub mod priority;
pub mod relation;
pub mod reveal;
pub mod staff;
pub mod tag;
pub mod task;
pub mod thread;
pub mod view;
