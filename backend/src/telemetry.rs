//! Logs: JSON or text on standard error.

use crate::config::Config;
use tracing_subscriber::EnvFilter;

/// Starts logging. A second call, as in tests, does nothing.
pub fn start(config: &Config) {
    let filter = EnvFilter::try_new(&config.log_level).unwrap_or_else(|_| EnvFilter::new("info"));
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = if config.log_json {
        subscriber
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .try_init()
    } else {
        subscriber.compact().try_init()
    };
    drop(started);
}
