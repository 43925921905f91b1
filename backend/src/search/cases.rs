//! Cases: by the names of their clients, by year and by type.

use super::clients::{self, Numbers};
use super::record::Hit;
use crate::auth::TenantScope;
use crate::crm::cases::entity::{Column, Entity, Model};
use crate::crm::cases::store::reference;
use crate::crm::client::Client;
use crate::crm::contacts::entity as contact;
use crate::crm::corporations::entity as corporation;
use crate::db::{Best, Sought, TenantOwned, Words, holds, normalize};
use crate::error::ApiError;
use ebenezer_shared::crm::case::{CaseStatus, CaseType, TaxPeriod};
use ebenezer_shared::locale::Locale;
use ebenezer_shared::search::FEW;
use sea_orm::sea_query::{Expr, ExprTrait as _, SimpleExpr};
use sea_orm::{
    ColumnTrait as _, Condition, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _, Select,
};
use std::cmp::Reverse;
use std::collections::HashMap;
use uuid::Uuid;

/// So many cases are read at once.
const READ: u64 = 200;
/// So many of the newest are asked for their clients, where the clients are too many.
const NEWEST: u64 = 5000;

/// What of the words says which cases, and what says whose.
struct Terms {
    years: Vec<i32>,
    kinds: Vec<&'static str>,
    names: Option<Words>,
}

impl Terms {
    fn of(words: &Words) -> Self {
        let (mut years, mut kinds, mut names) = (Vec::new(), Vec::new(), Vec::new());
        for word in &words.words {
            let year = word.parse::<i32>().ok().filter(|year| (1913..=2100).contains(year));
            let meant: Vec<&str> = CaseType::ALL
                .iter()
                .filter(|kind| is_type(**kind, word))
                .map(|kind| kind.as_str())
                .collect();
            match year {
                Some(year) => years.push(year),
                None if meant.is_empty() => names.push(word.clone()),
                None => kinds.extend(meant),
            }
        }
        let rest = Words { words: names, digits: words.digits.clone() };
        Self { years, kinds, names: (!rest.words.is_empty()).then_some(rest) }
    }

    fn condition(&self) -> Condition {
        let mut all = Condition::all();
        if !self.years.is_empty() {
            all = all.add(Column::TaxYear.is_in(self.years.iter().copied()));
        }
        if !self.kinds.is_empty() {
            all = all.add(Column::Kind.is_in(self.kinds.iter().copied()));
        }
        all
    }
}

/// Whether the word is the number of a form: `1040`, `1120-s`, `w7`.
fn is_type(kind: CaseType, word: &str) -> bool {
    let bare = |text: &str| text.replace(['-', '(', ')'], "");
    let word = bare(word);
    let label = normalize(kind.text().get(Locale::Es));
    word.contains(|c: char| c.is_ascii_digit())
        && label
            .split(' ')
            .map(bare)
            .any(|part| part == word || (word.chars().count() > 2 && part.starts_with(&word)))
}

/// The cases that are sought, open ones first, then the newest.
pub async fn find(
    scope: &TenantScope,
    sought: Sought<'_>,
    (people, companies): (Option<&Best<contact::Model>>, Option<&Best<corporation::Model>>),
) -> Result<Best<Model>, ApiError> {
    let all = scope.select::<Entity>();
    let words = match sought {
        Sought::Words(words) => words,
        Sought::These(ids) => {
            let rows = all.filter(Column::Id.is_in(ids.iter().copied())).all(scope.db()).await?;
            return Ok(Best { rows, is_cut: false, fit: 0 });
        }
    };
    let terms = Terms::of(words);
    let all = all.filter(terms.condition());
    let Some(names) = &terms.names else { return newest(scope, all).await };
    // What was found for all the words serves where all of them are names.
    match (people, companies) {
        (Some(people), Some(companies)) if names == words => {
            of_clients(scope, all, names, people, companies).await
        }
        _ => {
            let people = clients::people(scope, Sought::Words(names), Numbers::Ignored).await?;
            let companies =
                clients::companies(scope, Sought::Words(names), Numbers::Ignored).await?;
            of_clients(scope, all, names, &people, &companies).await
        }
    }
}

/// The clients of cases, as far as the caller may see such.
pub async fn clients(
    scope: &TenantScope,
    cases: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Client>, ApiError> {
    let ids: Vec<Uuid> = cases.collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = scope.select::<Entity>().filter(Column::Id.is_in(ids)).all(scope.db()).await?;
    let whose = rows.iter().map(|row| (row.id, Client::of_row(row.contact_id, row.corporation_id)));
    Ok(whose.filter(|(_, client)| scope.may(client.kind.record().needs())).collect())
}

async fn newest(scope: &TenantScope, cases: Select<Entity>) -> Result<Best<Model>, ApiError> {
    let newest = cases.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).limit(READ);
    Ok(in_order(newest.all(scope.db()).await?))
}

/// Open ones first, then the newest, each once.
fn in_order(mut rows: Vec<Model>) -> Best<Model> {
    let order = |row: &Model| {
        let is_open = status(row).is_some_and(CaseStatus::is_open);
        (!is_open, Reverse((row.created_at, row.id)))
    };
    rows.sort_by_key(order);
    rows.dedup_by_key(|row| row.id);
    let is_cut = rows.len() as u64 >= READ;
    Best { rows, is_cut, fit: 0 }
}

/// Those of the clients that were found; where these are not all, and have too few, those of
/// others among the newest as well.
async fn of_clients(
    scope: &TenantScope,
    cases: Select<Entity>,
    names: &Words,
    people: &Best<contact::Model>,
    companies: &Best<corporation::Model>,
) -> Result<Best<Model>, ApiError> {
    let people_ids = || people.rows.iter().map(|row| row.id);
    let mut rows = Vec::new();
    // One by one: of all in one SQLite's planner walks every case.
    for (column, ids) in [
        (Column::ContactId, people_ids().collect::<Vec<Uuid>>()),
        (Column::JointContactId, people_ids().collect()),
        (Column::CorporationId, companies.rows.iter().map(|row| row.id).collect()),
    ] {
        if !ids.is_empty() {
            let theirs = cases.clone().filter(column.is_in(ids));
            let theirs = theirs.order_by_desc(Column::CreatedAt).limit(READ);
            rows.extend(theirs.all(scope.db()).await?);
        }
    }
    let mut found = in_order(rows);
    if (people.is_cut || companies.is_cut) && found.rows.len() <= FEW {
        let lately = cases.clone().select_only().column(Column::Id);
        let lately = lately.order_by_desc(Column::CreatedAt).limit(NEWEST).into_query();
        let any = Condition::any()
            .add(held_by::<contact::Entity>(scope, "contacts", "contact_id", names))
            .add(held_by::<contact::Entity>(scope, "contacts", "joint_contact_id", names))
            .add(held_by::<corporation::Entity>(scope, "corporations", "corporation_id", names));
        let cases = cases.filter(Column::Id.in_subquery(lately)).filter(any);
        found.rows.extend(newest(scope, cases).await?.rows);
        found = in_order(found.rows);
    }
    Ok(found)
}

/// Whether the client that the column names holds the words.
fn held_by<E: TenantOwned>(
    scope: &TenantScope,
    table: &'static str,
    column: &'static str,
    words: &Words,
) -> SimpleExpr {
    let client = scope
        .select::<E>()
        .filter(Expr::col((table, "id")).equals(("cases", column)))
        .filter(holds(table, words));
    Expr::exists(client.select_only().expr(Expr::val(1i32)).into_query())
}

fn status(row: &Model) -> Option<CaseStatus> {
    row.status.parse().ok()
}

pub fn hit(locale: Locale, row: &Model) -> Hit {
    let named = reference(row);
    let mut title = format!("{} · {}", named.kind.text().get(locale), named.tax_year);
    if named.period != TaxPeriod::Year {
        title = format!("{title} · {}", named.period.label(locale));
    }
    Hit {
        id: row.id,
        title,
        detail: status(row).map(|status| status.text().get(locale).to_owned()),
        client: Some(Client::of_row(row.contact_id, row.corporation_id)),
        ..Hit::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_forms_are_told_from_names() {
        let of = |text: &str| Terms::of(&Words::of_query(Some(text)).unwrap().unwrap());
        let mixed = of("García 2024 1120-S");
        assert_eq!((mixed.years, mixed.kinds), (vec![2024], vec!["form_1120s"]));
        assert_eq!(mixed.names.unwrap().words, ["garcia"]);
        assert_eq!(of("1040").kinds, ["form_1040", "form_1040x"]);
        assert_eq!(of("w7").kinds, ["itin_w7"]);
        assert_eq!(of("irs").names.unwrap().words, ["irs"]);
        assert_eq!(of("555 1234").names.unwrap().words, ["5551234"]);
    }
}
