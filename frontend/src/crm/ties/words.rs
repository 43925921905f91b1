//! Roles, relations, shares and dates in words.

use crate::format;
use chrono::NaiveDate;
use ebenezer_shared::crm::link::LinkRole;
use ebenezer_shared::crm::period::{Period, share_text};
use ebenezer_shared::crm::relation::{CompanyRelation, PersonRelation};
use ebenezer_shared::locale::{Locale, Text};
use ebenezer_shared::texts::{
    company_relations as c, link_roles as l, person_relations as p, ties,
};

/// What a person is to a company.
pub const fn role(role: LinkRole) -> Text {
    match role {
        LinkRole::Owner => l::OWNER,
        LinkRole::Officer => l::OFFICER,
        LinkRole::Director => l::DIRECTOR,
        LinkRole::Employee => l::EMPLOYEE,
        LinkRole::Accountant => l::ACCOUNTANT,
        LinkRole::Agent => l::AGENT,
        LinkRole::Other => l::OTHER,
    }
}

/// What a person is to another.
pub const fn person_relation(kind: PersonRelation) -> Text {
    match kind {
        PersonRelation::Spouse => p::SPOUSE,
        PersonRelation::Partner => p::PARTNER,
        PersonRelation::Parent => p::PARENT,
        PersonRelation::Child => p::CHILD,
        PersonRelation::Sibling => p::SIBLING,
        PersonRelation::Dependent => p::DEPENDENT,
        PersonRelation::Guardian => p::GUARDIAN,
        PersonRelation::Other => p::OTHER,
    }
}

/// What a company is to another.
pub const fn company_relation(kind: CompanyRelation) -> Text {
    match kind {
        CompanyRelation::Parent => c::PARENT,
        CompanyRelation::Subsidiary => c::SUBSIDIARY,
        CompanyRelation::Affiliate => c::AFFILIATE,
        CompanyRelation::SharedOwner => c::SHARED_OWNER,
    }
}

/// “Propietario · 33,33 % · desde 31 ene 2020”; empty when nothing is known.
pub fn facts(
    locale: Locale,
    kind: Option<Text>,
    share: Option<u16>,
    period: Period,
    note: Option<&str>,
) -> String {
    let kind = kind.map(|kind| kind.get(locale).to_owned());
    let share = share.map(|share| share_text(share.into(), locale));
    let note = note.map(ToOwned::to_owned);
    let parts = [kind, share, when(locale, period), note];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn when(locale: Locale, period: Period) -> Option<String> {
    let day = |day: NaiveDate| format::date(locale, day);
    match (period.from, period.to) {
        (None, None) => None,
        (Some(from), None) => Some(ties::since(locale, day(from))),
        (None, Some(to)) => Some(ties::until(locale, day(to))),
        (Some(from), Some(to)) => Some(ties::between(locale, day(from), day(to))),
    }
}
