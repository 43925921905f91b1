//! Files as answers: their names, and parts of them.

use crate::error::ApiError;
use crate::http::input::Input;
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::header;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization as _;

/// What may stand in a `filename*` as it is (RFC 8187, 3.2.1, `attr-char`).
const ATTRIBUTE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// `Content-Disposition` for a file of that name (RFC 6266): shown by the browser, or saved.
pub fn disposition(name: &str, shown: bool) -> String {
    let how = if shown { "inline" } else { "attachment" };
    // What old programs read: letters without accents, and nothing that ends the quotes.
    let plain: String = name
        .nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .map(|c| if matches!(c, ' '..='~') && !matches!(c, '"' | '\\' | '%') { c } else { '_' })
        .collect();
    let exact = utf8_percent_encode(name, ATTRIBUTE);
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

/// `Range` and `If-Range` of a request.
pub struct ByteRange {
    range: Option<String>,
    only_of: Option<String>,
}

impl Input for ByteRange {
    async fn read(req: &HttpRequest, _: &mut Payload) -> Result<Self, ApiError> {
        let text = |name| {
            let value = req.headers().get(name)?;
            value.to_str().ok().map(str::to_owned)
        };
        Ok(Self { range: text(header::RANGE), only_of: text(header::IF_RANGE) })
    }
}

impl ByteRange {
    /// The one part that is asked for; none for the whole, to which every other wish comes
    /// down (RFC 9110, 14.2).
    pub fn of(&self, size: u64, etag: &str) -> Option<Range<u64>> {
        if self.only_of.as_deref().is_some_and(|known| known != etag) {
            return None;
        }
        let wish = self.range.as_deref()?.trim().strip_prefix("bytes=")?;
        let (first, last) = wish.split_once('-')?;
        let range = match (first.trim(), last.trim()) {
            ("", last) => size.saturating_sub(last.parse().ok()?)..size,
            (first, "") => first.parse().ok()?..size,
            (first, last) => {
                first.parse().ok()?..last.parse::<u64>().ok()?.checked_add(1)?.min(size)
            }
        };
        (range.start < range.end).then_some(range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_in_headers() {
        assert_eq!(
            disposition("Declaración \"A\".pdf", false),
            "attachment; filename=\"Declaracion _A_.pdf\"; filename*=UTF-8''Declaraci%C3%B3n%20%22A%22.pdf"
        );
    }

    #[test]
    fn one_part_is_served_and_everything_else_whole() {
        let asked = |range: &str| ByteRange { range: Some(range.to_owned()), only_of: None };
        for (range, part) in [
            ("bytes=0-9", Some(0..10)),
            ("bytes=90-", Some(90..100)),
            ("bytes=-5", Some(95..100)),
            ("bytes=50-500", Some(50..100)),
            ("bytes=100-", None),
            ("bytes=9-3", None),
            ("bytes=0-1,5-6", None),
            ("lines=1-2", None),
            ("bytes=-0", None),
        ] {
            assert_eq!(asked(range).of(100, "\"a\""), part, "{range}");
        }
        let stale = ByteRange { range: Some("bytes=0-9".into()), only_of: Some("\"b\"".into()) };
        assert_eq!(stale.of(100, "\"a\""), None);
    }
}
