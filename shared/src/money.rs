//! Amounts of money.

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

/// The largest amount: ten million millions of the smallest unit.
const MOST: i64 = 10_000_000_000_000;

/// An amount in the smallest unit of its currency: cents of a dollar.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Minor units, from 0.
    #[validate(range(min = 0, max = "MOST", code = "out_of_range"))]
    pub amount: i64,
    /// ISO 4217: three capital letters.
    #[cfg_attr(feature = "openapi", schema(example = "USD"))]
    #[validate(custom(function = "currency"))]
    pub currency: String,
}

fn currency(code: &str) -> Result<(), ValidationError> {
    let valid = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if valid { Ok(()) } else { Err(ValidationError::new("invalid_currency")) }
}
