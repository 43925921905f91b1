//! What stands in the fields of an entry, as people say it.

use super::words::{field, headline};
use crate::account::product_choice::product_name;
use crate::crm::cases::written;
use crate::crm::status::{contact_status, corporation_status, corporation_type};
use crate::crm::tags::color_text;
use crate::crm::ties::{company_relation, person_relation, role};
use crate::format;
use crate::shell::language;
use crate::team::words::permission_text;
use chrono::{DateTime, NaiveDate, Utc};
use ebenezer_shared::audit::words::{self, KINDS};
use ebenezer_shared::crm::case::{CaseStatus, CaseType, TaxPeriod};
use ebenezer_shared::crm::corporation::CorporationType;
use ebenezer_shared::crm::link::LinkRole;
use ebenezer_shared::crm::period::share_text;
use ebenezer_shared::crm::priority::Priority;
use ebenezer_shared::crm::relation::{CompanyRelation, PersonRelation};
use ebenezer_shared::crm::tag::TagColor;
use ebenezer_shared::locale::{Locale, Text};
use ebenezer_shared::permission::Role;
use ebenezer_shared::texts;
use ebenezer_shared::texts::audit::{self as a, values as v};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// What stands where nothing does.
const NOTHING: &str = "—";
/// What of a named thing is worth saying beside its name, in that order.
const FACTS: [&str; 7] = ["is_primary", "kind", "role", "share", "from", "to", "note"];
/// Fields that hold days or moments.
const TIMES: [&str; 15] = [
    "client_since",
    "from",
    "to",
    "expires_at",
    "sent_at",
    "last_login_at",
    "status_since",
    "done_at",
    "trashed_at",
    "purged_on",
    "due_on",
    "next_reminder_on",
    "last_reminded_at",
    "completed_at",
    "fulfilled_at",
];

/// Reads one entry to somebody.
#[derive(Clone)]
pub struct Reader {
    /// What the entry is about.
    kind: String,
    zone: Option<String>,
    /// Of the things that the entry names, by their ids.
    names: HashMap<String, String>,
}

impl Reader {
    pub fn of(kind: &str, changes: &Map<String, Value>, zone: Option<String>) -> Self {
        let mut names = HashMap::new();
        changes.values().for_each(|value| collect(value, &mut names));
        Self { kind: kind.to_owned(), zone, names }
    }

    /// What stands in the field.
    pub fn value(&self, locale: Locale, name: &str, value: &Value) -> String {
        match value {
            Value::Null => NOTHING.to_owned(),
            Value::Bool(true) => texts::common::YES.get(locale).to_owned(),
            Value::Bool(false) => texts::common::NO.get(locale).to_owned(),
            Value::String(text) => self.text(locale, name, text),
            Value::Number(number) => match (name, number.as_u64().map(u32::try_from)) {
                ("share" | "owned", Some(Ok(share))) => share_text(share, locale),
                _ => number.to_string(),
            },
            Value::Array(items) if items.is_empty() => NOTHING.to_owned(),
            Value::Array(items) => {
                let items = items.iter().map(|item| self.value(locale, name, item));
                items.collect::<Vec<_>>().join(", ")
            }
            Value::Object(object) => self.thing(locale, object),
        }
    }

    /// A named thing with what the entry says of it; of others all that is known.
    fn thing(&self, locale: Locale, object: &Map<String, Value>) -> String {
        if let (Some(amount), Some(currency)) = (object.get("amount"), object.get("currency")) {
            let cents = amount.as_i64().unwrap_or_default();
            return format!("{} {}", written(cents), currency.as_str().unwrap_or_default());
        }
        let called = ["name", "full_name"].iter().find_map(|name| object.get(*name)?.as_str());
        if let Some(called) = called {
            let facts: Vec<String> = FACTS
                .iter()
                .filter_map(|name| self.fact(locale, name, object.get(*name)?))
                .collect();
            return if facts.is_empty() {
                called.to_owned()
            } else {
                format!("{called} ({})", facts.join(" · "))
            };
        }
        let parts: Vec<String> = object
            .iter()
            .filter(|(name, part)| !part.is_null() && !words::is_hidden(name))
            .map(|(name, part)| match part {
                Value::Object(_) => self.value(locale, name, part),
                _ => format!("{}: {}", field(locale, name), self.value(locale, name, part)),
            })
            .collect();
        if parts.is_empty() { NOTHING.to_owned() } else { parts.join(" · ") }
    }

    fn fact(&self, locale: Locale, name: &str, value: &Value) -> Option<String> {
        match (name, value) {
            (_, Value::Null) | ("is_primary", Value::Bool(false)) => None,
            ("is_primary", _) => Some(texts::contacts::PRIMARY.get(locale).to_owned()),
            ("from" | "to", _) => {
                Some(format!("{} {}", field(locale, name), self.value(locale, name, value)))
            }
            _ => Some(self.value(locale, name, value)),
        }
    }

    fn text(&self, locale: Locale, name: &str, text: &str) -> String {
        if text.is_empty() {
            return NOTHING.to_owned();
        }
        if text.bytes().all(|byte| byte == b'*') {
            return a::SECRET.get(locale).to_owned();
        }
        if let Some(known) = self.word(name, text) {
            return known.get(locale).to_owned();
        }
        match name {
            "permissions" | "extra_permissions" => permission_text(locale, text),
            "field" => field(locale, text),
            "columns" | "ordering" => {
                listed(text, |one| field(locale, one.trim_start_matches('-')))
            }
            "action" => listed(text, |one| headline(locale, one)),
            "resource_type" => listed(text, |one| {
                words::named(&KINDS, one)
                    .map_or_else(|| one.to_owned(), |it| it.get(locale).to_owned())
            }),
            "period" => match text.parse::<TaxPeriod>() {
                Ok(period) => period.label(locale),
                Err(_) => text.to_owned(),
            },
            "country" | "default_country" => format::country(locale, text),
            "fiscal_year_end" => match format!("2000-{text}").parse::<NaiveDate>() {
                Ok(day) => format::day_of_year(locale, day),
                Err(_) => text.to_owned(),
            },
            _ if TIMES.contains(&name) => self.time(locale, text),
            _ => self.names.get(text).cloned().unwrap_or_else(|| text.to_owned()),
        }
    }

    fn time(&self, locale: Locale, text: &str) -> String {
        if let Ok(day) = text.parse::<NaiveDate>() {
            return format::date(locale, day);
        }
        match text.parse::<DateTime<Utc>>() {
            Ok(at) => format::date_time(locale, at, self.zone.as_deref()),
            Err(_) => text.to_owned(),
        }
    }

    /// The word for one of a fixed set of values.
    fn word(&self, name: &str, value: &str) -> Option<Text> {
        match name {
            "type" if self.kind == "case" => value.parse::<CaseType>().ok().map(CaseType::text),
            "status" | "closed_from" if self.kind == "case" => {
                value.parse::<CaseStatus>().ok().map(CaseStatus::text)
            }
            "status" => self.status(value),
            "priority" => value.parse::<Priority>().ok().map(Priority::text),
            "type" => corporation_type(value).map(CorporationType::text),
            "kind" => PersonRelation::named(value)
                .map(person_relation)
                .or_else(|| CompanyRelation::named(value).map(company_relation))
                .or_else(|| crate::platform::jobs::kind_text(value)),
            "role" => LinkRole::named(value)
                .map(role)
                .or_else(|| value.parse::<Role>().ok().map(Role::label)),
            "color" => TagColor::ALL.into_iter().find(|it| it.as_str() == value).map(color_text),
            "preferred_language" | "locale" => {
                Locale::ALL.into_iter().find(|it| it.tag() == value).map(language::name)
            }
            "resource" => match value {
                "contacts" => Some(texts::nav::CONTACTS),
                "corporations" => Some(texts::nav::CORPORATIONS),
                _ => None,
            },
            "product" => product_name(value),
            "by" => (value == "command line").then_some(v::COMMAND_LINE),
            "factor" => (value == "second").then_some(v::SECOND_FACTOR),
            _ => None,
        }
    }

    fn status(&self, value: &str) -> Option<Text> {
        use texts::{shell as s, team as m};
        Some(match value {
            "pending" => m::INVITATION_PENDING,
            "expired" => m::INVITATION_EXPIRED,
            "paused" => s::STATUS_PAUSED,
            "suspended" => s::STATUS_SUSPENDED,
            "cancelled" => s::STATUS_CANCELLED,
            _ if self.kind == "contact" => contact_status(value)?.text(),
            _ => corporation_status(value)?.text(),
        })
    }
}

/// Each of the parts between commas.
fn listed(text: &str, say: impl Fn(&str) -> String) -> String {
    text.split(',').map(|one| say(one.trim())).collect::<Vec<_>>().join(", ")
}

fn collect(value: &Value, names: &mut HashMap<String, String>) {
    match value {
        Value::Object(object) => {
            let name = object.get("name").or_else(|| object.get("full_name"));
            if let (Some(Value::String(id)), Some(Value::String(name))) = (object.get("id"), name) {
                names.insert(id.clone(), name.clone());
            }
            object.values().for_each(|inner| collect(inner, names));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ebenezer_shared::crm::contact::ContactStatus;
    use ebenezer_shared::crm::corporation::{CorporationStatus, CorporationType};
    use ebenezer_shared::permission::Permission;
    use serde_json::json;

    fn reader(kind: &str, changes: &Value) -> Reader {
        Reader::of(kind, changes.as_object().unwrap(), None)
    }

    fn said(name: &str, value: &Value) -> String {
        reader("contact", &json!({})).value(Locale::Es, name, value)
    }

    #[test]
    fn values_are_told_without_ids() {
        let people = json!([{ "id": "1", "name": "ABC" }, { "id": "2", "full_name": "Ana" }]);
        assert_eq!(said("corporations", &people), "ABC, Ana");
        assert_eq!(said("email", &json!(null)), "—");
        assert_eq!(said("tags", &json!([])), "—");
        assert_eq!(said("ssn", &json!("***")), "oculto");
        assert_eq!(said("address", &json!({ "city": "Cali", "id": "7" })), "Ciudad: Cali");
        assert_eq!(said("shared", &json!(true)), "Sí");
    }

    #[test]
    fn what_is_chosen_from_a_list_has_a_word() {
        for status in ContactStatus::ALL {
            assert_ne!(said("status", &json!(status)), status.as_str());
        }
        for status in CorporationStatus::ALL {
            let shown = reader("corporation", &json!({}));
            assert_ne!(shown.value(Locale::Es, "status", &json!(status)), status.as_str());
        }
        for kind in CorporationType::ALL {
            assert_ne!(said("type", &json!(kind)), kind.as_str());
        }
        for kind in PersonRelation::ALL {
            assert_ne!(said("kind", &json!(kind)), kind.as_str());
        }
        for kind in CompanyRelation::ALL {
            assert_ne!(said("kind", &json!(kind)), kind.as_str());
        }
        for role in LinkRole::ALL {
            assert_ne!(said("role", &json!(role)), role.as_str());
        }
        for color in TagColor::ALL {
            assert_ne!(said("color", &json!(color)), color.as_str());
        }
        for permission in Permission::all() {
            let shown = said("permissions", &json!([permission.to_string()]));
            assert_ne!(shown, permission.to_string());
        }
        for (name, value) in [("by", "command line"), ("factor", "second"), ("product", "tax")] {
            assert_ne!(said(name, &json!(value)), value);
        }
        assert_eq!(said("field", &json!("ssn")), texts::contacts::SSN.get(Locale::Es));
        assert_eq!(said("locale", &json!("en")), "English");
    }

    #[test]
    fn a_link_is_told_with_what_it_says() {
        let link = json!({
            "id": "1", "name": "ABC Corp", "is_primary": true, "role": "owner", "share": 5000,
            "from": null, "to": null,
        });
        let shown = said("corporations", &json!([link]));
        assert_eq!(shown, "ABC Corp (Primaria · Propietario · 50\u{a0}%)");
    }

    #[test]
    fn an_id_is_told_by_the_name_that_stands_elsewhere() {
        let changes = json!({
            "primary_corporation_id": { "before": null, "after": "1" },
            "corporations": { "before": [], "after": [{ "id": "1", "name": "ABC Corp" }] },
        });
        let shown = reader("contact", &changes);
        assert_eq!(shown.value(Locale::Es, "primary_corporation_id", &json!("1")), "ABC Corp");
    }
}
