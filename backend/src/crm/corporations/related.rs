//! Companies related to companies: `/api/corporations/{id}/related`

mod change;
mod create;
pub mod entity;
mod list;
pub mod ring;

use super::store;
use crate::auth::TenantScope;
use crate::crm::merge::Corporations;
use crate::crm::related::{Related, of};
use crate::error::ApiError;
use crate::routes::Routes;
use ebenezer_shared::crm::corporation::CorporationRef;
use ebenezer_shared::crm::period::Period;
use ebenezer_shared::crm::relation::{CompanyRelation, RelatedCorporation};
use entity::{Column, Model};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, QueryFilter as _};
use uuid::Uuid;

impl Related for Corporations {
    type Shown = RelatedCorporation;
    const FIELD: &'static str = "corporation_id";

    fn show(row: &Model, me: Uuid, other: &super::entity::Model) -> RelatedCorporation {
        RelatedCorporation {
            corporation: CorporationRef { id: other.id.into(), name: other.name.clone() },
            status: store::status(other),
            kind: row.kind_for(me),
            share: row.share(),
            from: row.starts_on,
            to: row.ends_on,
        }
    }

    fn period(row: &Model) -> Period {
        row.period()
    }

    fn sort_name(record: &super::entity::Model) -> &str {
        &record.sort_name
    }

    /// A last day before the first, and a share where there can be none.
    fn rules(row: &Model) -> Result<(), ApiError> {
        if !row.period().is_possible() {
            return Err(ApiError::invalid("to", "before_start"));
        }
        let holds = CompanyRelation::named(&row.kind).is_some_and(CompanyRelation::has_share);
        if row.share.is_some() && !holds {
            return Err(ApiError::invalid("share", "no_share"));
        }
        Ok(())
    }
}

/// What parents hold of the company, and when.
pub async fn shares_of_parents(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Vec<(Period, u16)>, DbErr> {
    let rows = of::<Corporations>(scope, id).filter(Column::Share.is_not_null()).all(db).await?;
    let held = rows.iter().filter(|row| row.kind_for(id) == CompanyRelation::Parent);
    Ok(held.filter_map(|row| Some((row.period(), row.share()?))).collect())
}

impl Model {
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
}

pub fn routes(routes: &mut Routes) {
    routes.add(list::__path_list_related_corporations, list::list_related_corporations);
    routes.add(create::__path_create_related_corporation, create::create_related_corporation);
    routes.add(change::__path_update_related_corporation, change::update_related_corporation);
    routes.add(change::__path_delete_related_corporation, change::delete_related_corporation);
}
