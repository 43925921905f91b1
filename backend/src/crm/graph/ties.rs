//! The tables whose rows are lines of the picture.

use crate::crm::contacts::link;
use crate::crm::contacts::related::entity as person_relation;
use crate::crm::corporations::related::entity as company_relation;
use crate::db::TenantOwned;
use ebenezer_shared::crm::graph::{GraphEdge, GraphKind};
use sea_orm::EntityTrait;

type Column<T> = <<T as Ties>::Entity as EntityTrait>::Column;
type Row<T> = <<T as Ties>::Entity as EntityTrait>::Model;

/// A table whose rows tie two records together for some time.
pub trait Ties {
    type Entity: TenantOwned;
    /// What stands at either end.
    const KINDS: (GraphKind, GraphKind);

    /// The columns that name the ends.
    fn ends() -> (Column<Self>, Column<Self>);

    /// The columns of the first and the last day.
    fn period() -> (Column<Self>, Column<Self>);

    /// By what rows are ordered before their ends.
    fn first() -> Column<Self> {
        Self::ends().0
    }

    fn edge(row: &Row<Self>) -> GraphEdge;
}

/// People and their companies.
pub struct Links;
pub struct PersonRelations;
pub struct CompanyRelations;

impl Ties for Links {
    type Entity = link::Entity;
    const KINDS: (GraphKind, GraphKind) = (GraphKind::Contact, GraphKind::Corporation);

    fn ends() -> (link::Column, link::Column) {
        (link::Column::ContactId, link::Column::CorporationId)
    }

    fn period() -> (link::Column, link::Column) {
        (link::Column::StartsOn, link::Column::EndsOn)
    }

    fn first() -> link::Column {
        link::Column::CorporationId
    }

    fn edge(row: &link::Model) -> GraphEdge {
        GraphEdge {
            from: row.contact_id,
            to: row.corporation_id,
            role: row.role(),
            person: None,
            company: None,
            share: row.share(),
        }
    }
}

impl Ties for PersonRelations {
    type Entity = person_relation::Entity;
    const KINDS: (GraphKind, GraphKind) = (GraphKind::Contact, GraphKind::Contact);

    fn ends() -> (person_relation::Column, person_relation::Column) {
        (person_relation::Column::LowId, person_relation::Column::HighId)
    }

    fn period() -> (person_relation::Column, person_relation::Column) {
        (person_relation::Column::StartsOn, person_relation::Column::EndsOn)
    }

    fn edge(row: &person_relation::Model) -> GraphEdge {
        GraphEdge {
            from: row.low_id,
            to: row.high_id,
            role: None,
            person: Some(row.kind_for(row.low_id)),
            company: None,
            share: None,
        }
    }
}

impl Ties for CompanyRelations {
    type Entity = company_relation::Entity;
    const KINDS: (GraphKind, GraphKind) = (GraphKind::Corporation, GraphKind::Corporation);

    fn ends() -> (company_relation::Column, company_relation::Column) {
        (company_relation::Column::LowId, company_relation::Column::HighId)
    }

    fn period() -> (company_relation::Column, company_relation::Column) {
        (company_relation::Column::StartsOn, company_relation::Column::EndsOn)
    }

    fn edge(row: &company_relation::Model) -> GraphEdge {
        GraphEdge {
            from: row.low_id,
            to: row.high_id,
            role: None,
            person: None,
            company: Some(row.kind_for(row.low_id)),
            share: row.share(),
        }
    }
}
