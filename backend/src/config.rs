//! Configuration by environment.
//!
//! Every secret can also come from a file named by `NAME_FILE`. All problems are reported
//! at once, each naming its variable; nothing secret is printed.

mod email;
mod keys;
mod limits;
mod network;
mod source;
mod storage;

pub use email::{Email, MailServer};
pub use keys::{Keys, generate as generate_keys};
pub use limits::Limits;
pub use network::Network;
pub use source::Source;
pub use storage::{Bucket, Storage};

use std::path::PathBuf;

/// Everything that the environment decides.
#[derive(Clone, Debug)]
pub struct Config {
    /// `DEBUG` (default true): development. Keys are generated, the server binds loopback
    /// only. With false a missing or weak key stops the start.
    pub debug: bool,
    /// `DATA_PATH` (default `data`): where the embedded form keeps what it writes.
    pub data_path: PathBuf,
    /// `DATABASE_URL` (default: `SQLite` under the data path): the main database, a
    /// `sqlite:` or `postgres:` address.
    pub database_url: secrecy::SecretString,
    /// `DATABASE_MAX_CONNECTIONS` (default 16): connections to the main database.
    pub database_max_connections: u32,
    /// `REDIS_URL` (default: none): shared limits between processes.
    pub redis_url: Option<secrecy::SecretString>,
    /// `TIME_ZONE` (default `America/Bogota`): the time zone of new firms.
    pub time_zone: String,
    /// `DEFAULT_COUNTRY` (default `US`): country of phone numbers without `+`.
    pub default_country: String,
    /// `LOG_LEVEL` (default `info`, quieter for libraries): a level or a filter of tracing-subscriber.
    pub log_level: String,
    /// `LOG_FORMAT` (`text` while `DEBUG`, else `json`).
    pub log_json: bool,
    /// `WORKER_LEASE_SECONDS` (default 60): a job whose worker was not heard of for so long is
    /// given to another.
    pub worker_lease: std::time::Duration,
    pub network: Network,
    pub limits: Limits,
    pub email: Email,
    pub storage: Storage,
    pub keys: Keys,
}

/// What is wrong with the configuration, one line a variable.
#[derive(Debug, thiserror::Error)]
#[error("the configuration is not usable:\n{}", .0.join("\n"))]
pub struct ConfigError(pub Vec<String>);

impl Config {
    /// Reads `.env` when present and then the environment.
    pub fn load() -> Result<Self, ConfigError> {
        match dotenvy::dotenv() {
            Ok(_) => {}
            Err(error) if error.not_found() => {}
            Err(error) => return Err(ConfigError(vec![format!(".env: {error}")])),
        }
        Self::read(Source::environment())
    }

    /// Reads a source, checks each value and the rules across them.
    pub fn read(mut source: Source) -> Result<Self, ConfigError> {
        let debug = source.flag("DEBUG", true);
        let data_path = PathBuf::from(source.text("DATA_PATH", "data"));
        let default_url = format!("sqlite://{}/ebenezer.db", data_path.display());
        let database_url = source.secret("DATABASE_URL").unwrap_or_else(|| default_url.into());
        let config = Self {
            debug,
            database_url,
            database_max_connections: source.number("DATABASE_MAX_CONNECTIONS", 16),
            redis_url: source.secret("REDIS_URL"),
            time_zone: source.text("TIME_ZONE", "America/Bogota"),
            default_country: source.text("DEFAULT_COUNTRY", "US"),
            log_level: source
                .text("LOG_LEVEL", "info,sqlx=warn,sea_orm_migration=warn,actix_server=warn")
                .to_lowercase(),
            log_json: source.text("LOG_FORMAT", if debug { "text" } else { "json" }) == "json",
            worker_lease: std::time::Duration::from_secs(source.number("WORKER_LEASE_SECONDS", 60)),
            network: Network::read(&mut source, debug),
            limits: Limits::read(&mut source),
            email: Email::read(&mut source),
            storage: Storage::read(&mut source, &data_path),
            keys: Keys::read(&mut source, debug, &data_path),
            data_path,
        };
        config.check_rules(&mut source);
        source.finish().map(|()| config).map_err(ConfigError)
    }

    fn check_rules(&self, source: &mut Source) {
        use secrecy::ExposeSecret as _;
        let url = self.database_url.expose_secret();
        if !(url.starts_with("sqlite:")
            || url.starts_with("postgres:")
            || url.starts_with("postgresql:"))
        {
            source.wrong("DATABASE_URL", "must start with sqlite: or postgres:");
        }
        if self.time_zone.parse::<chrono_tz::Tz>().is_err() {
            source.wrong("TIME_ZONE", "is not an IANA time zone such as America/Bogota");
        }
        if self.default_country.parse::<phonenumber::country::Id>().is_err() {
            source.wrong("DEFAULT_COUNTRY", "is not a two-letter country code such as US");
        }
        if self.worker_lease.is_zero() {
            source.wrong("WORKER_LEASE_SECONDS", "must be at least 1");
        }
        if self.database_max_connections == 0 {
            source.wrong("DATABASE_MAX_CONNECTIONS", "must be at least 1");
        }
        if self.debug && !self.network.bind_address.ip().is_loopback() {
            source.wrong(
                "BIND_ADDRESS",
                "must be a loopback address while DEBUG=true; set DEBUG=false to serve others",
            );
        }
    }
}
