//! What ties the demo's people and companies together.

#![expect(
    clippy::disallowed_methods,
    reason = "writes whole firms at once, each row with its firm"
)]

use super::people::Maker;
use super::writer::insert_all;
use crate::crm::contacts::link;
use crate::crm::contacts::related::entity as relation;
use crate::crm::corporations::related::entity as company_relation;
use chrono::NaiveDate;
use ebenezer_shared::crm::relation::{CompanyRelation, PersonRelation};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

/// Owners of the known companies, a few families, and a holding with subsidiaries.
pub async fn write(
    tx: &DatabaseTransaction,
    maker: &Maker<'_>,
    (known, people): (&[Uuid], &[Uuid]),
    companies: &[Uuid],
) -> anyhow::Result<()> {
    if let (&[maria, juan, carlos], &[abc, xyz, tech, ..]) = (known, companies) {
        for (person, company, role, share, since) in [
            (maria, abc, "owner", Some(6000), 2018),
            (carlos, abc, "owner", Some(4000), 2018),
            (juan, xyz, "owner", Some(10_000), 2020),
            (carlos, xyz, "accountant", None, 2022),
            (carlos, tech, "director", None, 2021),
        ] {
            describe(tx, maker, (person, company), (role, share, since)).await?;
        }
    }
    insert_all::<relation::Entity>(tx, families(maker, known, people)).await?;
    insert_all::<company_relation::Entity>(tx, holding(maker, companies)).await
}

/// Says what a person is to a company that they are linked to.
async fn describe(
    tx: &DatabaseTransaction,
    maker: &Maker<'_>,
    (person, company): (Uuid, Uuid),
    (role, share, since): (&str, Option<i32>, i32),
) -> anyhow::Result<()> {
    link::Entity::update_many()
        .filter(link::Column::TenantId.eq(maker.tenant))
        .filter(link::Column::ContactId.eq(person))
        .filter(link::Column::CorporationId.eq(company))
        .col_expr(link::Column::Role, Expr::value(role))
        .col_expr(link::Column::Share, Expr::value(share))
        .col_expr(link::Column::StartsOn, Expr::value(NaiveDate::from_ymd_opt(since, 3, 14)))
        .exec(tx)
        .await?;
    Ok(())
}

fn families(maker: &Maker<'_>, known: &[Uuid], people: &[Uuid]) -> Vec<relation::Model> {
    let mut rows = Vec::new();
    let mut relate =
        |one: Uuid, other: Uuid, kind: PersonRelation, since: i32, note: Option<&str>| {
            let mut row = relation::Model {
                tenant_id: maker.tenant,
                low_id: one.min(other),
                high_id: one.max(other),
                kind: String::new(),
                starts_on: NaiveDate::from_ymd_opt(since, 6, 1),
                ends_on: None,
                note: note.map(ToOwned::to_owned),
                created_at: maker.now,
            };
            row.set_kind_for(one, kind);
            rows.push(row);
        };
    if let (&[maria, _, carlos], &[child, sister, ..]) = (known, people) {
        relate(maria, carlos, PersonRelation::Spouse, 2009, None);
        relate(maria, child, PersonRelation::Child, 2011, None);
        relate(carlos, child, PersonRelation::Dependent, 2011, Some("Declarado por Carlos"));
        relate(maria, sister, PersonRelation::Sibling, 1990, None);
    }
    for pair in people.get(2..).unwrap_or_default().chunks_exact(7).take(40) {
        if let [one, other, ..] = *pair {
            relate(one, other, PersonRelation::Spouse, 2015, None);
        }
    }
    rows
}

fn holding(maker: &Maker<'_>, companies: &[Uuid]) -> Vec<company_relation::Model> {
    let row = |one: Uuid, other: Uuid, kind: CompanyRelation, share: Option<i32>, since: i32| {
        let mut row = company_relation::Model {
            tenant_id: maker.tenant,
            low_id: one.min(other),
            high_id: one.max(other),
            kind: String::new(),
            share,
            starts_on: NaiveDate::from_ymd_opt(since, 1, 1),
            ends_on: None,
            created_at: maker.now,
        };
        row.set_kind_for(one, kind);
        row
    };
    match *companies {
        [abc, _, tech, first, second, third, ..] => vec![
            row(abc, tech, CompanyRelation::Subsidiary, Some(7500), 2021),
            row(abc, first, CompanyRelation::Subsidiary, Some(10_000), 2022),
            row(tech, second, CompanyRelation::Subsidiary, Some(5100), 2023),
            row(second, third, CompanyRelation::Affiliate, None, 2023),
        ],
        _ => Vec::new(),
    }
}
