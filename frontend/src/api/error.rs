//! What can go wrong with a request.

use ebenezer_shared::locale::Locale;
use ebenezer_shared::problem::{FieldError, Problem, ProblemCode};
use ebenezer_shared::texts;

/// Why a request brought no answer to use.
#[derive(Clone, Debug, PartialEq)]
pub enum ApiError {
    /// The server was not reached.
    Offline,
    /// The server refused or failed and said why.
    Problem {
        problem: Box<Problem>,
        /// Seconds after which to try again (`Retry-After`).
        retry_after: Option<u64>,
    },
    /// The answer is not of the kind that was expected.
    Unreadable { status: u16, request_id: String },
}

impl ApiError {
    /// The server's problem.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem { problem, .. } => Some(problem),
            Self::Offline | Self::Unreadable { .. } => None,
        }
    }

    /// The server's problem code.
    pub fn code(&self) -> Option<ProblemCode> {
        self.problem().map(|problem| problem.code)
    }

    /// Whether the server gave this code.
    pub fn is(&self, code: ProblemCode) -> bool {
        self.code() == Some(code)
    }

    /// The HTTP status, when there was an answer.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Offline => None,
            Self::Problem { problem, .. } => Some(problem.status),
            Self::Unreadable { status, .. } => Some(*status),
        }
    }

    /// Whether it was refused because the session is over.
    pub fn ended_the_session(&self) -> bool {
        matches!(
            self.code(),
            Some(ProblemCode::AuthenticationRequired | ProblemCode::SessionExpired)
        )
    }

    /// What a person quotes when asking for help; empty when there is none.
    pub fn request_id(&self) -> &str {
        match self {
            Self::Offline => "",
            Self::Problem { problem, .. } => &problem.request_id,
            Self::Unreadable { request_id, .. } => request_id,
        }
    }

    /// The wrong fields.
    pub fn field_errors(&self) -> &[FieldError] {
        self.problem().map_or(&[], |problem| &problem.errors)
    }

    /// What happened, in a few words.
    pub fn title(&self, locale: Locale) -> String {
        match self {
            Self::Offline => texts::errors::OFFLINE.get(locale).to_owned(),
            Self::Unreadable { .. } => texts::errors::UNREADABLE.get(locale).to_owned(),
            Self::Problem { problem, .. } if problem.code == ProblemCode::Unknown => {
                problem.title.clone()
            }
            Self::Problem { problem, .. } => problem.code.title().get(locale).to_owned(),
        }
    }

    /// What to do about it. The server's words, unless they are the table's: those follow
    /// the language.
    pub fn detail(&self, locale: Locale) -> String {
        match self {
            Self::Offline => texts::errors::OFFLINE_DETAIL.get(locale).to_owned(),
            Self::Unreadable { .. } => texts::errors::UNREADABLE_DETAIL.get(locale).to_owned(),
            Self::Problem { problem, .. } => {
                let known = problem.code.detail();
                let from_table =
                    Locale::ALL.into_iter().any(|locale| known.get(locale) == problem.detail);
                let unknown = problem.code == ProblemCode::Unknown;
                if from_table && !unknown {
                    known.get(locale).to_owned()
                } else {
                    problem.detail.clone()
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: ProblemCode) -> ApiError {
        let problem = Box::new(Problem::new(code, Locale::Es));
        ApiError::Problem { problem, retry_after: None }
    }

    #[test]
    fn known_texts_follow_the_language() {
        let error = refused(ProblemCode::NotFound);
        assert_eq!(error.title(Locale::En), ProblemCode::NotFound.title().get(Locale::En));
        assert_eq!(error.detail(Locale::En), ProblemCode::NotFound.detail().get(Locale::En));
    }

    #[test]
    fn what_the_server_says_in_particular_is_kept() {
        let mut problem = Problem::new(ProblemCode::InUse, Locale::Es);
        problem.detail = "La usan 3 contactos.".to_owned();
        let error = ApiError::Problem { problem: Box::new(problem), retry_after: None };
        assert_eq!(error.detail(Locale::En), "La usan 3 contactos.");
    }
}
