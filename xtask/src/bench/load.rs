//! Many clients asking for the same page or writing alike, one after the other on each
//! connection.

use std::{
    net::SocketAddr,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use crate::{
    http::Connection,
    process::{go_on, interrupted},
};

const WARM_UP: Duration = Duration::from_secs(2);
const MEASURED: Duration = Duration::from_secs(10);

/// What every client does again and again.
#[derive(Clone, Copy)]
pub struct Work<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub body: &'a str,
    /// The status of success.
    pub status: u16,
}

impl<'a> Work<'a> {
    /// Asks for a page.
    pub const fn get(path: &'a str) -> Self {
        Self { method: "GET", path, body: "", status: 200 }
    }

    /// Makes a resource.
    pub const fn create(path: &'a str, body: &'a str) -> Self {
        Self { method: "POST", path, body, status: 201 }
    }
}

/// How a page held up.
pub struct Load {
    /// Answers a second.
    pub rate: f64,
    /// Half of the answers came within this.
    pub p50: Duration,
    /// 95 of 100 answers came within this.
    pub p95: Duration,
}

impl Load {
    /// Does `work` over `connections` connections for some seconds.
    pub fn run(
        address: SocketAddr,
        work: Work<'_>,
        token: &str,
        connections: usize,
    ) -> Result<Self> {
        rounds(address, work, token, connections, WARM_UP)?;
        let started = Instant::now();
        let mut times = rounds(address, work, token, connections, MEASURED)?;
        let seconds = started.elapsed().as_secs_f64();
        times.sort_unstable();
        let Ok(count) = u32::try_from(times.len()) else { bail!("too many answers to count") };
        Ok(Self {
            rate: f64::from(count) / seconds,
            p50: percentile(&times, 50),
            p95: percentile(&times, 95),
        })
    }

    /// For the table.
    pub fn described(&self) -> String {
        let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
        format!(
            "{:.0}/s, p50 {:.1} ms, p95 {:.1} ms",
            self.rate,
            milliseconds(self.p50),
            milliseconds(self.p95)
        )
    }
}

/// How long each answer took.
fn rounds(
    address: SocketAddr,
    work: Work<'_>,
    token: &str,
    connections: usize,
    time: Duration,
) -> Result<Vec<Duration>> {
    let end = Instant::now() + time;
    let answers = thread::scope(|scope| {
        let clients: Vec<_> =
            (0..connections).map(|_| scope.spawn(|| client(address, work, token, end))).collect();
        clients.into_iter().map(thread::ScopedJoinHandle::join).collect::<Vec<_>>()
    });
    go_on()?;
    let mut times = Vec::new();
    for answer in answers {
        match answer {
            Ok(answer) => times.extend(answer?),
            Err(_) => bail!("a client of the load generator broke"),
        }
    }
    if times.is_empty() {
        bail!("{} {} was not answered once in {time:?}", work.method, work.path);
    }
    Ok(times)
}

fn client(address: SocketAddr, work: Work<'_>, token: &str, end: Instant) -> Result<Vec<Duration>> {
    let headers = [format!("Authorization: Bearer {token}")];
    let mut connection = Connection::open(address)?;
    let mut times = Vec::new();
    while Instant::now() < end && !interrupted() {
        let started = Instant::now();
        let answer = connection.send(work.method, work.path, &headers, work.body)?;
        if answer.status != work.status {
            let said = String::from_utf8_lossy(&answer.body);
            bail!("{} {}: {} {said}", work.method, work.path, answer.status);
        }
        times.push(started.elapsed());
    }
    Ok(times)
}

/// `times` are in order.
fn percentile(times: &[Duration], percent: usize) -> Duration {
    let index = times.len().saturating_mul(percent) / 100;
    times.get(index).or(times.last()).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::percentile;

    #[test]
    fn percentiles_are_of_the_slower_end() {
        let times: Vec<_> = (1..=100).map(Duration::from_millis).collect();
        assert_eq!(percentile(&times, 50), Duration::from_millis(51));
        assert_eq!(percentile(&times, 95), Duration::from_millis(96));
        assert_eq!(percentile(&[], 95), Duration::ZERO);
    }
}
