//! Transactions that write.

use sea_orm::{
    DatabaseBackend, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait as _,
};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, PoisonError};
use tokio::sync::{Mutex, OwnedMutexGuard};

/// Starts a transaction that will write.
///
/// On `SQLite` it takes the writer's place at once (`BEGIN IMMEDIATE`): one that reads first
/// and writes later would fail when somebody else wrote in between, whatever the timeout.
/// Since one alone writes, the others wait before they take a connection, in order: readers
/// keep theirs however many want to write.
pub async fn begin_write(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let _turn = match db.get_database_backend() {
        DatabaseBackend::Sqlite => Some(turn(db).await),
        _ => None,
    };
    db.begin_with_options(TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    })
    .await
}

/// Waits to be the next writer of the `SQLite` file.
async fn turn(db: &DatabaseConnection) -> OwnedMutexGuard<()> {
    type Queues = HashMap<PathBuf, Arc<Mutex<()>>>;
    static QUEUES: LazyLock<std::sync::Mutex<Queues>> = LazyLock::new(std::sync::Mutex::default);
    let options = db.get_sqlite_connection_pool().connect_options();
    let queue = {
        let mut queues = QUEUES.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(queues.entry(options.get_filename().to_owned()).or_default())
    };
    queue.lock_owned().await
}
