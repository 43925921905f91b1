//! What contacts and corporations have in common where many of them are changed.

use super::act::{Before, Whole};
use crate::auth::{Command, TenantScope};
use crate::crm::contacts::{self, link};
use crate::crm::corporations;
use crate::crm::merge::{self, Columns, id_in};
use crate::crm::tags::link::Tagging;
use crate::crm::tags::{ContactTags, CorporationTags};
use crate::error::{ApiError, Refusal};
use ebenezer_shared::crm::bulk::BulkReason;
use ebenezer_shared::problem::ProblemCode;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait as _, EntityTrait, QueryFilter as _, QuerySelect as _, Select};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A kind of record that can be changed by the many.
pub(super) trait Kind: merge::Kind {
    type Tagged: Tagging;
    type Filter;

    fn created_at() -> <Self::Entity as EntityTrait>::Column;

    /// Which of them a list's query means.
    fn filter(query: &str) -> Result<Self::Filter, ApiError>;

    /// All that the filter means.
    async fn meant(
        scope: &TenantScope,
        filter: &Self::Filter,
    ) -> Result<Select<Self::Entity>, ApiError>;

    fn status(row: &mut Self::Row) -> &mut String;

    /// None where nobody is in charge of such a record.
    fn owner(_row: &mut Self::Row) -> Option<&mut Option<Uuid>> {
        None
    }

    /// None where such a record is in no department.
    fn department(_row: &mut Self::Row) -> Option<&mut Option<Uuid>> {
        None
    }

    /// Deletes a locked record with all that is its, or says why not.
    async fn delete(command: &Command<'_>, row: Self::Row) -> Result<Option<BulkReason>, ApiError>;

    fn before(whole: Whole) -> Before;

    /// Those of its links that it can have again, where `there` are the records at their other
    /// ends that still are; none when it cannot come back without the others.
    async fn links_again(
        command: &Command<'_>,
        row: &Columns,
        links: Vec<link::Model>,
        there: &HashSet<Uuid>,
    ) -> Result<Option<Vec<link::Model>>, ApiError>;

    /// After it has these links again.
    async fn linked_again(command: &Command<'_>, links: &[link::Model]) -> Result<(), ApiError>;
}

/// Why a record of many is not deleted.
fn reason(refusal: &Refusal) -> BulkReason {
    match refusal.code {
        ProblemCode::HasDocuments => BulkReason::HasDocuments,
        ProblemCode::InUse => BulkReason::InUse,
        _ => BulkReason::CorporationIsPrimary,
    }
}

impl Kind for merge::Contacts {
    type Tagged = ContactTags;
    type Filter = contacts::store::Filter;

    fn created_at() -> contacts::entity::Column {
        contacts::entity::Column::CreatedAt
    }

    fn filter(query: &str) -> Result<Self::Filter, ApiError> {
        contacts::list::meant(query)
    }

    async fn meant(
        scope: &TenantScope,
        filter: &Self::Filter,
    ) -> Result<Select<Self::Entity>, ApiError> {
        contacts::store::meant(scope, filter).await
    }

    fn status(row: &mut Self::Row) -> &mut String {
        &mut row.status
    }

    fn owner(row: &mut Self::Row) -> Option<&mut Option<Uuid>> {
        Some(&mut row.owner_id)
    }

    fn department(row: &mut Self::Row) -> Option<&mut Option<Uuid>> {
        Some(&mut row.department_id)
    }

    async fn delete(command: &Command<'_>, row: Self::Row) -> Result<Option<BulkReason>, ApiError> {
        Ok(contacts::delete::remove(command, row).await?.map(|refusal| reason(&refusal)))
    }

    fn before(whole: Whole) -> Before {
        Before::Contact(Box::new(whole))
    }

    async fn links_again(
        _: &Command<'_>,
        row: &Columns,
        mut links: Vec<link::Model>,
        there: &HashSet<Uuid>,
    ) -> Result<Option<Vec<link::Model>>, ApiError> {
        links.retain(|link| there.contains(&link.corporation_id));
        let primary = id_in(row, "primary_corporation_id");
        // Nothing is promoted silently: somebody names the next primary one.
        Ok(primary.is_none_or(|primary| there.contains(&primary)).then_some(links))
    }

    async fn linked_again(_: &Command<'_>, _: &[link::Model]) -> Result<(), ApiError> {
        Ok(())
    }
}

impl Kind for merge::Corporations {
    type Tagged = CorporationTags;
    type Filter = corporations::store::Filter;

    fn created_at() -> corporations::entity::Column {
        corporations::entity::Column::CreatedAt
    }

    fn filter(query: &str) -> Result<Self::Filter, ApiError> {
        corporations::list::meant(query)
    }

    async fn meant(
        scope: &TenantScope,
        filter: &Self::Filter,
    ) -> Result<Select<Self::Entity>, ApiError> {
        corporations::store::meant(scope, filter).await
    }

    fn status(row: &mut Self::Row) -> &mut String {
        &mut row.status
    }

    async fn delete(command: &Command<'_>, row: Self::Row) -> Result<Option<BulkReason>, ApiError> {
        let refusal = corporations::delete::remove(command, row, None).await?;
        Ok(refusal.map(|refusal| reason(&refusal)))
    }

    fn before(whole: Whole) -> Before {
        Before::Corporation(Box::new(whole))
    }

    /// Of the people who go on only those with a primary company: for all others this one
    /// would have to be it, and it was not.
    async fn links_again(
        command: &Command<'_>,
        _: &Columns,
        mut links: Vec<link::Model>,
        there: &HashSet<Uuid>,
    ) -> Result<Option<Vec<link::Model>>, ApiError> {
        use contacts::entity::{Column, Entity};
        let people: Vec<(Uuid, Option<Uuid>)> = command
            .select::<Entity>()
            .filter(Column::Id.is_in(links.iter().map(|link| link.contact_id)))
            .select_only()
            .column(Column::Id)
            .column(Column::PrimaryCorporationId)
            .into_tuple()
            .all(command.tx())
            .await?;
        let primaries: HashMap<Uuid, Option<Uuid>> = people.into_iter().collect();
        let today = command.today();
        links.retain(|link| {
            let has_primary = primaries.get(&link.contact_id).is_some_and(Option::is_some);
            there.contains(&link.contact_id) && (has_primary || !link.is_current(today))
        });
        Ok(Some(links))
    }

    /// Whose list of companies became longer has a next version.
    async fn linked_again(command: &Command<'_>, links: &[link::Model]) -> Result<(), ApiError> {
        use contacts::entity::{Column, Entity};
        command
            .update::<Entity>()
            .filter(Column::Id.is_in(links.iter().map(|link| link.contact_id)))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1i32))
            .col_expr(Column::UpdatedAt, Expr::value(command.now()))
            .exec(command.tx())
            .await?;
        Ok(())
    }
}
