//! Lists of which a firm has few rows: read whole, then sorted and cut here.

use crate::error::ApiError;
use ebenezer_shared::pagination::{DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Page};
use std::cmp::Ordering;

/// How two rows compare by one key of `ordering`.
pub type Compare<T> = fn(&T, &T) -> Ordering;

/// Sorts by `name,-other`; 400 `invalid_query` for a key that there is not. Without
/// `ordering` the rows stay as they are.
pub fn sort<T>(
    items: &mut [T],
    ordering: Option<&str>,
    keys: &[(&str, Compare<T>)],
) -> Result<(), ApiError> {
    let mut orders = Vec::new();
    for part in ordering.unwrap_or_default().split(',').map(str::trim) {
        if part.is_empty() {
            continue;
        }
        let (name, descending) = part.strip_prefix('-').map_or((part, false), |name| (name, true));
        let compare = keys.iter().find(|(known, _)| *known == name).map(|(_, compare)| *compare);
        let compare = compare.ok_or_else(|| ApiError::query("ordering", "unknown_value"))?;
        orders.push((compare, descending));
    }
    items.sort_by(|a, b| {
        orders.iter().fold(Ordering::Equal, |so_far, (compare, descending)| {
            so_far.then_with(|| if *descending { compare(b, a) } else { compare(a, b) })
        })
    });
    Ok(())
}

/// One page, or all rows when the caller names neither page nor size.
pub fn cut<T>(
    items: Vec<T>,
    page: Option<u64>,
    page_size: Option<u64>,
) -> Result<Page<T>, ApiError> {
    if page.is_none() && page_size.is_none() {
        return Ok(Page::whole(items));
    }
    let (page, page_size) = (page.unwrap_or(1), page_size.unwrap_or(DEFAULT_PAGE_SIZE));
    if page == 0 {
        return Err(ApiError::query("page", "out_of_range"));
    }
    if page_size == 0 || page_size > MAX_PAGE_SIZE {
        return Err(ApiError::query("page_size", "out_of_range"));
    }
    let total = items.len() as u64;
    let before = usize::try_from((page - 1).saturating_mul(page_size)).unwrap_or(usize::MAX);
    let size = usize::try_from(page_size).unwrap_or(usize::MAX);
    let items = items.into_iter().skip(before).take(size).collect();
    Ok(Page { items, page, page_size, total, total_is_exact: true, next_cursor: None })
}
