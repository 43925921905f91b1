//! `?tag=<id>,<id>`

use ebenezer_shared::ids::TagId;
use serde::{Deserialize, Deserializer, de};
use std::collections::BTreeSet;
use uuid::Uuid;

/// More tags at once are asked for by nobody.
const MOST: usize = 20;

/// The tags that a list is filtered by: ids with commas.
#[derive(Clone, Debug, Default)]
pub struct TagFilter(BTreeSet<TagId>);

impl TagFilter {
    pub fn ids(&self) -> Vec<Uuid> {
        self.0.iter().map(|id| id.0).collect()
    }
}

impl<'de> Deserialize<'de> for TagFilter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let ids: Result<BTreeSet<TagId>, _> = text.split(',').map(|id| id.trim().parse()).collect();
        match ids {
            Ok(ids) if ids.len() <= MOST => Ok(Self(ids)),
            _ => Err(de::Error::custom("no ids with commas")),
        }
    }
}
