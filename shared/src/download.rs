//! Links by which a browser fetches a file.

use crate::validation as rule;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

/// Longest path with its query: two hundred ids among them.
const PATH_MAX: usize = 10_000;

/// `POST /api/downloads`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateDownload {
    /// Where the file is to be had, with its query: `/api/audit-logs/export?from=2026-01-01`
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "target"))]
    pub path: String,
}

fn target(path: &str) -> Result<(), ValidationError> {
    let wrong = if path.is_empty() {
        "required"
    } else if path.len() > PATH_MAX {
        "too_long"
    } else if !path.starts_with("/api/") || path.contains(char::is_control) {
        "unknown_value"
    } else {
        return Ok(());
    };
    Err(ValidationError::new(wrong))
}

/// A link that is good once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DownloadLink {
    /// From `/api` on; whoever has it needs no token.
    pub path: String,
    pub expires_at: DateTime<Utc>,
}
