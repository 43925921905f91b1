//! A database for each test, made from one that was migrated once.

use ebenezer::db::{Plane, connect, migrate};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, Statement};
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Where to find the server on which databases are made, as its superuser.
const POSTGRES: &str = "TEST_POSTGRES_URL";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// A database that goes with this value.
pub struct TestDatabase {
    pub url: String,
    /// Its name on the PostgreSQL server.
    name: Option<String>,
}

impl TestDatabase {
    /// A database with the schema; on SQLite a file in the folder.
    pub fn create(backend: Backend, folder: &Path) -> Self {
        match backend {
            Backend::Sqlite => {
                let file = folder.join("test.db");
                std::fs::write(&file, sqlite_template()).unwrap();
                Self { url: format!("sqlite://{}", file.display()), name: None }
            }
            Backend::Postgres => {
                let template = postgres_template();
                let database = Self::named(unique("test"));
                let name = database.name.as_deref().unwrap();
                administer(format!("CREATE DATABASE {name} TEMPLATE {template}"));
                database
            }
        }
    }

    /// A database without anything.
    pub fn empty(backend: Backend, folder: &Path) -> Self {
        if backend == Backend::Sqlite {
            let url = format!("sqlite://{}", folder.join("deeper/test.db").display());
            return Self { url, name: None };
        }
        let database = Self::named(unique("empty"));
        administer(format!("CREATE DATABASE {}", database.name.as_deref().unwrap()));
        database
    }

    fn named(name: String) -> Self {
        Self { url: in_database(&name), name: Some(name) }
    }

    /// A connection of the test's own.
    pub async fn connect(&self) -> DatabaseConnection {
        connect(&self.url.clone().into(), 2).await.unwrap()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Some(name) = &self.name {
            administer(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// The server's address, or a failure that says what to do: a test is never skipped
/// silently.
pub fn service(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        panic!(
            "{variable} is not set. `cargo xtask test` starts the services that tests need; \
             `-- --skip postgres` leaves out the tests that need them."
        )
    })
}

fn in_database(name: &str) -> String {
    let mut url = url::Url::parse(&service(POSTGRES)).unwrap();
    url.set_path(name);
    url.into()
}

/// A name that shows which process made it.
fn unique(kind: &str) -> String {
    static COUNTER: AtomicU32 = AtomicU32::new(0);
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    format!("ebenezer_{kind}_{}_{number}", std::process::id())
}

/// The name of the migrated database that others are copied from.
fn postgres_template() -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        aside(remove_leftovers());
        let name = unique("template");
        administer(format!("CREATE DATABASE {name}"));
        let url = in_database(&name);
        aside(async move { migrate_all(&url).await });
        name
    })
}

/// Removes what processes that are no more have left: each its template, and whatever a
/// killed one was at.
async fn remove_leftovers() {
    let db = connect(&service(POSTGRES).into(), 1).await.unwrap();
    let sql = "SELECT datname::text FROM pg_database WHERE datname LIKE 'ebenezer\\_%'";
    let statement = Statement::from_string(db.get_database_backend(), sql);
    for row in db.query_all_raw(statement).await.unwrap() {
        let name: String = row.try_get_by_index(0).unwrap();
        let process = name.split('_').nth(2).and_then(|part| part.parse::<u32>().ok());
        let is_over = process.is_some_and(|id| !Path::new(&format!("/proc/{id}")).exists());
        if is_over {
            // Another process may be at the same.
            drop(db.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await);
        }
    }
    db.close().await.unwrap();
}

/// The content of a migrated database file.
fn sqlite_template() -> &'static [u8] {
    static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let file: PathBuf = folder.path().join("template.db");
        let url = format!("sqlite://{}", file.display());
        aside(async move { migrate_all(&url).await });
        std::fs::read(file).unwrap()
    })
}

async fn migrate_all(url: &str) {
    let db = connect(&url.to_owned().into(), 1).await.unwrap();
    migrate(&db, &url.to_owned().into(), &Plane::ALL).await.unwrap();
    db.close().await.unwrap();
}

/// Runs one statement on the server.
fn administer(statement: String) {
    let url = service(POSTGRES);
    aside(async move {
        let db = connect(&url.into(), 1).await.unwrap();
        db.execute_unprepared(&statement).await.unwrap();
        db.close().await.unwrap();
    });
}

/// Runs it to its end on a thread of its own, whatever runtime is around.
fn aside(work: impl Future<Output = ()> + Send + 'static) {
    let thread = std::thread::spawn(|| {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work);
    });
    // The panic hook has said why; a second panic while dropping would abort all tests.
    let outcome = thread.join();
    assert!(outcome.is_ok() || std::thread::panicking(), "the test database could not be managed");
}
