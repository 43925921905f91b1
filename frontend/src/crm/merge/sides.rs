//! A record as the merge shows it: its fields as people read them.

use super::super::address::lines;
use super::super::corporations::sections::fiscal_year_end;
use super::super::status::{contact_statuses, corporation_statuses};
use crate::api::{self, ApiError, Client};
use crate::format;
use crate::ui::Choice;
use chrono::NaiveDate;
use ebenezer_shared::crm::address::Address;
use ebenezer_shared::crm::contact::Contact;
use ebenezer_shared::crm::corporation::Corporation;
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::locale::{Locale, Text};
use ebenezer_shared::texts;
use ebenezer_shared::texts::{contacts as c, corporations as o, merge as m};
use uuid::Uuid;

/// A field: its name on the wire, what people call it, and its value; empty without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub name: &'static str,
    pub label: Text,
    pub value: String,
    /// Two values of it can look alike.
    pub masked: bool,
}

/// One of the records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    pub id: Uuid,
    pub name: String,
    pub etag: Option<String>,
    pub fields: Vec<Shown>,
    /// What comes along.
    pub ties: Ties,
}

/// What is tied to a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ties {
    pub list: ListName,
    /// Companies of a person, people of a company.
    pub links: u64,
    /// Others of its kind.
    pub relations: u64,
    /// Names of tags.
    pub tags: Vec<String>,
}

impl Ties {
    /// How many of what, in words; empty for nothing.
    pub fn words(&self, locale: Locale) -> String {
        let links = (self.links > 0).then(|| match self.list {
            ListName::Contacts => m::companies(locale, self.links),
            ListName::Corporations => m::people(locale, self.links),
        });
        let relations = (self.relations > 0).then(|| m::related(locale, self.relations));
        let tags = (!self.tags.is_empty()).then(|| self.tags.join(", "));
        [links, relations, tags].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// All that moves when these records go.
    pub fn of_all(sides: &[Side]) -> Option<Self> {
        let mut all = sides.iter().map(|side| side.ties.clone());
        let mut sum = all.next()?;
        for ties in all {
            sum.links += ties.links;
            sum.relations += ties.relations;
            sum.tags.extend(ties.tags);
        }
        sum.tags.sort();
        sum.tags.dedup();
        Some(sum)
    }
}

/// The record, worded in that language.
pub async fn read(
    client: Client,
    list: ListName,
    id: Uuid,
    locale: Locale,
) -> Result<Side, ApiError> {
    Ok(match list {
        ListName::Contacts => {
            let found = api::contacts::get(client, id.into()).await?;
            let related = api::contacts::related(client, id.into()).await?.total;
            contact(found.value, found.etag, related, locale)
        }
        ListName::Corporations => {
            let found = api::corporations::get(client, id.into()).await?;
            let related = api::corporations::related(client, id.into()).await?.total;
            corporation(found.value, found.etag, related, locale)
        }
    })
}

/// Fields in the order in which they are added.
#[derive(Default)]
struct Fields(Vec<Shown>);

impl Fields {
    fn add(&mut self, name: &'static str, label: Text, value: Option<String>) {
        let masked = ["ssn", "ein", "date_of_birth"].contains(&name);
        self.0.push(Shown { name, label, value: value.unwrap_or_default(), masked });
    }
}

fn chosen(choices: Vec<Choice>, value: &str) -> Option<String> {
    choices.into_iter().find(|choice| choice.value == value).map(|choice| choice.label)
}

fn day(day: Option<NaiveDate>, locale: Locale) -> Option<String> {
    day.map(|day| format::date(locale, day))
}

fn place(address: &Address, locale: Locale) -> Option<String> {
    let known = !address.is_empty();
    known.then(|| lines(address, |written| format::country(locale, written)).join("\n"))
}

fn tags(tags: Vec<ebenezer_shared::crm::tag::TagRef>) -> Vec<String> {
    tags.into_iter().map(|tag| tag.name).collect()
}

fn contact(it: Contact, etag: Option<String>, relations: u64, locale: Locale) -> Side {
    let mut fields = Fields::default();
    let primary = it.corporations.iter().find(|link| link.is_primary);
    let language = it.preferred_language.map(|language| match language {
        Locale::Es => texts::languages::ES,
        Locale::En => texts::languages::EN,
    });
    let links = (it.corporations.len() + it.former_corporations.len()) as u64;
    let ties = Ties { list: ListName::Contacts, links, relations, tags: tags(it.tags) };
    let name = format!("{} {}", it.first_name, it.last_name);
    fields.add("first_name", c::FIRST_NAME, Some(it.first_name));
    fields.add("last_name", c::LAST_NAME, Some(it.last_name));
    fields.add("email", c::EMAIL, it.email);
    fields.add("phone", c::PHONE, it.phone_display);
    fields.add("status", c::STATUS, chosen(contact_statuses(), it.status.as_str()));
    fields.add("client_since", c::CLIENT_SINCE, day(it.client_since, locale));
    let primary = primary.map(|link| link.name.clone());
    fields.add("primary_corporation_id", c::PRIMARY, primary);
    fields.add("department_id", c::DEPARTMENT, it.department.map(|it| it.name));
    fields.add("owner_id", c::OWNER, it.owner.map(|it| it.full_name));
    fields.add("address", texts::address::TITLE, place(&it.address, locale));
    fields.add("date_of_birth", c::DATE_OF_BIRTH, it.date_of_birth);
    fields.add("ssn", c::SSN, it.ssn);
    let language = language.map(|text| text.get(locale).to_owned());
    fields.add("preferred_language", c::PREFERRED_LANGUAGE, language);
    fields.add("notes", c::NOTES, it.notes);
    fields.add("external_id", c::EXTERNAL_ID, it.external_id);
    Side { id: it.id.into(), name, etag, fields: fields.0, ties }
}

fn corporation(it: Corporation, etag: Option<String>, relations: u64, locale: Locale) -> Side {
    let mut fields = Fields::default();
    let links = it.contact_count + it.former_contact_count;
    let ties = Ties { list: ListName::Corporations, links, relations, tags: tags(it.tags) };
    let name = it.name.clone();
    let kind = it.kind.map(|kind| kind.text().get(locale).to_owned());
    fields.add("name", o::NAME, Some(it.name));
    fields.add("legal_name", o::LEGAL_NAME, it.legal_name);
    fields.add("ein", o::EIN, it.ein);
    fields.add("type", o::TYPE, kind);
    fields.add("status", o::STATUS, chosen(corporation_statuses(), it.status.as_str()));
    fields.add("industry", o::INDUSTRY, it.industry);
    let end = it.fiscal_year_end.map(|day| fiscal_year_end(&day, locale));
    fields.add("fiscal_year_end", o::FISCAL_YEAR_END, end);
    fields.add("address", texts::address::TITLE, place(&it.address, locale));
    fields.add("phone", o::PHONE, it.phone_display);
    fields.add("email", o::EMAIL, it.email);
    fields.add("notes", o::NOTES, it.notes);
    fields.add("external_id", o::EXTERNAL_ID, it.external_id);
    Side { id: it.id.into(), name, etag, fields: fields.0, ties }
}
