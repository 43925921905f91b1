//! Cases of the demo firms: what a tax office has on its desks.

use super::people::{Maker, id_at};
use super::writer::insert_all;
use crate::crm::cases::checklist::entity as item;
use crate::crm::cases::entity as case;
use chrono::{Datelike as _, NaiveDate, TimeDelta};
use ebenezer_shared::crm::case::checklist::template;
use ebenezer_shared::crm::case::deadline::Filing;
use ebenezer_shared::crm::case::{CaseStatus, CaseType, TaxPeriod};
use ebenezer_shared::crm::priority::Priority;
use ebenezer_shared::locale::Locale;
use rand::RngExt as _;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

/// How many cases are open in which status: 24 in all.
const OPEN: [(CaseStatus, usize); 7] = [
    (CaseStatus::Intake, 4),
    (CaseStatus::WaitingDocuments, 6),
    (CaseStatus::InPreparation, 6),
    (CaseStatus::InReview, 3),
    (CaseStatus::ReadyToSign, 2),
    (CaseStatus::Filed, 2),
    (CaseStatus::Rejected, 1),
];
/// How many were opened in the last 30 days and in the 30 before, open ones and done ones:
/// 28 against 25 are twelve percent more.
const RECENT: [(usize, usize); 2] = [(16, 12), (8, 17)];
/// Done ones that were opened before that.
const OLDER: usize = 45;
/// So many are opened in two years by a firm that is for measuring, for each person it has.
const LARGE_SHARE: usize = 2;

/// What is worked at in any month: its type and how the year and the period follow from the
/// day on which the case was opened.
const KINDS: [(CaseType, i32); 9] = [
    (CaseType::SalesTax, 0),
    (CaseType::Form1040, 0),
    (CaseType::Form941, 0),
    (CaseType::Bookkeeping, 0),
    (CaseType::Form1120s, 0),
    (CaseType::IrsNotice, 0),
    (CaseType::Form1040x, -1),
    (CaseType::Form1065, 0),
    (CaseType::ItinW7, 0),
];

/// Whom cases are about, and who works at them.
pub struct Cast<'a> {
    pub people: &'a [Uuid],
    pub companies: &'a [Uuid],
    pub team: &'a [Uuid],
}

/// Writes the cases of a firm, and says which they are.
pub async fn write(
    tx: &DatabaseTransaction,
    maker: &mut Maker<'_>,
    cast: &Cast<'_>,
    large: Option<usize>,
) -> anyhow::Result<Vec<case::Model>> {
    let plan = match large {
        Some(contacts) => many(maker, contacts / LARGE_SHARE),
        None => few(),
    };
    let (mut rows, mut items) = (Vec::new(), Vec::new());
    for (serial, (status, age)) in plan.into_iter().enumerate() {
        let row = case(maker, cast, (serial, status, age));
        if large.is_none() {
            items.extend(checklist(maker, &row, status));
        }
        rows.push(row);
    }
    insert_all::<case::Entity>(tx, rows.clone()).await?;
    insert_all::<item::Entity>(tx, items).await?;
    Ok(rows)
}

/// Status and age in days of each case.
type Plan = Vec<(CaseStatus, i64)>;

fn few() -> Plan {
    let statuses = OPEN.iter().flat_map(|(status, count)| std::iter::repeat_n(*status, *count));
    let mut open = statuses.rev().collect::<Vec<_>>().into_iter();
    let mut plan = Plan::new();
    for ((is_open, is_done), first_day) in RECENT.into_iter().zip([0, 30]) {
        let days = |place: usize| first_day + i64::try_from(place * 29 / 28).unwrap_or_default();
        plan.extend(open.by_ref().take(is_open).enumerate().map(|(at, it)| (it, days(at))));
        plan.extend((0..is_done).map(|at| (done(at), days(at))));
    }
    let older = |at: usize| (done(at), 64 + 14 * i64::try_from(at).unwrap_or_default());
    plan.extend((0..OLDER).map(older));
    plan
}

fn done(serial: usize) -> CaseStatus {
    if serial % 4 == 3 { CaseStatus::Closed } else { CaseStatus::Accepted }
}

fn many(maker: &mut Maker<'_>, count: usize) -> Plan {
    let all = CaseStatus::ALL;
    let one = |_| {
        let status = all.get(maker.rng.random_range(0..all.len())).copied();
        (status.unwrap_or(CaseStatus::Intake), maker.rng.random_range(0..720))
    };
    (0..count).map(one).collect()
}

fn case(
    maker: &mut Maker<'_>,
    cast: &Cast<'_>,
    (serial, status, age): (usize, CaseStatus, i64),
) -> case::Model {
    let minutes = TimeDelta::minutes(i64::try_from(serial % 50).unwrap_or_default() * 7);
    let opened = maker.now - TimeDelta::days(age) - minutes;
    let (kind, years) = KINDS.get(serial % KINDS.len()).copied().unwrap_or((CaseType::Other, 0));
    let is_company = matches!(
        kind,
        CaseType::SalesTax | CaseType::Form941 | CaseType::Form1120s | CaseType::Form1065
    );
    let at = |all: &[Uuid]| all.get(serial * 7 % all.len().max(1)).copied();
    let company = at(cast.companies).filter(|_| is_company || kind == CaseType::Bookkeeping);
    let person = at(cast.people).filter(|_| company.is_none());
    let (tax_year, period) = filed_for(kind, status, opened.date_naive(), years);
    let filing = Filing { kind, tax_year, period, is_extended: false, fiscal_year_end: None };
    let set = (kind == CaseType::IrsNotice).then(|| opened.date_naive() + TimeDelta::days(30));
    let priority = match serial % 6 {
        0 => Priority::High,
        4 => Priority::Low,
        _ if kind == CaseType::IrsNotice => Priority::Urgent,
        _ => Priority::Normal,
    };
    let assignee = at(cast.team).filter(|_| status != CaseStatus::Intake);
    case::Model {
        id: id_at(&mut maker.rng, opened),
        tenant_id: maker.tenant,
        contact_id: person,
        corporation_id: company,
        joint_contact_id: None,
        kind: kind.as_str().to_owned(),
        tax_year,
        period: period.as_str().to_owned(),
        status: status.as_str().to_owned(),
        status_rank: status as i32,
        closed_from: (status == CaseStatus::Closed)
            .then(|| CaseStatus::Accepted.as_str().to_owned()),
        status_since: opened + TimeDelta::hours(age * 12),
        due_on: set.or_else(|| filing.due_on()),
        due_is_set: set.is_some(),
        is_extended: false,
        assignee_id: assignee,
        department_id: maker.departments.get(usize::from(company.is_some())).copied(),
        priority: priority.as_str().to_owned(),
        priority_rank: priority.rank(),
        fee_amount: Some(maker.rng.random_range(6..60) * 2500),
        fee_currency: Some("USD".to_owned()),
        notes: None,
        external_id: None,
        version: 1,
        created_by: cast.team.first().copied(),
        created_at: opened,
        updated_at: opened + TimeDelta::hours(age * 12),
    }
}

/// The year and the period that a case of the kind is about when it is opened on the day.
fn filed_for(kind: CaseType, status: CaseStatus, day: NaiveDate, years: i32) -> (i32, TaxPeriod) {
    let named = |name: String| name.parse().unwrap_or(TaxPeriod::Year);
    // What a month or a quarter asks for is done after it.
    let (year, month) = match day.month() {
        1 => (day.year() - 1, 12),
        month => (day.year(), month - 1),
    };
    match kind {
        CaseType::SalesTax | CaseType::Bookkeeping => (year, named(format!("m{month:02}"))),
        CaseType::Form941 => match month / 3 {
            0 => (year - 1, TaxPeriod::Q4),
            quarter => (year, named(format!("q{quarter}"))),
        },
        _ if status.can_be_late() => (next_to_file(kind, day) + years, TaxPeriod::Year),
        _ => (day.year() - 1 + years, TaxPeriod::Year),
    }
}

/// The tax year whose return is due next.
fn next_to_file(kind: CaseType, day: NaiveDate) -> i32 {
    let last = day.year() - 1;
    let period = TaxPeriod::Year;
    let filing = Filing { kind, tax_year: last, period, is_extended: false, fiscal_year_end: None };
    if filing.due_on().is_some_and(|due| due < day) { day.year() } else { last }
}

/// The checklist of the type, as far as the status says.
fn checklist(maker: &mut Maker<'_>, row: &case::Model, status: CaseStatus) -> Vec<item::Model> {
    let kind = row.kind.parse().unwrap_or(CaseType::Other);
    let texts = template(kind);
    let done = match status {
        CaseStatus::Intake => 0,
        CaseStatus::WaitingDocuments => texts.len() / 3,
        CaseStatus::InPreparation | CaseStatus::Rejected => texts.len() / 2,
        CaseStatus::InReview | CaseStatus::ReadyToSign => texts.len().saturating_sub(1),
        CaseStatus::Filed | CaseStatus::Accepted | CaseStatus::Closed => texts.len(),
    };
    let all = (0..).zip(texts).enumerate();
    all.map(|(place, (position, text))| item::Model {
        id: id_at(&mut maker.rng, row.created_at),
        tenant_id: row.tenant_id,
        case_id: row.id,
        position,
        label: text.get(Locale::Es).to_owned(),
        done_at: (place < done).then_some(row.status_since),
        done_by: row.assignee_id.filter(|_| place < done),
        created_at: row.created_at,
    })
    .collect()
}
