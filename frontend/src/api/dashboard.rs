//! The dashboard.

use super::client::Client;
use super::error::ApiError;
use ebenezer_shared::crm::dashboard::{Dashboard, DashboardCards};

const PATH: &str = "/api/dashboard";

/// `GET /api/dashboard`
pub async fn get(client: Client) -> Result<Dashboard, ApiError> {
    client.get(PATH).await
}

/// `PATCH /api/dashboard`: the order of one's own cards.
pub async fn order(client: Client, cards: &DashboardCards) -> Result<DashboardCards, ApiError> {
    Ok(client.update(PATH, None, cards).await?.value)
}
