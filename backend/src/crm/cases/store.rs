//! Reading cases.

use super::entity::{Column, Entity, Model};
use super::list::{CaseOrder, Filter};
use super::{checklist, rules};
use crate::auth::TenantScope;
use crate::crm::client::{Client, Names};
use crate::crm::contacts::entity as contact;
use crate::crm::corporations::entity as corporation;
use crate::db::{Conditions, Listing, Searched, Words, searched};
use crate::deletions;
use crate::error::ApiError;
use ebenezer_shared::crm::case::{Case, CaseRef, CaseSummary};
use ebenezer_shared::crm::client::ClientRef;
use ebenezer_shared::money::Money;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::record::RecordType;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

/// The firm's case, locked against other writers when it is to be changed.
pub async fn find(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
    lock: bool,
) -> Result<Model, ApiError> {
    deletions::find::<Entity>(scope, db, RecordType::Case, id, lock).await
}

/// One page of the list: six queries, whatever its size.
pub async fn list(
    scope: &TenantScope,
    filter: &Filter,
    listing: &Listing<CaseOrder>,
) -> Result<Page<CaseSummary>, ApiError> {
    let all = Searched { rows: scope.select::<Entity>(), found: None };
    let conditions = Conditions::from(condition(scope, filter));
    let position = |row: &Model, key: CaseOrder| (key.value(row), row.id);
    let page = listing.read(scope.db(), all, conditions, "cases", position).await?;
    let Page { items, page, page_size, total, total_is_exact, next_cursor } = page;
    let items = summaries(scope, items).await?;
    Ok(Page { items, page, page_size, total, total_is_exact, next_cursor })
}

/// Which cases a filter means.
pub fn condition(scope: &TenantScope, filter: &Filter) -> Condition {
    let mut all = Condition::all()
        .add_option(filter.kind.map(|kind| Column::Kind.eq(kind.as_str())))
        .add_option(filter.tax_year.map(|year| Column::TaxYear.eq(year)))
        .add_option(filter.priority.map(|priority| Column::Priority.eq(priority.as_str())))
        .add_option(filter.corporation.map(|id| Column::CorporationId.eq(id)))
        .add_option(filter.assignee.map(|id| Column::AssigneeId.eq(id)))
        .add_option(filter.department.map(|id| Column::DepartmentId.eq(id)))
        .add_option(filter.due_from.map(|day| Column::DueOn.gte(day)))
        .add_option(filter.due_to.map(|day| Column::DueOn.lte(day)))
        .add_option(filter.external_id.as_ref().map(|id| Column::ExternalId.eq(id)))
        .add_option(filter.updated_since.map(|since| Column::UpdatedAt.gte(since)));
    if let Some(statuses) = &filter.statuses {
        all = all.add(Column::Status.is_in(statuses.iter().map(|status| status.as_str())));
    }
    if let Some(id) = filter.contact {
        let either = Condition::any().add(Column::ContactId.eq(id));
        all = all.add(either.add(Column::JointContactId.eq(id)));
    }
    if let Some(words) = &filter.search {
        all = all.add(of_clients(scope, words));
    }
    all
}

/// The cases of clients whose names, emails or phones hold the words.
fn of_clients(scope: &TenantScope, words: &Words) -> Condition {
    let (db, tenant) = (scope.db(), scope.tenant_id());
    let people = searched::<contact::Entity>(db, tenant, "contacts", Some(words), None).rows;
    let people = || -> SelectStatement {
        people.clone().select_only().column(contact::Column::Id).into_query()
    };
    let companies =
        searched::<corporation::Entity>(db, tenant, "corporations", Some(words), None).rows;
    let companies = companies.select_only().column(corporation::Column::Id).into_query();
    Condition::any()
        .add(Column::ContactId.in_subquery(people()))
        .add(Column::JointContactId.in_subquery(people()))
        .add(Column::CorporationId.in_subquery(companies))
}

/// Rows as lists and the board show them.
pub async fn summaries(
    scope: &TenantScope,
    rows: Vec<Model>,
) -> Result<Vec<CaseSummary>, ApiError> {
    let names = names(scope, scope.db(), &rows).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let counts = checklist::counts(scope, ids).await?;
    let summary = |row: Model| {
        let (done, total) = counts.get(&row.id).copied().unwrap_or_default();
        CaseSummary {
            client: names.client(client(&row)),
            joint_contact: joint(&names, &row),
            kind: rules::kind(&row),
            period: rules::period(&row),
            status: rules::status(&row),
            closed_from: rules::closed_from(&row),
            priority: rules::priority(&row),
            assignee: names.colleague(row.assignee_id),
            fee: fee(&row),
            id: row.id.into(),
            tax_year: row.tax_year,
            status_since: row.status_since,
            due_on: row.due_on,
            is_extended: row.is_extended,
            department_id: row.department_id.map(Into::into),
            checklist_done: done,
            checklist_total: total,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    };
    Ok(rows.into_iter().map(summary).collect())
}

/// The case as what belongs to it names it.
pub fn reference(row: &Model) -> CaseRef {
    let (kind, period) = (rules::kind(row), rules::period(row));
    CaseRef { id: row.id.into(), kind, tax_year: row.tax_year, period }
}

/// The case as the API shows it.
pub async fn load(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    row: Model,
) -> Result<Case, ApiError> {
    let rows = std::slice::from_ref(&row);
    let names = names(scope, db, rows).await?;
    Ok(Case {
        client: names.client(client(&row)),
        joint_contact: joint(&names, &row),
        kind: rules::kind(&row),
        period: rules::period(&row),
        status: rules::status(&row),
        closed_from: rules::closed_from(&row),
        priority: rules::priority(&row),
        assignee: names.colleague(row.assignee_id),
        department: names.department(row.department_id),
        fee: fee(&row),
        checklist: checklist::of(scope, db, row.id).await?,
        id: row.id.into(),
        tax_year: row.tax_year,
        status_since: row.status_since,
        due_on: row.due_on,
        due_is_set: row.due_is_set,
        is_extended: row.is_extended,
        notes: row.notes,
        external_id: row.external_id,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

fn fee(row: &Model) -> Option<Money> {
    let currency = row.fee_currency.clone()?;
    Some(Money { amount: row.fee_amount?, currency })
}

async fn names(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    rows: &[Model],
) -> Result<Names, DbErr> {
    let joint = rows.iter().filter_map(|row| row.joint_contact_id).map(Client::contact);
    let clients = rows.iter().map(client).chain(joint);
    let departments = rows.iter().map(|row| row.department_id);
    Names::of(scope, db, clients, departments, rows.iter().map(|row| row.assignee_id)).await
}

fn client(row: &Model) -> Client {
    Client::of_row(row.contact_id, row.corporation_id)
}

fn joint(names: &Names, row: &Model) -> Option<ClientRef> {
    row.joint_contact_id.map(|id| names.client(Client::contact(id)))
}
