//! How much one may ask for.

mod local;
mod shared;

use crate::support::Reply;
use std::time::Instant;

/// Sends until the limit refuses, and answers the refusal. As many must pass as the quota
/// allows at once, and no more than it grows by meanwhile.
async fn exhaust(per_minute: u32, burst: u32, mut send: impl AsyncFnMut(u32) -> Reply) -> Reply {
    let started = Instant::now();
    let mut passed = 0;
    loop {
        let reply = send(passed).await;
        if reply.status == 429 {
            let grown = started.elapsed().as_secs_f64() * f64::from(per_minute) / 60.0;
            assert!(passed >= burst, "refused after {passed} of {burst}");
            assert!(
                f64::from(passed) <= f64::from(burst) + grown + 1.0,
                "{passed} passed of {burst}"
            );
            return reply;
        }
        passed += 1;
        assert!(passed < burst * 3 + 20, "{passed} passed, and no end");
    }
}

/// A refusal says when to come back.
#[track_caller]
fn assert_refused(reply: &Reply, limit: u32) {
    let seconds: u64 = reply.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert_eq!(reply.header("ratelimit-limit"), limit.to_string());
    assert_eq!(reply.header("ratelimit-remaining"), "0");
    reply.header("ratelimit-reset").parse::<u64>().unwrap();
    reply.clone().problem(429, "rate_limited");
}
