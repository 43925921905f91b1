//! All folders of one client, whoever sees them, and what may be done to the tree.

use super::entity::{Entity, Model};
use super::store::of_client;
use crate::auth::Command;
use crate::crm::client::Client;
use crate::error::ApiError;
use ebenezer_shared::crm::folder::MAX_DEPTH;
use ebenezer_shared::problem::ProblemCode;
use sea_orm::{QueryFilter as _, QueryOrder as _, QuerySelect as _};
use std::collections::HashMap;
use uuid::Uuid;

pub struct Tree(HashMap<Uuid, Model>);

impl Tree {
    /// Reads it, locked. The client must be locked before.
    pub async fn of(command: &Command<'_>, client: Client) -> Result<Self, ApiError> {
        let rows = command.select::<Entity>().filter(of_client(client));
        let rows = rows.order_by_asc(super::entity::Column::Id);
        let rows = rows.lock_exclusive().all(command.tx()).await?;
        Ok(Self(rows.into_iter().map(|row| (row.id, row)).collect()))
    }

    pub fn get(&self, id: Uuid) -> Option<&Model> {
        self.0.get(&id)
    }

    pub fn rows(&self) -> impl Iterator<Item = &Model> {
        self.0.values()
    }

    fn children(&self, id: Uuid) -> impl Iterator<Item = &Model> {
        self.rows().filter(move |row| row.parent_id == Some(id))
    }

    /// The folder's place counted from the top, which is 1.
    fn depth(&self, id: Uuid) -> usize {
        let mut depth = 0;
        let mut next = Some(id);
        while let Some(row) = next.and_then(|id| self.get(id)) {
            depth += 1;
            next = row.parent_id;
            if depth > self.0.len() {
                break;
            }
        }
        depth
    }

    /// The folder and all that lie in it.
    pub fn below(&self, id: Uuid) -> Vec<Uuid> {
        let mut found = vec![id];
        let mut at = 0;
        while let Some(id) = found.get(at).copied() {
            found.extend(
                self.children(id)
                    .map(|row| row.id)
                    .filter(|id| !found.contains(id))
                    .collect::<Vec<_>>(),
            );
            at += 1;
        }
        found
    }

    /// How many levels a folder has, itself one.
    fn height(&self, id: Uuid) -> usize {
        let top = self.depth(id);
        let depths = self.below(id).into_iter().map(|id| self.depth(id));
        depths.max().map_or(1, |deepest| deepest + 1 - top)
    }

    /// 422 when a folder (none: a new one) cannot lie in that parent.
    pub fn check_parent(&self, id: Option<Uuid>, parent: Uuid) -> Result<(), ApiError> {
        if id.is_some_and(|id| self.below(id).contains(&parent)) {
            return Err(ApiError::invalid("parent_id", "inside_itself"));
        }
        if self.depth(parent) + id.map_or(1, |id| self.height(id)) > MAX_DEPTH {
            return Err(ApiError::invalid("parent_id", "too_deep"));
        }
        Ok(())
    }

    /// 409 when a sibling has the name. What other departments call theirs does not matter.
    pub fn check_name(&self, row: &Model) -> Result<(), ApiError> {
        let is_alike = |other: &Model| {
            other.id != row.id
                && other.parent_id == row.parent_id
                && other.department_id == row.department_id
                && other.sort_name == row.sort_name
        };
        if self.rows().any(is_alike) {
            return Err(ApiError::field(ProblemCode::Duplicate, "name", "taken"));
        }
        Ok(())
    }

    /// The place after the last sibling.
    pub fn last_place(&self, parent: Option<Uuid>) -> i32 {
        let siblings = self.rows().filter(|row| row.parent_id == parent);
        siblings.map(|row| row.position.saturating_add(1)).max().unwrap_or_default()
    }
}
