//! The merge itself, of contacts and corporations alike.

use super::aside::Sides;
use super::ends;
use super::fields::{self, Columns};
use super::kind::{Kind, Moved};
use super::stored::{Rows, Stored};
use super::tell::{State, tell};
use super::tie::{self, Tie};
use crate::audit::Audit;
use crate::auth::{Command, TenantScope};
use crate::crm::belongings;
use crate::crm::bulk::act::Before;
use crate::crm::bulk::run::{change_of, note};
use crate::crm::cases::due;
use crate::crm::contacts::link;
use crate::crm::folders::follow::follow;
use crate::db::TenantOwned;
use crate::error::ApiError;
use crate::http::answer::{Answer, etag};
use crate::http::input::IfMatch;
use ebenezer_shared::crm::bulk::BulkAction;
use ebenezer_shared::crm::client::ClientKind;
use ebenezer_shared::crm::merge::{MergeRecords, MergeResult, SetAside};
use ebenezer_shared::permission::{Action, Permission};
use ebenezer_shared::problem::ProblemCode;
use sea_orm::{
    ColumnTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Merges the others of the body into the record of that id.
pub(super) async fn merge<K: Kind>(
    scope: &TenantScope,
    id: Uuid,
    if_match: &IfMatch,
    body: &MergeRecords,
) -> Result<Answer, ApiError> {
    merge_now::<K>(scope, id, if_match, body).await.map_err(super::raced)
}

async fn merge_now<K: Kind>(
    scope: &TenantScope,
    id: Uuid,
    if_match: &IfMatch,
    body: &MergeRecords,
) -> Result<Answer, ApiError> {
    let needed = Permission::Module(K::MODULE, Action::Change);
    if !scope.may(needed) {
        return Err(ApiError::missing(&needed));
    }
    let command = scope.command().await?;
    let (survivor, others) = lock::<K>(&command, id, if_match, body).await?;
    let names = names::<K>(&survivor, &others);
    let shown = K::shown(&command, survivor.clone()).await?;
    let mut gone = Vec::new();
    for other in &others {
        gone.push((K::id(other), K::shown(&command, other.clone()).await?));
    }
    let bulk = Uuid::now_v7();
    let (row, stored, set_aside) =
        carry_out::<K>(&command, (survivor, others), &names, body).await?;
    let version = K::version(&row);
    let after = K::shown(&command, row).await?;
    let merged = named_list(&gone, &names);
    let mut entry = Audit::updated(K::TYPE.as_str(), id, &shown, &after)?.named("merge");
    for (field, column) in K::MASKED {
        if stored.before.get(*column) != stored.after.get(*column) {
            entry = entry.with_hidden_change(field);
        }
    }
    let mut entry = entry.with_change("merged", &Value::Null, &merged);
    if !set_aside.is_empty() {
        entry = entry.with_change("set_aside", &Value::Null, &serde_json::to_value(&set_aside)?);
    }
    command.audit(entry.with_change("bulk_id", &Value::Null, &json!(bulk))).await?;
    let into = json!({ "id": id, "name": names.get(&id) });
    for (other, shown) in &gone {
        let entry = Audit::deleted(K::TYPE.as_str(), *other, shown)?;
        command.audit(entry.with_change("merged_into", &Value::Null, &into)).await?;
    }
    let before = change_of(&command, bulk, (id, version), &Before::Merge(Box::new(stored)))?;
    let count = names.len() as u64;
    note(&command, bulk, (K::LIST, BulkAction::Merge, count), vec![before]).await?;
    let merged = gone.into_iter().map(|(id, _)| id).collect();
    let result = MergeResult { id, merged, bulk_id: bulk.into(), set_aside };
    command.commit(Answer::ok(&result)?.etag(version)).await
}

fn names<K: Kind>(survivor: &K::Row, others: &[K::Row]) -> HashMap<Uuid, String> {
    let all = std::iter::once(survivor).chain(others);
    all.map(|row| (K::id(row), K::name(row))).collect()
}

/// The merged records as audit entries name them.
fn named_list(gone: &[(Uuid, Value)], names: &HashMap<Uuid, String>) -> Value {
    gone.iter().map(|(id, _)| json!({ "id": id, "name": names.get(id) })).collect()
}

/// The record that stays and those that go, in the order of the body, all locked and of the
/// versions that the caller knows.
async fn lock<K: Kind>(
    command: &Command<'_>,
    id: Uuid,
    if_match: &IfMatch,
    body: &MergeRecords,
) -> Result<(K::Row, Vec<K::Row>), ApiError> {
    let ids: Vec<Uuid> = body.others.iter().map(|other| other.id).chain([id]).collect();
    lock_ends::<K>(command, &ids).await?;
    let key = <K::Entity as TenantOwned>::id_column();
    let rows = command.select::<K::Entity>().filter(key.is_in(ids)).order_by_asc(key);
    let rows = rows.lock_exclusive().all(command.tx()).await?;
    let mut rows: BTreeMap<Uuid, K::Row> = rows.into_iter().map(|row| (K::id(&row), row)).collect();
    let Some(survivor) = rows.remove(&id) else { return Err(K::missing(command, id).await) };
    if body.others.iter().any(|other| other.id == id) {
        return Err(ApiError::invalid("others", "itself"));
    }
    if_match.check(K::version(&survivor))?;
    let mut others = Vec::new();
    for other in &body.others {
        let unknown = || ApiError::invalid("others", "unknown_reference");
        let row = rows.remove(&other.id).ok_or_else(unknown)?;
        if other.etag.as_ref().is_some_and(|known| *known != etag(K::version(&row))) {
            return Err(ProblemCode::PreconditionFailed.into());
        }
        others.push(row);
    }
    Ok((survivor, others))
}

/// Locks the records and all that they are tied to: none of them goes meanwhile.
async fn lock_ends<K: Kind>(command: &Command<'_>, ids: &[Uuid]) -> Result<(), ApiError> {
    let known = command.select::<link::Entity>().filter(K::Links::refers(ids));
    let links = known.all(command.tx()).await?;
    let known = command.select::<<K::Relations as Tie>::Entity>().filter(K::Relations::refers(ids));
    let relations = known.all(command.tx()).await?;
    ends::lock_tied::<K>(command, ids, &links, &relations).await?;
    Ok(())
}

/// Writes everything but the histories of the merged; answers the record that stays, what undoes
/// it, and what of the others it did not take.
async fn carry_out<K: Kind>(
    command: &Command<'_>,
    (survivor, others): (K::Row, Vec<K::Row>),
    names: &HashMap<Uuid, String>,
    body: &MergeRecords,
) -> Result<(K::Row, Stored, Vec<SetAside>), ApiError> {
    let id = K::id(&survivor);
    let gone: Vec<Uuid> = others.iter().map(K::id).collect();
    let ids: Vec<Uuid> = gone.iter().copied().chain([id]).collect();
    let before = fields::opened(command, &survivor)?;
    let all = others.iter().map(|other| fields::opened(command, other));
    let other_columns = all.collect::<Result<Vec<Columns>, _>>()?;
    let mut next = fields::kept(K::FIELDS, &before, &other_columns, &body.keep)?;
    K::settle(&mut next, &before, &other_columns);
    let mut row: K::Row = fields::resealed(command, next)?;
    K::touch(command, &mut row);

    let all: Vec<K::Row> = std::iter::once(survivor).chain(others).collect();
    // People before their links, as everybody locks them.
    let primaries = K::primaries(command, &all, &[]).await?;
    let links = tie::rows::<K::Links>(command, &ids).await?;
    let relations = tie::rows::<K::Relations>(command, &ids).await?;
    let tags = tie::rows::<K::Tags>(command, &ids).await?;
    let new_links = tie::folded::<K::Links>(&links, id, &gone);
    let new_relations = tie::folded::<K::Relations>(&relations, id, &gone);
    let new_tags = tie::folded::<K::Tags>(&tags, id, &gone);

    tie::clear::<K::Links>(command, &ids).await?;
    tie::clear::<K::Relations>(command, &ids).await?;
    tie::clear::<K::Tags>(command, &ids).await?;
    let after = fields::opened(command, &row)?;
    let mut new_primaries = primaries.clone();
    let moved = Moved { survivor: id, others: &gone, links: &links };
    let people = K::follow(command, &mut new_primaries, &after, &moved).await?;
    let belongings = belongings::follow(command, K::CLIENT, &gone, id, names).await?;
    let followed = follow(command, K::CLIENT, id, &gone, names).await?;
    let key = <K::Entity as TenantOwned>::id_column();
    command
        .delete::<K::Entity>()
        .filter(key.is_in(gone.iter().copied()))
        .exec(command.tx())
        .await?;
    command.save::<K::Entity>(id, row.clone().into_active_model()).await?;
    if K::CLIENT == ClientKind::Corporation {
        due::of_companies(command, &[id]).await?;
    }
    tie::write::<K::Links>(command, new_links.clone()).await?;
    tie::write::<K::Relations>(command, new_relations.clone()).await?;
    tie::write::<K::Tags>(command, new_tags.clone()).await?;
    let moved = tie::moved::<K::Relations>(&relations, id, &gone);
    K::check(command, &moved, &new_relations).await?;
    for other in &gone {
        command.bury(K::TYPE, *other, Some(id)).await?;
    }
    let earlier = command.follow_merged(K::TYPE, &gone, id).await?;
    let was = State::<K> { links: &links, relations: &relations, primaries: &primaries };
    let is = State::<K> { links: &new_links, relations: &new_relations, primaries: &new_primaries };
    tell(command, names, &was, &is).await?;
    let sides = Sides { survivor: id, gone: &gone };
    let set_aside = sides.set_aside::<K>(command, &was, &is).await?;
    let stored = Stored {
        before,
        after,
        others: other_columns,
        links: Rows::of(&links, &new_links)?,
        relations: Rows::of(&relations, &new_relations)?,
        tags: Rows::of(&tags, &new_tags)?,
        followed,
        people,
        earlier,
        belongings,
    };
    Ok((row, stored, set_aside))
}
