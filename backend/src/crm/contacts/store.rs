//! Reading contacts.

use super::entity::{Column, Entity, Model};
use super::list::ContactOrder;
use super::{link, rules::Corporations};
use crate::auth::{Command, TenantScope};
use crate::crm::tags::{self, ContactTags};
use crate::crm::{departments, staff};
use crate::crypto::{MASKED_DATE, mask_ssn};
use crate::db::{Conditions, Hashed, Listing, Searched, Words, searched};
use crate::deletions;
use crate::error::ApiError;
use chrono::{DateTime, Utc};
use ebenezer_shared::crm::contact::{Contact, ContactStatus, ContactSummary};
use ebenezer_shared::crm::department::DepartmentRef;
use ebenezer_shared::crm::link::ContactLink;
use ebenezer_shared::crm::staff::StaffRef;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::record::RecordType;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _, Select,
};
use serde::Deserialize;
use uuid::Uuid;

/// Which contacts.
#[derive(Default)]
pub struct Filter {
    pub search: Option<Words>,
    pub status: Option<ContactStatus>,
    pub corporation: Option<Uuid>,
    /// Those who belonged to the corporation once.
    pub former: bool,
    pub department: Option<Uuid>,
    pub owner: Option<Uuid>,
    /// All of them.
    pub tags: Vec<Uuid>,
    pub external_id: Option<String>,
    pub updated_since: Option<DateTime<Utc>>,
}

/// The firm's contact, locked against other writers when it is to be changed.
pub async fn find(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
    lock: bool,
) -> Result<Model, ApiError> {
    deletions::find::<Entity>(scope, db, RecordType::Contact, id, lock).await
}

/// 422 when the firm has no such contact.
pub async fn check(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    field: &'static str,
    id: Uuid,
) -> Result<(), ApiError> {
    let known = scope.by_id::<Entity>(id).count(db).await? > 0;
    if known { Ok(()) } else { Err(ApiError::invalid(field, "unknown_reference")) }
}

/// The rows of one page.
pub async fn rows(
    scope: &TenantScope,
    filter: &Filter,
    listing: &Listing<ContactOrder>,
) -> Result<Page<Model>, ApiError> {
    let searched = holding(scope, filter.search.as_ref());
    let tagged = tags::link::carrying::<ContactTags>(scope, &filter.tags).await?;
    let conditions = Conditions::from(condition(scope, filter)).and(tagged);
    let position = |row: &Model, key: ContactOrder| (key.value(row), row.id);
    listing.read(scope.db(), searched, conditions, "contacts", position).await
}

/// Those that hold the words, or have the tax number that was typed.
pub fn holding(scope: &TenantScope, words: Option<&Words>) -> Searched<Entity> {
    let hashed = words.and_then(|words| hashed(scope, words));
    searched(scope.db(), scope.tenant_id(), "contacts", words, hashed.as_ref())
}

/// All that the filter means, in no order.
pub async fn meant(scope: &TenantScope, filter: &Filter) -> Result<Select<Entity>, ApiError> {
    let searched = holding(scope, filter.search.as_ref());
    let tagged = tags::link::carrying::<ContactTags>(scope, &filter.tags).await?;
    let conditions = Conditions::from(condition(scope, filter)).and(tagged);
    Ok(searched.all().filter(conditions.fetched))
}

/// One page of the list: four queries, whatever its size.
pub async fn list(
    scope: &TenantScope,
    filter: &Filter,
    listing: &Listing<ContactOrder>,
) -> Result<Page<ContactSummary>, ApiError> {
    let mut page = rows(scope, filter, listing).await?;
    let rows = std::mem::take(&mut page.items);
    let items = summaries(scope, rows).await?;
    Ok(page.with(items))
}

/// Rows as lists show them.
pub async fn summaries(
    scope: &TenantScope,
    rows: Vec<Model>,
) -> Result<Vec<ContactSummary>, ApiError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut tags = tags::link::of::<ContactTags>(scope, scope.db(), ids.iter().copied()).await?;
    let links = scope
        .select::<link::Entity>()
        .filter(link::Column::ContactId.is_in(ids))
        .filter(link::current(scope.today()));
    let mut links = link::named(scope.db(), links).await?;
    let summary = |row: Model| {
        let ssn = scope.state.sealer.masked(row.ssn_sealed.as_ref(), mask_ssn);
        let links = links.remove(&row.id).unwrap_or_default();
        ContactSummary {
            status: status(&row),
            corporations: link::view(links, row.primary_corporation_id),
            tags: tags.remove(&row.id).unwrap_or_default(),
            city: address_part(&row.address, "city"),
            region: address_part(&row.address, "region"),
            id: row.id.into(),
            first_name: row.first_name,
            last_name: row.last_name,
            email: row.email,
            phone: row.phone,
            phone_display: row.phone_display,
            client_since: row.client_since,
            primary_corporation_id: row.primary_corporation_id.map(Into::into),
            department_id: row.department_id.map(Into::into),
            owner_id: row.owner_id.map(Into::into),
            ssn,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    };
    Ok(rows.into_iter().map(summary).collect())
}

/// A part of a stored address.
pub fn address_part(address: &serde_json::Value, part: &str) -> Option<String> {
    address.get(part)?.as_str().map(str::to_owned)
}

/// The tax number that was typed, or its last four digits.
fn hashed(scope: &TenantScope, words: &Words) -> Option<Hashed> {
    let (index, tenant) = (&scope.state.blind_index, scope.tenant_id());
    let digits = words.digits.as_deref()?;
    match digits.len() {
        4 => Some(("ssn_last4_hash", index.last4(tenant, "ssn", digits))),
        9 => Some(("ssn_hash", index.whole(tenant, "ssn", digits))),
        _ => None,
    }
}

fn condition(scope: &TenantScope, filter: &Filter) -> Condition {
    let mut all = Condition::all();
    if let Some(status) = filter.status {
        all = all.add(Column::Status.eq(status.as_str()));
    }
    if let Some(corporation) = filter.corporation {
        let today = scope.today();
        let when = if filter.former { link::former(today) } else { link::current(today) };
        let people = scope
            .select::<link::Entity>()
            .filter(link::Column::CorporationId.eq(corporation))
            .filter(when)
            .select_only()
            .column(link::Column::ContactId)
            .into_query();
        all = all.add(Column::Id.in_subquery(people));
    }
    if let Some(department) = filter.department {
        all = all.add(Column::DepartmentId.eq(department));
    }
    if let Some(owner) = filter.owner {
        all = all.add(Column::OwnerId.eq(owner));
    }
    if let Some(external_id) = &filter.external_id {
        all = all.add(Column::ExternalId.eq(external_id));
    }
    if let Some(since) = filter.updated_since {
        all = all.add(Column::UpdatedAt.gte(since));
    }
    all
}

pub fn status(row: &Model) -> ContactStatus {
    ContactStatus::ALL.into_iter().find(|status| status.as_str() == row.status).unwrap_or_default()
}

/// The person's companies as they are stored.
pub async fn corporations(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    row: &Model,
) -> Result<Corporations, ApiError> {
    let all = link::ids(scope, db, row.id).await?;
    Ok(Corporations::known(row.primary_corporation_id, all))
}

/// The contact as the API shows it.
pub async fn load(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    row: Model,
) -> Result<Contact, ApiError> {
    let (corporations, former_corporations) =
        link::of_contact(scope, db, row.id, row.primary_corporation_id).await?;
    let department = match row.department_id {
        Some(id) => scope.by_id::<departments::entity::Entity>(id).one(db).await?,
        None => None,
    };
    let owner = match row.owner_id {
        Some(id) => scope.by_id::<staff::Entity>(id).one(db).await?,
        None => None,
    };
    let mut tags = tags::link::of::<ContactTags>(scope, db, [row.id]).await?;
    let ssn = scope.state.sealer.masked(row.ssn_sealed.as_ref(), mask_ssn);
    Ok(Contact {
        status: status(&row),
        corporations,
        former_corporations,
        tags: tags.remove(&row.id).unwrap_or_default(),
        id: row.id.into(),
        first_name: row.first_name,
        last_name: row.last_name,
        email: row.email,
        phone: row.phone,
        phone_display: row.phone_display,
        client_since: row.client_since,
        primary_corporation_id: row.primary_corporation_id.map(Into::into),
        department: department.map(|row| DepartmentRef {
            id: row.id.into(),
            name: row.name,
            color: row.color,
        }),
        owner: owner.map(|row| StaffRef { id: row.id.into(), full_name: row.full_name }),
        address: Deserialize::deserialize(row.address).unwrap_or_default(),
        date_of_birth: row.date_of_birth_sealed.map(|_| MASKED_DATE.to_owned()),
        ssn,
        preferred_language: row.preferred_language.as_deref().map(language),
        notes: row.notes,
        external_id: row.external_id,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

/// Writes what changed between two states of a person into the histories of their companies.
pub async fn tell_companies(
    command: &Command<'_>,
    before: Option<&Contact>,
    after: Option<&Contact>,
) -> Result<(), ApiError> {
    let Some(contact) = after.or(before) else { return Ok(()) };
    let links = |contact: Option<&Contact>| -> Vec<ContactLink> {
        let all = contact.into_iter().flat_map(|contact| {
            contact.corporations.iter().chain(&contact.former_corporations).cloned()
        });
        all.collect()
    };
    let (before, after) = (links(before), links(after));
    let name = format!("{} {}", contact.first_name, contact.last_name);
    link::tell_companies(command, (contact.id.into(), &name), &before, &after).await
}

fn language(tag: &str) -> Locale {
    if tag == "en" { Locale::En } else { Locale::Es }
}
