//! The table `contact_corporations`: who belongs to which company, as what and since when.
//!
//! A link whose last day has passed is history: it is shown as a former one and counts
//! nowhere.

use crate::audit::Audit;
use crate::auth::{Command, TenantScope};
use crate::crm::corporations::entity as corporation;
use crate::db::TenantOwned;
use crate::error::ApiError;
use chrono::NaiveDate;
use ebenezer_shared::crm::contact::ContactCorporation;
use ebenezer_shared::crm::link::{ContactLink, LinkRole};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    Condition, FromQueryResult, IntoActiveModel as _, JoinType, QueryOrder as _, QuerySelect as _,
    Select,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "contact_corporations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub corporation_id: Uuid,
    pub role: Option<String>,
    pub share: Option<i32>,
    pub starts_on: Option<Date>,
    pub ends_on: Option<Date>,
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

impl Model {
    /// A link of which nothing more is known.
    pub fn bare(tenant_id: Uuid, contact_id: Uuid, corporation_id: Uuid, at: DateTimeUtc) -> Self {
        Self {
            tenant_id,
            contact_id,
            corporation_id,
            role: None,
            share: None,
            starts_on: None,
            ends_on: None,
            created_at: at,
        }
    }

    /// Whether it holds on that day or begins later.
    pub fn is_current(&self, today: NaiveDate) -> bool {
        self.ends_on.is_none_or(|last| last >= today)
    }

    pub fn role(&self) -> Option<LinkRole> {
        self.role.as_deref().and_then(LinkRole::named)
    }

    pub fn share(&self) -> Option<u16> {
        self.share.and_then(|share| u16::try_from(share).ok())
    }
}

/// Links that have not ended before `today`.
pub fn current(today: NaiveDate) -> Condition {
    Condition::any().add(Column::EndsOn.is_null()).add(Column::EndsOn.gte(today))
}

/// Links that have.
pub fn former(today: NaiveDate) -> Condition {
    Condition::all().add(Column::EndsOn.lt(today))
}

/// Links a person to companies. A link that is there goes on: its last day goes.
pub async fn add(
    command: &Command<'_>,
    contact: Uuid,
    corporations: impl IntoIterator<Item = Uuid>,
) -> Result<(), ApiError> {
    // PostgreSQL changes no row twice in one statement.
    let corporations: BTreeSet<Uuid> = corporations.into_iter().collect();
    let bare = |corporation| {
        Model::bare(command.tenant_id(), contact, corporation, command.now()).into_active_model()
    };
    let rows: Vec<ActiveModel> = corporations.into_iter().map(|id| bare(id).reset_all()).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let keys = [Column::TenantId, Column::ContactId, Column::CorporationId];
    #[expect(clippy::disallowed_methods, reason = "the rows carry the command's firm")]
    Entity::insert_many(rows)
        .on_conflict(OnConflict::columns(keys).update_column(Column::EndsOn).to_owned())
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

/// Writes a link as it is now.
pub async fn save(command: &Command<'_>, row: Model) -> Result<(), DbErr> {
    let (contact, company) = (row.contact_id, row.corporation_id);
    command
        .update::<Entity>()
        .filter(Column::ContactId.eq(contact))
        .filter(Column::CorporationId.eq(company))
        .set(row.into_active_model().reset_all())
        .exec(command.tx())
        .await
        .map(|_| ())
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

/// The companies of one person as lists show them: the primary one first.
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

/// All that is known of a person's links: those that go on, the primary one first, and the
/// former ones, the latest first.
pub async fn of_contact(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    contact: Uuid,
    primary: Option<Uuid>,
) -> Result<(Vec<ContactLink>, Vec<ContactLink>), DbErr> {
    let rows = scope.select::<Entity>().filter(Column::ContactId.eq(contact)).all(db).await?;
    let names = named(db, scope.select::<Entity>().filter(Column::ContactId.eq(contact))).await?;
    let mut rows: HashMap<Uuid, Model> =
        rows.into_iter().map(|row| (row.corporation_id, row)).collect();
    let today = scope.today();
    let (mut current, mut former) = (Vec::new(), Vec::new());
    for (id, name) in names.into_values().flatten() {
        let Some(row) = rows.remove(&id) else { continue };
        let side = if row.is_current(today) { &mut current } else { &mut former };
        side.push(ContactLink {
            id: id.into(),
            name,
            is_primary: primary == Some(id),
            role: row.role(),
            share: row.share(),
            from: row.starts_on,
            to: row.ends_on,
        });
    }
    current.sort_by_key(|link| !link.is_primary);
    former.sort_by_key(|link| std::cmp::Reverse(link.to));
    Ok((current, former))
}

/// The ids of a person's companies; former ones are none of them.
pub async fn ids(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    contact: Uuid,
) -> Result<Vec<Uuid>, DbErr> {
    scope
        .select::<Entity>()
        .filter(Column::ContactId.eq(contact))
        .filter(current(scope.today()))
        .select_only()
        .column(Column::CorporationId)
        .into_tuple()
        .all(db)
        .await
}

/// Writes what changed in a person's links into the histories of the companies. `before` and
/// `after` are all links of the person, current and former.
pub async fn tell_companies(
    command: &Command<'_>,
    (contact, name): (Uuid, &str),
    before: &[ContactLink],
    after: &[ContactLink],
) -> Result<(), ApiError> {
    let find = |links: &[ContactLink], id| links.iter().find(|link| link.id == id).cloned();
    let companies: BTreeSet<_> = before.iter().chain(after).map(|link| link.id).collect();
    for id in companies {
        let (before, after) = (find(before, id), find(after, id));
        if before == after {
            continue;
        }
        let changes = json!({
            "contact": {
                "before": before.map(|link| told(contact, name, &link)),
                "after": after.map(|link| told(contact, name, &link)),
            },
        });
        command.audit(Audit::event("relate", "corporation", id, changes)).await?;
    }
    Ok(())
}

fn told(contact: Uuid, name: &str, link: &ContactLink) -> Value {
    json!({
        "id": contact, "name": name, "is_primary": link.is_primary, "role": link.role,
        "share": link.share, "from": link.from, "to": link.to,
    })
}
