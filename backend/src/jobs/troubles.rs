//! What went wrong on a way along many things, each of which stands for itself.

/// Goes on with the others and tells in the end.
#[derive(Default)]
pub struct Troubles {
    first: Option<anyhow::Error>,
    count: usize,
}

impl Troubles {
    /// What came out of one of them; none when it went wrong, which is logged.
    pub fn note<T, E: Into<anyhow::Error>>(
        &mut self,
        at: &str,
        outcome: Result<T, E>,
    ) -> Option<T> {
        let error: anyhow::Error = match outcome {
            Ok(done) => return Some(done),
            Err(error) => error.into(),
        };
        tracing::warn!(error = format!("{error:#}"), at, "one of several failed; the others go on");
        self.count += 1;
        self.first.get_or_insert(error);
        None
    }

    /// An error if anything went wrong: the first, and how many there were.
    pub fn end(self) -> anyhow::Result<()> {
        match (self.first, self.count) {
            (None, _) => Ok(()),
            (Some(error), 1) => Err(error),
            (Some(error), count) => Err(error.context(format!("{count} failed, first"))),
        }
    }
}
