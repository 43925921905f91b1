//! The few rows of a table that fit best what was typed.

use super::search::by_search_index;
use super::{Searched, TenantOwned, Words};
use crate::error::ApiError;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, Condition, DatabaseConnection, EntityTrait, Order, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, Select,
};
use std::cmp::Ordering;
use uuid::Uuid;

/// So many rows are looked at, however many there are.
const LOOKED_AT: u64 = 60;
/// So many names that begin with what was typed are looked for beyond them.
const BEGINNINGS: u64 = 8;

/// Which rows are wanted.
#[derive(Clone, Copy)]
pub enum Sought<'a> {
    /// Those that hold the words.
    Words(&'a Words),
    /// Those of these ids.
    These(&'a [Uuid]),
}

/// Where they are looked for.
pub struct Shelf<E: TenantOwned> {
    pub table: &'static str,
    /// All that the caller sees there.
    pub visible: Select<E>,
    /// A row's normalised name, and its id.
    pub key: fn(&E::Model) -> (&str, Uuid),
    /// An index knows the rows by their `sort_name`.
    pub is_named: bool,
    /// The newest come first among equals, not those whose names do.
    pub newest_first: bool,
}

/// What was found.
pub struct Best<M> {
    pub rows: Vec<M>,
    /// There may be more.
    pub is_cut: bool,
    /// How well the first one fits; less is better.
    pub fit: u8,
}

/// The rows of the shelf that are sought; `searched` tells where a search starts. A query, or
/// two where so many hold the words that not all are looked at.
pub async fn best<E: TenantOwned>(
    db: &DatabaseConnection,
    sought: Sought<'_>,
    shelf: Shelf<E>,
    visible: Condition,
    searched: impl FnOnce(&Words) -> Searched<E>,
) -> Result<Best<E::Model>, ApiError> {
    let all = shelf.visible.filter(visible.clone());
    let words = match sought {
        Sought::Words(words) => words,
        Sought::These(ids) => {
            let these = E::id_column().is_in(ids.iter().copied());
            return Ok(Best { rows: all.filter(these).all(db).await?, is_cut: false, fit: 0 });
        }
    };
    let order = match (words.are_short() && shelf.is_named, shelf.newest_first) {
        // Where no index finds the words, the one of the names is walked.
        (true, _) => Some(("sort_name", Order::Asc)),
        (false, true) => Some(("created_at", Order::Desc)),
        (false, false) => None,
    };
    let mut rows = looked_at(db, searched(words), visible, shelf.table, order).await?;
    let is_cut = rows.len() as u64 >= LOOKED_AT;
    if is_cut && shelf.is_named && words.digits.is_none() {
        rows.extend(beginning(db, all, shelf.table, &words.phrase()).await?);
    }
    sort(&mut rows, words, shelf.key, shelf.newest_first);
    let phrase = words.phrase();
    let fit = rows.first().map_or(u8::MAX, |row| fit((shelf.key)(row).0, words, &phrase));
    Ok(Best { rows, is_cut, fit })
}

/// Some that hold the words: the first in an order, or whichever are met first.
async fn looked_at<E: TenantOwned>(
    db: &DatabaseConnection,
    searched: Searched<E>,
    visible: Condition,
    table: &'static str,
    order: Option<(&'static str, Order)>,
) -> Result<Vec<E::Model>, ApiError> {
    let first = |select: Select<E>| {
        let select = select.filter(visible.clone()).limit(LOOKED_AT);
        match &order {
            Some((column, order)) => select
                .order_by(Expr::col((table, *column)), order.clone())
                .order_by(Expr::col((table, "id")), order.clone()),
            None => select,
        }
    };
    let Some(found) = searched.found else {
        return Ok(first(searched.rows).all(db).await?);
    };
    let statement = by_search_index(first(found).build(db.get_database_backend()), table);
    Ok(searched.rows.from_raw_sql(statement).all(db).await?)
}

/// Those whose names begin with the text.
async fn beginning<E: EntityTrait>(
    db: &DatabaseConnection,
    all: Select<E>,
    table: &'static str,
    text: &str,
) -> Result<Vec<E::Model>, ApiError> {
    let name = || Expr::col((table, "sort_name"));
    let rows = all
        .filter(name().gte(text))
        .filter(name().lt(format!("{text}{}", char::MAX)))
        .order_by_asc(name())
        .limit(BEGINNINGS);
    Ok(rows.all(db).await?)
}

/// Puts what fits best first, each row once.
fn sort<M>(rows: &mut Vec<M>, words: &Words, key: fn(&M) -> (&str, Uuid), newest_first: bool) {
    let phrase = words.phrase();
    let order = |one: &M, other: &M| {
        let ((a, a_id), (b, b_id)) = (key(one), key(other));
        let fits = fit(a, words, &phrase).cmp(&fit(b, words, &phrase));
        let among_equals = if newest_first { Ordering::Equal } else { a.cmp(b) };
        // Ids are made in the order of time.
        fits.then(among_equals).then(b_id.cmp(&a_id))
    };
    rows.sort_by(order);
    rows.dedup_by(|one, other| key(one).1 == key(other).1);
}

/// How well a name fits: 0 when it begins with what was typed, 1 when its words do, 2 when it
/// holds it, 3 when something else of the row does.
fn fit(name: &str, words: &Words, phrase: &str) -> u8 {
    let begins = |word: &String| {
        name.split(|c: char| !c.is_alphanumeric()).any(|part| part.starts_with(word.as_str()))
    };
    if name.starts_with(phrase) {
        0
    } else if words.words.iter().all(begins) {
        1
    } else if words.words.iter().all(|word| name.contains(word.as_str())) {
        2
    } else {
        3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_with_the_words_goes_first() {
        let words = Words::of_query(Some("gar")).unwrap().unwrap();
        let mut rows: Vec<(String, Uuid)> =
            ["edgar paz", "ana paz", "ana garcia", "gary oz", "garcia ana", "garcia ana"]
                .into_iter()
                .enumerate()
                .map(|(at, name)| (name.to_owned(), Uuid::from_u128(at.min(4) as u128)))
                .collect();
        sort(&mut rows, &words, |row| (&row.0, row.1), false);
        let names: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
        assert_eq!(names, ["garcia ana", "gary oz", "ana garcia", "edgar paz", "ana paz"]);
    }
}
