//! Reading corporations.

use super::entity::{Column, Entity, Model};
use super::related;
use crate::auth::TenantScope;
use crate::crm::contacts::entity as contact;
use crate::crm::contacts::link;
use crate::crm::contacts::store::address_part;
use crate::crm::tags::{self, CorporationTags};
use crate::crypto::mask_ein;
use crate::db::{Conditions, Hashed, Listing, Searched, Words, searched};
use crate::deletions;
use crate::error::ApiError;
use chrono::{DateTime, Utc};
use ebenezer_shared::crm::corporation::{
    Corporation, CorporationStatus, CorporationSummary, CorporationType,
};
use ebenezer_shared::crm::link::LinkRole;
use ebenezer_shared::crm::period::{Period, largest_sum};
use ebenezer_shared::pagination::Page;
use ebenezer_shared::record::RecordType;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, FromQueryResult, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _, Select,
};
use serde::Deserialize;
use std::collections::HashMap;
use uuid::Uuid;

pub use super::list::CorporationOrder;

/// Which corporations.
#[derive(Default)]
pub struct Filter {
    pub search: Option<Words>,
    pub status: Option<CorporationStatus>,
    pub kind: Option<CorporationType>,
    /// All of them.
    pub tags: Vec<Uuid>,
    pub external_id: Option<String>,
    pub updated_since: Option<DateTime<Utc>>,
}

/// The firm's corporation, locked against other writers when it is to be changed.
pub async fn find(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
    lock: bool,
) -> Result<Model, ApiError> {
    deletions::find::<Entity>(scope, db, RecordType::Corporation, id, lock).await
}

/// 422 naming `field` unless the firm has all these corporations.
pub async fn check(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    field: &'static str,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<(), ApiError> {
    let ids: Vec<Uuid> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(());
    }
    let wanted = ids.len() as u64;
    let known = scope.select::<Entity>().filter(Column::Id.is_in(ids)).count(db).await?;
    if known == wanted { Ok(()) } else { Err(ApiError::invalid(field, "unknown_reference")) }
}

/// Those that hold the words, or have the tax number that was typed.
pub fn holding(scope: &TenantScope, words: Option<&Words>) -> Searched<Entity> {
    let hashed = words.and_then(|words| hashed(scope, words));
    searched(scope.db(), scope.tenant_id(), "corporations", words, hashed.as_ref())
}

/// All that the filter means, in no order.
pub async fn meant(scope: &TenantScope, filter: &Filter) -> Result<Select<Entity>, ApiError> {
    let searched = holding(scope, filter.search.as_ref());
    let tagged = tags::link::carrying::<CorporationTags>(scope, &filter.tags).await?;
    let conditions = Conditions::from(condition(filter)).and(tagged);
    Ok(searched.all().filter(conditions.fetched))
}

/// One page of the list.
pub async fn list(
    scope: &TenantScope,
    filter: &Filter,
    listing: &Listing<CorporationOrder>,
) -> Result<Page<CorporationSummary>, ApiError> {
    let searched = holding(scope, filter.search.as_ref());
    let tagged = tags::link::carrying::<CorporationTags>(scope, &filter.tags).await?;
    let conditions = Conditions::from(condition(filter)).and(tagged);
    let position = |row: &Model, key: CorporationOrder| (key.value(row), row.id);
    let mut page = listing.read(scope.db(), searched, conditions, "corporations", position).await?;
    let rows = std::mem::take(&mut page.items);
    let items = summaries(scope, rows).await?;
    Ok(page.with(items))
}

/// Rows as lists show them.
pub async fn summaries(
    scope: &TenantScope,
    rows: Vec<Model>,
) -> Result<Vec<CorporationSummary>, ApiError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let counts = contact_counts(scope, &ids).await?;
    let mut tags = tags::link::of::<CorporationTags>(scope, scope.db(), ids).await?;
    let summary = |row: Model| {
        let ein = scope.state.sealer.masked(row.ein_sealed.as_ref(), mask_ein);
        CorporationSummary {
            kind: kind(&row),
            status: status(&row),
            contact_count: counts.get(&row.id).copied().unwrap_or_default(),
            tags: tags.remove(&row.id).unwrap_or_default(),
            city: address_part(&row.address, "city"),
            region: address_part(&row.address, "region"),
            industry: row.industry,
            id: row.id.into(),
            name: row.name,
            legal_name: row.legal_name,
            ein,
            phone: row.phone,
            phone_display: row.phone_display,
            email: row.email,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    };
    Ok(rows.into_iter().map(summary).collect())
}

/// The tax number that was typed, or its last four digits.
fn hashed(scope: &TenantScope, words: &Words) -> Option<Hashed> {
    let (index, tenant) = (&scope.state.blind_index, scope.tenant_id());
    let digits = words.digits.as_deref()?;
    match digits.len() {
        4 => Some(("ein_last4_hash", index.last4(tenant, "ein", digits))),
        9 => Some(("ein_hash", index.whole(tenant, "ein", digits))),
        _ => None,
    }
}

fn condition(filter: &Filter) -> Condition {
    let mut all = Condition::all();
    if let Some(status) = filter.status {
        all = all.add(Column::Status.eq(status.as_str()));
    }
    if let Some(kind) = filter.kind {
        all = all.add(Column::Kind.eq(kind.as_str()));
    }
    if let Some(external_id) = &filter.external_id {
        all = all.add(Column::ExternalId.eq(external_id));
    }
    if let Some(since) = filter.updated_since {
        all = all.add(Column::UpdatedAt.gte(since));
    }
    all
}

#[derive(FromQueryResult)]
struct Count {
    corporation_id: Uuid,
    people: i64,
}

async fn contact_counts(scope: &TenantScope, ids: &[Uuid]) -> Result<HashMap<Uuid, u64>, DbErr> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let counts = scope
        .select::<link::Entity>()
        .filter(link::Column::CorporationId.is_in(ids.iter().copied()))
        .filter(link::current(scope.today()))
        .select_only()
        .column(link::Column::CorporationId)
        .expr_as(Expr::cust("count(*)"), "people")
        .group_by(link::Column::CorporationId)
        .into_model::<Count>()
        .all(scope.db())
        .await?;
    let pair =
        |count: Count| (count.corporation_id, u64::try_from(count.people).unwrap_or_default());
    Ok(counts.into_iter().map(pair).collect())
}

/// The largest sum of what owners and parents hold of the company on one day.
async fn owned(scope: &TenantScope, db: &impl ConnectionTrait, id: Uuid) -> Result<u32, DbErr> {
    let owners = scope
        .select::<link::Entity>()
        .filter(link::Column::CorporationId.eq(id))
        .filter(link::Column::Role.eq(LinkRole::Owner.as_str()))
        .filter(link::Column::Share.is_not_null())
        .all(db)
        .await?;
    let mut shares: Vec<(Period, u16)> = owners
        .iter()
        .filter_map(|row| Some((Period { from: row.starts_on, to: row.ends_on }, row.share()?)))
        .collect();
    shares.extend(related::shares_of_parents(scope, db, id).await?);
    Ok(largest_sum(&shares))
}

fn kind(row: &Model) -> Option<CorporationType> {
    let text = row.kind.as_deref()?;
    CorporationType::ALL.into_iter().find(|kind| kind.as_str() == text)
}

pub fn status(row: &Model) -> CorporationStatus {
    CorporationStatus::ALL
        .into_iter()
        .find(|status| status.as_str() == row.status)
        .unwrap_or_default()
}

/// The corporation as the API shows it.
pub async fn load(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    row: Model,
) -> Result<Corporation, ApiError> {
    let links = || scope.select::<link::Entity>().filter(link::Column::CorporationId.eq(row.id));
    let people = links().filter(link::current(scope.today())).count(db).await?;
    let former = links().filter(link::former(scope.today())).count(db).await?;
    let primary = scope
        .select::<contact::Entity>()
        .filter(contact::Column::PrimaryCorporationId.eq(row.id))
        .count(db)
        .await?;
    let mut tags = tags::link::of::<CorporationTags>(scope, db, [row.id]).await?;
    let owned = owned(scope, db, row.id).await?;
    let ein = scope.state.sealer.masked(row.ein_sealed.as_ref(), mask_ein);
    Ok(Corporation {
        tags: tags.remove(&row.id).unwrap_or_default(),
        kind: kind(&row),
        status: status(&row),
        id: row.id.into(),
        name: row.name,
        legal_name: row.legal_name,
        ein,
        industry: row.industry,
        fiscal_year_end: row.fiscal_year_end,
        address: Deserialize::deserialize(row.address).unwrap_or_default(),
        phone: row.phone,
        phone_display: row.phone_display,
        email: row.email,
        notes: row.notes,
        external_id: row.external_id,
        contact_count: people,
        former_contact_count: former,
        owned,
        primary_contact_count: primary,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}
