//! Names of fields, where a sentence lists them.

use ebenezer_shared::locale::Locale;
use ebenezer_shared::texts::timeline::fields as f;
use ebenezer_shared::texts::{contacts, corporations, merge};

/// The fields of these names, as people call them.
pub fn named(locale: Locale, fields: &[String]) -> String {
    let text = |name: &str| match name {
        "first_name" => f::FIRST_NAME,
        "last_name" => f::LAST_NAME,
        "name" => f::NAME,
        "legal_name" => f::LEGAL_NAME,
        "email" => f::EMAIL,
        "phone" => f::PHONE,
        "status" => f::STATUS,
        "client_since" => f::CLIENT_SINCE,
        "primary_corporation_id" => contacts::PRIMARY,
        "department_id" => f::DEPARTMENT,
        "owner_id" => f::OWNER,
        "address" => f::ADDRESS,
        "date_of_birth" => f::DATE_OF_BIRTH,
        "ssn" => f::SSN,
        "ein" => f::EIN,
        "type" => f::TYPE,
        "industry" => f::INDUSTRY,
        "fiscal_year_end" => f::FISCAL_YEAR_END,
        "preferred_language" => f::PREFERRED_LANGUAGE,
        "notes" => f::NOTES,
        "external_id" => f::EXTERNAL_ID,
        "tags" => f::TAGS,
        "corporations" => contacts::CORPORATIONS,
        "contacts" => corporations::PEOPLE,
        _ => merge::RELATIONS,
    };
    let all: Vec<String> =
        fields.iter().map(|name| text(name).get(locale).to_lowercase()).collect();
    all.join(", ")
}
