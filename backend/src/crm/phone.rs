//! Phone numbers: from what people write to E.164 and back.

use crate::auth::TenantScope;
use crate::error::ApiError;
use ebenezer_shared::patch::Patch;
use phonenumber::{Mode, country};

/// A number as it is stored and as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// ITU-T E.164: `+15551234567`.
    pub e164: String,
    /// National form in the firm's country, international form elsewhere.
    pub display: String,
}

/// Reads a number; one without `+` is of `country`. None when no such number is possible.
pub fn parse(text: &str, country: country::Id) -> Option<Phone> {
    let number = phonenumber::parse(Some(country), text).ok()?;
    let e164 = number.format().mode(Mode::E164).to_string();
    let digits = e164.len().checked_sub(1)?;
    if !(7..=15).contains(&digits) {
        return None;
    }
    let own = phonenumber::metadata::DATABASE
        .by_id(country.as_ref())
        .is_some_and(|metadata| metadata.country_code() == number.country().code());
    let mode = if own { Mode::National } else { Mode::International };
    Some(Phone { display: number.format().mode(mode).to_string(), e164 })
}

/// The country of the firm's numbers without `+`.
pub fn country_of(scope: &TenantScope) -> country::Id {
    let settings = scope.place().tenant.settings();
    let code =
        settings.default_country.unwrap_or_else(|| scope.state.config.default_country.clone());
    code.parse().unwrap_or(country::Id::US)
}

/// Reads an optional number of a body; 422 when it is impossible.
pub fn read(scope: &TenantScope, text: Option<&str>) -> Result<Option<Phone>, ApiError> {
    let read = |text| {
        parse(text, country_of(scope)).ok_or_else(|| ApiError::invalid("phone", "invalid_phone"))
    };
    text.map(read).transpose()
}

/// Reads a patched number.
pub fn read_patch(scope: &TenantScope, patch: Patch<String>) -> Result<Patch<Phone>, ApiError> {
    Ok(match patch {
        Patch::Absent => Patch::Absent,
        Patch::Null => Patch::Null,
        Patch::Value(text) => Patch::from(read(scope, Some(&text))?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_the_firms_country() {
        let phone = parse("(555) 123-4567", country::Id::US).unwrap();
        assert_eq!(phone.e164, "+15551234567");
        assert_eq!(phone.display, "(555) 123-4567");
        let phone = parse("+57 300 123 4567", country::Id::US).unwrap();
        assert_eq!(phone.e164, "+573001234567");
        assert!(phone.display.starts_with("+57 "));
        assert_eq!(parse("300 123 4567", country::Id::CO).unwrap().e164, "+573001234567");
    }
}
