//! Comma-separated values (RFC 4180) that spreadsheets can open without harm.

use crate::error::ApiError;
use actix_web::web::Bytes;

/// A cell that begins so is a formula to a spreadsheet.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// What a file begins with, by which Excel knows that it is UTF-8 and shows accents as they are.
const MARK: &str = "\u{feff}";

/// The first line of a file, after the mark.
pub fn head(names: impl IntoIterator<Item = String>) -> Result<Bytes, ApiError> {
    let line = rows([names])?;
    Ok([MARK.as_bytes(), &line].concat().into())
}

/// Rows as text, each with a line end.
pub fn rows<R>(rows: impl IntoIterator<Item = R>) -> Result<Bytes, ApiError>
where
    R: IntoIterator<Item = String>,
{
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        let cells = row.into_iter().map(|cell| harmless(&cell));
        writer.write_record(cells).map_err(anyhow::Error::from)?;
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!(error.to_string()))?;
    Ok(bytes.into())
}

/// The text, with an apostrophe before it where a spreadsheet would compute it. Plain numbers
/// stay numbers.
fn harmless(cell: &str) -> String {
    let is_number = cell.parse::<f64>().is_ok_and(f64::is_finite);
    if cell.starts_with(FORMULA) && !is_number { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text_and_numbers_stay() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-12.5", "-12.5"),
            ("+1 555 123", "'+1 555 123"),
            ("García", "García"),
        ] {
            assert_eq!(harmless(cell), written);
        }
    }
}
