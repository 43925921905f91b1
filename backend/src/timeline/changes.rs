//! Changes as phrases that follow the name of who made them.

use super::checklist;
use super::values::{day, field, shortened, value};
use chrono::NaiveDate;
use ebenezer_shared::crm::client::ClientKind;
use ebenezer_shared::crm::link::LinkRole;
use ebenezer_shared::crm::period::share_text;
use ebenezer_shared::locale::{Locale, Text};
use ebenezer_shared::texts::timeline as t;
use ebenezer_shared::texts::{company_relations as c, link_roles as l, person_relations as p};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use uuid::Uuid;

/// Fields that say what others say better, or nothing to people.
const SILENT: [&str; 16] = [
    "set_aside",
    "checklist",
    "closed_from",
    "status_since",
    "due_is_set",
    "bulk_id",
    "merged",
    "merged_into",
    "id",
    "phone_display",
    "primary_corporation_id",
    "corporation_ids",
    "contact_count",
    "former_contact_count",
    "primary_contact_count",
    "owned",
];
/// A contact's links, of which there are two lists.
const LINKS: [&str; 2] = ["corporations", "former_corporations"];

/// Changed fields, one phrase each.
pub fn of_fields(locale: Locale, fields: &Map<String, Value>) -> Vec<String> {
    let mut phrases: Vec<String> = fields
        .iter()
        .filter(|(name, _)| !SILENT.contains(&name.as_str()) && !LINKS.contains(&name.as_str()))
        .map(|(name, change)| of_field(locale, name, change))
        .collect();
    if let Some(change) = fields.get("checklist") {
        phrases.extend(checklist::phrases(locale, change));
    }
    phrases.extend(links(locale, fields));
    let lost = LINKS.iter().all(|name| !fields.contains_key(*name));
    if lost && fields.contains_key("corporation_ids") {
        phrases.push(t::LOST_CORPORATION.get(locale).to_owned());
    }
    phrases
}

fn of_field(locale: Locale, name: &str, change: &Value) -> String {
    let side = |side: &str| change.get(side).and_then(|it| value(name, it, locale));
    let label = field(name, locale);
    match (side("before"), side("after")) {
        (Some(before), Some(after)) if before == after => t::changed_hidden(locale, label),
        (Some(before), Some(after)) => t::changed(locale, after, before, label),
        (None, Some(after)) => t::set(locale, label, after),
        (Some(before), None) => t::cleared(locale, label, before),
        (None, None) => t::changed_hidden(locale, label),
    }
}

/// What became of each company of a contact.
fn links(locale: Locale, fields: &Map<String, Value>) -> Vec<String> {
    let all = |side: &str| -> BTreeMap<String, Value> {
        let lists = LINKS.iter().filter_map(|name| fields.get(*name)?.get(side)?.as_array());
        let links = lists.flatten();
        links
            .filter_map(|link| Some((link.get("id")?.as_str()?.to_owned(), link.clone())))
            .collect()
    };
    let (before, mut after) = (all("before"), all("after"));
    let mut phrases = Vec::new();
    for (id, old) in before {
        match after.remove(&id) {
            None => phrases.push(t::unlinked(locale, name(&old))),
            Some(new) if new != old => {
                phrases.push(t::relinked(locale, facts(locale, &new, role(&new)), name(&new)));
            }
            Some(_) => {}
        }
    }
    phrases.extend(
        after.values().map(|new| t::linked(locale, facts(locale, new, role(new)), name(new))),
    );
    phrases
}

/// A relation with another record of the same kind.
pub fn related(locale: Locale, change: &Value) -> String {
    sides(change, |before, after| match (before, after) {
        (None, Some(new)) => t::related(locale, facts(locale, new, kind(new)), name(new)),
        (Some(_), Some(new)) => t::rerelated(locale, facts(locale, new, kind(new)), name(new)),
        (Some(old), None) => t::unrelated(locale, name(old)),
        (None, None) => String::new(),
    })
}

/// A person of a company. `hidden` stands for the name where it may not be seen.
pub fn person(locale: Locale, change: &Value, hidden: Option<&str>) -> String {
    let called = |link: &Value| hidden.map_or_else(|| name(link), ToOwned::to_owned);
    sides(change, |before, after| match (before, after) {
        (None, Some(new)) => t::person_linked(locale, facts(locale, new, role(new)), called(new)),
        (Some(_), Some(new)) => {
            t::person_relinked(locale, facts(locale, new, role(new)), called(new))
        }
        (Some(old), None) => t::person_unlinked(locale, called(old)),
        (None, None) => String::new(),
    })
}

/// A document of a client, named where `is_seen` says so of its department.
pub fn document(locale: Locale, change: &Value, is_seen: impl Fn(Option<Uuid>) -> bool) -> String {
    let called = |document: &Value| {
        let department = document.get("department_id").and_then(Value::as_str);
        // A department that cannot be read is none that is seen.
        let department = department.map(|id| id.parse().unwrap_or_default());
        if is_seen(department) { name(document) } else { t::SOME_DOCUMENT.get(locale).to_owned() }
    };
    sides(change, |before, after| match (before, after) {
        (None, Some(new)) => t::document_came(locale, called(new)),
        (Some(old), None) => t::document_went(locale, called(old)),
        _ => String::new(),
    })
}

/// A note on the record; what it says stands in the note.
pub fn note(locale: Locale, change: &Value) -> String {
    sides(change, |before, after| {
        let text = match (before, after) {
            (None, _) => t::NOTE_CAME,
            (Some(_), Some(_)) => t::NOTE_CHANGED,
            (Some(_), None) => t::NOTE_WENT,
        };
        text.get(locale).to_owned()
    })
}

/// A company of a person.
pub fn company(locale: Locale, change: &Value) -> String {
    sides(change, |before, after| match (before, after) {
        (None, Some(new)) => t::linked(locale, facts(locale, new, role(new)), name(new)),
        (Some(_), Some(new)) => t::relinked(locale, facts(locale, new, role(new)), name(new)),
        (Some(old), None) => t::unlinked(locale, name(old)),
        (None, None) => String::new(),
    })
}

/// Records that became part of this one, or are others again.
pub fn merged(locale: Locale, change: &Value) -> String {
    let names = |side: &Value| -> String {
        let all = side.as_array().into_iter().flatten();
        all.map(name).collect::<Vec<_>>().join(", ")
    };
    sides(change, |before, after| match (before, after) {
        (_, Some(new)) => t::merged(locale, names(new)),
        (Some(old), None) => t::unmerged(locale, names(old)),
        (None, None) => String::new(),
    })
}

/// What a record that was merged into this one said of others, and this one did not take.
/// `hidden` stands for names of people where they may not be seen.
pub fn set_aside(locale: Locale, change: &Value, hidden: Option<&str>) -> Vec<String> {
    let all = change.get("after").and_then(Value::as_array).into_iter().flatten();
    all.filter_map(|item| {
        let (about, said) = (item.get("about")?, item.get("said")?);
        let is_company = about.get("kind")?.as_str()? == ClientKind::Corporation.as_str();
        let relation = || relation(is_company, said.get("kind")?.as_str()?);
        let word = role(said).or_else(relation);
        let mut facts = facts(locale, said, word);
        if let Some(note) = said.get("note").and_then(Value::as_str) {
            let _ = write!(facts, ": {}", shortened(note));
        }
        let name = hidden.filter(|_| !is_company).map_or_else(|| name(about), ToOwned::to_owned);
        Some(t::set_aside(locale, facts, name))
    })
    .collect()
}

fn sides(change: &Value, phrase: impl FnOnce(Option<&Value>, Option<&Value>) -> String) -> String {
    let side = |side: &str| change.get(side).filter(|value| !value.is_null());
    phrase(side("before"), side("after"))
}

fn name(value: &Value) -> String {
    value.get("name").and_then(Value::as_str).unwrap_or("?").to_owned()
}

/// ` (Propietario, 50 %, desde 3 mar 2020)`; empty when nothing is known.
fn facts(locale: Locale, link: &Value, what: Option<Text>) -> String {
    let date = |field: &str| link.get(field)?.as_str()?.parse::<NaiveDate>().ok();
    let share = link.get("share").and_then(Value::as_u64).and_then(|it| u32::try_from(it).ok());
    let is_primary = link.get("is_primary") == Some(&Value::Bool(true));
    let parts = [
        is_primary.then(|| t::PRIMARY.get(locale).to_owned()),
        what.map(|word| word.get(locale).to_owned()),
        share.map(|share| share_text(share, locale)),
        date("from").map(|from| t::since(locale, day(from, locale))),
        date("to").map(|to| t::until(locale, day(to, locale))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

fn role(link: &Value) -> Option<Text> {
    Some(match LinkRole::named(link.get("role")?.as_str()?)? {
        LinkRole::Owner => l::OWNER,
        LinkRole::Officer => l::OFFICER,
        LinkRole::Director => l::DIRECTOR,
        LinkRole::Employee => l::EMPLOYEE,
        LinkRole::Accountant => l::ACCOUNTANT,
        LinkRole::Agent => l::AGENT,
        LinkRole::Other => l::OTHER,
    })
}

fn kind(relation: &Value) -> Option<Text> {
    self::relation(relation.get("share").is_some(), relation.get("kind")?.as_str()?)
}

/// What one is to the other, among companies or people.
fn relation(is_company: bool, kind: &str) -> Option<Text> {
    Some(match (is_company, kind) {
        (true, "parent") => c::PARENT,
        (true, "subsidiary") => c::SUBSIDIARY,
        (true, "affiliate") => c::AFFILIATE,
        (true, "shared_owner") => c::SHARED_OWNER,
        (false, "spouse") => p::SPOUSE,
        (false, "partner") => p::PARTNER,
        (false, "parent") => p::PARENT,
        (false, "child") => p::CHILD,
        (false, "sibling") => p::SIBLING,
        (false, "dependent") => p::DEPENDENT,
        (false, "guardian") => p::GUARDIAN,
        (false, "other") => p::OTHER,
        _ => return None,
    })
}
