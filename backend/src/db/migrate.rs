//! Bringing the schema up to date, one process at a time.

use anyhow::Context as _;
use ebenezer_migration::{MigratorTrait, PlatformMigrator, TenantMigrator};
use sea_orm::sqlx::Connection as _;
use sea_orm::{DatabaseConnection, DbBackend};
use secrecy::{ExposeSecret as _, SecretString};

/// One of the two planes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plane {
    Platform,
    Tenant,
}

impl Plane {
    pub const ALL: [Self; 2] = [Self::Platform, Self::Tenant];
}

/// Any number that no other program uses for an advisory lock: “EBENEZER” in bytes.
const LOCK_KEY: i64 = 0x4542_454e_455a_4552;

/// Applies what is pending of the planes that live in this database.
///
/// `PostgreSQL` holds an advisory lock on a connection of its own meanwhile, `SQLite` a lock on
/// a file beside the database, so that processes which start together wait for each other.
pub async fn migrate(
    db: &DatabaseConnection,
    url: &SecretString,
    planes: &[Plane],
) -> anyhow::Result<()> {
    if pending(db, planes).await? == 0 {
        return Ok(());
    }
    if db.get_database_backend() == DbBackend::Postgres {
        let mut lock = sea_orm::sqlx::PgConnection::connect(url.expose_secret()).await?;
        sea_orm::sqlx::query("SELECT pg_advisory_lock($1)")
            .bind(LOCK_KEY)
            .execute(&mut lock)
            .await?;
        let outcome = apply(db, planes).await;
        lock.close().await?;
        return outcome;
    }
    let file = url.expose_secret().trim_start_matches("sqlite:").trim_start_matches("//");
    let file = file.split('?').next().unwrap_or_default();
    let _guard = if file.is_empty() || file.contains(":memory:") {
        None
    } else {
        let path = format!("{file}.migrate.lock");
        let lock = tokio::task::spawn_blocking(move || {
            let handle = std::fs::File::create(&path)?;
            handle.lock()?;
            Ok::<_, std::io::Error>(handle)
        });
        Some(lock.await?.context("the lock for migrations cannot be taken")?)
    };
    apply(db, planes).await
}

async fn apply(db: &DatabaseConnection, planes: &[Plane]) -> anyhow::Result<()> {
    for plane in planes {
        match plane {
            Plane::Platform => PlatformMigrator::up(db, None).await,
            Plane::Tenant => TenantMigrator::up(db, None).await,
        }
        .with_context(|| format!("the {plane:?} plane could not be migrated"))?;
    }
    Ok(())
}

/// How many migrations wait to be applied.
pub async fn pending(db: &DatabaseConnection, planes: &[Plane]) -> anyhow::Result<usize> {
    let mut waiting = 0;
    for plane in planes {
        waiting += match plane {
            Plane::Platform => PlatformMigrator::get_pending_migrations_read_only(db).await?.len(),
            Plane::Tenant => TenantMigrator::get_pending_migrations_read_only(db).await?.len(),
        };
    }
    Ok(waiting)
}
