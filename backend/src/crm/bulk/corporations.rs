//! Companies.

use super::act::{Act, Before, WholeCorporation, World};
use super::contacts::known_tags;
use super::{Done, Target};
use crate::audit::Audit;
use crate::auth::Command;
use crate::crm::belongings;
use crate::crm::contacts::{entity as contact, link};
use crate::crm::corporations::entity::{Column, Entity, Model};
use crate::crm::corporations::{delete, related, store};
use crate::crm::merge::{opened, resealed};
use crate::crm::tags::CorporationTags;
use crate::crm::tags::link::{self as tags, Tagging as _};
use crate::db;
use crate::error::ApiError;
use ebenezer_shared::crm::bulk::BulkReason;
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::deletion::RecordType;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::{Value, json};
use std::collections::HashSet;
use uuid::Uuid;

pub struct Corporations;

impl Target for Corporations {
    const LIST: ListName = ListName::Corporations;
    type Row = Model;
    type Tags = CorporationTags;

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
        let version = row.version + 1;
        match act {
            Act::Status(status) if row.status == *status => Ok(Done::Unchanged),
            Act::Status(status) => {
                let mut next = row.clone();
                (*status).clone_into(&mut next.status);
                let changed = ("status", &json!(row.status), &json!(status));
                write(command, next, changed, world).await?;
                Ok(Done::Changed { version, before: Before::Status(row.status) })
            }
            Act::AddTag(_) | Act::RemoveTag(_) => {
                let done =
                    super::run::retag::<CorporationTags>(command, row.id, act, world).await?;
                let Some((old, new, before)) = done else { return Ok(Done::Unchanged) };
                write(command, row, ("tags", &old, &new), world).await?;
                Ok(Done::Changed { version, before })
            }
            Act::Delete => remove(command, row).await,
            Act::Owner(_) | Act::Department(_) => Ok(Done::Unchanged),
        }
    }

    async fn restore(
        command: &Command<'_>,
        row: Option<Model>,
        before: Before,
        world: &World,
    ) -> Result<Option<BulkReason>, ApiError> {
        let (mut row, act) = match (row, before) {
            (None, Before::Corporation(whole)) => return bring_back(command, *whole).await,
            (None, _) => return Ok(Some(BulkReason::NotFound)),
            (Some(mut row), Before::Status(status)) => {
                let old = std::mem::replace(&mut row.status, status.clone());
                write(command, row, ("status", &json!(old), &json!(status)), world).await?;
                return Ok(None);
            }
            (Some(row), Before::Untagged(tag)) => (row, Act::RemoveTag(tag)),
            (Some(row), Before::Tagged(tag)) => {
                if !super::run::has_tag(command, tag.id.into()).await? {
                    return Ok(Some(BulkReason::Conflict));
                }
                (row, Act::AddTag(tag))
            }
            (Some(_), _) => return Ok(Some(BulkReason::Conflict)),
        };
        let done = super::run::retag::<CorporationTags>(command, row.id, &act, world).await?;
        if let Some((old, new, _)) = done {
            row.updated_at = command.now();
            write(command, row, ("tags", &old, &new), world).await?;
        }
        Ok(None)
    }
}

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
    command.audit(Audit::updated("corporation", id, &before, &world.marked(field, new))?).await
}

async fn remove(command: &Command<'_>, row: Model) -> Result<Done, ApiError> {
    let id = row.id;
    let links = command.select::<link::Entity>().filter(link::Column::CorporationId.eq(id));
    let links = links.all(command.tx()).await?;
    let carried = command.select::<CorporationTags>().filter(CorporationTags::record().eq(id));
    let tags = carried.select_only().column(CorporationTags::tag()).into_tuple();
    let tags: Vec<Uuid> = tags.all(command.tx()).await?;
    let relations = related::of(command, id).all(command.tx()).await?;
    let version = row.version;
    let whole = WholeCorporation { row: opened(command, &row)?, links, relations, tags };
    let before = Before::Corporation(Box::new(whole));
    if belongings::count(command, RecordType::Corporation, row.id).await? > 0 {
        return Ok(Done::Refused(BulkReason::InUse));
    }
    if delete::remove(command, row, None).await?.is_some() {
        return Ok(Done::Refused(BulkReason::CorporationIsPrimary));
    }
    Ok(Done::Changed { version, before })
}

/// Writes a deleted company again, with its tags and with the people who are still there.
async fn bring_back(
    command: &Command<'_>,
    whole: WholeCorporation,
) -> Result<Option<BulkReason>, ApiError> {
    let WholeCorporation { row, links, relations, tags } = whole;
    let mut row: Model = resealed(command, row)?;
    let mut taken = Condition::any();
    if let Some(external) = &row.external_id {
        taken = taken.add(Column::ExternalId.eq(external));
    }
    if let Some(hash) = &row.ein_hash {
        taken = taken.add(Column::EinHash.eq(hash));
    }
    if !taken.is_empty() && command.select::<Entity>().filter(taken).count(command.tx()).await? > 0
    {
        return Ok(Some(BulkReason::Conflict));
    }
    row.version += 1;
    row.updated_at = command.now();
    let id = row.id;
    db::insert(command.tx(), [row.clone().into_active_model().reset_all()]).await?;
    join(command, links).await?;
    related::restore(command, relations).await?;
    let tags = known_tags(command, &tags).await?;
    let rows = tags.into_iter().map(|tag| CorporationTags::row(command.tenant_id(), id, tag));
    tags::add::<CorporationTags>(command.tx(), rows).await?;
    command.unbury(RecordType::Corporation, id).await?;
    let after = store::load(command, command.tx(), row).await?;
    command.audit(Audit::created("corporation", id, &after)?).await?;
    Ok(None)
}

/// Links the people again who have a primary company: for all others this one would have to
/// be it, and it was not.
async fn join(command: &Command<'_>, links: Vec<link::Model>) -> Result<(), ApiError> {
    let people: Vec<Uuid> = command
        .select::<contact::Entity>()
        .filter(contact::Column::Id.is_in(links.iter().map(|link| link.contact_id)))
        .filter(contact::Column::PrimaryCorporationId.is_not_null())
        .order_by_asc(contact::Column::Id)
        .select_only()
        .column(contact::Column::Id)
        .lock_exclusive()
        .into_tuple()
        .all(command.tx())
        .await?;
    command
        .update::<contact::Entity>()
        .filter(contact::Column::Id.is_in(people.iter().copied()))
        .col_expr(contact::Column::Version, Expr::col(contact::Column::Version).add(1i32))
        .col_expr(contact::Column::UpdatedAt, Expr::value(command.now()))
        .exec(command.tx())
        .await?;
    let people: HashSet<Uuid> = people.into_iter().collect();
    let links = links.into_iter().filter(|link| people.contains(&link.contact_id));
    let links = links.map(|link| link.into_active_model().reset_all());
    db::insert::<link::Entity, _, _>(command.tx(), links).await?;
    Ok(())
}
