//! Fields and their values as people read them.

use chrono::{Datelike as _, NaiveDate};
use ebenezer_shared::crm::case::{CaseStatus, CaseType, TaxPeriod};
use ebenezer_shared::crm::priority::Priority;
use ebenezer_shared::locale::{Locale, Text};
use ebenezer_shared::texts::timeline as t;
use ebenezer_shared::texts::timeline::fields as f;
use ebenezer_shared::texts::{common, corporation_types, languages, statuses};
use serde_json::Value;

/// The field, with its article where the language has one.
pub fn field(name: &str, locale: Locale) -> String {
    let text = match name {
        "first_name" => f::FIRST_NAME,
        "last_name" => f::LAST_NAME,
        "name" => f::NAME,
        "legal_name" => f::LEGAL_NAME,
        "email" => f::EMAIL,
        "phone" => f::PHONE,
        "status" => f::STATUS,
        "client_since" => f::CLIENT_SINCE,
        "department" => f::DEPARTMENT,
        "owner" => f::OWNER,
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
        "client" => f::CLIENT,
        "joint_contact" => f::JOINT_CONTACT,
        "tax_year" => f::TAX_YEAR,
        "period" => f::PERIOD,
        "due_on" => f::DUE_ON,
        "is_extended" => f::IS_EXTENDED,
        "assignee" => f::ASSIGNEE,
        "priority" => f::PRIORITY,
        "fee" => f::FEE,
        other => return other.replace('_', " "),
    };
    text.get(locale).to_owned()
}

/// The value of a field; none when there is none.
pub fn value(field: &str, value: &Value, locale: Locale) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Bool(yes) => {
            let text = if *yes { common::YES } else { common::NO };
            Some(text.get(locale).to_owned())
        }
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(said(field, text, locale)),
        Value::Array(list) => {
            let all: Vec<String> =
                list.iter().filter_map(|item| self::value(field, item, locale)).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        Value::Object(object) => {
            if let Some(amount) = object.get("amount").and_then(Value::as_i64) {
                let currency = object.get("currency").and_then(Value::as_str).unwrap_or_default();
                return Some(money(amount, currency));
            }
            let named = ["name", "full_name"].iter().find_map(|key| object.get(*key)?.as_str());
            if let Some(name) = named {
                return Some(name.to_owned());
            }
            let parts: Vec<&str> = object.values().filter_map(Value::as_str).collect();
            (!parts.is_empty()).then(|| parts.join(", "))
        }
    }
}

/// An amount with its currency.
fn money(amount: i64, currency: &str) -> String {
    format!("{}.{:02} {currency}", amount / 100, amount % 100)
}

fn said(field: &str, text: &str, locale: Locale) -> String {
    let word: Option<Text> = match (field, text) {
        ("status", "active") => Some(statuses::ACTIVE),
        ("status", "inactive") => Some(statuses::INACTIVE),
        ("status", "prospect") => Some(statuses::PROSPECT),
        ("type", "llc") => Some(corporation_types::LLC),
        ("type", "c_corp") => Some(corporation_types::C_CORP),
        ("type", "s_corp") => Some(corporation_types::S_CORP),
        ("type", "partnership") => Some(corporation_types::PARTNERSHIP),
        ("type", "sole_proprietor") => Some(corporation_types::SOLE_PROPRIETOR),
        ("type", "non_profit") => Some(corporation_types::NON_PROFIT),
        ("preferred_language", "es") => Some(languages::ES),
        ("preferred_language", "en") => Some(languages::EN),
        ("priority", text) => text.parse().ok().map(Priority::text),
        ("type", text) => text.parse().ok().map(CaseType::text),
        ("status", text) => text.parse().ok().map(CaseStatus::text),
        _ => None,
    };
    if let ("period", Ok(period)) = (field, text.parse::<TaxPeriod>()) {
        return period.label(locale);
    }
    if let Some(word) = word {
        return word.get(locale).to_owned();
    }
    match text.parse::<NaiveDate>() {
        Ok(date) => day(date, locale),
        Err(_) => shortened(text),
    }
}

/// Long texts by their beginning.
pub fn shortened(text: &str) -> String {
    const SHOWN: usize = 80;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHOWN {
        return line;
    }
    let start: String = line.chars().take(SHOWN).collect();
    format!("{}…", start.trim_end())
}

/// A day: `3 mar 2026`, `Mar 3, 2026`.
pub fn day(date: NaiveDate, locale: Locale) -> String {
    let months = t::MONTHS.get(locale);
    let month = months.split(' ').nth(date.month0() as usize).unwrap_or_default();
    match locale {
        Locale::Es => format!("{} {month} {}", date.day(), date.year()),
        Locale::En => format!("{month} {}, {}", date.day(), date.year()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_read_as_people_write_them() {
        let es = |field: &str, given: Value| value(field, &given, Locale::Es);
        assert_eq!(es("status", json!("active")).as_deref(), Some("Activo"));
        assert_eq!(es("client_since", json!("2022-03-01")).as_deref(), Some("1 mar 2022"));
        assert_eq!(es("owner", json!({ "id": "1", "full_name": "Ana" })).as_deref(), Some("Ana"));
        assert_eq!(es("notes", json!(null)), None);
        assert_eq!(es("address", json!({})), None);
        let long = es("notes", json!("palabra ".repeat(40))).unwrap();
        assert!(long.ends_with('…') && long.chars().count() <= 81);
        let date = NaiveDate::from_ymd_opt(2022, 9, 30).unwrap();
        assert_eq!(day(date, Locale::En), "Sep 30, 2022");
    }
}
