//! Keyed hashes: equal numbers of one firm have equal hashes, and nothing else shows.

use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;
use std::fmt::Write as _;
use uuid::Uuid;

/// Makes the hashes by which sealed numbers are found.
pub struct BlindIndex(Hmac<Sha256>);

impl BlindIndex {
    pub fn new(key: &SecretString) -> anyhow::Result<Self> {
        Ok(Self(Hmac::new_from_slice(key.expose_secret().as_bytes())?))
    }

    /// The hash of a whole number. The firm and the field's name are part of it, so equal
    /// numbers in two firms or two fields cannot be matched.
    pub fn whole(&self, tenant: Uuid, field: &str, digits: &str) -> String {
        self.hash(tenant, field, digits)
    }

    /// The hash of the last four digits.
    pub fn last4(&self, tenant: Uuid, field: &str, digits: &str) -> String {
        self.hash(tenant, &format!("{field}.last4"), super::last4(digits))
    }

    fn hash(&self, tenant: Uuid, field: &str, value: &str) -> String {
        let mut mac = self.0.clone();
        mac.update(tenant.as_bytes());
        mac.update(field.as_bytes());
        mac.update(&[0]);
        mac.update(value.as_bytes());
        mac.finalize().into_bytes().iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}
