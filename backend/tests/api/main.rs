//! The API as its callers meet it: the real application over real HTTP, each test on
//! SQLite and on PostgreSQL.
//!
//! `cargo xtask test` starts the PostgreSQL and the Redis that these tests need;
//! `--skip postgres` leaves SQLite alone. A test is an `async fn` named after the behaviour
//! that it proves, listed in its file's `db_tests!`; one that is forgotten there is reported
//! as unused.

#![cfg(test)]

#[macro_use]
mod support;

mod appointments;
mod audit;
mod auth;
mod bulk;
mod cases;
mod concurrency;
mod contacts;
mod corporations;
mod dashboard;
mod deletions;
mod departments;
mod documents;
mod downloads;
mod exports;
mod graph;
mod http;
mod input;
mod jobs;
mod limits;
mod live;
mod merge;
mod notes;
mod rotation;
mod search;
mod settings;
mod start;
mod superuser;
mod tags;
mod tasks;
mod team;
mod tenancy;
mod threads;
mod timeline;
mod two_factor_reset;
mod views;
mod walk;
