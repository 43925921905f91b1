//! Where each plane lives.

use crate::error::ApiError;
use crate::platform::tenant;
use sea_orm::DatabaseConnection;

/// The connection of the platform plane and, for each firm, that of its tenant plane.
#[derive(Clone, Debug)]
pub struct Planes {
    platform: DatabaseConnection,
}

impl Planes {
    pub fn new(platform: DatabaseConnection) -> Self {
        Self { platform }
    }

    /// Closes the connections. `SQLite` takes what its write-ahead log holds into the
    /// database then, which would slow every later reader.
    pub async fn close(&self) {
        if let Err(error) = self.platform.clone().close().await {
            tracing::warn!(%error, "the database was not closed in order");
        }
    }

    /// The platform plane.
    pub fn platform(&self) -> &DatabaseConnection {
        &self.platform
    }

    /// Every database that holds tenant planes, each once.
    pub fn all_tenant_planes(&self) -> Vec<DatabaseConnection> {
        vec![self.platform.clone()]
    }

    /// Every database, each once.
    pub fn all(&self) -> Vec<DatabaseConnection> {
        vec![self.platform.clone()]
    }

    /// The firm's plane. Shared firms live in the main database.
    pub fn tenant(&self, tenant: &tenant::Model) -> Result<DatabaseConnection, ApiError> {
        match tenant.isolation {
            tenant::Isolation::Shared => Ok(self.platform.clone()),
            tenant::Isolation::Dedicated => Err(ApiError::unavailable(anyhow::anyhow!(
                "tenant {} is dedicated, and this build knows shared tenants only",
                tenant.id
            ))),
        }
    }
}
