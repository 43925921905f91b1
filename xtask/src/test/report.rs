//! What ran, and how it ended.

use std::{
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};

use crate::process::{Group, say};

/// Counts over all stages.
#[derive(Default)]
pub struct Report {
    total: Counts,
    lines: Vec<String>,
    failed_stages: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    passed: u64,
    failed: u64,
    ignored: u64,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.passed = self.passed.saturating_add(other.passed);
        self.failed = self.failed.saturating_add(other.failed);
        self.ignored = self.ignored.saturating_add(other.ignored);
    }
}

impl Report {
    /// Runs a stage to its end, whatever its result, and counts its tests.
    pub fn stage(&mut self, name: &str, command: &mut Command) -> Result<()> {
        say(name);
        let started = Instant::now();
        let mut group = Group::spawn(command.stdout(Stdio::piped()))?;
        let output = group.child().stdout.take().context("no output to read")?;
        let reader = thread::spawn(move || {
            let mut counts = Counts::default();
            for line in BufReader::new(output).lines().map_while(std::io::Result::ok) {
                println!("{line}");
                counts.add(counts_in(&line));
            }
            counts
        });
        let status = group.wait(None)?;
        let Ok(counts) = reader.join() else { bail!("the output of the tests was lost") };
        if !status.success() {
            self.failed_stages = self.failed_stages.saturating_add(1);
        }
        self.total.add(counts);
        self.lines.push(line(name, status.success(), counts, started.elapsed()));
        Ok(())
    }

    /// Notes what was not run on purpose.
    pub fn leave_out(&mut self, what: &str) {
        self.lines.push(format!("  left out  {what}"));
    }

    /// Says what ran; fails when anything failed, or when nothing ran at all.
    pub fn close(self, filters: &[String]) -> Result<()> {
        println!("\nWhat ran:");
        for line in &self.lines {
            println!("{line}");
        }
        if !filters.is_empty() {
            println!("  left out  tests whose names hold none of: {}", filters.join(", "));
        }
        let Counts { passed, failed, ignored } = self.total;
        println!("\ntotal: {passed} passed, {failed} failed, {ignored} skipped");
        if self.failed_stages > 0 {
            bail!("{} of the stages above failed", self.failed_stages);
        }
        if passed == 0 {
            bail!("no test ran");
        }
        Ok(())
    }
}

fn line(name: &str, success: bool, counts: Counts, took: Duration) -> String {
    let verdict = if success { "passed" } else { "FAILED" };
    let Counts { passed, failed, ignored } = counts;
    let numbers = format!("{passed} passed, {failed} failed, {ignored} ignored");
    format!("  {verdict}    {name}: {numbers} in {} s", took.as_secs())
}

/// Reads `test result: ok. 3 passed; 0 failed; 1 ignored; ...`.
fn counts_in(line: &str) -> Counts {
    let Some((_, result)) = line.split_once("test result: ") else {
        return Counts::default();
    };
    let count = |what: &str| {
        result
            .split(['.', ';'])
            .filter_map(|part| part.trim().strip_suffix(what))
            .find_map(|number| number.trim().parse().ok())
            .unwrap_or_default()
    };
    Counts { passed: count("passed"), failed: count("failed"), ignored: count("ignored") }
}

#[cfg(test)]
mod tests {
    use super::{Counts, counts_in};

    #[test]
    fn the_closing_line_of_a_test_binary_is_counted() {
        let line = "test result: FAILED. 12 passed; 2 failed; 1 ignored; 0 measured; \
                    3 filtered out; finished in 0.31s";
        assert_eq!(counts_in(line), Counts { passed: 12, failed: 2, ignored: 1 });
        assert_eq!(counts_in("running 12 tests"), Counts::default());
    }
}
