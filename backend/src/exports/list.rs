//! What a list says of itself to be exported.

use super::cell::Cell;
use crate::auth::{Needs, TenantScope};
use crate::db::TenantOwned;
use crate::error::ApiError;
use ebenezer_shared::locale::{Locale, Text};
use sea_orm::{Condition, EntityTrait, Select};
use serde::de::DeserializeOwned;

/// A column of a list.
pub struct Column<T> {
    /// Its name in `columns`, that of the list.
    pub name: &'static str,
    pub heading: Text,
    pub cell: fn(&T, Locale) -> Cell,
}

/// A column by its name, its heading and what stands in it.
pub const fn column<T>(
    name: &'static str,
    heading: Text,
    cell: fn(&T, Locale) -> Cell,
) -> Column<T> {
    Column { name, heading, cell }
}

/// A list that can be exported.
pub trait List: Sized + 'static {
    /// What seeing the list needs.
    type Needs: Needs;
    type Entity: TenantOwned;
    /// The list's own query. Its page means nothing here.
    type Query: DeserializeOwned;
    /// A row as the list shows it.
    type Item: 'static;
    /// What the audit log calls its records.
    const KIND: &'static str;
    /// Names the file and its sheet.
    const TITLE: Text;
    const COLUMNS: &'static [Column<Self::Item>];
    /// The columns that the list shows by itself.
    const SHOWN: &'static [&'static str];

    /// The rows that the query means and the caller sees, in its order.
    fn meant(
        scope: &TenantScope,
        query: Self::Query,
    ) -> impl Future<Output = Result<Select<Self::Entity>, ApiError>>;

    /// What the caller sees of the firm's rows.
    fn seen(_scope: &TenantScope) -> Condition {
        Condition::all()
    }

    /// Rows as the list shows them, in the order in which they are given.
    fn items(
        scope: &TenantScope,
        rows: Vec<<Self::Entity as EntityTrait>::Model>,
    ) -> impl Future<Output = Result<Vec<Self::Item>, ApiError>>;
}
