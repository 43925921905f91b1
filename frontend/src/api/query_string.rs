//! Query strings.

use std::fmt::{Display, Write as _};

/// Builds `?page=2&search=garc%C3%ADa`; values that are absent are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryString(String);

impl QueryString {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a value.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Display) -> Self {
        self.0.push(if self.0.is_empty() { '?' } else { '&' });
        self.0.push_str(key);
        self.0.push('=');
        encode(&value.to_string(), &mut self.0);
        self
    }

    /// Adds a value when there is one.
    #[must_use]
    pub fn with_option(self, key: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Adds a text when it is not empty.
    #[must_use]
    pub fn with_text(self, key: &str, value: &str) -> Self {
        if value.is_empty() { self } else { self.with(key, value) }
    }

    /// The query alone.
    pub fn text(&self) -> String {
        self.0.trim_start_matches('?').to_owned()
    }

    /// The path with the query behind it.
    pub fn on(&self, path: &str) -> String {
        format!("{path}{}", self.0)
    }
}

/// Percent-encodes all but RFC 3986's unreserved characters.
pub fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_encoded_and_absent_ones_left_out() {
        let query = QueryString::new()
            .with("page", 2)
            .with_text("search", "garcía & 50%")
            .with_text("ordering", "")
            .with_option("status", None::<&str>);
        assert_eq!(
            query.on("/api/contacts"),
            "/api/contacts?page=2&search=garc%C3%ADa%20%26%2050%25"
        );
        assert_eq!(QueryString::new().on("/api/team"), "/api/team");
    }
}
