//! Counting in Redis, for any number of processes.

use super::{Quota, Remaining, Verdict};
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, Script};
use secrecy::{ExposeSecret as _, SecretString};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// GCRA on one key: the theoretical arrival time in microseconds of Redis's own clock.
/// Answers {1, remaining, reset} or {0, retry after, 0}.
const GCRA: &str = r"
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval = tonumber(ARGV[1])
local burst = tonumber(ARGV[2])
local tat = tonumber(redis.call('GET', KEYS[1]) or now)
if tat < now then tat = now end
local next = tat + interval
local earliest = next - interval * burst
if earliest > now then
    return {0, earliest - now, 0}
end
redis.call('SET', KEYS[1], string.format('%.0f', next), 'PX', math.ceil((next - now) / 1000) + 1)
return {1, math.floor((now - earliest) / interval), next - now}
";

/// Limits shared by processes.
pub(super) struct RedisLimiter {
    connection: ConnectionManager,
    script: Script,
    lost: AtomicBool,
}

impl RedisLimiter {
    /// Starts even when Redis is away: the manager connects when it comes.
    pub(super) fn connect(url: &SecretString) -> Option<Self> {
        let client = Client::open(url.expose_secret())
            .inspect_err(|error| tracing::error!(%error, "REDIS_URL cannot be used"))
            .ok()?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(Duration::from_millis(500)))
            .set_response_timeout(Some(Duration::from_millis(500)))
            .set_number_of_retries(1);
        let connection = ConnectionManager::new_lazy_with_config(client, config)
            .inspect_err(|error| tracing::error!(%error, "REDIS_URL cannot be used"))
            .ok()?;
        Some(Self { connection, script: Script::new(GCRA), lost: AtomicBool::new(false) })
    }

    pub(super) async fn ping(&self) -> bool {
        let mut connection = self.connection.clone();
        redis::cmd("PING").query_async::<String>(&mut connection).await.is_ok()
    }

    /// None when Redis does not answer.
    pub(super) async fn check(&self, key: &str, quota: Quota) -> Option<Verdict> {
        let mut connection = self.connection.clone();
        let answer: Result<(u8, u64, u64), _> = self
            .script
            .key(format!("limit:{key}"))
            .arg(u64::try_from(quota.interval().as_micros()).unwrap_or(u64::MAX).max(1))
            .arg(quota.burst)
            .invoke_async(&mut connection)
            .await;
        match answer {
            Ok((allowed, number, reset)) => {
                if self.lost.swap(false, Ordering::Relaxed) {
                    tracing::info!("redis is back: limits are shared again");
                }
                Some(if allowed == 1 {
                    Verdict::Allowed(Remaining {
                        limit: quota.burst,
                        remaining: u32::try_from(number).unwrap_or(quota.burst),
                        reset: Duration::from_micros(reset),
                    })
                } else {
                    Verdict::Denied { retry_after: Duration::from_micros(number) }
                })
            }
            Err(error) => {
                if !self.lost.swap(true, Ordering::Relaxed) {
                    tracing::warn!(%error, "redis does not answer: limits are counted per process");
                }
                None
            }
        }
    }
}
