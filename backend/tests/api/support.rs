//! What tests are made of.

pub mod app;
pub mod client;
pub mod contract;
pub mod crm;
pub mod db;
pub mod fixtures;
pub mod logs;
pub mod mail;
pub mod records;
pub mod refusal;
pub mod relay;
pub mod sheets;
pub mod smtp;
pub mod tokens;
pub mod totp;

pub use app::{Setup, TestApp};
pub use client::{Client, Reply, Watch};
pub use db::Backend;
pub use fixtures::{Member, PASSWORD, asking_for};
pub use serde_json::{Value, json};

use std::future::Future;

/// What a test starts with: a running application, or a [`Setup`] that it completes itself.
pub trait Arrange: Sized {
    fn arrange(setup: Setup) -> impl Future<Output = Self>;
}

impl Arrange for Setup {
    async fn arrange(setup: Setup) -> Self {
        setup
    }
}

impl Arrange for TestApp {
    async fn arrange(setup: Setup) -> Self {
        setup.start().await
    }
}

/// Runs one test on one database.
pub fn run<A: Arrange, F: Future<Output = ()>>(backend: Backend, test: impl FnOnce(A) -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        test(A::arrange(Setup::new(backend)).await).await;
    });
}

/// Makes of each named function a test on SQLite and one on PostgreSQL.
macro_rules! db_tests {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            #[test]
            fn sqlite() {
                crate::support::run(crate::support::Backend::Sqlite, super::$name);
            }

            #[test]
            fn postgres() {
                crate::support::run(crate::support::Backend::Postgres, super::$name);
            }
        }
    )*};
}

/// Makes of each named function a test with Redis and PostgreSQL.
macro_rules! redis_tests {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            #[test]
            fn redis_and_postgres() {
                crate::support::run(crate::support::Backend::Postgres, super::$name);
            }
        }
    )*};
}
