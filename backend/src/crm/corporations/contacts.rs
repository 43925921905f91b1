//! `GET /api/corporations/{id}/contacts`

use super::store;
use crate::auth::{Scope, permissions::CorporationsView};
use crate::crm::contacts::ContactOrder;
use crate::crm::contacts::{entity as contact, link, store as contacts};
use crate::db::{Listing, Order, Words, since};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Path, Query};
use chrono::{DateTime, Utc};
use ebenezer_shared::crm::corporation::CorporationContact;
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module, Permission};
use ebenezer_shared::problem::Problem;
use sea_orm::{ColumnTrait as _, QueryFilter as _};
use serde::Deserialize;
use std::collections::HashMap;
use utoipa::IntoParams;
use uuid::Uuid;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PeopleQuery {
    page: Option<u64>,
    page_size: Option<u64>,
    cursor: Option<String>,
    /// As for `/api/contacts`.
    ordering: Option<String>,
    /// Words in name, email, phone; a whole tax number or its last four digits.
    search: Option<String>,
    /// Those who belonged to it once, instead of those who do.
    former: Option<bool>,
    /// Changed at that time or later (RFC 3339). Ask from a minute before the last answer: a change
    /// is seen when its transaction ends, a little after the time that it carries.
    updated_since: Option<DateTime<Utc>>,
}

/// The people of a company, by name, saying for whom it is the primary one.
#[utoipa::path(get, path = "/api/corporations/{id}/contacts", tag = "corporations",
    params(("id" = CorporationId, Path), PeopleQuery),
    responses((status = 200, body = Page<CorporationContact>), (status = 404, body = Problem)))]
pub async fn list_corporation_contacts(
    scope: Scope<CorporationsView>,
    Path(id): Path<CorporationId>,
    Query(query): Query<PeopleQuery>,
) -> Result<Answer, ApiError> {
    let contacts_view = Permission::Module(Module::Contacts, Action::View);
    if !scope.may(contacts_view) {
        return Err(ApiError::missing(&contacts_view));
    }
    store::find(&scope, scope.db(), id.into(), false).await?;
    let by_name = Order { key: ContactOrder::Name, descending: false };
    let listing = Listing::parse(
        query.page,
        query.page_size,
        query.ordering.as_deref(),
        query.cursor,
        by_name,
    )?;
    let filter = contacts::Filter {
        corporation: Some(id.into()),
        former: query.former.unwrap_or_default(),
        search: Words::of_query(query.search.as_deref())?,
        updated_since: since("updated_since", query.updated_since)?,
        ..contacts::Filter::default()
    };
    let page = contacts::rows(&scope, &filter, &listing).await?;
    let ids = page.items.iter().map(|row| row.id);
    let links = scope
        .select::<link::Entity>()
        .filter(link::Column::CorporationId.eq(Uuid::from(id)))
        .filter(link::Column::ContactId.is_in(ids))
        .all(scope.db())
        .await?;
    let links: HashMap<Uuid, link::Model> =
        links.into_iter().map(|link| (link.contact_id, link)).collect();
    let person = |row: contact::Model| -> Result<CorporationContact, ApiError> {
        let link = links.get(&row.id);
        Ok(CorporationContact {
            role: link.and_then(link::Model::role),
            share: link.and_then(link::Model::share),
            from: link.and_then(|link| link.starts_on),
            to: link.and_then(|link| link.ends_on),
            is_primary: row.primary_corporation_id == Some(id.into()),
            status: contacts::status(&row),
            id: row.id.into(),
            first_name: row.first_name,
            last_name: row.last_name,
            email: row.email,
            phone: row.phone,
            phone_display: row.phone_display,
        })
    };
    Answer::ok(&page.try_map(person)?)
}
