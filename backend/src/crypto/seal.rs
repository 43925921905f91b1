//! Fernet (AES-128-CBC with HMAC-SHA256) at rest, with several keys for rotation.

use fernet::{Fernet, MultiFernet};
use secrecy::{ExposeSecret as _, SecretString};

/// Encrypts with the first key, decrypts with any.
pub struct Sealer {
    first: Fernet,
    all: MultiFernet,
}

/// The stored text was sealed with a key that is no longer configured, or is damaged.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("a sealed field cannot be opened with any FIELD_ENCRYPTION_KEY")]
pub struct SealError;

impl Sealer {
    /// Takes the comma-separated keys of the configuration.
    pub fn new(keys: &SecretString) -> Result<Self, SealError> {
        let fernets: Option<Vec<Fernet>> =
            keys.expose_secret().split(',').map(|key| Fernet::new(key.trim())).collect();
        match fernets {
            Some(fernets) => {
                let first = fernets.first().cloned().ok_or(SealError)?;
                Ok(Self { first, all: MultiFernet::new(fernets) })
            }
            None => Err(SealError),
        }
    }

    pub fn seal(&self, plain: &str) -> String {
        self.all.encrypt(plain.as_bytes())
    }

    pub fn open(&self, sealed: &str) -> Result<String, SealError> {
        let bytes = self.all.decrypt(sealed).map_err(|_| SealError)?;
        String::from_utf8(bytes).map_err(|_| SealError)
    }

    /// Whether the first key, the one that seals now, opens it.
    pub fn is_of_first_key(&self, sealed: &str) -> bool {
        self.first.decrypt(sealed).is_ok()
    }

    /// The masked form of a field that may be empty. One that cannot be opened is told in
    /// the log and shown as unknown: it must not take a whole list with it.
    pub fn masked(&self, sealed: Option<&String>, mask: fn(&str) -> String) -> Option<String> {
        let sealed = sealed?;
        Some(match self.open(sealed) {
            Ok(plain) => mask(&plain),
            Err(error) => {
                tracing::error!(%error, "a stored number is unreadable");
                mask("????")
            }
        })
    }

    /// Opens a field that may be empty.
    pub fn open_option(&self, sealed: Option<&String>) -> Result<Option<String>, SealError> {
        sealed.map(|sealed| self.open(sealed)).transpose()
    }
}
