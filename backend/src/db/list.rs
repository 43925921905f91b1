//! Pages of lists: ordering, cursors and capped counts.

use super::search::{FEW, by_search_index};
use super::{Conditions, Searched, TenantOwned};
use crate::error::ApiError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Datelike as _, SecondsFormat, Utc};
use ebenezer_shared::pagination::{COUNT_CAP, DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Page};
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, IntoColumnRef, NullOrdering, Query};
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, Select, Value,
};
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use uuid::Uuid;

/// A column by which a list can be ordered.
pub trait SortKey: Copy + Eq + 'static {
    /// Every key, with its name in `ordering`.
    const NAMES: &'static [(&'static str, Self)];

    /// The table and the column.
    fn column(self) -> (&'static str, &'static str);

    /// How a cursor carries the column's value; none when the key takes no cursor.
    fn cursor_kind(self) -> Option<CursorKind>;
}

/// The type of a cursor's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CursorKind {
    Text,
    Time,
}

/// One part of `ordering`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order<K> {
    pub key: K,
    pub descending: bool,
}

/// Which page of a list, in which order.
#[derive(Clone, Debug)]
pub struct Listing<K> {
    pub page: u64,
    pub page_size: u64,
    pub orders: Vec<Order<K>>,
    pub cursor: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Cursor {
    /// The ordering that the cursor was made for.
    o: String,
    v: String,
    id: Uuid,
}

impl<K: SortKey> Listing<K> {
    /// Checks what the caller asked for. 400 `invalid_query` names the parameter.
    pub fn parse(
        page: Option<u64>,
        page_size: Option<u64>,
        ordering: Option<&str>,
        cursor: Option<String>,
        default: Order<K>,
    ) -> Result<Self, ApiError> {
        let page = page.unwrap_or(1);
        let page_size = page_size.unwrap_or(DEFAULT_PAGE_SIZE);
        // Beyond ten million rows nobody pages; a cursor goes on for ever.
        if page == 0 || page.saturating_mul(Ord::max(page_size, 1)) > 10_000_000 {
            return Err(ApiError::query("page", "out_of_range"));
        }
        if page_size == 0 || page_size > MAX_PAGE_SIZE {
            return Err(ApiError::query("page_size", "out_of_range"));
        }
        let mut orders = Vec::new();
        for part in ordering.unwrap_or_default().split(',').map(str::trim) {
            if part.is_empty() {
                continue;
            }
            let (name, descending) = part.strip_prefix('-').map_or((part, false), |n| (n, true));
            let key = K::NAMES.iter().find(|(known, _)| *known == name).map(|(_, key)| *key);
            let Some(key) = key else { return Err(ApiError::query("ordering", "unknown_value")) };
            orders.push(Order { key, descending });
        }
        if orders.is_empty() {
            orders.push(default);
        }
        let listing = Self { page, page_size, orders, cursor };
        if listing.cursor.is_some() && (listing.cursor_kind().is_none() || page != 1) {
            return Err(ApiError::query("cursor", "invalid"));
        }
        Ok(listing)
    }

    fn first(&self) -> Option<Order<K>> {
        self.orders.first().copied()
    }

    fn cursor_kind(&self) -> Option<CursorKind> {
        (self.orders.len() == 1).then(|| self.first()?.key.cursor_kind()).flatten()
    }

    fn ordering_text(&self) -> String {
        self.first().map_or_else(String::new, |order| {
            let name = K::NAMES.iter().find(|(_, key)| *key == order.key).map_or("", |(n, _)| *n);
            format!("{}{name}", if order.descending { "-" } else { "" })
        })
    }

    /// Orders the rows, all of them; their ids decide between equals.
    pub fn order<E: EntityTrait>(&self, mut select: Select<E>, table: &'static str) -> Select<E> {
        let mut last_descending = false;
        for order in &self.orders {
            let column = Expr::col(order.key.column());
            // Nulls are the smallest values, as SQLite has it, so that one index per
            // column serves both directions on both databases.
            let (direction, nulls) = if order.descending {
                (sea_orm::Order::Desc, NullOrdering::Last)
            } else {
                (sea_orm::Order::Asc, NullOrdering::First)
            };
            select = if order.key.cursor_kind().is_some() {
                select.order_by(column, direction)
            } else {
                select.order_by_with_nulls(column, direction, nulls)
            };
            last_descending = order.descending;
        }
        let direction = if last_descending { sea_orm::Order::Desc } else { sea_orm::Order::Asc };
        select.order_by(Expr::col((table, "id")), direction)
    }

    /// Orders and cuts the rows. One row more than the page is asked for, to know whether
    /// another page follows.
    fn apply<E: EntityTrait>(
        &self,
        select: Select<E>,
        table: &'static str,
    ) -> Result<Select<E>, ApiError> {
        let select = self.order(select, table).limit(self.page_size + 1);
        match &self.cursor {
            None => Ok(select.offset((self.page - 1) * self.page_size)),
            Some(cursor) => {
                let condition = self
                    .after(cursor, table)
                    .ok_or_else(|| ApiError::query("cursor", "invalid"))?;
                Ok(select.filter(condition))
            }
        }
    }

    fn after(&self, cursor: &str, table: &'static str) -> Option<sea_orm::sea_query::SimpleExpr> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let cursor: Cursor = serde_json::from_slice(&bytes).ok()?;
        let order = self.first()?;
        if cursor.o != self.ordering_text() {
            return None;
        }
        let value: Value = match order.key.cursor_kind()? {
            // PostgreSQL takes no NUL even to compare; sort keys hold none.
            CursorKind::Text if cursor.v.contains(char::is_control) => return None,
            CursorKind::Text => cursor.v.into(),
            CursorKind::Time => cursor.v.parse().ok().filter(is_storable)?.into(),
        };
        let row = Expr::tuple([
            Expr::col(order.key.column().into_column_ref()),
            Expr::col((table, "id")),
        ]);
        let bound = Expr::tuple([Expr::val(value), Expr::val(cursor.id)]);
        Some(if order.descending { row.lt(bound) } else { row.gt(bound) })
    }

    /// Reads one page: its rows and, unless they tell by themselves, how many there are in
    /// all. `position` tells the sort value and id of a row.
    pub async fn read<E: TenantOwned>(
        &self,
        db: &impl ConnectionTrait,
        searched: Searched<E>,
        conditions: impl Into<Conditions>,
        table: &'static str,
        position: impl Fn(&E::Model, K) -> (String, Uuid),
    ) -> Result<Page<E::Model>, ApiError> {
        let Conditions { met, fetched } = conditions.into();
        let counted = searched.rows.clone().filter(fetched.clone());
        let walk = searched.rows.filter(met);
        let found = searched.found.map(|found| found.filter(fetched));
        if let Some(found) = found {
            let total = count_capped(db, &found, Some(table)).await?;
            let rows = if total.0 <= FEW {
                let statement = self.apply(found, table)?.build(db.get_database_backend());
                walk.from_raw_sql(by_search_index(statement, table)).all(db).await?
            } else {
                self.apply(walk, table)?.all(db).await?
            };
            return Ok(self.page(rows, total, position));
        }
        let rows = self.apply(walk, table)?.all(db).await?;
        let seen = rows.len() as u64;
        let is_last = seen <= self.page_size && (seen > 0 || self.page == 1);
        let total = if is_last && self.cursor.is_none() {
            cap((self.page - 1) * self.page_size + seen)
        } else {
            count_capped(db, &counted, None).await?
        };
        Ok(self.page(rows, total, position))
    }

    /// Makes the page from its rows; `position` tells the sort value and id of a row.
    fn page<R>(
        &self,
        mut rows: Vec<R>,
        (total, total_is_exact): (u64, bool),
        position: impl Fn(&R, K) -> (String, Uuid),
    ) -> Page<R> {
        let size = usize::try_from(self.page_size).unwrap_or(usize::MAX);
        let more = rows.len() > size;
        rows.truncate(size);
        let next_cursor = match (more, self.cursor_kind(), self.first(), rows.last()) {
            (true, Some(_), Some(order), Some(last)) => {
                let (v, id) = position(last, order.key);
                let cursor = Cursor { o: self.ordering_text(), v, id };
                serde_json::to_vec(&cursor).ok().map(|json| URL_SAFE_NO_PAD.encode(json))
            }
            _ => None,
        };
        Page {
            items: rows,
            page: self.page,
            page_size: self.page_size,
            total,
            total_is_exact,
            next_cursor,
        }
    }
}

#[derive(FromQueryResult)]
struct Count {
    rows: i64,
}

/// The time as a cursor carries it.
pub fn stamp(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// Those of `all` that a query names with commas; `word` stands for those that are `meant` by it.
/// 400 for a name that is none of them.
pub fn several<T: Copy + FromStr>(
    parameter: &'static str,
    text: &str,
    all: &[T],
    (word, meant): (&str, fn(T) -> bool),
) -> Result<Vec<T>, ApiError> {
    if text == word {
        return Ok(all.iter().copied().filter(|it| meant(*it)).collect());
    }
    let named: Result<Vec<T>, _> = text.split(',').map(|name| name.trim().parse()).collect();
    named.map_err(|_| ApiError::query(parameter, "unknown_value"))
}

/// Whether both databases can hold the time.
fn is_storable(time: &DateTime<Utc>) -> bool {
    (1..10_000).contains(&time.year())
}

/// Checks a time in a query; 400 for one beyond all calendars.
pub fn since(
    parameter: &'static str,
    time: Option<DateTime<Utc>>,
) -> Result<Option<DateTime<Utc>>, ApiError> {
    match time {
        Some(time) if !is_storable(&time) => Err(ApiError::query(parameter, "out_of_range")),
        time => Ok(time),
    }
}

/// Checks a text in a query; 400 for one that no row can hold.
pub fn line(parameter: &'static str, text: Option<String>) -> Result<Option<String>, ApiError> {
    match ebenezer_shared::validation::line(&text) {
        Ok(()) => Ok(text),
        Err(_) => Err(ApiError::query(parameter, "invalid")),
    }
}

/// How many rows there are, counted up to 10,000, and whether that is all of them; `found`
/// names the table when the full-text search of SQLite finds them.
async fn count_capped<E: EntityTrait>(
    db: &impl ConnectionTrait,
    select: &Select<E>,
    found: Option<&str>,
) -> Result<(u64, bool), DbErr> {
    let rows = select.clone().select_only().expr_as(Expr::val(1i32), "one").limit(COUNT_CAP + 1);
    let rows = rows.into_query();
    let query = Query::select()
        .expr_as(Expr::cust("count(*)"), "rows")
        .from_subquery(rows, Alias::new("counted"))
        .take();
    let statement = db.get_database_backend().build(&query);
    let statement = match found {
        Some(table) => by_search_index(statement, table),
        None => statement,
    };
    let count = Count::find_by_statement(statement).one(db).await?.map_or(0, |count| count.rows);
    Ok(cap(u64::try_from(count).unwrap_or_default()))
}

/// The count as far as it is told, and whether that is all.
fn cap(count: u64) -> (u64, bool) {
    (Ord::min(count, COUNT_CAP), count <= COUNT_CAP)
}
