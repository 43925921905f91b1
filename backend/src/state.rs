//! What every request needs.

use crate::audit::ChainKey;
use crate::auth::PrincipalCache;
use crate::auth::tokens::TokenKeys;
use crate::clock::Clock;
use crate::config::Config;
use crate::crypto::{BlindIndex, Sealer};
use crate::db::Planes;
use crate::http::limits::Limiter;
use crate::jobs::Bell;
use crate::live::Hub;
use crate::mail::Mailer;
use crate::platform::products::ProductCatalog;
use crate::storage::Storage;
use std::sync::Arc;

/// The parts of a running server; cloning shares them.
#[derive(Clone)]
pub struct AppState(Arc<Parts>);

/// See [`AppState`].
pub struct Parts {
    pub config: Config,
    pub clock: Clock,
    pub planes: Planes,
    pub products: ProductCatalog,
    pub limiter: Limiter,
    pub tokens: TokenKeys,
    pub principals: PrincipalCache,
    pub sealer: Sealer,
    pub blind_index: BlindIndex,
    pub mailer: Mailer,
    pub storage: Storage,
    pub bell: Bell,
    pub chain_key: ChainKey,
    /// Rung when there is something to bind into a chain and to tell those who watch.
    pub audit_bell: Bell,
    pub live: Hub,
}

impl AppState {
    /// Connects to what the configuration names. The schema must be up to date.
    pub async fn build(config: Config, clock: Clock, planes: Planes) -> anyhow::Result<Self> {
        let products = ProductCatalog::load(planes.platform()).await?;
        let parts = Parts {
            limiter: Limiter::new(&config),
            tokens: TokenKeys::new(&config.keys),
            principals: PrincipalCache::new(),
            sealer: Sealer::new(&config.keys.field_encryption_key)?,
            mailer: Mailer::new(&config)?,
            storage: Storage::new(&config)?,
            bell: Bell::default(),
            chain_key: ChainKey::new(&config.keys)?,
            audit_bell: Bell::default(),
            live: Hub::new(config.redis_url.as_ref()),
            blind_index: BlindIndex::new(&config.keys.blind_index_key)?,
            products,
            planes,
            clock,
            config,
        };
        Ok(Self(Arc::new(parts)))
    }

    /// An address of the app for mails: `path` begins with a slash.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.config.network.public_url.as_str().trim_end_matches('/'))
    }
}

impl std::ops::Deref for AppState {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
