//! Making several records again of one.

use super::ends;
use super::fields::{self, Columns};
use super::kind::{Back, Kind};
use super::stored::Stored;
use super::tell::{State, tell};
use super::tie::{self, Tie, Way};
use crate::audit::Audit;
use crate::auth::Command;
use crate::crm::belongings::{self, Moved};
use crate::crm::bulk::act::Before;
use crate::crm::bulk::entity::change;
use crate::crm::cases::due;
use crate::crm::contacts::link;
use crate::crm::folders::follow::{Followed, give_back};
use crate::db::TenantOwned;
use crate::error::ApiError;
use ebenezer_shared::crm::bulk::{BulkReason, BulkRefusal, UndoResult};
use ebenezer_shared::crm::client::ClientKind;
use ebenezer_shared::problem::ProblemCode;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, IntoActiveModel as _, PrimaryKeyTrait,
    QueryFilter as _, QuerySelect as _,
};
use serde_json::{Value, json};
use std::collections::HashMap;
use uuid::Uuid;

/// Restores the records of a merge. What somebody changed since in what it had changed stays
/// as it is, and is named; the others come back as they were.
pub(in crate::crm) async fn undo<K: Kind>(
    command: &Command<'_>,
    bulk: Uuid,
) -> Result<UndoResult, ApiError>
where
    <<K::Entity as sea_orm::EntityTrait>::PrimaryKey as PrimaryKeyTrait>::ValueType: Send,
{
    let (survivor, stored) = read(command, bulk).await?;
    lock_ends::<K>(command, survivor, &stored).await?;
    let row = command.by_id::<K::Entity>(survivor).lock_exclusive().one(command.tx()).await?;
    let Some(row) = row else { return Ok(refused(survivor, BulkReason::NotFound)) };
    take_back::<K>(command, bulk, row, stored).await
}

async fn read(command: &Command<'_>, bulk: Uuid) -> Result<(Uuid, Stored), ApiError> {
    let change = command.select::<change::Entity>().filter(change::Column::BulkId.eq(bulk));
    let change = change.one(command.tx()).await?.ok_or(ProblemCode::NotFound)?;
    let before = command.state.sealer.open(&change.before_sealed)?;
    match serde_json::from_str(&before)? {
        Before::Merge(stored) => Ok((change.record_id, *stored)),
        _ => Err(ProblemCode::NotFound.into()),
    }
}

/// Locks what the records were tied to and what the staying one is tied to: none of it goes
/// meanwhile.
async fn lock_ends<K: Kind>(
    command: &Command<'_>,
    survivor: Uuid,
    stored: &Stored,
) -> Result<(), ApiError> {
    let now = command.select::<link::Entity>().filter(K::Links::refers(&[survivor]));
    let mut links = now.all(command.tx()).await?;
    let now = command.select::<<K::Relations as Tie>::Entity>();
    let mut relations = now.filter(K::Relations::refers(&[survivor])).all(command.tx()).await?;
    let (before, after) = stored.links.clone().read()?;
    links.extend(before.into_iter().chain(after));
    let (before, after) = stored.relations.clone().read()?;
    relations.extend(before.into_iter().chain(after));
    ends::lock_tied::<K>(command, &[survivor], &links, &relations).await?;
    Ok(())
}

fn refused(id: Uuid, reason: BulkReason) -> UndoResult {
    UndoResult { restored: 0, left: vec![BulkRefusal::whole(id, reason)] }
}

async fn take_back<K: Kind>(
    command: &Command<'_>,
    bulk: Uuid,
    row: K::Row,
    stored: Stored,
) -> Result<UndoResult, ApiError> {
    let Stored {
        before,
        after,
        mut others,
        links,
        relations,
        tags,
        followed,
        people,
        earlier,
        belongings,
    } = stored;
    let survivor = K::id(&row);
    let gone: Vec<Uuid> = others.iter().filter_map(|it| fields::id_in(it, "id")).collect();
    let ids: Vec<Uuid> = gone.iter().copied().chain([survivor]).collect();
    let now = fields::opened(command, &row)?;
    let mut next = now.clone();
    let mut left = fields::back(K::FIELDS, &before, &after, &mut next);
    let shown = K::shown(command, row.clone()).await?;

    let (links_before, links_after) = links.read::<link::Model>()?;
    let linked: Vec<Uuid> = links_before.iter().map(|link| link.contact_id).collect();
    let was = K::primaries(command, std::slice::from_ref(&row), &linked).await?;
    let links_now = tie::rows::<K::Links>(command, &[survivor]).await?;
    let relations_now = tie::rows::<K::Relations>(command, &[survivor]).await?;
    let tags_now = tie::rows::<K::Tags>(command, &[survivor]).await?;
    let mut links = Way::<K::Links>::back(links_before, links_after, links_now.clone(), &gone);
    let (a, b) = relations.read()?;
    let mut relations = Way::<K::Relations>::back(a, b, relations_now.clone(), &gone);
    let (a, b) = tags.read()?;
    let mut tags = Way::<K::Tags>::back(a, b, tags_now, &gone);
    links.drop_gone(command, &ids).await?;
    relations.drop_gone(command, &ids).await?;
    tags.drop_gone(command, &ids).await?;

    let mut primaries = was.clone();
    let mut back = Back::<K> {
        survivor,
        others: &mut others,
        next: &mut next,
        now: &now,
        links: &mut links,
        links_now: &links_now,
        people,
        primaries: &mut primaries,
        touched: Vec::new(),
    };
    if let Some(reason) = K::fit(command, &mut back).await? {
        return Ok(refused(survivor, reason));
    }
    let (people, touched) = (back.people, back.touched);
    if let Some(taken) = taken::<K>(command, &ids, &next, &others).await? {
        return Ok(refused(taken, BulkReason::Conflict));
    }
    let what = [(links.left, K::LINKS), (relations.left, "related"), (tags.left, "tags")];
    left.extend(what.into_iter().filter(|(left, _)| *left).map(|(_, what)| what.to_owned()));

    let mut row: K::Row = fields::resealed(command, next)?;
    K::touch(command, &mut row);
    command.save::<K::Entity>(survivor, row.clone().into_active_model()).await?;
    let mut restored = Vec::new();
    for other in others {
        let mut row: K::Row = fields::resealed(command, other)?;
        K::touch(command, &mut row);
        crate::db::insert::<K::Entity, K::Active, _>(
            command.tx(),
            [row.clone().into_active_model().reset_all()],
        )
        .await?;
        command.unbury(K::TYPE, K::id(&row)).await?;
        restored.push(row);
    }
    links.go(command).await?;
    relations.go(command).await?;
    tags.go(command).await?;
    K::give_back(command, &people, &touched).await?;
    let names: HashMap<Uuid, String> =
        std::iter::once(&row).chain(&restored).map(|row| (K::id(row), K::name(row))).collect();
    if part_belongings::<K>(command, &ids, (&belongings, followed), &names).await? {
        left.push("belongings".to_owned());
    }
    for (id, other) in earlier {
        command.point(K::TYPE, id, other).await?;
    }

    let links_then = tie::rows::<K::Links>(command, &ids).await?;
    let relations_then = tie::rows::<K::Relations>(command, &ids).await?;
    // What was related meanwhile may have closed a ring with what came back.
    K::check(command, &[], &relations_then).await?;
    let old = State::<K> { links: &links_now, relations: &relations_now, primaries: &was };
    let new = State::<K> { links: &links_then, relations: &relations_then, primaries: &primaries };
    tell(command, &names, &old, &new).await?;
    let count = restored.len() as u64;
    let again: Value =
        restored.iter().map(|row| json!({ "id": K::id(row), "name": K::name(row) })).collect();
    let after = K::shown(command, row).await?;
    let mut entry = Audit::updated(K::TYPE.as_str(), survivor, &shown, &after)?.named("unmerge");
    entry = entry.with_change("merged", &again, &Value::Null);
    command.audit(entry.with_change("bulk_id", &Value::Null, &json!(bulk))).await?;
    note_restored::<K>(command, restored).await?;
    Ok(undone(survivor, count, left))
}

/// Gives each what was theirs; answers whether some of it is another's by now. The last of the
/// ids is the one that stayed.
async fn part_belongings<K: Kind>(
    command: &Command<'_>,
    ids: &[Uuid],
    (belongings, followed): (&[Moved], Followed),
    names: &HashMap<Uuid, String>,
) -> Result<bool, ApiError> {
    let left = belongings::give_back(command, belongings, names).await?;
    if let Some(survivor) = ids.last() {
        give_back(command, K::CLIENT, *survivor, followed, names).await?;
    }
    if K::CLIENT == ClientKind::Corporation {
        due::of_companies(command, ids).await?;
    }
    Ok(left)
}

/// How many came back besides the one that stayed, and what of that one was left.
fn undone(survivor: Uuid, count: u64, left: Vec<String>) -> UndoResult {
    if left.is_empty() {
        return UndoResult { restored: count + 1, left: Vec::new() };
    }
    let changed = BulkReason::ChangedSince;
    let left = BulkRefusal { fields: left, ..BulkRefusal::whole(survivor, changed) };
    UndoResult { restored: count, left: vec![left] }
}

/// Says beside them that they are there again.
async fn note_restored<K: Kind>(
    command: &Command<'_>,
    restored: Vec<K::Row>,
) -> Result<(), ApiError> {
    for row in restored {
        let id = K::id(&row);
        let shown = K::shown(command, row).await?;
        command.audit(Audit::created(K::TYPE.as_str(), id, &shown)?.named("restore")).await?;
    }
    Ok(())
}

/// The one of these whose number another record has taken meanwhile.
async fn taken<K: Kind>(
    command: &Command<'_>,
    ids: &[Uuid],
    next: &Columns,
    others: &[Columns],
) -> Result<Option<Uuid>, ApiError> {
    let key = <K::Entity as TenantOwned>::id_column();
    for record in std::iter::once(next).chain(others) {
        let Some(id) = fields::id_in(record, "id") else { continue };
        let alike = |name: &str| {
            let mut all = std::iter::once(next).chain(others);
            let value = fields::text_in(record, name);
            value.is_some()
                && all.any(|it| {
                    fields::id_in(it, "id") != Some(id) && fields::text_in(it, name) == value
                })
        };
        if K::UNIQUE.iter().any(|name| alike(name)) {
            return Ok(Some(id));
        }
        let claims = K::claims(record);
        if claims.is_empty() {
            continue;
        }
        let foreign = command.select::<K::Entity>().filter(claims);
        let foreign = foreign.filter(key.is_not_in(ids.iter().copied()));
        let foreign = foreign.select_only().column(key).into_tuple::<Uuid>();
        if foreign.one(command.tx()).await?.is_some() {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
