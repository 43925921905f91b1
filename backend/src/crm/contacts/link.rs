//! The table `contact_corporations`: who belongs to which company.

use crate::auth::Command;
use crate::crm::corporations::entity as corporation;
use crate::db::{self, TenantOwned};
use crate::error::ApiError;
use ebenezer_shared::crm::contact::ContactCorporation;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{FromQueryResult, JoinType, QueryOrder as _, QuerySelect as _, Select, Set};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "contact_corporations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub corporation_id: Uuid,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "corporation::Entity",
        from = "Column::CorporationId",
        to = "corporation::Column::Id"
    )]
    Corporation,
}

impl ActiveModelBehavior for ActiveModel {}

impl TenantOwned for Entity {
    fn tenant_column() -> Column {
        Column::TenantId
    }

    fn id_column() -> Column {
        Column::ContactId
    }
}

/// Links a person to companies; links that exist stay as they are.
pub async fn add(
    command: &Command<'_>,
    contact: Uuid,
    corporations: impl IntoIterator<Item = Uuid>,
) -> Result<(), ApiError> {
    let rows: Vec<ActiveModel> = corporations
        .into_iter()
        .map(|corporation| ActiveModel {
            tenant_id: Set(command.tenant_id()),
            contact_id: Set(contact),
            corporation_id: Set(corporation),
            created_at: Set(command.now()),
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    #[expect(clippy::disallowed_methods, reason = "the rows carry the command's firm")]
    Entity::insert_many(rows)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(command.tx())
        .await
        .map_err(super::write::refused)?;
    Ok(())
}

/// Removes links of a person.
pub async fn remove(
    command: &Command<'_>,
    contact: Uuid,
    corporations: impl IntoIterator<Item = Uuid>,
) -> Result<(), DbErr> {
    command
        .delete::<Entity>()
        .filter(Column::ContactId.eq(contact))
        .filter(Column::CorporationId.is_in(corporations))
        .exec(command.tx())
        .await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Named {
    contact_id: Uuid,
    corporation_id: Uuid,
    name: String,
}

/// The companies of each of these people, by name. `links` selects the people's links.
pub async fn named(
    db: &impl ConnectionTrait,
    links: Select<Entity>,
) -> Result<HashMap<Uuid, Vec<(Uuid, String)>>, DbErr> {
    let found = links
        .join(JoinType::InnerJoin, Relation::Corporation.def())
        .select_only()
        .column(Column::ContactId)
        .column(Column::CorporationId)
        .column(corporation::Column::Name)
        .order_by_asc(corporation::Column::SortName)
        .into_model::<Named>()
        .all(db)
        .await?;
    let mut by_contact: HashMap<Uuid, Vec<(Uuid, String)>> = HashMap::new();
    for link in found {
        by_contact.entry(link.contact_id).or_default().push((link.corporation_id, link.name));
    }
    Ok(by_contact)
}

/// The companies of one person as the API shows them: the primary one first.
pub fn view(links: Vec<(Uuid, String)>, primary: Option<Uuid>) -> Vec<ContactCorporation> {
    let mut corporations: Vec<ContactCorporation> = links
        .into_iter()
        .map(|(id, name)| ContactCorporation {
            is_primary: primary == Some(id),
            id: id.into(),
            name,
        })
        .collect();
    corporations.sort_by_key(|corporation| !corporation.is_primary);
    corporations
}

/// Everything that `db` knows of a person's links.
pub async fn ids(
    db: &impl ConnectionTrait,
    tenant: Uuid,
    contact: Uuid,
) -> Result<Vec<Uuid>, DbErr> {
    db::select::<Entity>(tenant)
        .filter(Column::ContactId.eq(contact))
        .select_only()
        .column(Column::CorporationId)
        .into_tuple()
        .all(db)
        .await
}
