//! Making records as they were before.

use super::act::{Act, Before, Whole, World};
use super::apply::{lock, set};
use super::entity::change;
use super::kind::Kind;
use crate::audit::Audit;
use crate::auth::Command;
use crate::crm::client::Client;
use crate::crm::contacts::link;
use crate::crm::folders::{defaults, follow::bring_again};
use crate::crm::merge::{State, Tie, ends, id_in, resealed, tell};
use crate::crm::tags::entity as tag;
use crate::crm::tags::link::{self as tags, Tagging as _};
use crate::db::{self, TenantOwned};
use crate::error::ApiError;
use ebenezer_shared::crm::bulk::{BulkReason, BulkRefusal, UndoResult};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _,
};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Restores some records of a change, the last to go first: it had nobody left to be related
/// to. What is as it was before is not undone again.
pub(super) async fn take_back<K: Kind>(
    command: &Command<'_>,
    bulk: Uuid,
    changes: Vec<change::Model>,
) -> Result<UndoResult, ApiError> {
    let mut befores = Vec::new();
    for change in changes {
        let before: Before =
            serde_json::from_str(&command.state.sealer.open(&change.before_sealed)?)?;
        befores.push((change.record_id, change.version, before));
    }
    let there = lock_ends::<K>(command, &befores).await?;
    let ids: Vec<Uuid> = befores.iter().map(|(id, ..)| *id).collect();
    let rows = lock::<K>(command, &ids).await?;
    let mut rows: HashMap<Uuid, K::Row> = rows.into_iter().map(|row| (K::id(&row), row)).collect();
    let world = World::of::<K::Tagged>(command, bulk, &ids).await?;
    let mut result = UndoResult { restored: 0, left: Vec::new() };
    for (id, version, before) in befores {
        let row = rows.remove(&id);
        let touched = row.as_ref().is_some_and(|row| K::version(row) != version);
        let outcome = match (row, before) {
            _ if touched => Outcome::Left(BulkReason::ChangedSince),
            (None, Before::Contact(whole) | Before::Corporation(whole)) => {
                bring_back::<K>(command, *whole, &world, &there).await?
            }
            (None, _) => Outcome::Left(BulkReason::NotFound),
            (Some(row), before) => reset::<K>(command, row, before, &world).await?,
        };
        match outcome {
            Outcome::Left(reason) => {
                result.left.push(BulkRefusal::whole(id, reason));
                continue;
            }
            Outcome::Whole => {}
            Outcome::Without(fields) => {
                let reason = BulkReason::PartsGone;
                result.left.push(BulkRefusal { fields, ..BulkRefusal::whole(id, reason) });
            }
        }
        result.restored += 1;
        forget(command, bulk, id).await?;
    }
    Ok(result)
}

/// What became of one record.
enum Outcome {
    Whole,
    /// It is back, without what these fields name.
    Without(Vec<String>),
    Left(BulkReason),
}

/// Locks the records that those which come back were tied to, so that none of them goes
/// meanwhile; answers which are still there.
async fn lock_ends<K: Kind>(
    command: &Command<'_>,
    befores: &[(Uuid, i32, Before)],
) -> Result<HashSet<Uuid>, ApiError> {
    let (mut ids, mut all_links, mut all_relations) = (Vec::new(), Vec::new(), Vec::new());
    for (id, _, before) in befores {
        ids.push(*id);
        if let Before::Contact(whole) | Before::Corporation(whole) = before {
            all_links.extend(whole.links.iter().cloned());
            all_relations.extend(relations::<K>(whole)?);
        }
    }
    Ok(ends::lock_tied::<K>(command, &ids, &all_links, &all_relations).await?)
}

fn relations<K: Kind>(whole: &Whole) -> Result<Vec<<K::Relations as Tie>::Row>, ApiError> {
    let rows = whole.relations.iter().cloned().map(serde_json::from_value);
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Gives a record its former value again.
async fn reset<K: Kind>(
    command: &Command<'_>,
    row: K::Row,
    before: Before,
    world: &World,
) -> Result<Outcome, ApiError> {
    let conflict = Ok(Outcome::Left(BulkReason::Conflict));
    let act = match before {
        Before::Status(status) => Act::Status(status),
        Before::Owner(owner) => Act::Owner(owner),
        Before::Department(department) if !world.has_department(department) => return conflict,
        Before::Department(department) => Act::Department(department),
        Before::Untagged(tag) => Act::RemoveTag(tag),
        Before::Tagged(tag) => {
            let known = known_tags(command, &[tag.id.into()]).await?;
            if known.is_empty() {
                return conflict;
            }
            Act::AddTag(tag)
        }
        Before::Contact(_) | Before::Corporation(_) | Before::Merge(_) => return conflict,
    };
    set::<K>(command, row, &act, world).await?;
    Ok(Outcome::Whole)
}

/// Writes a deleted record again, with all whose other ends are still there.
async fn bring_back<K: Kind>(
    command: &Command<'_>,
    whole: Whole,
    world: &World,
    there: &HashSet<Uuid>,
) -> Result<Outcome, ApiError> {
    let all_relations = relations::<K>(&whole)?;
    let Whole { row: mut columns, links: all_links, tags: all_tags, folders, .. } = whole;
    let claims = K::claims(&columns);
    if !claims.is_empty() {
        let taken = command.select::<K::Entity>().filter(claims).count(command.tx()).await?;
        if taken > 0 {
            return Ok(Outcome::Left(BulkReason::Conflict));
        }
    }
    let count = all_links.len();
    let Some(links) = K::links_again(command, &columns, all_links, there).await? else {
        return Ok(Outcome::Left(BulkReason::Conflict));
    };
    let mut missing = Vec::new();
    let department = id_in(&columns, DEPARTMENT);
    if !world.has_department(department) {
        columns.insert(DEPARTMENT.to_owned(), Value::Null);
        missing.push(DEPARTMENT);
    }
    let mut row: K::Row = resealed(command, columns)?;
    K::touch(command, &mut row);
    let fresh = row.clone().into_active_model().reset_all();
    if !db::insert_unless_taken::<K::Entity, _>(command.tx(), fresh).await? {
        return Ok(Outcome::Left(BulkReason::Conflict));
    }
    let id = K::id(&row);
    if links.len() < count {
        missing.push(K::LINKS);
    }
    for link in &links {
        let link = link.clone().into_active_model().reset_all();
        db::insert::<link::Entity, _, _>(command.tx(), [link]).await?;
    }
    K::linked_again(command, &links).await?;
    let count = all_relations.len();
    let relations = relate_again::<K>(command, all_relations).await?;
    if relations.len() < count {
        missing.push("related");
    }
    let tags = known_tags(command, &all_tags).await?;
    if tags.len() < all_tags.len() {
        missing.push("tags");
    }
    let tags = tags.into_iter().map(|tag| K::Tagged::row(command.tenant_id(), id, tag));
    tags::add::<K::Tagged>(command.tx(), tags).await?;
    match folders {
        Some(folders) => bring_again(command, folders).await?,
        None => defaults::give(command, Client { kind: K::CLIENT, id }).await?,
    }
    command.unbury(K::TYPE, id).await?;
    told::<K>(command, &row, &links, &relations).await?;
    let after = K::shown(command, row).await?;
    let entry = Audit::created(K::TYPE.as_str(), id, &after)?.named("restore");
    command.audit(entry.with_change("bulk_id", &Value::Null, &json!(world.bulk))).await?;
    if missing.is_empty() {
        return Ok(Outcome::Whole);
    }
    Ok(Outcome::Without(missing.into_iter().map(str::to_owned).collect()))
}

const DEPARTMENT: &str = "department_id";

/// Writes its relations again, as far as the others are there and no ring of owners was
/// closed meanwhile; answers which.
async fn relate_again<K: Kind>(
    command: &Command<'_>,
    rows: Vec<<K::Relations as Tie>::Row>,
) -> Result<Vec<<K::Relations as Tie>::Row>, ApiError> {
    let mut written = Vec::new();
    for row in rows {
        let (one, other) = K::Relations::ends(&row);
        let key = <K::Entity as TenantOwned>::id_column();
        let both = command.select::<K::Entity>().filter(key.is_in([one, other]));
        if both.count(command.tx()).await? < 2 {
            continue;
        }
        match K::check(command, &[], std::slice::from_ref(&row)).await {
            Ok(()) => {}
            Err(ApiError::Refused(_)) => continue,
            Err(error) => return Err(error),
        }
        let fresh = row.clone().into_active_model().reset_all();
        if db::insert_unless_taken::<<K::Relations as Tie>::Entity, _>(command.tx(), fresh).await? {
            written.push(row);
        }
    }
    Ok(written)
}

/// What the others at the ends learn.
async fn told<K: Kind>(
    command: &Command<'_>,
    row: &K::Row,
    links: &[link::Model],
    relations: &[<K::Relations as Tie>::Row],
) -> Result<(), ApiError> {
    let names = HashMap::from([(K::id(row), K::name(row))]);
    let primaries = K::primaries(command, std::slice::from_ref(row), &[]).await?;
    let nothing = HashMap::new();
    let before = State::<K> { links: &[], relations: &[], primaries: &nothing };
    let after = State::<K> { links, relations, primaries: &primaries };
    tell(command, &names, &before, &after).await
}

/// Those of the tags that are still there.
async fn known_tags(command: &Command<'_>, tags: &[Uuid]) -> Result<Vec<Uuid>, ApiError> {
    let known = command.select::<tag::Entity>();
    let known = known.filter(tag::Column::Id.is_in(tags.iter().copied()));
    Ok(known.select_only().column(tag::Column::Id).into_tuple().all(command.tx()).await?)
}

async fn forget(command: &Command<'_>, bulk: Uuid, record: Uuid) -> Result<(), ApiError> {
    command
        .delete::<change::Entity>()
        .filter(change::Column::BulkId.eq(bulk))
        .filter(change::Column::RecordId.eq(record))
        .exec(command.tx())
        .await?;
    Ok(())
}
