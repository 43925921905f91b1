//! Opening a database.

use anyhow::Context as _;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, Database, DatabaseConnection};
use secrecy::{ExposeSecret as _, SecretString};
use std::path::Path;
use std::time::Duration;

/// Each connection has a cache of its own, and more readers than cores gain nothing.
const SQLITE_CONNECTIONS: u32 = 4;

/// Opens a pool. A `SQLite` file and its folder are created when they do not exist.
///
/// `SQLite` runs with a write-ahead log and `synchronous = FULL`: each commit is flushed
/// before it is acknowledged, so that an acknowledged write survives a lost machine, not
/// only a killed process.
pub async fn connect(
    url: &SecretString,
    max_connections: u32,
) -> anyhow::Result<DatabaseConnection> {
    let address = url.expose_secret();
    let mut max_connections = max_connections;
    if let Some(file) = address.strip_prefix("sqlite:") {
        let file = file.trim_start_matches("//").split('?').next().unwrap_or_default();
        if let Some(folder) = Path::new(file).parent().filter(|path| !path.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
        }
        create_private(Path::new(file))
            .with_context(|| format!("the database {file} cannot be made"))?;
        max_connections = max_connections.min(SQLITE_CONNECTIONS);
    }
    let mut options = ConnectOptions::new(address);
    options
        .max_connections(max_connections)
        .connect_timeout(Duration::from_secs(8))
        .acquire_timeout(Duration::from_secs(8))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(10))
                .pragma("temp_store", "memory")
                .pragma("cache_size", "-16384")
        });
    Database::connect(options).await.context("the database cannot be reached")
}

/// Makes the file, unless it is there, so that nobody else on the machine reads it. What
/// `SQLite` puts beside it takes the same mode.
fn create_private(file: &Path) -> std::io::Result<()> {
    if file.as_os_str().is_empty() || file.to_string_lossy().contains(":memory:") {
        return Ok(());
    }
    let mut options = std::fs::OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}
