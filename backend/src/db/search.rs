//! Search blind to accents and case, on both databases.

use sea_orm::sea_query::{Expr, ExprTrait as _, LikeExpr, SimpleExpr};
use sea_orm::{Condition, DbBackend};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The text as search and sort keys hold it: compatibility-decomposed, without accents, in
/// lower case, with single spaces.
pub fn normalize(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What somebody typed into a search box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Normalised words; a row must hold them all.
    pub words: Vec<String>,
    /// The digits, when what was typed looks like a phone or a tax number.
    pub digits: Option<String>,
}

impl Words {
    /// At most eight words of what was typed; none when it was blank.
    pub fn parse(typed: &str) -> Option<Self> {
        let normal = normalize(typed);
        if normal.is_empty() {
            return None;
        }
        let digits: String = normal.chars().filter(char::is_ascii_digit).collect();
        let numeric =
            digits.len() >= 4 && normal.chars().all(|c| c.is_ascii_digit() || " +-().".contains(c));
        if numeric {
            return Some(Self { words: vec![digits.clone()], digits: Some(digits) });
        }
        let words = normal.split(' ').take(8).map(str::to_owned).collect();
        Some(Self { words, digits: None })
    }
}

/// Rows of `table` whose search text holds all the words.
///
/// `SQLite` asks the trigram index for words of three characters or more; `PostgreSQL`'s
/// planner does so by itself.
pub fn matches_words(backend: DbBackend, table: &'static str, words: &[String]) -> Condition {
    let column = || Expr::col((table, "search_text"));
    let like = |word: &String| -> SimpleExpr {
        column().like(LikeExpr::new(format!("%{}%", escape_like(word))).escape('\\'))
    };
    let mut all = Condition::all();
    if backend != DbBackend::Sqlite {
        return words.iter().fold(all, |all, word| all.add(like(word)));
    }
    let (long, short): (Vec<_>, Vec<_>) = words.iter().partition(|word| word.chars().count() >= 3);
    if !long.is_empty() {
        let phrase = long
            .iter()
            .map(|word| format!("\"{}\"", word.replace('"', "\"\"")))
            .collect::<Vec<_>>()
            .join(" ");
        all = all.add(Expr::cust_with_values(
            format!(
                "\"{table}\".\"seq\" IN \
                 (SELECT rowid FROM {table}_search WHERE {table}_search MATCH ?)"
            ),
            [phrase],
        ));
    }
    short.into_iter().fold(all, |all, word| all.add(like(word)))
}

fn escape_like(word: &str) -> String {
    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_spaces_do_not_matter() {
        assert_eq!(normalize("  García   ÑANDÚ\tﬁn "), "garcia nandu fin");
        assert_eq!(normalize("Straße"), "straße");
    }

    #[test]
    fn numbers_are_searched_by_their_digits() {
        assert_eq!(Words::parse("(555) 123-4567").unwrap().words, ["5551234567"]);
        assert_eq!(Words::parse("6789").unwrap().digits.as_deref(), Some("6789"));
        assert_eq!(Words::parse("calle 12").unwrap().words, ["calle", "12"]);
        assert_eq!(Words::parse(" \u{301} "), None);
    }
}
