//! The rows of an export, as they are read.

use super::cell::Cell;
use super::list::{Column, List};
use crate::auth::Scope;
use crate::db::TenantOwned as _;
use crate::error::ApiError;
use chrono_tz::Tz;
use ebenezer_shared::locale::Locale;
use sea_orm::{ColumnTrait as _, ModelTrait as _, QueryFilter as _, Value};
use std::collections::HashMap;
use std::vec::IntoIter;
use uuid::Uuid;

/// So many rows are read at a time.
const BATCH: usize = 1000;

/// Cells of a few rows.
pub(super) type Part = Vec<Vec<Cell>>;

pub(super) struct Rows<L: List> {
    pub scope: Scope<L::Needs>,
    columns: Vec<&'static Column<L::Item>>,
    ids: IntoIter<Uuid>,
}

impl<L: List> Rows<L> {
    pub fn new(
        scope: Scope<L::Needs>,
        columns: Vec<&'static Column<L::Item>>,
        ids: Vec<Uuid>,
    ) -> Self {
        Self { scope, columns, ids: ids.into_iter() }
    }

    pub fn locale(&self) -> Locale {
        self.scope.info.locale
    }

    /// The firm's time zone.
    pub fn zone(&self) -> Tz {
        self.scope.time_zone()
    }

    pub fn headings(&self) -> Vec<String> {
        let locale = self.locale();
        self.columns.iter().map(|column| column.heading.get(locale).to_owned()).collect()
    }

    /// The next ones; none at the end.
    pub async fn next(&mut self) -> Result<Option<Part>, ApiError> {
        let ids: Vec<Uuid> = self.ids.by_ref().take(BATCH).collect();
        if ids.is_empty() {
            return Ok(None);
        }
        let places: HashMap<Uuid, usize> =
            ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        let key = L::Entity::id_column();
        let select = self.scope.select::<L::Entity>().filter(key.is_in(ids));
        let mut rows = select.filter(L::seen(&self.scope)).all(self.scope.db()).await?;
        rows.sort_by_cached_key(|row| match row.get(key) {
            Value::Uuid(Some(id)) => places.get(&id).copied(),
            _ => None,
        });
        let locale = self.locale();
        let items = L::items(&self.scope, rows).await?;
        let cells =
            |item: &L::Item| self.columns.iter().map(|it| (it.cell)(item, locale)).collect();
        Ok(Some(items.iter().map(cells).collect()))
    }
}
