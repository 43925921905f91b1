//! The application under test.

use super::client::Client;
use super::db::{Backend, TestDatabase};
use chrono::TimeDelta;
use ebenezer::app::Application;
use ebenezer::clock::Clock;
use ebenezer::config::{Config, Source, generate_keys};
use ebenezer::jobs::Worker;
use ebenezer::state::AppState;
use sea_orm::DatabaseConnection;
use secrecy::ExposeSecret as _;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use tempfile::TempDir;
use tokio::sync::oneshot;

/// So many that no test meets them by accident.
const UNLIMITED: [&str; 9] = [
    "RATE_LIMIT_ANONYMOUS",
    "RATE_LIMIT_AUTHENTICATED",
    "RATE_LIMIT_LOGIN",
    "RATE_LIMIT_LOGIN_ADDRESS",
    "RATE_LIMIT_PASSWORD_RESET",
    "RATE_LIMIT_EXPORT",
    "RATE_LIMIT_INVITATIONS",
    "RATE_LIMIT_PER_MINUTE",
    "RATE_LIMIT_BURST",
];

/// An application to be started.
pub struct Setup {
    backend: Backend,
    variables: HashMap<String, String>,
    /// Whether it carries out jobs.
    works: bool,
}

impl Setup {
    pub fn new(backend: Backend) -> Self {
        let keys = generate_keys();
        let keys = keys.iter().map(|(name, key)| (*name, key.expose_secret().to_owned()));
        let fixed =
            [("BIND_ADDRESS", "127.0.0.1:0"), ("WORKERS", "1"), ("DATABASE_MAX_CONNECTIONS", "4")];
        let limits = UNLIMITED.map(|name| (name, "100000".to_owned()));
        let fixed = fixed.map(|(name, value)| (name, value.to_owned()));
        let variables = keys.chain(fixed).chain(limits);
        Self {
            backend,
            variables: variables.map(|(name, value)| (name.to_owned(), value)).collect(),
            works: true,
        }
    }

    /// Sets a variable of the configuration.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Sets a variable that is not set yet.
    pub fn or_set(mut self, name: &str, value: &str) -> Self {
        self.variables.entry(name.to_owned()).or_insert_with(|| value.to_owned());
        self
    }

    /// Jobs are left to other processes.
    pub fn no_worker(mut self) -> Self {
        self.works = false;
        self
    }

    /// Jobs are carried out, as is usual.
    pub fn with_worker(mut self) -> Self {
        self.works = true;
        self
    }

    /// With the limits that the product has when nothing is configured.
    pub fn default_limits(mut self) -> Self {
        for name in UNLIMITED {
            self.variables.remove(name);
        }
        self
    }

    pub async fn start(self) -> TestApp {
        let folder = tempfile::tempdir().unwrap();
        let database = TestDatabase::create(self.backend, folder.path());
        self.start_on(Arc::new(Ground { database, folder }), Clock::default()).await
    }

    /// A database of the setup's kind that has no schema yet.
    pub fn empty_database(&self, folder: &Path) -> TestDatabase {
        TestDatabase::empty(self.backend, folder)
    }

    /// Starts it on a database that has no schema yet.
    pub async fn start_on_empty_database(self) -> TestApp {
        let folder = tempfile::tempdir().unwrap();
        let database = self.empty_database(folder.path());
        self.start_on(Arc::new(Ground { database, folder }), Clock::default()).await
    }

    async fn start_on(self, ground: Arc<Ground>, clock: Clock) -> TestApp {
        let mut variables = self.variables.clone();
        let url = || ground.database.url.clone();
        variables.entry("DATABASE_URL".into()).or_insert_with(url);
        variables.insert("DATA_PATH".into(), ground.folder.path().display().to_string());
        let config = Config::read(Source::from_pairs(variables)).unwrap();
        let server = Server::start(config, clock.clone(), self.works).await;
        let db = ground.database.connect().await;
        TestApp {
            client: Client::new(server.address),
            state: server.state.clone(),
            clock,
            db,
            setup: self,
            server,
            ground,
        }
    }
}

/// What an application stands on and leaves behind: removed with its last user.
struct Ground {
    database: TestDatabase,
    folder: TempDir,
}

/// The running application. It stops, and all that it made goes, with this value.
pub struct TestApp {
    /// Somebody who is not logged in.
    pub client: Client,
    pub state: AppState,
    pub clock: Clock,
    /// The test's own eyes on the database.
    pub db: DatabaseConnection,
    setup: Setup,
    // Dropped in this order: the server stops before its database goes.
    server: Server,
    ground: Arc<Ground>,
}

impl TestApp {
    /// Another process on the same database, at the same time of day.
    pub async fn another(&self) -> Self {
        self.another_with(|setup| setup).await
    }

    /// Another process on the same database, configured otherwise.
    pub async fn another_with(&self, change: impl FnOnce(Setup) -> Setup) -> Self {
        let Setup { backend, variables, works } = &self.setup;
        let setup = Setup { backend: *backend, variables: variables.clone(), works: *works };
        change(setup).start_on(Arc::clone(&self.ground), self.clock.clone()).await
    }

    pub fn backend(&self) -> Backend {
        self.setup.backend
    }

    /// Where pages of this server come from.
    pub fn origin(&self) -> String {
        format!("http://{}", self.server.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// Where the database is.
    pub fn database_url(&self) -> &str {
        &self.ground.database.url
    }

    /// Where the application keeps its files.
    pub fn folder(&self) -> &Path {
        self.ground.folder.path()
    }

    /// Every variable of the configuration, for another process on the same ground.
    pub fn variables(&self) -> impl Iterator<Item = (&str, &str)> {
        self.setup.variables.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A variable of the configuration.
    pub fn variable(&self, name: &str) -> &str {
        &self.setup.variables[name]
    }

    /// Lets time pass. What was remembered for a second of real time is forgotten.
    pub fn advance(&self, by: TimeDelta) {
        self.clock.advance(by);
        self.forget();
    }

    /// Makes changes that the test made in the database seen at once.
    pub fn forget(&self) {
        self.state.principals.clear();
    }
}

/// The server on a thread of its own.
struct Server {
    address: SocketAddr,
    state: AppState,
    handle: actix_web::dev::ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    async fn start(config: Config, clock: Clock, works: bool) -> Self {
        let (sender, receiver) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                match Application::build_with_clock(config, clock).await {
                    Ok(application) => {
                        let (address, state) = (application.address(), application.state().clone());
                        let _worker = works.then(|| Worker::start(state.clone()));
                        let server = application.into_server();
                        drop(sender.send(Ok((address, state, server.handle()))));
                        server.await.unwrap();
                    }
                    Err(error) => drop(sender.send(Err(error))),
                }
            });
        });
        let started = receiver.await.unwrap();
        let (address, state, handle) = started.expect("the application starts");
        Self { address, state, handle, thread: Some(thread) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The order is given by the call; there is nothing to wait for but the thread.
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}
