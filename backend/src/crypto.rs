//! Encryption of personal numbers and the keyed hashes that find them.

mod blind_index;
pub mod rotate;
mod seal;

pub use blind_index::BlindIndex;
pub use seal::{SealError, Sealer};

/// A value shown by its last four characters: `***-**-6789`.
pub fn mask_ssn(digits: &str) -> String {
    format!("***-**-{}", last4(digits))
}

/// `**-***6789`
pub fn mask_ein(digits: &str) -> String {
    format!("**-***{}", last4(digits))
}

/// What stands for a date of birth that is known.
pub const MASKED_DATE: &str = "****-**-**";

/// The last four characters of a number.
pub fn last4(digits: &str) -> &str {
    digits.len().checked_sub(4).and_then(|start| digits.get(start..)).unwrap_or(digits)
}
