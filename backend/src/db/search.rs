//! Search blind to accents and case, on both databases.

use super::scoped::{TenantOwned, select};
use crate::error::ApiError;
use sea_orm::sea_query::{Expr, ExprTrait as _, LikeExpr, SimpleExpr};
use sea_orm::{
    Condition, DatabaseConnection, DbBackend, QueryFilter as _, Select, Statement, Value,
};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use uuid::Uuid;

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
    /// What stands in a query: one line of usual length, else 400 `invalid_query`.
    pub fn of_query(typed: Option<&str>) -> Result<Option<Self>, ApiError> {
        Self::of_parameter("search", typed)
    }

    /// [`Words::of_query`] for another parameter than `search`.
    pub fn of_parameter(name: &'static str, typed: Option<&str>) -> Result<Option<Self>, ApiError> {
        // Pasted text brings tabs and line ends.
        let typed = typed.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        match ebenezer_shared::validation::line(&typed) {
            Ok(()) => Ok(Self::parse(&typed)),
            Err(_) => Err(ApiError::query(name, "invalid")),
        }
    }

    /// Whether no index knows the insides of any of them.
    pub fn are_short(&self) -> bool {
        !self.words.iter().any(|word| is_long(word))
    }

    /// The words as one text.
    pub fn phrase(&self) -> String {
        self.words.join(" ")
    }

    /// Whether the texts hold all the words.
    pub fn are_in(&self, texts: &[&str]) -> bool {
        let texts: Vec<String> = texts.iter().map(|text| normalize(text)).collect();
        self.words.iter().all(|word| texts.iter().any(|text| text.contains(word.as_str())))
    }

    /// At most eight words of what was typed; none when it was blank.
    fn parse(typed: &str) -> Option<Self> {
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

/// A column of keyed hashes and a value: rows with it are found as well.
pub type Hashed = (&'static str, String);

/// Rows of `table` whose search text holds all the words. Words of one or two characters
/// are looked for at the beginnings of names only: no index knows the insides of words by
/// so little.
///
/// SQLite asks its trigram index; PostgreSQL's planner does so by itself. `walks` keeps
/// SQLite's planner from fetching all that was found.
fn matches_words(
    backend: DbBackend,
    table: &'static str,
    tenant: Uuid,
    words: &Words,
    hashed: Option<&Hashed>,
    walks: bool,
) -> Condition {
    let (long, short): (Vec<_>, Vec<_>) =
        words.words.iter().partition(|word| is_long(word.as_str()));
    let mut all = Condition::all();
    if backend == DbBackend::Sqlite && !long.is_empty() {
        let mut sql = full_text(table);
        let mut values: Vec<Value> = vec![phrase(&long).into()];
        if let Some((column, hash)) = hashed {
            let same = format!("SELECT seq FROM {table} WHERE tenant_id = ? AND {column} = ?");
            sql = format!("{sql} UNION {same}");
            values.extend([tenant.into(), hash.as_str().into()]);
        }
        let plus = if walks { "+" } else { "" };
        let sql = format!("{plus}\"{table}\".\"seq\" IN ({sql})");
        all = all.add(Expr::cust_with_values(sql, values));
    } else {
        for word in long {
            all = all.add(like(table, "search_text", format!("%{}%", escape_like(word))));
        }
        if let Some((column, hash)) = hashed {
            all = Condition::any().add(all).add(Expr::col((table, *column)).eq(hash.as_str()));
        }
    }
    for word in short {
        let word = escape_like(word);
        let starts = Condition::any().add(like(table, "sort_name", format!("{word}%"))).add(like(
            table,
            "sort_name",
            format!("% {word}%"),
        ));
        all = all.add(starts);
    }
    all
}

/// Whether a row of `table` holds all the words, asked of that row alone: no index finds it.
pub fn holds(table: &'static str, words: &Words) -> Condition {
    // What PostgreSQL is asked, SQLite understands as well.
    matches_words(DbBackend::Postgres, table, Uuid::nil(), words, None, false)
}

/// Whether the column's normalised text holds all the words.
pub fn has_words(table: &'static str, column: &'static str, words: &Words) -> Condition {
    let word = |word: &String| like(table, column, format!("%{}%", escape_like(word)));
    words.words.iter().map(word).fold(Condition::all(), Condition::add)
}

/// Length from which the trigram index knows a word.
const TRIGRAM: usize = 3;

fn like(table: &'static str, column: &'static str, pattern: String) -> SimpleExpr {
    Expr::col((table, column)).like(LikeExpr::new(pattern).escape('\\'))
}

fn full_text(table: &str) -> String {
    format!("SELECT rowid FROM {table}_search WHERE {table}_search MATCH ?")
}

/// Words as FTS5 reads them: each quoted, so that no operator of its language has effect.
fn phrase(words: &[&String]) -> String {
    let quoted: Vec<String> =
        words.iter().map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect();
    quoted.join(" ")
}

/// Where a searched list starts.
pub struct Searched<E: TenantOwned> {
    /// The rows that hold the words, met on a walk through the firm in the order of the list.
    pub rows: Select<E>,
    /// The same, fetched by what the full-text search of `SQLite` finds.
    pub found: Option<Select<E>>,
}

impl<E: TenantOwned> Searched<E> {
    /// All that hold the words, in no order.
    pub fn all(self) -> Select<E> {
        self.found.unwrap_or(self.rows)
    }
}

/// What rows of a list must be, said twice where SQLite would choose the wrong way.
#[derive(Clone, Debug)]
pub struct Conditions {
    /// For rows that are met on the walk in the order of the list.
    pub met: Condition,
    /// For rows that are fetched and counted.
    pub fetched: Condition,
}

impl Default for Conditions {
    fn default() -> Self {
        Condition::all().into()
    }
}

impl From<Condition> for Conditions {
    fn from(condition: Condition) -> Self {
        Self { met: condition.clone(), fetched: condition }
    }
}

impl Conditions {
    /// Those that are both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { met: self.met.add(other.met), fetched: self.fetched.add(other.fetched) }
    }
}

/// So many matches are sorted quicker than met on a walk through the whole firm.
pub const FEW: u64 = 1000;

/// The firm's rows that hold the words, all of them without words.
///
/// PostgreSQL keeps statistics and plans by itself. SQLite's planner does not know how many
/// rows a search finds, so both ways are given and [`super::Listing`] chooses.
pub fn searched<E: TenantOwned>(
    db: &DatabaseConnection,
    tenant: Uuid,
    table: &'static str,
    words: Option<&Words>,
    hashed: Option<&Hashed>,
) -> Searched<E> {
    let Some(words) = words else {
        return Searched { rows: select(tenant), found: None };
    };
    let backend = db.get_database_backend();
    let matching = |walks| matches_words(backend, table, tenant, words, hashed, walks);
    let is_indexed =
        backend == DbBackend::Sqlite && words.words.iter().any(|word| is_long(word.as_str()));
    Searched {
        rows: select(tenant).filter(matching(true)),
        found: is_indexed.then(|| select(tenant).filter(matching(false))),
    }
}

/// Makes `SQLite` use the index `<table>_searched`, which holds the columns that lists are
/// filtered by: its planner takes a row by its number for quicker, and it is not.
pub fn by_search_index(mut statement: Statement, table: &str) -> Statement {
    let from = format!("FROM \"{table}\" ");
    let hinted = format!("{from}INDEXED BY \"{table}_searched\" ");
    statement.sql = statement.sql.replacen(&from, &hinted, 1);
    statement
}

/// Whether the trigram index knows the word.
fn is_long(word: &str) -> bool {
    word.chars().count() >= TRIGRAM
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
