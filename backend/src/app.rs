//! The one way to boot: the binary and the tests start the same application.

use crate::clock::Clock;
use crate::config::Config;
use crate::db::{self, Plane, Planes};
use crate::downloads;
use crate::http::{headers, hosts, problems, request};
use crate::jobs::Worker;
use crate::platform::products;
use crate::routes;
use crate::state::AppState;
use actix_cors::Cors;
use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer, web};
use anyhow::Context as _;
use std::net::{SocketAddr, TcpListener};
use tokio::signal::unix::{SignalKind, signal};

/// A server that is bound and ready to run.
pub struct Application {
    server: Server,
    address: SocketAddr,
    state: AppState,
    worker: Option<Worker>,
}

impl Application {
    /// Connects, migrates, binds. With `works` it carries out jobs, too.
    pub async fn build(config: Config, works: bool) -> anyhow::Result<Self> {
        let application = Self::bind(config, Clock::default(), true).await?;
        let worker = works.then(|| Worker::start(application.state.clone()));
        Ok(Self { worker, ..application })
    }

    /// The same with a clock of the caller's, who also stops the server: signals are left to
    /// the process.
    pub async fn build_with_clock(config: Config, clock: Clock) -> anyhow::Result<Self> {
        Self::bind(config, clock, false).await
    }

    async fn bind(config: Config, clock: Clock, heeds_signals: bool) -> anyhow::Result<Self> {
        let state = boot(config, clock).await?;
        let network = &state.config.network;
        let listener = TcpListener::bind(network.bind_address)
            .with_context(|| format!("{} cannot be bound", network.bind_address))?;
        let address = listener.local_addr()?;
        let workers = network.workers;
        let data = web::Data::new(state.clone());
        let server = HttpServer::new(move || {
            App::new()
                .app_data(data.clone())
                .wrap(from_fn(downloads::redeem))
                .wrap(Compress::default())
                .wrap(cors(&data.config))
                .wrap(from_fn(problems::of_cors))
                .wrap(from_fn(hosts::check))
                .wrap(from_fn(headers::secure))
                .wrap(from_fn(request::identify))
                .configure(routes::configure)
        })
        .workers(workers)
        .shutdown_timeout(20)
        .listen(listener)?;
        let server = if heeds_signals { server } else { server.disable_signals() };
        Ok(Self { server: server.run(), address, state, worker: None })
    }

    /// Where it listens; with port 0 asked for, the port that it got.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn state(&self) -> &AppState {
        &self.state
    }

    /// Runs until a signal asks it to stop; requests under way are finished first.
    pub async fn run_until_stopped(self) -> std::io::Result<()> {
        // Streams have no end of their own, and the server waits for open answers.
        let state = self.state.clone();
        let told = tokio::spawn(async move {
            if until_told_to_stop().await.is_ok() {
                state.live.stop();
            }
        });
        let stopped = self.server.await;
        told.abort();
        if let Some(worker) = self.worker {
            worker.stop().await;
        }
        self.state.planes.close().await;
        stopped
    }

    /// The server, for callers that stop it themselves.
    pub fn into_server(self) -> Server {
        self.server
    }
}

/// Until Ctrl-C or a polite end of the process.
pub async fn until_told_to_stop() -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

/// Connects to the databases, brings the schema up to date, and gathers the parts.
pub async fn boot(config: Config, clock: Clock) -> anyhow::Result<AppState> {
    std::fs::create_dir_all(&config.data_path)
        .with_context(|| format!("{} cannot be made", config.data_path.display()))?;
    let main = db::connect(&config.database_url, config.database_max_connections).await?;
    db::migrate(&main, &config.database_url, &Plane::ALL).await?;
    products::install_shipped(&main).await?;
    AppState::build(config, clock, Planes::new(main)).await
}

fn cors(config: &Config) -> Cors {
    let allowed = config.network.cors_allowed_origins.clone();
    let cors = Cors::default()
        .allowed_methods(["GET", "POST", "PATCH", "PUT", "DELETE"])
        .allowed_headers([
            "Accept-Language",
            "Authorization",
            "Content-Type",
            "Idempotency-Key",
            "If-Match",
            "If-Range",
            "Range",
            ebenezer_shared::auth::CLIENT_HEADER,
            ebenezer_shared::auth::TENANT_HEADER,
        ])
        .expose_headers([
            "Accept-Ranges",
            "Content-Disposition",
            "Content-Range",
            "ETag",
            "Idempotency-Replayed",
            "Location",
            "RateLimit-Limit",
            "RateLimit-Remaining",
            "RateLimit-Reset",
            "Retry-After",
            "X-Request-Id",
        ])
        .supports_credentials()
        .block_on_origin_mismatch(false)
        .max_age(3600);
    allowed.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}
