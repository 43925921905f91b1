//! Doing it to one record.

use super::act::{Act, Before, Whole, World};
use super::kind::Kind;
use crate::audit::Audit;
use crate::auth::Command;
use crate::crm::client::Client;
use crate::crm::folders::{entity as folder, store::of_client};
use crate::crm::merge::{opened, tie};
use crate::crm::tags::link::{self as tags, Tagging as _};
use crate::db::TenantOwned;
use crate::error::ApiError;
use ebenezer_shared::crm::bulk::BulkReason;
use sea_orm::{
    ColumnTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::{Value, json};
use std::mem;
use uuid::Uuid;

/// What became of one record.
pub(super) enum Done {
    Changed { version: i32, before: Before },
    Unchanged,
    Refused(BulkReason),
}

/// The firm's records of these ids, locked, in the order of their ids.
pub(super) async fn lock<K: Kind>(
    command: &Command<'_>,
    ids: &[Uuid],
) -> Result<Vec<K::Row>, ApiError> {
    let key = <K::Entity as TenantOwned>::id_column();
    let rows = command.select::<K::Entity>().filter(key.is_in(ids.iter().copied()));
    Ok(rows.order_by_asc(key).lock_exclusive().all(command.tx()).await?)
}

/// Does it to a locked record.
pub(super) async fn change<K: Kind>(
    command: &Command<'_>,
    row: K::Row,
    act: &Act,
    world: &World,
) -> Result<Done, ApiError> {
    if let Act::Delete = act {
        return remove::<K>(command, row).await;
    }
    let version = K::version(&row) + 1;
    Ok(match set::<K>(command, row, act, world).await? {
        Some(before) => Done::Changed { version, before },
        None => Done::Unchanged,
    })
}

/// Gives a record another value; answers how it was, none when it was so already.
pub(super) async fn set<K: Kind>(
    command: &Command<'_>,
    mut row: K::Row,
    act: &Act,
    world: &World,
) -> Result<Option<Before>, ApiError> {
    let (field, old, new, before) = match act {
        Act::Status(status) => {
            let was = mem::replace(K::status(&mut row), status.clone());
            if was == *status {
                return Ok(None);
            }
            ("status", json!(was), json!(status), Before::Status(was))
        }
        Act::Owner(owner) => {
            let Ok(was) = replaced(K::owner(&mut row), *owner) else { return Ok(None) };
            ("owner", world.colleague(was), world.colleague(*owner), Before::Owner(was))
        }
        Act::Department(next) => {
            let Ok(was) = replaced(K::department(&mut row), *next) else { return Ok(None) };
            let (old, new) = (world.department(was), world.department(*next));
            ("department", old, new, Before::Department(was))
        }
        Act::AddTag(_) | Act::RemoveTag(_) => {
            let Some((old, new, before)) = retag::<K>(command, K::id(&row), act, world).await?
            else {
                return Ok(None);
            };
            ("tags", old, new, before)
        }
        Act::Delete => return Ok(None),
    };
    write::<K>(command, row, (field, &old, &new), world).await?;
    Ok(Some(before))
}

/// What was there before, be it nothing; an error where there is no change.
fn replaced(place: Option<&mut Option<Uuid>>, next: Option<Uuid>) -> Result<Option<Uuid>, Same> {
    let was = mem::replace(place.ok_or(Same)?, next);
    if was == next { Err(Same) } else { Ok(was) }
}

/// It was so already.
struct Same;

/// Writes the next version of a row, and what happened beside it.
async fn write<K: Kind>(
    command: &Command<'_>,
    mut row: K::Row,
    (field, old, new): (&str, &Value, &Value),
    world: &World,
) -> Result<(), ApiError> {
    let id = K::id(&row);
    K::touch(command, &mut row);
    command.save::<K::Entity>(id, row.into_active_model()).await?;
    let before = json!({ field: old });
    let after = world.marked(field, new);
    command.audit(Audit::updated(K::TYPE.as_str(), id, &before, &after)?).await
}

async fn remove<K: Kind>(command: &Command<'_>, row: K::Row) -> Result<Done, ApiError> {
    let (id, version) = (K::id(&row), K::version(&row));
    let links = tie::rows::<K::Links>(command, &[id]).await?;
    let relations = tie::rows::<K::Relations>(command, &[id]).await?;
    let relations = relations.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
    let carried = command.select::<K::Tagged>().filter(K::Tagged::record().eq(id));
    let tags = carried.select_only().column(K::Tagged::tag()).into_tuple();
    let tags: Vec<Uuid> = tags.all(command.tx()).await?;
    let client = Client { kind: K::CLIENT, id };
    let folders = command.select::<folder::Entity>().filter(of_client(client));
    let folders = Some(folders.all(command.tx()).await?);
    let whole = Whole { row: opened(command, &row)?, links, relations, tags, folders };
    Ok(match K::delete(command, row).await? {
        Some(reason) => Done::Refused(reason),
        None => Done::Changed { version, before: K::before(whole) },
    })
}

/// Adds a tag or takes it off; answers the tags before and after as audit entries have them,
/// and how it was. None when it was so already.
async fn retag<K: Kind>(
    command: &Command<'_>,
    record: Uuid,
    act: &Act,
    world: &World,
) -> Result<Option<(Value, Value, Before)>, ApiError> {
    let old = world.tags_of(record);
    let mut new = old.clone();
    let before = match act {
        Act::AddTag(tag) if !old.iter().any(|it| it.id == tag.id) => {
            let row = K::Tagged::row(command.tenant_id(), record, tag.id.into());
            tags::add::<K::Tagged>(command.tx(), [row]).await?;
            new.push(tag.clone());
            Before::Untagged(tag.clone())
        }
        Act::RemoveTag(tag) if old.iter().any(|it| it.id == tag.id) => {
            command
                .delete::<K::Tagged>()
                .filter(K::Tagged::record().eq(record))
                .filter(K::Tagged::tag().eq(Uuid::from(tag.id)))
                .exec(command.tx())
                .await?;
            new.retain(|it| it.id != tag.id);
            Before::Tagged(tag.clone())
        }
        _ => return Ok(None),
    };
    Ok(Some((json!(old), json!(new), before)))
}
