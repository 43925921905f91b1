//! What undoing a merge needs to know. It is stored sealed.

use super::fields::Columns;
use crate::crm::belongings::Moved;
use crate::crm::folders::follow::Followed;
use crate::error::ApiError;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// How the records were, and what the merge made of them.
#[derive(Serialize, Deserialize)]
pub struct Stored {
    /// The staying record before.
    pub before: Columns,
    /// The staying record after.
    pub after: Columns,
    /// The records that went.
    pub others: Vec<Columns>,
    pub links: Rows,
    pub relations: Rows,
    pub tags: Rows,
    /// Folders that followed.
    #[serde(default)]
    pub followed: Followed,
    /// People whose primary company went: they have the staying one since.
    #[serde(default)]
    pub people: Vec<(Uuid, Uuid)>,
    /// Records that were merged earlier, and into which of the others.
    #[serde(default)]
    pub earlier: Vec<(Uuid, Uuid)>,
    /// What belonged to the others, and belongs to the staying one since.
    #[serde(default)]
    pub belongings: Vec<Moved>,
}

/// The rows of a table that refer to the records.
#[derive(Clone, Serialize, Deserialize)]
pub struct Rows {
    before: Vec<Value>,
    after: Vec<Value>,
}

impl Rows {
    pub fn of(before: &[impl Serialize], after: &[impl Serialize]) -> Result<Self, ApiError> {
        let values = |rows: &[_]| rows.iter().map(serde_json::to_value).collect::<Result<_, _>>();
        let after = after.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
        Ok(Self { before: values(before)?, after })
    }

    pub fn read<R: DeserializeOwned>(self) -> Result<(Vec<R>, Vec<R>), ApiError> {
        let rows = |rows: Vec<Value>| {
            rows.into_iter().map(serde_json::from_value).collect::<Result<Vec<R>, _>>()
        };
        Ok((rows(self.before)?, rows(self.after)?))
    }
}
