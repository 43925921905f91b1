//! Counting in this process, by the governor crate.

use super::{Quota, Remaining, Verdict};
use governor::RateLimiter;
use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, RwLock};

type Keyed =
    RateLimiter<String, DashMapStateStore<String>, DefaultClock, StateInformationMiddleware>;

/// One limiter per quota.
#[derive(Default)]
pub(super) struct LocalLimiter {
    by_quota: RwLock<HashMap<Quota, Arc<Keyed>>>,
    clock: DefaultClock,
    calls: AtomicU32,
}

impl LocalLimiter {
    pub(super) fn check(&self, key: &str, quota: Quota) -> Verdict {
        let limiter = self.limiter(quota);
        // Keys that are full again need not be remembered.
        if self.calls.fetch_add(1, Ordering::Relaxed) % 4096 == 4095 {
            limiter.retain_recent();
        }
        match limiter.check_key(&key.to_owned()) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                let used = quota.burst.saturating_sub(remaining);
                Verdict::Allowed(Remaining {
                    limit: quota.burst,
                    remaining,
                    reset: quota.interval() * used,
                })
            }
            Err(not_until) => {
                Verdict::Denied { retry_after: not_until.wait_time_from(self.clock.now()) }
            }
        }
    }

    fn limiter(&self, quota: Quota) -> Arc<Keyed> {
        if let Some(known) = self.by_quota.read().ok().and_then(|map| map.get(&quota).cloned()) {
            return known;
        }
        let burst = NonZeroU32::new(quota.burst).unwrap_or(NonZeroU32::MIN);
        let governed = governor::Quota::with_period(quota.interval())
            .unwrap_or_else(|| governor::Quota::per_minute(burst))
            .allow_burst(burst);
        let limiter = Arc::new(RateLimiter::dashmap(governed).with_middleware());
        match self.by_quota.write() {
            Ok(mut map) => Arc::clone(map.entry(quota).or_insert(limiter)),
            Err(_) => limiter,
        }
    }
}
