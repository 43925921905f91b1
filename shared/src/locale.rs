//! The two languages and the texts in them.

use serde::{Deserialize, Serialize};

/// A language of interface, API messages and mails. Spanish comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    Es,
    En,
}

impl Locale {
    /// Both, in the order in which menus show them.
    pub const ALL: [Self; 2] = [Self::Es, Self::En];

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }

    /// The language of a tag.
    pub fn of_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.tag() == tag)
    }

    /// The first language of an `Accept-Language` header (RFC 9110, 12.5.4) that we speak,
    /// by weight; Spanish when there is none.
    pub fn negotiate(header: &str) -> Self {
        let mut best: Option<(f32, Self)> = None;
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let tag = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
            let locale = match tag.split('-').next() {
                Some("es") => Self::Es,
                Some("en") => Self::En,
                _ => continue,
            };
            let weight = pieces
                .find_map(|piece| piece.trim().strip_prefix("q=")?.parse::<f32>().ok())
                .unwrap_or(1.0);
            if weight > 0.0 && best.is_none_or(|(known, _)| weight > known) {
                best = Some((weight, locale));
            }
        }
        best.map(|(_, locale)| locale).unwrap_or_default()
    }
}

/// One text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    es: &'static str,
    en: &'static str,
}

impl Text {
    pub const fn new(es: &'static str, en: &'static str) -> Self {
        Self { es, en }
    }

    pub const fn get(self, locale: Locale) -> &'static str {
        match locale {
            Locale::Es => self.es,
            Locale::En => self.en,
        }
    }
}

/// Puts values into a text's `{placeholders}`. Values are not looked at again, so a value
/// that holds braces stays as it is.
pub fn fill(template: &str, values: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            out.push_str(value);
        } else {
            out.push('{');
            out.push_str(name);
            out.push('}');
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// A whole number with the language's thousands separator: 12.345 in Spanish (from five
/// digits on, as the Real Academia advises for four), 12,345 in English.
pub fn number(locale: Locale, value: u64) -> String {
    let digits = value.to_string();
    if digits.len() < 4 || (locale == Locale::Es && digits.len() < 5) {
        return digits;
    }
    let separator = match locale {
        Locale::Es => '.',
        Locale::En => ',',
    };
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_language_wins() {
        assert_eq!(Locale::negotiate("en-US,en;q=0.9,es;q=0.8"), Locale::En);
        assert_eq!(Locale::negotiate("fr, es;q=0.4, en;q=0.7"), Locale::En);
        assert_eq!(Locale::negotiate("de"), Locale::Es);
        assert_eq!(Locale::negotiate("en;q=0"), Locale::Es);
        assert_eq!(Locale::negotiate(""), Locale::Es);
    }

    #[test]
    fn values_are_filled_once_and_not_read_again() {
        let filled = fill("{a} y {b}", &[("a", "{b}".into()), ("b", "dos".into())]);
        assert_eq!(filled, "{b} y dos");
    }

    #[test]
    fn numbers_are_grouped_as_the_language_does() {
        assert_eq!(number(Locale::Es, 1234), "1234");
        assert_eq!(number(Locale::Es, 12345), "12.345");
        assert_eq!(number(Locale::En, 1234), "1,234");
        assert_eq!(number(Locale::En, 1_234_567), "1,234,567");
    }
}
