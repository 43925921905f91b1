//! What is searched for, to be kept.

use super::{Checked, TextField, line, wrong};

/// What a list is searched for, to be kept: a line, and no tax number. One that is looked for is
/// found by keyed hashes, and stands nowhere as it was typed.
pub fn kept_search(value: &impl TextField) -> Checked {
    match value.text() {
        Some(text) if holds_tax_number(text) => wrong("personal_number"),
        _ => line(value),
    }
}

/// Whether a search would take it, or a part of it, for a tax number: nine digits, whatever
/// stands between them. Digits of any width count, as they do for the search.
fn holds_tax_number(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let between = |c: char| c.is_whitespace() || "+-().‐‑–".contains(c);
    let runs = text.split(|c: char| !is_digit(c) && !between(c));
    let mut digits = runs.map(|run| run.chars().filter(|c| is_digit(*c)).count());
    digits.any(|count| count == 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tax_numbers_are_found_however_they_are_written() {
        for text in [
            "123-45-6789",
            "123.45.6789",
            "(123) 45-6789",
            "+123456789",
            "Ana 123 45 6789",
            "１２３４５６７８９",
        ] {
            assert!(kept_search(&text).is_err(), "{text}");
        }
        for text in ["Ana", "(305) 990-5710", "1040 2024", "calle 123, casa 456789"] {
            assert!(kept_search(&text).is_ok(), "{text}");
        }
    }
}
