//! What is wrong with fields, in the reader's language.

use super::LINE_MAX;
use crate::locale::{Locale, Text};
use crate::problem::FieldError;
use crate::texts::fields;
use validator::{ValidationErrors, ValidationErrorsKind};

/// What a field error's code says to a person.
pub fn field_message(code: &str, max: Option<u64>, locale: Locale) -> String {
    let text: Text = match code {
        "required" | "missing" => fields::REQUIRED,
        "too_long" => return fields::too_long(locale, max.unwrap_or(LINE_MAX as u64)),
        "control_characters" => fields::CONTROL_CHARACTERS,
        "invalid_email" => fields::INVALID_EMAIL,
        "invalid_phone" => fields::INVALID_PHONE,
        "invalid_ssn" => fields::INVALID_SSN,
        "invalid_ein" => fields::INVALID_EIN,
        "invalid_fiscal_year_end" => fields::INVALID_FISCAL_YEAR_END,
        "invalid_address" => fields::INVALID_ADDRESS,
        "invalid_color" => fields::INVALID_COLOR,
        "invalid_code" => fields::INVALID_CODE,
        "invalid_subdomain" => fields::INVALID_SUBDOMAIN,
        "reserved_subdomain" => fields::RESERVED_SUBDOMAIN,
        "password_too_short" => fields::PASSWORD_TOO_SHORT,
        "password_weak" => fields::PASSWORD_WEAK,
        "password_same" => fields::PASSWORD_SAME,
        "password_wrong" => fields::PASSWORD_WRONG,
        "code_wrong" => fields::CODE_WRONG,
        "email_same" => fields::EMAIL_SAME,
        "own_second_factor_first" => fields::OWN_SECOND_FACTOR_FIRST,
        "invalid_time_zone" => fields::INVALID_TIME_ZONE,
        "invalid_country" => fields::INVALID_COUNTRY,
        "unknown_field" => fields::UNKNOWN_FIELD,
        "unknown_reference" => fields::UNKNOWN_REFERENCE,
        "unknown_product" => fields::UNKNOWN_PRODUCT,
        "unknown_value" => fields::UNKNOWN_VALUE,
        "wrong_type" => fields::WRONG_TYPE,
        "out_of_range" => fields::OUT_OF_RANGE,
        "future_date" => fields::FUTURE_DATE,
        "before_start" => fields::BEFORE_START,
        "itself" => fields::ITSELF,
        "personal_number" => fields::PERSONAL_NUMBER,
        "already_related" => fields::ALREADY_RELATED,
        "no_share" => fields::NO_SHARE,
        "too_many" => return fields::too_many(locale, max.unwrap_or_default()),
        "too_many_rows" => fields::TOO_MANY_ROWS,
        "invalid_currency" => fields::INVALID_CURRENCY,
        "invalid_money" => fields::INVALID_MONEY,
        "one_client" => fields::ONE_CLIENT,
        "one_thing" => fields::ONE_THING,
        "ends_first" => fields::ENDS_FIRST,
        "over_a_day" => fields::OVER_A_DAY,
        "invalid_web_address" => fields::INVALID_WEB_ADDRESS,
        "hour_skipped" => fields::HOUR_SKIPPED,
        "needs_due" => fields::NEEDS_DUE,
        "ends_before_it_begins" => fields::ENDS_BEFORE_IT_BEGINS,
        "joint_needs_person" => fields::JOINT_NEEDS_PERSON,
        "period_of_type" => fields::PERIOD_OF_TYPE,
        "taken" | "already_member" => fields::TAKEN,
        "former_member" => fields::FORMER_MEMBER,
        "already_invited" => fields::ALREADY_INVITED,
        "no_email" => fields::NO_EMAIL,
        "file_empty" => fields::FILE_EMPTY,
        "file_type_not_allowed" => fields::FILE_TYPE_NOT_ALLOWED,
        "file_type_mismatch" => fields::FILE_TYPE_MISMATCH,
        "file_suspicious" => fields::FILE_SUSPICIOUS,
        "other_department" => fields::OTHER_DEPARTMENT,
        "parents_department" => fields::PARENTS_DEPARTMENT,
        "other_client" => fields::OTHER_CLIENT,
        "inside_itself" => fields::INSIDE_ITSELF,
        "too_deep" => fields::TOO_DEEP,
        _ => fields::INVALID,
    };
    text.get(locale).to_owned()
}

/// validator's tree of errors as the flat list that the API answers and a form shows,
/// ordered by field.
pub fn field_errors(errors: &ValidationErrors, locale: Locale) -> Vec<FieldError> {
    let mut found = Vec::new();
    flatten(errors, "", locale, &mut found);
    found.sort_by(|a, b| a.field.cmp(&b.field));
    found
}

fn flatten(errors: &ValidationErrors, path: &str, locale: Locale, found: &mut Vec<FieldError>) {
    for (field, kind) in errors.errors() {
        let here = if path.is_empty() { field.to_string() } else { format!("{path}.{field}") };
        match kind {
            ValidationErrorsKind::Field(list) => found.extend(list.iter().map(|error| {
                let max = error.params.get("max").and_then(serde_json::Value::as_u64);
                FieldError::new(&here, &error.code, max, locale)
            })),
            ValidationErrorsKind::Struct(inner) => flatten(inner, &here, locale, found),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    flatten(inner, &format!("{here}.{index}"), locale, found);
                }
            }
        }
    }
}
