//! Lists as files.

use serde::{Deserialize, Serialize};

/// How many rows can be picked one by one.
pub const MAX_PICKED: usize = 200;
/// Most columns of a file.
pub const MAX_COLUMNS: usize = 40;

/// What kind of file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Comma-separated values in UTF-8 with a byte order mark.
    #[default]
    Csv,
    /// A workbook of Excel, `LibreOffice` and others.
    Xlsx,
}

impl ExportFormat {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}
