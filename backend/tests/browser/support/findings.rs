//! What a walk over many pages found, all of it.

/// Complaints, each with its page. Fails the test when it goes with any.
#[derive(Default)]
pub struct Findings(Vec<String>);

impl Findings {
    pub fn add(&mut self, page: &str, complaints: Vec<String>) {
        self.0.extend(complaints.into_iter().map(|complaint| format!("{page}: {complaint}")));
    }

    #[track_caller]
    pub fn none(self) {
        assert!(self.0.is_empty(), "{} findings:\n{}", self.0.len(), self.0.join("\n"));
    }
}
