//! The rules for single fields, the same on the server and in the browser.
//!
//! Each rule is a function for validator's `custom`, generic over [`TextField`], so that
//! one rule serves `String`, `Option<String>` and `Patch<String>`. What a rule finds wrong
//! is a code; [`field_message`] says it in the reader's language.

mod days;
mod messages;
mod reading;
mod search;

pub use days::day;
pub use messages::{field_errors, field_message};
pub use reading::{not_null, trimmed, trimmed_option, trimmed_patch};
pub use search::kept_search;

use crate::patch::Patch;
use validator::ValidationError;

/// Longest name of a person or a company, in characters.
pub const NAME_MAX: usize = 150;
/// Longest one-line text.
pub const LINE_MAX: usize = 255;
/// Longest text of several lines.
pub const NOTES_MAX: usize = 10_000;
/// Longest message.
pub const MESSAGE_MAX: usize = 20_000;
/// The most characters of a web address.
pub const WEB_ADDRESS_MAX: usize = 2_000;
/// Shortest password (NIST SP 800-63B asks for length before composition).
pub const PASSWORD_MIN: usize = 12;
/// Longest password, so that hashing stays affordable.
pub const PASSWORD_MAX: usize = 200;
/// Longest text that is tried as a password, whatever a password may have been once.
pub const SECRET_MAX: usize = 1024;

/// A field that may hold text.
pub trait TextField {
    /// The text to check, when there is any.
    fn text(&self) -> Option<&str>;
}

impl TextField for str {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl TextField for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl<T: TextField + ?Sized> TextField for &T {
    fn text(&self) -> Option<&str> {
        (**self).text()
    }
}

impl<T: TextField> TextField for Option<T> {
    fn text(&self) -> Option<&str> {
        self.as_ref().and_then(TextField::text)
    }
}

impl<T: TextField> TextField for Patch<T> {
    fn text(&self) -> Option<&str> {
        self.value().and_then(TextField::text)
    }
}

type Checked = Result<(), ValidationError>;

fn wrong(code: &'static str) -> Checked {
    Err(ValidationError::new(code))
}

fn too_long(max: usize) -> Checked {
    let mut error = ValidationError::new("too_long");
    error.add_param("max".into(), &max);
    Err(error)
}

fn plain(text: &str, max: usize) -> Checked {
    if text.chars().count() > max {
        return too_long(max);
    }
    if text.chars().any(is_invisible) {
        return wrong("control_characters");
    }
    Ok(())
}

/// Controls, and marks that turn the direction of what follows: with them a name reads as
/// another.
fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A text of one line that says something.
pub(crate) fn filled(text: &str, max: usize) -> Checked {
    if text.trim().is_empty() {
        return wrong("required");
    }
    plain(text, max)
}

/// A text of one line that must be there, up to 255 characters.
pub fn required_line(value: &impl TextField) -> Checked {
    value.text().map_or(Ok(()), |text| filled(text, LINE_MAX))
}

/// [`required_line`] in a `PATCH`: it cannot be cleared.
pub fn required_line_patch(value: &Patch<String>) -> Checked {
    match value {
        Patch::Null => wrong("required"),
        Patch::Absent | Patch::Value(_) => required_line(value),
    }
}

/// A name: 1 to 150 characters on one line.
pub fn name(value: &impl TextField) -> Checked {
    value.text().map_or(Ok(()), |text| filled(text, NAME_MAX))
}

/// A name in a `PATCH`: as [`name`], and it cannot be cleared.
pub fn name_patch(value: &Patch<String>) -> Checked {
    match value {
        Patch::Null => wrong("required"),
        Patch::Absent | Patch::Value(_) => name(value),
    }
}

/// An optional text of one line, up to 255 characters.
pub fn line(value: &impl TextField) -> Checked {
    value.text().map_or(Ok(()), |text| plain(text, LINE_MAX))
}

/// An optional text of several lines, up to 10,000 characters.
pub fn notes(value: &impl TextField) -> Checked {
    value.text().map_or(Ok(()), |text| lines(text, NOTES_MAX))
}

fn lines(text: &str, max: usize) -> Checked {
    if text.chars().count() > max {
        return too_long(max);
    }
    if text.chars().any(|c| is_invisible(c) && !matches!(c, '\n' | '\r' | '\t')) {
        return wrong("control_characters");
    }
    Ok(())
}

/// Words of a message, up to 20,000 characters.
pub fn message(value: &impl TextField) -> Checked {
    value.text().map_or(Ok(()), |text| lines(text, MESSAGE_MAX))
}

/// [`notes`] that say something.
pub fn required_notes(value: &impl TextField) -> Checked {
    match value.text() {
        Some(text) if text.trim().is_empty() => wrong("required"),
        _ => notes(value),
    }
}

/// [`required_notes`] in a `PATCH`: they cannot be cleared.
pub fn required_notes_patch(value: &Patch<String>) -> Checked {
    match value {
        Patch::Null => wrong("required"),
        Patch::Absent | Patch::Value(_) => required_notes(value),
    }
}

/// An address of the web, up to 2,000 characters: `http://` or `https://` and a host.
pub fn web_address(value: &impl TextField) -> Checked {
    let Some(text) = value.text() else { return Ok(()) };
    plain(text, WEB_ADDRESS_MAX)?;
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match rest {
        Some(rest) if rest.starts_with(char::is_alphanumeric) && !rest.contains(' ') => Ok(()),
        _ => wrong("invalid_web_address"),
    }
}

/// An address as RFC 5321 limits it (64 + 255, 254 in all) with a dotted domain. Whether
/// the mailbox exists only a mail can tell.
pub fn email(value: &impl TextField) -> Checked {
    let Some(text) = value.text() else { return Ok(()) };
    if text.is_empty() {
        return wrong("required");
    }
    if is_email(text) { Ok(()) } else { wrong("invalid_email") }
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let local_ok = (1..=64).contains(&local.len())
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
    let label_ok = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    text.len() <= 254 && local_ok && domain.contains('.') && domain.split('.').all(label_ok)
}

/// A phone number as people write it: 7 to 15 digits (ITU-T E.164 allows 15) with spaces,
/// dots, dashes, brackets and a leading plus. The server turns it into E.164.
pub fn phone(value: &impl TextField) -> Checked {
    let Some(text) = value.text() else { return Ok(()) };
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let shape = text
        .chars()
        .enumerate()
        .all(|(index, c)| c.is_ascii_digit() || " .-()/".contains(c) || (c == '+' && index == 0));
    if shape && (7..=15).contains(&digits) { Ok(()) } else { wrong("invalid_phone") }
}

/// The nine digits of a US tax number, without dashes and spaces.
pub fn tax_digits(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    (digits.len() == 9 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

/// A Social Security number or an ITIN. SSA never issues area 000 or 666, group 00 or
/// serial 0000 (SSA, POMS RM 10201.035); numbers from 900 on are ITINs, whose fourth and
/// fifth digits IRS limits to 50-65, 70-88, 90-92 and 94-99 (IRS, Publication 1915).
pub fn ssn(value: &impl TextField) -> Checked {
    let Some(text) = value.text() else { return Ok(()) };
    let Some(digits) = tax_digits(text) else { return wrong("invalid_ssn") };
    let part = |range: std::ops::Range<usize>| {
        digits.get(range).and_then(|part| part.parse::<u16>().ok()).unwrap_or_default()
    };
    let (area, group, serial) = (part(0..3), part(3..5), part(5..9));
    let valid = if area >= 900 {
        matches!(group, 50..=65 | 70..=88 | 90..=92 | 94..=99)
    } else {
        area != 0 && area != 666 && group != 0 && serial != 0
    };
    if valid { Ok(()) } else { wrong("invalid_ssn") }
}

/// An Employer Identification Number: nine digits whose first two are a prefix that IRS
/// assigns (IRS, “How EINs are assigned and valid EIN prefixes”).
pub fn ein(value: &impl TextField) -> Checked {
    const UNASSIGNED: [u8; 17] = [0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97];
    let Some(text) = value.text() else { return Ok(()) };
    let prefix = tax_digits(text).and_then(|digits| digits.get(0..2)?.parse::<u8>().ok());
    match prefix {
        Some(prefix) if !UNASSIGNED.contains(&prefix) => Ok(()),
        _ => wrong("invalid_ein"),
    }
}

/// A colour as `#rrggbb`.
pub fn color(value: &impl TextField) -> Checked {
    let Some(text) = value.text() else { return Ok(()) };
    let valid = text.len() == 7
        && text.starts_with('#')
        && text.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit());
    if valid { Ok(()) } else { wrong("invalid_color") }
}

/// A short code: 1 to 20 letters, digits, dashes and underscores.
pub fn code(value: &impl TextField) -> Checked {
    let Some(text) = value.text() else { return Ok(()) };
    let valid = (1..=20).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if valid { Ok(()) } else { wrong("invalid_code") }
}

/// A code in a `PATCH`: as [`code`], and it cannot be cleared.
pub fn code_patch(value: &Patch<String>) -> Checked {
    match value {
        Patch::Null => wrong("required"),
        Patch::Absent | Patch::Value(_) => code(value),
    }
}

/// A subdomain: 3 to 40 lower-case letters, digits and inner dashes (RFC 1035, 2.3.1),
/// none of the names that the platform keeps for itself.
pub fn subdomain(value: &impl TextField) -> Checked {
    let Some(text) = value.text() else { return Ok(()) };
    let valid = (3..=40).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !valid {
        return wrong("invalid_subdomain");
    }
    if crate::tenant::RESERVED_SUBDOMAINS.contains(&text) {
        return wrong("reserved_subdomain");
    }
    Ok(())
}

/// A new password's length. How guessable it is, the server judges.
pub fn password(value: &impl TextField) -> Checked {
    let Some(text) = value.text() else { return Ok(()) };
    let length = text.chars().count();
    if length < PASSWORD_MIN {
        return wrong("password_too_short");
    }
    if length > PASSWORD_MAX {
        return too_long(PASSWORD_MAX);
    }
    Ok(())
}

/// Something typed into a login field: not empty, not absurdly long.
pub fn secret(value: &impl TextField) -> Checked {
    let Some(text) = value.text() else { return Ok(()) };
    if text.is_empty() {
        return wrong("required");
    }
    if text.chars().count() > SECRET_MAX {
        return too_long(SECRET_MAX);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(result: Checked) -> Option<String> {
        result.err().map(|error| error.code.into_owned())
    }

    #[test]
    fn addresses_that_people_use_pass_and_others_do_not() {
        for good in ["a@b.co", "maria.garcia+irs@email.com", "josé@correo.es", "x@a-b.com.co"] {
            assert_eq!(code_of(email(&good)), None, "{good}");
        }
        assert_eq!(code_of(email(&"")).as_deref(), Some("required"));
        for bad in ["a", "a@b", "@b.co", "a@", "a b@c.co", "a@-b.co", "a..b@c.co", "a@b..co"] {
            assert_eq!(code_of(email(&bad)).as_deref(), Some("invalid_email"), "{bad}");
        }
    }

    #[test]
    fn numbers_that_were_never_issued_are_refused() {
        for good in ["123-45-6789", "123456789", "900-70-0001", "912 94 1234"] {
            assert_eq!(code_of(ssn(&good)), None, "{good}");
        }
        for bad in ["000-12-3456", "666-12-3456", "123-00-4567", "123-45-0000", "900-66-0001", "1"]
        {
            assert_eq!(code_of(ssn(&bad)).as_deref(), Some("invalid_ssn"), "{bad}");
        }
        assert_eq!(code_of(ein(&"12-3456789")), None);
        assert_eq!(code_of(ein(&"07-3456789")).as_deref(), Some("invalid_ein"));
    }

    #[test]
    fn phones_as_written_pass() {
        for good in ["(555) 123-4567", "+57 300 123 4567", "555.123.4567", "1234567"] {
            assert_eq!(code_of(phone(&good)), None, "{good}");
        }
        for bad in ["123", "55 5a5", "5+551234567", "1234567890123456"] {
            assert_eq!(code_of(phone(&bad)).as_deref(), Some("invalid_phone"), "{bad}");
        }
    }

    #[test]
    fn a_cleared_name_is_required() {
        assert_eq!(code_of(name_patch(&Patch::Null)).as_deref(), Some("required"));
        assert_eq!(code_of(name_patch(&Patch::Absent)), None);
        assert_eq!(code_of(name(&" ")).as_deref(), Some("required"));
        assert_eq!(code_of(name(&"a\u{7}")).as_deref(), Some("control_characters"));
        assert_eq!(code_of(name(&"ñ".repeat(151))).as_deref(), Some("too_long"));
        assert_eq!(code_of(name(&"ñ".repeat(150))), None);
    }

    #[test]
    fn reserved_and_malformed_subdomains_are_refused() {
        assert_eq!(code_of(subdomain(&"ebenezer-tax")), None);
        assert_eq!(code_of(subdomain(&"portal")).as_deref(), Some("reserved_subdomain"));
        for bad in ["ab", "-abc", "abc-", "Abc", "a.b.c", "ñandu"] {
            assert_eq!(code_of(subdomain(&bad)).as_deref(), Some("invalid_subdomain"), "{bad}");
        }
    }
}
