//! Pages of lists.

use serde::{Deserialize, Serialize};

/// Rows of a page when the caller names no size.
pub const DEFAULT_PAGE_SIZE: u64 = 20;
/// The largest page.
pub const MAX_PAGE_SIZE: u64 = 200;
/// Totals are counted exactly up to here.
pub const COUNT_CAP: u64 = 10_000;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    pub items: Vec<T>,
    /// From 1. With a cursor it stays 1.
    pub page: u64,
    pub page_size: u64,
    /// How many rows match; at most 10,000 are counted.
    pub total: u64,
    /// False when more than 10,000 rows match and `total` is the cap.
    pub total_is_exact: bool,
    /// Hand it back as `cursor` for the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// A list that is always shown whole.
    pub fn whole(items: Vec<T>) -> Self {
        let total = items.len() as u64;
        Self {
            items,
            page: 1,
            page_size: total.max(DEFAULT_PAGE_SIZE),
            total,
            total_is_exact: true,
            next_cursor: None,
        }
    }

    /// The same page with these rows.
    pub fn with<U>(self, items: Vec<U>) -> Page<U> {
        Page {
            items,
            page: self.page,
            page_size: self.page_size,
            total: self.total,
            total_is_exact: self.total_is_exact,
            next_cursor: self.next_cursor,
        }
    }

    /// The same page with other rows.
    pub fn try_map<U, E>(self, f: impl FnMut(T) -> Result<U, E>) -> Result<Page<U>, E> {
        Ok(Page {
            items: self.items.into_iter().map(f).collect::<Result<_, E>>()?,
            page: self.page,
            page_size: self.page_size,
            total: self.total,
            total_is_exact: self.total_is_exact,
            next_cursor: self.next_cursor,
        })
    }
}
