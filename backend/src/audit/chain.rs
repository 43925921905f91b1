//! The hashes that bind an entry to its content and to the entry before it.
//!
//! Both are keyed (HMAC-SHA256), so that whoever can write to the database, but has not the
//! program's key, can make neither an entry nor a chain that holds.

use crate::config::Keys;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::ExposeSecret as _;
use serde_json::Value;
use sha2::Sha256;
use std::fmt::Write as _;
use uuid::Uuid;

/// The platform's own chain.
pub const PLATFORM: Uuid = Uuid::nil();

/// Makes the hashes.
pub struct ChainKey(Hmac<Sha256>);

/// Where a chain has come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Entries so far.
    pub seq: i64,
    /// The hash of the last one; empty for a chain without entries.
    pub hash: String,
}

impl ChainKey {
    /// A key of its own, derived from `BLIND_INDEX_KEY`: the one that never rotates.
    pub fn new(keys: &Keys) -> anyhow::Result<Self> {
        let mut derive: Hmac<Sha256> =
            Hmac::new_from_slice(keys.blind_index_key.expose_secret().as_bytes())?;
        derive.update(b"ebenezer audit chain 1");
        Ok(Self(Hmac::new_from_slice(&derive.finalize().into_bytes())?))
    }

    /// The hash of an entry's fields. Fields of objects count in the order of their names,
    /// since a database may keep them in another.
    pub fn of_entry(&self, mut fields: Value) -> String {
        fields.sort_all_objects();
        self.hash(&[fields.to_string().as_bytes()])
    }

    /// The head of the chain with an entry more.
    pub fn link(&self, chain: Uuid, head: &Head, mac: &str) -> Head {
        let seq = head.seq + 1;
        let parts =
            [chain.as_bytes(), &seq.to_be_bytes()[..], head.hash.as_bytes(), mac.as_bytes()];
        Head { seq, hash: self.hash(&parts) }
    }

    fn hash(&self, parts: &[&[u8]]) -> String {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}
