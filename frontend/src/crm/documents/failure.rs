//! Why files are not taken, in words.

use super::words::size;
use crate::api::ApiError;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::tenant::UploadRules;
use ebenezer_shared::texts;
use ebenezer_shared::texts::documents as d;

/// Why a file was not taken.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The server takes so many bytes.
    TooLarge(u64),
    Empty,
    NotAllowed,
    Refused(ApiError),
}

impl Failure {
    /// In words.
    pub fn text(&self, locale: Locale) -> String {
        match self {
            Self::TooLarge(max) => d::too_large(locale, size(locale, *max)),
            Self::Empty => texts::fields::FILE_EMPTY.get(locale).to_owned(),
            Self::NotAllowed => texts::fields::FILE_TYPE_NOT_ALLOWED.get(locale).to_owned(),
            Self::Refused(error) => said(error, locale),
        }
    }

    /// Whether the same file may be taken another time.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Refused(error) => error.field_errors().is_empty(),
            _ => false,
        }
    }
}

/// What the server says is wrong: with a field, else as a whole.
pub fn said(error: &ApiError, locale: Locale) -> String {
    match error.field_errors() {
        [first, ..] => texts_of(&first.code, locale).unwrap_or_else(|| first.message.clone()),
        [] => error.title(locale),
    }
}

fn texts_of(code: &str, locale: Locale) -> Option<String> {
    use texts::fields as f;
    let known = match code {
        "file_empty" => f::FILE_EMPTY,
        "file_type_not_allowed" => f::FILE_TYPE_NOT_ALLOWED,
        "file_type_mismatch" => f::FILE_TYPE_MISMATCH,
        "file_suspicious" => f::FILE_SUSPICIOUS,
        _ => return None,
    };
    Some(known.get(locale).to_owned())
}

/// What the server would refuse without reading the content.
pub fn judge(rules: &UploadRules, name: &str, bytes: u64) -> Option<Failure> {
    let extension = name.rsplit_once('.').map(|(_, it)| it.to_lowercase()).unwrap_or_default();
    if !rules.extensions.contains(&extension) {
        Some(Failure::NotAllowed)
    } else if bytes == 0 {
        Some(Failure::Empty)
    } else if bytes > rules.max_bytes {
        Some(Failure::TooLarge(rules.max_bytes))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_refused_is_not_sent() {
        let rules = UploadRules { max_bytes: 10, extensions: vec!["pdf".into(), "jpeg".into()] };
        assert_eq!(judge(&rules, "Carta.PDF", 10), None);
        assert_eq!(judge(&rules, "a.b.jpeg", 1), None);
        assert_eq!(judge(&rules, "Carta.pdf", 11), Some(Failure::TooLarge(10)));
        assert_eq!(judge(&rules, "Carta.pdf", 0), Some(Failure::Empty));
        for name in ["pdf", "virus.exe", "nada."] {
            assert_eq!(judge(&rules, name, 1), Some(Failure::NotAllowed), "{name}");
        }
    }
}
