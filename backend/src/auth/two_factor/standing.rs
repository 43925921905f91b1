//! Who has a second factor, and who must have one.

use crate::auth::principal::Place;
use crate::error::ApiError;
use crate::platform::{second_factor, user};
use crate::state::AppState;

/// Where a user stands with their second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub enabled: bool,
    pub required: bool,
}

impl Standing {
    /// Of a user in a firm, or in none.
    pub async fn of(
        state: &AppState,
        user: &user::Model,
        place: Option<&Place>,
    ) -> Result<Self, ApiError> {
        let enabled = second_factor::enabled(state.planes.platform(), user.id).await?.is_some();
        Ok(Self { enabled, required: is_required(state, user, place) })
    }
}

/// Platform staff need one in production, and everybody where their firm asks for it.
fn is_required(state: &AppState, user: &user::Model, place: Option<&Place>) -> bool {
    let by_firm = place.is_some_and(|place| place.tenant.settings().require_2fa);
    by_firm || (user.is_staff && !state.config.debug)
}

/// Whether the user must set up a second factor before anything else.
pub async fn must_enrol(
    state: &AppState,
    user: &user::Model,
    place: Option<&Place>,
) -> Result<bool, ApiError> {
    if !is_required(state, user, place) {
        return Ok(false);
    }
    Ok(!Standing::of(state, user, place).await?.enabled)
}
