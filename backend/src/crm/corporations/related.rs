//! Companies related to companies: `/api/corporations/{id}/related`
//!
//! The relation is one row for both; each side sees it its own way.

mod change;
mod create;
pub mod entity;
mod list;
pub mod ring;

use super::store;
use crate::audit::Audit;
use crate::auth::{Command, TenantScope};
use crate::error::ApiError;
use crate::routes::Routes;
use ebenezer_shared::crm::corporation::{Corporation, CorporationRef};
use ebenezer_shared::crm::period::Period;
use ebenezer_shared::crm::relation::{CompanyRelation, RelatedCorporation};
use entity::{Column, Entity, Model};
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, DbErr, QueryFilter as _, Select};
use serde_json::{Value, json};
use std::collections::HashMap;
use uuid::Uuid;

/// The relations of a company.
pub fn of(scope: &TenantScope, id: Uuid) -> Select<Entity> {
    let is_either = Condition::any().add(Column::LowId.eq(id)).add(Column::HighId.eq(id));
    scope.select::<Entity>().filter(is_either)
}

/// The relation of two companies.
fn between(scope: &TenantScope, one: Uuid, other: Uuid) -> Select<Entity> {
    let (low, high) = (one.min(other), one.max(other));
    scope.select::<Entity>().filter(Column::LowId.eq(low)).filter(Column::HighId.eq(high))
}

/// Every company related to one: those that go on first, by name.
pub async fn load(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Vec<RelatedCorporation>, DbErr> {
    let rows = of(scope, id).all(db).await?;
    let others = rows.iter().map(|row| row.other(id));
    let others = scope
        .select::<super::entity::Entity>()
        .filter(super::entity::Column::Id.is_in(others))
        .all(db)
        .await?;
    let mut others: HashMap<Uuid, super::entity::Model> =
        others.into_iter().map(|other| (other.id, other)).collect();
    let today = scope.today();
    let mut related: Vec<(bool, String, RelatedCorporation)> = rows
        .iter()
        .filter_map(|row| {
            let other = others.remove(&row.other(id))?;
            let ended = row.ends_on.is_some_and(|last| last < today);
            Some((ended, other.sort_name.clone(), view(row, id, &other)))
        })
        .collect();
    related.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    Ok(related.into_iter().map(|(.., related)| related).collect())
}

/// What parents hold of the company, and when.
pub async fn shares_of_parents(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Vec<(Period, u16)>, DbErr> {
    let rows = of(scope, id).filter(Column::Share.is_not_null()).all(db).await?;
    let held = rows.iter().filter(|row| row.kind_for(id) == CompanyRelation::Parent);
    Ok(held.filter_map(|row| Some((row.period(), row.share()?))).collect())
}

/// The relation as the company sees it.
fn view(row: &Model, id: Uuid, other: &super::entity::Model) -> RelatedCorporation {
    RelatedCorporation {
        corporation: reference(other),
        status: store::status(other),
        kind: row.kind_for(id),
        share: row.share(),
        from: row.starts_on,
        to: row.ends_on,
    }
}

/// A company as other records name it.
pub fn reference(row: &super::entity::Model) -> CorporationRef {
    CorporationRef { id: row.id.into(), name: row.name.clone() }
}

/// Writes what became of a relation into the histories of both.
async fn tell(
    command: &Command<'_>,
    (one, other): (&CorporationRef, &CorporationRef),
    before: Option<&Model>,
    after: Option<&Model>,
) -> Result<(), ApiError> {
    for (me, them) in [(one, other), (other, one)] {
        let told = |row: &Model| told(row, me.id.into(), them);
        let changes =
            json!({ "related": { "before": before.map(told), "after": after.map(told) } });
        command.audit(Audit::event("relate", "corporation", me.id, changes)).await?;
    }
    Ok(())
}

fn told(row: &Model, me: Uuid, them: &CorporationRef) -> Value {
    json!({
        "id": them.id, "name": them.name, "kind": row.kind_for(me), "share": row.share,
        "from": row.starts_on, "to": row.ends_on,
    })
}

/// Removes the relations of a company that is about to go.
pub async fn forget(command: &Command<'_>, company: &Corporation) -> Result<(), ApiError> {
    let id = Uuid::from(company.id);
    let me = CorporationRef { id: company.id, name: company.name.clone() };
    let rows = of(command, id).all(command.tx()).await?;
    for row in rows {
        let other = store::find(command, command.tx(), row.other(id), false).await?;
        tell(command, (&me, &reference(&other)), Some(&row), None).await?;
        remove(command, &row).await?;
    }
    Ok(())
}

async fn remove(command: &Command<'_>, row: &Model) -> Result<(), DbErr> {
    command
        .delete::<Entity>()
        .filter(Column::LowId.eq(row.low_id))
        .filter(Column::HighId.eq(row.high_id))
        .exec(command.tx())
        .await
        .map(|_| ())
}

impl Model {
    /// The other one of the two.
    pub fn other(&self, id: Uuid) -> Uuid {
        if self.low_id == id { self.high_id } else { self.low_id }
    }

    /// What the other one is to the company.
    pub fn kind_for(&self, id: Uuid) -> CompanyRelation {
        let kind = CompanyRelation::named(&self.kind).unwrap_or(CompanyRelation::Affiliate);
        if self.low_id == id { kind } else { kind.inverse() }
    }

    /// Sets what the other one is to the company.
    pub fn set_kind_for(&mut self, id: Uuid, kind: CompanyRelation) {
        let kind = if self.low_id == id { kind } else { kind.inverse() };
        kind.as_str().clone_into(&mut self.kind);
    }

    pub fn share(&self) -> Option<u16> {
        self.share.and_then(|share| u16::try_from(share).ok())
    }

    pub const fn period(&self) -> Period {
        Period { from: self.starts_on, to: self.ends_on }
    }

    /// 422 for a last day before the first, and for a share where there can be none.
    fn check(&self) -> Result<(), ApiError> {
        if !self.period().is_possible() {
            return Err(ApiError::invalid("to", "before_start"));
        }
        let holds = CompanyRelation::named(&self.kind).is_some_and(CompanyRelation::has_share);
        if self.share.is_some() && !holds {
            return Err(ApiError::invalid("share", "no_share"));
        }
        Ok(())
    }
}

pub fn routes(routes: &mut Routes) {
    routes.add(list::__path_list_related_corporations, list::list_related_corporations);
    routes.add(create::__path_create_related_corporation, create::create_related_corporation);
    routes.add(change::__path_update_related_corporation, change::update_related_corporation);
    routes.add(change::__path_delete_related_corporation, change::delete_related_corporation);
}
