//! How many requests one may make: in Redis when configured, else in this process.
//!
//! Both forms run the same algorithm (GCRA, a leaky bucket that keeps one number per key),
//! so behaviour does not change with the number of processes. When Redis is lost, each
//! process counts for itself until it is back.

mod local;
mod shared;

use crate::config::Config;
use crate::error::{ApiError, Refusal};
use actix_web::{HttpMessage as _, HttpRequest};
use ebenezer_shared::problem::ProblemCode;
use local::LocalLimiter;
use shared::RedisLimiter;
use std::time::Duration;

/// So many in a period, all of which may come at once up to `burst`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quota {
    pub amount: u32,
    pub period: Duration,
    pub burst: u32,
}

impl Quota {
    pub const fn per_minute(amount: u32) -> Self {
        Self { amount, period: Duration::from_mins(1), burst: amount }
    }

    pub const fn per_hour(amount: u32) -> Self {
        Self { amount, period: Duration::from_hours(1), burst: amount }
    }

    /// Time between two requests at the steady rate.
    fn interval(self) -> Duration {
        (self.period / self.amount.max(1)).max(Duration::from_nanos(1))
    }
}

/// What is left of a quota after a request.
#[derive(Clone, Copy, Debug)]
pub struct Remaining {
    pub limit: u32,
    pub remaining: u32,
    /// Until the quota is whole again.
    pub reset: Duration,
}

enum Verdict {
    Allowed(Remaining),
    Denied { retry_after: Duration },
}

/// Counts requests by key.
pub struct Limiter {
    enabled: bool,
    local: LocalLimiter,
    shared: Option<RedisLimiter>,
}

impl Limiter {
    pub fn new(config: &Config) -> Self {
        let shared = config.redis_url.as_ref().and_then(RedisLimiter::connect);
        Self { enabled: config.limits.enabled, local: LocalLimiter::default(), shared }
    }

    /// Whether Redis answers; none when none is configured.
    pub async fn redis_health(&self) -> Option<bool> {
        match &self.shared {
            Some(shared) => Some(shared.ping().await),
            None => None,
        }
    }

    /// Counts a request against `name:key`; 429 when the quota is used up. The tightest
    /// quota of a request is reported in its `RateLimit-*` headers.
    pub async fn check(
        &self,
        req: &HttpRequest,
        name: &str,
        key: &str,
        quota: Quota,
    ) -> Result<(), ApiError> {
        if !self.enabled {
            return Ok(());
        }
        let full = format!("{name}:{key}");
        let verdict = match &self.shared {
            Some(shared) => match shared.check(&full, quota).await {
                Some(verdict) => verdict,
                None => self.local.check(&full, quota),
            },
            None => self.local.check(&full, quota),
        };
        match verdict {
            Verdict::Allowed(remaining) => {
                let mut extensions = req.extensions_mut();
                let tighter = extensions
                    .get::<Remaining>()
                    .is_none_or(|known| remaining.remaining < known.remaining);
                if tighter {
                    extensions.insert(remaining);
                }
                Ok(())
            }
            Verdict::Denied { retry_after } => {
                req.extensions_mut().insert(Remaining {
                    limit: quota.burst,
                    remaining: 0,
                    reset: retry_after,
                });
                let seconds = retry_after.as_secs() + u64::from(retry_after.subsec_nanos() > 0);
                Err(Refusal {
                    retry_after: Some(seconds.max(1)),
                    ..Refusal::new(ProblemCode::RateLimited)
                }
                .into())
            }
        }
    }
}
