//! People.

use super::act::{Act, Before, WholeContact, World};
use super::{Done, Target};
use crate::audit::Audit;
use crate::auth::Command;
use crate::crm::belongings;
use crate::crm::contacts::entity::{Column, Entity, Model};
use crate::crm::contacts::{delete, link, related, store};
use crate::crm::corporations::entity as corporation;
use crate::crm::merge::{opened, resealed};
use crate::crm::tags::link::{self as tags, Tagging as _};
use crate::crm::tags::{ContactTags, entity as tag};
use crate::db;
use crate::error::ApiError;
use ebenezer_shared::crm::bulk::BulkReason;
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::deletion::RecordType;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::{Value, json};
use std::collections::HashSet;
use uuid::Uuid;

pub struct Contacts;

impl Target for Contacts {
    const LIST: ListName = ListName::Contacts;
    type Row = Model;
    type Tags = ContactTags;

    async fn lock(command: &Command<'_>, ids: &[Uuid]) -> Result<Vec<Model>, ApiError> {
        let rows = command.select::<Entity>().filter(Column::Id.is_in(ids.iter().copied()));
        Ok(rows.order_by_asc(Column::Id).lock_exclusive().all(command.tx()).await?)
    }

    fn id(row: &Model) -> Uuid {
        row.id
    }

    fn version(row: &Model) -> i32 {
        row.version
    }

    async fn change(
        command: &Command<'_>,
        row: Model,
        act: &Act,
        world: &World,
    ) -> Result<Done, ApiError> {
        let mut next = row.clone();
        let (field, old, new, before) = match act {
            Act::Status(status) => {
                (*status).clone_into(&mut next.status);
                let (old, new) = (json!(row.status), json!(status));
                ("status", old, new, Before::Status(row.status.clone()))
            }
            Act::Owner(owner) => {
                next.owner_id = *owner;
                let (old, new) = (world.colleague(row.owner_id), world.colleague(*owner));
                ("owner", old, new, Before::Owner(row.owner_id))
            }
            Act::Department(department) => {
                next.department_id = *department;
                let old = world.department(row.department_id);
                (
                    "department",
                    old,
                    world.department(*department),
                    Before::Department(row.department_id),
                )
            }
            Act::AddTag(_) | Act::RemoveTag(_) => {
                let Some((old, new, before)) =
                    super::run::retag::<ContactTags>(command, row.id, act, world).await?
                else {
                    return Ok(Done::Unchanged);
                };
                write(command, next, ("tags", &old, &new), world).await?;
                return Ok(Done::Changed { version: row.version + 1, before });
            }
            Act::Delete => return remove(command, row).await,
        };
        if next == row {
            return Ok(Done::Unchanged);
        }
        write(command, next, (field, &old, &new), world).await?;
        Ok(Done::Changed { version: row.version + 1, before })
    }

    async fn restore(
        command: &Command<'_>,
        row: Option<Model>,
        before: Before,
        world: &World,
    ) -> Result<Option<BulkReason>, ApiError> {
        let row = match (row, before) {
            (None, Before::Contact(whole)) => return bring_back(command, *whole, world).await,
            (Some(_), Before::Contact(_)) => return Ok(Some(BulkReason::Conflict)),
            (None, _) => return Ok(Some(BulkReason::NotFound)),
            (Some(row), before) => (row, before),
        };
        let (mut row, before) = row;
        let (field, old, new) = match before {
            Before::Status(status) => {
                let old = std::mem::replace(&mut row.status, status.clone());
                ("status", json!(old), json!(status))
            }
            Before::Owner(owner) => {
                let old = std::mem::replace(&mut row.owner_id, owner);
                ("owner", world.colleague(old), world.colleague(owner))
            }
            Before::Department(department) => {
                if !world.has_department(department) {
                    return Ok(Some(BulkReason::Conflict));
                }
                let old = std::mem::replace(&mut row.department_id, department);
                ("department", world.department(old), world.department(department))
            }
            Before::Untagged(tag) => {
                let act = Act::RemoveTag(tag);
                let done = super::run::retag::<ContactTags>(command, row.id, &act, world).await?;
                let Some((old, new, _)) = done else { return Ok(None) };
                ("tags", old, new)
            }
            Before::Tagged(tag) => {
                if !super::run::has_tag(command, tag.id.into()).await? {
                    return Ok(Some(BulkReason::Conflict));
                }
                let act = Act::AddTag(tag);
                let done = super::run::retag::<ContactTags>(command, row.id, &act, world).await?;
                let Some((old, new, _)) = done else { return Ok(None) };
                ("tags", old, new)
            }
            Before::Contact(_) | Before::Corporation(_) | Before::Merge(_) => {
                return Ok(Some(BulkReason::Conflict));
            }
        };
        write(command, row, (field, &old, &new), world).await?;
        Ok(None)
    }
}

/// Writes the next version of a row, and what happened beside it.
async fn write(
    command: &Command<'_>,
    mut row: Model,
    (field, old, new): (&str, &Value, &Value),
    world: &World,
) -> Result<(), ApiError> {
    row.version += 1;
    row.updated_at = command.now();
    let id = row.id;
    command.save::<Entity>(id, row.into_active_model()).await?;
    let before = json!({ field: old });
    command.audit(Audit::updated("contact", id, &before, &world.marked(field, new))?).await
}

async fn remove(command: &Command<'_>, row: Model) -> Result<Done, ApiError> {
    if belongings::count(command, RecordType::Contact, row.id).await? > 0 {
        return Ok(Done::Refused(BulkReason::InUse));
    }
    let links = command.select::<link::Entity>().filter(link::Column::ContactId.eq(row.id));
    let links = links.all(command.tx()).await?;
    let carried = command.select::<ContactTags>().filter(ContactTags::record().eq(row.id));
    let tags = carried.select_only().column(ContactTags::tag()).into_tuple();
    let tags: Vec<Uuid> = tags.all(command.tx()).await?;
    let relations = related::of(command, row.id).all(command.tx()).await?;
    let version = row.version;
    let whole = WholeContact { row: opened(command, &row)?, links, relations, tags };
    let before = Before::Contact(Box::new(whole));
    delete::remove(command, row).await?;
    Ok(Done::Changed { version, before })
}

/// Writes a deleted person again, with the links and tags whose other ends are still there.
async fn bring_back(
    command: &Command<'_>,
    whole: WholeContact,
    world: &World,
) -> Result<Option<BulkReason>, ApiError> {
    let WholeContact { row, links, relations, tags } = whole;
    let mut row: Model = resealed(command, row)?;
    if let Some(external) = &row.external_id {
        let others = command.select::<Entity>().filter(Column::ExternalId.eq(external));
        if others.count(command.tx()).await? > 0 {
            return Ok(Some(BulkReason::Conflict));
        }
    }
    let there: Vec<Uuid> = command
        .select::<corporation::Entity>()
        .filter(corporation::Column::Id.is_in(links.iter().map(|link| link.corporation_id)))
        .select_only()
        .column(corporation::Column::Id)
        .into_tuple()
        .all(command.tx())
        .await?;
    let there: HashSet<Uuid> = there.into_iter().collect();
    if row.primary_corporation_id.is_some_and(|primary| !there.contains(&primary)) {
        // Nothing is promoted silently: somebody names the next primary one.
        return Ok(Some(BulkReason::Conflict));
    }
    if !world.has_department(row.department_id) {
        row.department_id = None;
    }
    row.version += 1;
    row.updated_at = command.now();
    let id = row.id;
    db::insert(command.tx(), [row.clone().into_active_model().reset_all()]).await?;
    let links = links.into_iter().filter(|link| there.contains(&link.corporation_id));
    let links = links.map(|link| link.into_active_model().reset_all());
    db::insert::<link::Entity, _, _>(command.tx(), links).await?;
    related::restore(command, relations).await?;
    let tags = known_tags(command, &tags).await?;
    let rows = tags.into_iter().map(|tag| ContactTags::row(command.tenant_id(), id, tag));
    tags::add::<ContactTags>(command.tx(), rows).await?;
    command.unbury(RecordType::Contact, id).await?;
    let after = store::load(command, command.tx(), row).await?;
    command.audit(Audit::created("contact", id, &after)?).await?;
    Ok(None)
}

/// Those of the tags that are still there.
pub async fn known_tags(command: &Command<'_>, tags: &[Uuid]) -> Result<Vec<Uuid>, ApiError> {
    let known = command.select::<tag::Entity>();
    let known = known.filter(tag::Column::Id.is_in(tags.iter().copied()));
    Ok(known.select_only().column(tag::Column::Id).into_tuple().all(command.tx()).await?)
}
