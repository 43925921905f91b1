//! Comma-separated values (RFC 4180) that spreadsheets can open without harm.

use crate::error::ApiError;
use actix_web::web::Bytes;

/// A cell that begins so is a formula to a spreadsheet.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];
/// Where spreadsheets of some countries begin a new cell, whatever quotes say.
const BREAKS: [char; 4] = [';', '\t', '\r', '\n'];

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

/// The text, with an apostrophe before each part of it that a spreadsheet would compute. Plain
/// numbers stay numbers, and phones with spaces as they are.
fn harmless(cell: &str) -> String {
    let mut written = String::with_capacity(cell.len());
    if is_formula(cell) {
        written.push('\'');
    }
    let mut rest = cell;
    while let Some(at) = rest.find(BREAKS) {
        let (part, next) = rest.split_at(at + 1);
        written.push_str(part);
        let begins = next.trim_start_matches([' ', '"']);
        if begins.starts_with(['=', '+', '-', '@']) {
            written.push('\'');
        }
        rest = next;
    }
    written + rest
}

fn is_formula(cell: &str) -> bool {
    let is_number = cell.parse::<f64>().is_ok_and(f64::is_finite);
    let is_phone = cell.starts_with('+')
        && cell.contains(' ')
        && cell.chars().all(|c| c.is_ascii_digit() || "+ ()".contains(c));
    cell.starts_with(FORMULA) && !is_number && !is_phone
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
            ("+1 555 123", "+1 555 123"),
            ("+1+1 2*3", "'+1+1 2*3"),
            ("Ana;=cmd;x", "Ana;'=cmd;x"),
            ("una\n =1+1\n\"@x", "una\n' =1+1\n'\"@x"),
            ("Paz; Ana - hija", "Paz; Ana - hija"),
            ("García", "García"),
        ] {
            assert_eq!(harmless(cell), written);
        }
    }
}
