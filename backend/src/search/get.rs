//! `GET /api/search`

use super::clients::{self, Numbers};
use super::record::Hits;
use super::{cases, papers, work};
use crate::auth::{AnyMember, TenantScope};
use crate::crm::client::Names;
use crate::crm::contacts::entity as contact;
use crate::crm::corporations::entity as corporation;
use crate::db::{Best, Sought, Words};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Query;
use ebenezer_shared::record::RecordType as Kind;
use ebenezer_shared::search::{FEW, Found, MAX_RECORDS, RecordName};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SearchQuery {
    /// Words, whatever their accents and case: of names, emails, phones, titles. Of cases also
    /// their year and the number of their form. Words of one or two letters are looked for at
    /// the beginnings of names. Without any nothing is found.
    q: Option<String>,
    /// Instead of words: at most 20 records, `contact:<id>,case:<id>`. Those that are gone or
    /// that the caller does not see are left out.
    #[param(example = "contact:01980000-0000-7000-8000-000000000001")]
    records: Option<String>,
}

/// What is wanted of each kind.
enum Wanted {
    Words(Words),
    Records(Vec<RecordName>),
}

impl SearchQuery {
    fn wanted(&self) -> Result<Option<Wanted>, ApiError> {
        let Some(records) = &self.records else {
            return Ok(Words::of_parameter("q", self.q.as_deref())?.map(Wanted::Words));
        };
        if self.q.is_some() {
            return Err(ApiError::query("records", "invalid"));
        }
        let named = records.split(',').filter(|name| !name.is_empty()).map(str::parse);
        let named: Result<Vec<RecordName>, _> = named.collect();
        let named = named.ok().filter(|named| named.len() <= MAX_RECORDS);
        let named = named.ok_or_else(|| ApiError::query("records", "invalid"))?;
        Ok(Some(Wanted::Records(named)))
    }
}

/// Finds records of every kind that the caller may see, a few of each, what fits best first.
#[utoipa::path(get, path = "/api/search", tag = "search", params(SearchQuery),
    responses((status = 200, body = Found)))]
pub async fn search_records(
    scope: AnyMember,
    Query(query): Query<SearchQuery>,
) -> Result<Answer, ApiError> {
    let Some(wanted) = query.wanted()? else { return Answer::ok(&Found::default()) };
    let mut all = Vec::new();
    clients_and_cases(&scope, &wanted, &mut all).await?;
    the_rest(&scope, &wanted, &mut all).await?;
    all.retain(|hits| !hits.is_empty());
    let of_cases = cases::clients(&scope, all.iter().flat_map(Hits::cases_of_clients)).await?;
    for hits in &mut all {
        hits.take_clients(&of_cases);
    }
    let clients = all.iter().flat_map(Hits::clients);
    let names = Names::of_clients(scope.tenant_id(), scope.db(), clients).await?;
    Answer::ok(&Found { groups: all.into_iter().map(|hits| hits.group(&names)).collect() })
}

/// One kind of what is wanted, for who may see it.
struct Part<'a> {
    wanted: &'a Wanted,
    ids: Vec<Uuid>,
    is_seen: bool,
}

impl<'a> Part<'a> {
    fn of(scope: &TenantScope, wanted: &'a Wanted, kind: Kind) -> Self {
        let ids = match wanted {
            Wanted::Words(_) => Vec::new(),
            Wanted::Records(named) => {
                named.iter().filter(|name| name.kind == kind).map(|name| name.id).collect()
            }
        };
        Self { wanted, ids, is_seen: scope.may(kind.needs()) }
    }

    /// What to look for; nothing when that is not asked or not allowed.
    fn sought(&self) -> Option<Sought<'_>> {
        self.any_sought().filter(|_| self.is_seen)
    }

    /// The same, whether or not the caller sees the kind by itself.
    fn any_sought(&self) -> Option<Sought<'_>> {
        match self.wanted {
            Wanted::Words(words) => Some(Sought::Words(words)),
            Wanted::Records(_) if self.ids.is_empty() => None,
            Wanted::Records(_) => Some(Sought::These(&self.ids)),
        }
    }

    fn numbers(&self) -> Numbers {
        if self.is_seen { Numbers::Found } else { Numbers::Ignored }
    }

    fn by_id(&self) -> bool {
        matches!(self.wanted, Wanted::Records(_))
    }
}

/// People are found by their companies and cases by their clients, so these go together.
async fn clients_and_cases(
    scope: &TenantScope,
    wanted: &Wanted,
    all: &mut Vec<Hits>,
) -> Result<(), ApiError> {
    let part = |kind| Part::of(scope, wanted, kind);
    let (person, company, case) = (part(Kind::Contact), part(Kind::Corporation), part(Kind::Case));
    let companies = match company.any_sought() {
        // By the names of their companies people and cases are found by who sees these alone.
        Some(sought) if company.is_seen || (!company.by_id() && person.is_seen) => {
            Some(clients::companies(scope, sought, company.numbers()).await?)
        }
        _ => None,
    };
    let mut people = match person.sought() {
        Some(sought) => Some(clients::people(scope, sought, Numbers::Found).await?),
        None => None,
    };
    let cases = match case.sought() {
        Some(sought) => {
            let companies = companies.as_ref().filter(|_| company.is_seen);
            Some(cases::find(scope, sought, (people.as_ref(), companies)).await?)
        }
        None => None,
    };
    if let (Some(people), Some(companies), false) = (&mut people, &companies, person.by_id()) {
        let best = companies.rows.get(..FEW).unwrap_or(&companies.rows);
        clients::add_people_of(scope, people, best, FEW).await?;
    }
    let seen = companies.filter(|_| company.is_seen);
    all.extend(best_first(people, seen, person.by_id()));
    let locale = scope.info.locale;
    let hit = |row| cases::hit(locale, &row);
    all.extend(cases.map(|it| Hits::of(Kind::Case, it, case.by_id(), hit)));
    Ok(())
}

/// People and companies, those first whose names fit the words better.
fn best_first(
    people: Option<Best<contact::Model>>,
    companies: Option<Best<corporation::Model>>,
    by_id: bool,
) -> Vec<Hits> {
    let companies_first = match (&people, &companies) {
        (Some(people), Some(companies)) => companies.fit < people.fit,
        _ => false,
    };
    let people = people.map(|it| Hits::of(Kind::Contact, it, by_id, clients::person));
    let companies = companies.map(|it| Hits::of(Kind::Corporation, it, by_id, clients::company));
    let both = if companies_first { [companies, people] } else { [people, companies] };
    both.into_iter().flatten().collect()
}

async fn the_rest(
    scope: &TenantScope,
    wanted: &Wanted,
    all: &mut Vec<Hits>,
) -> Result<(), ApiError> {
    let part = |kind| Part::of(scope, wanted, kind);
    let locale = scope.info.locale;
    let by_id = matches!(wanted, Wanted::Records(_));
    if let Some(sought) = part(Kind::Document).sought() {
        let mut found = papers::documents(scope, sought).await?;
        let few = if by_id { MAX_RECORDS } else { FEW + 1 };
        found.rows.truncate(few);
        let folders = papers::folders(scope, &found.rows).await?;
        all.push(Hits::of(Kind::Document, found, by_id, |row| papers::document(&folders, row)));
    }
    if let Some(sought) = part(Kind::DocumentRequest).sought() {
        let found = papers::requests(scope, sought).await?;
        all.push(Hits::of(Kind::DocumentRequest, found, by_id, papers::request));
    }
    if let Some(sought) = part(Kind::Task).sought() {
        let found = work::tasks(scope, sought).await?;
        all.push(Hits::of(Kind::Task, found, by_id, |row| work::task(locale, row)));
    }
    if let Some(sought) = part(Kind::Appointment).sought() {
        let found = work::appointments(scope, sought).await?;
        all.push(Hits::of(Kind::Appointment, found, by_id, |row| work::appointment(locale, row)));
    }
    if let Some(sought) = part(Kind::Thread).sought() {
        let found = work::threads(scope, sought).await?;
        all.push(Hits::of(Kind::Thread, found, by_id, |row| work::thread(scope, row)));
    }
    if let Some(sought) = part(Kind::Note).sought() {
        let found = work::notes(scope, sought).await?;
        all.push(Hits::of(Kind::Note, found, by_id, |row| work::note(&row)));
    }
    Ok(())
}
