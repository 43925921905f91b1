//! How fields are read, before any rule looks at them.

use crate::patch::Patch;
use serde::{Deserialize, Deserializer};

/// A patched field that cannot be cleared: null is no value of it.
pub fn not_null<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    d: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(d).map(Some)
}

/// Trims a text as it is read.
pub fn trimmed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer).map(|text| text.trim().to_owned())
}

/// Trims an optional text as it is read; a blank one is none.
pub fn trimmed_option<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(d)?
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty()))
}

/// Trims a patched text as it is read; a blank one clears the field.
pub fn trimmed_patch<'de, D: Deserializer<'de>>(d: D) -> Result<Patch<String>, D::Error> {
    trimmed_option(d).map(Patch::from)
}
