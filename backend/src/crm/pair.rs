//! Two records of a kind that are about to be related.

use crate::error::ApiError;
use uuid::Uuid;

/// The record, 404 without, and the other one, 422 at `field` without. `find` reads one of
/// them and locks it when it is told to: neither goes meanwhile, nor are they related twice.
pub async fn both<T>(
    id: Uuid,
    other: Uuid,
    field: &'static str,
    find: impl AsyncFn(Uuid, bool) -> Result<T, ApiError>,
) -> Result<(T, T), ApiError> {
    if id == other {
        find(id, false).await?;
        return Err(ApiError::invalid(field, "itself"));
    }
    let unknown = |error| match error {
        ApiError::Refused(_) => ApiError::invalid(field, "unknown_reference"),
        error => error,
    };
    // Always in the same order: else two requests would wait for each other.
    if id < other {
        let me = find(id, true).await?;
        Ok((me, find(other, true).await.map_err(unknown)?))
    } else {
        let other = find(other, true).await;
        let me = find(id, true).await?;
        Ok((me, other.map_err(unknown)?))
    }
}
