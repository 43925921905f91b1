//! Records related to others of their kind: people to people, companies to companies.
//!
//! The relation is one row for both, kept under the smaller id first; each side sees it its
//! own way.

use super::merge::{Kind, Tie};
use crate::audit::Audit;
use crate::auth::{Command, TenantScope};
use crate::db::{self, TenantOwned};
use crate::error::ApiError;
use crate::http::answer::Answer;
use ebenezer_shared::crm::period::Period;
use ebenezer_shared::problem::ProblemCode;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel as _, PrimaryKeyTrait, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    Select,
};
use serde::Serialize;
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

/// A row that relates two records.
pub type Row<K> = <<K as Kind>::Relations as Tie>::Row;

type Table<K> = <<K as Kind>::Relations as Tie>::Entity;

/// A kind of record that is related to others of its kind.
pub trait Related: Kind {
    /// A relation as one of the two sees it.
    type Shown: Serialize;
    /// The field of a body that names the other one.
    const FIELD: &'static str;

    /// The relation as `me` sees it.
    fn show(row: &Row<Self>, me: Uuid, other: &<Self as Kind>::Row) -> Self::Shown;

    fn period(row: &Row<Self>) -> Period;

    /// By what they are listed.
    fn sort_name(record: &<Self as Kind>::Row) -> &str;

    /// 422 for what says nothing possible.
    fn rules(row: &Row<Self>) -> Result<(), ApiError> {
        if Self::period(row).is_possible() {
            Ok(())
        } else {
            Err(ApiError::invalid("to", "before_start"))
        }
    }
}

/// The relations of a record.
pub fn of<K: Related>(scope: &TenantScope, id: Uuid) -> Select<Table<K>> {
    scope.select::<Table<K>>().filter(K::Relations::refers(&[id]))
}

/// The other one of the two.
pub fn other<K: Related>(row: &Row<K>, me: Uuid) -> Uuid {
    let (low, high) = K::Relations::ends(row);
    if low == me { high } else { low }
}

/// The ends under which two are related.
fn ends(one: Uuid, other: Uuid) -> (Uuid, Uuid) {
    (one.min(other), one.max(other))
}

/// All that are related to a record: those that go on first, by name.
pub async fn load<K: Related>(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Vec<K::Shown>, DbErr> {
    let rows = of::<K>(scope, id).all(db).await?;
    let key = <K::Entity as TenantOwned>::id_column();
    let others: Vec<Uuid> = rows.iter().map(|row| other::<K>(row, id)).collect();
    let others = scope.select::<K::Entity>().filter(key.is_in(others)).all(db).await?;
    let mut others: HashMap<Uuid, <K as Kind>::Row> =
        others.into_iter().map(|other| (K::id(&other), other)).collect();
    let today = scope.today();
    let mut related: Vec<(bool, String, K::Shown)> = rows
        .iter()
        .filter_map(|row| {
            let other = others.remove(&other::<K>(row, id))?;
            let ended = K::period(row).to.is_some_and(|last| last < today);
            Some((ended, K::sort_name(&other).to_owned(), K::show(row, id, &other)))
        })
        .collect();
    related.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    Ok(related.into_iter().map(|(.., related)| related).collect())
}

/// The records of these ids that are there, locked in the order of their ids: none goes
/// meanwhile, nor are two related twice.
async fn lock<K: Related>(
    command: &Command<'_>,
    ids: [Uuid; 2],
) -> Result<HashMap<Uuid, <K as Kind>::Row>, DbErr> {
    let key = <K::Entity as TenantOwned>::id_column();
    let rows = command.select::<K::Entity>().filter(key.is_in(ids)).order_by_asc(key);
    let rows = rows.lock_exclusive().all(command.tx()).await?;
    Ok(rows.into_iter().map(|row| (K::id(&row), row)).collect())
}

/// Relates two; `location` is where the relation lives.
pub async fn create<K: Related>(
    scope: &TenantScope,
    (id, other): (Uuid, Uuid),
    row: Row<K>,
    location: String,
) -> Result<Answer, ApiError>
where
    <<Table<K> as EntityTrait>::PrimaryKey as PrimaryKeyTrait>::ValueType: Send,
{
    let command = scope.command().await?;
    let mut both = lock::<K>(&command, [id, other]).await?;
    let Some(me) = both.remove(&id) else { return Err(K::missing(&command, id).await) };
    if id == other {
        return Err(ApiError::invalid(K::FIELD, "itself"));
    }
    let unknown = || ApiError::invalid(K::FIELD, "unknown_reference");
    let them = both.remove(&other).ok_or_else(unknown)?;
    K::rules(&row)?;
    let known = command.select::<Table<K>>().filter(K::Relations::at(ends(id, other)));
    if known.one(command.tx()).await?.is_some() {
        return Err(ApiError::field(ProblemCode::Duplicate, K::FIELD, "already_related"));
    }
    K::check(&command, &[], std::slice::from_ref(&row)).await?;
    let fresh = row.clone().into_active_model().reset_all();
    db::insert::<Table<K>, _, _>(command.tx(), [fresh]).await?;
    tell::<K>(&command, (&me, &them), None, Some(&row)).await?;
    let answer = Answer::created(location, &K::show(&row, id, &them))?;
    command.commit(answer).await
}

/// Changes what two are to each other.
pub async fn update<K: Related>(
    scope: &TenantScope,
    (id, other): (Uuid, Uuid),
    change: impl FnOnce(&mut Row<K>),
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let (before, me, them) = find::<K>(&command, id, other).await?;
    let mut row = before.clone();
    change(&mut row);
    K::rules(&row)?;
    if row != before {
        K::check(&command, &[], std::slice::from_ref(&row)).await?;
        command
            .update::<Table<K>>()
            .filter(K::Relations::at(ends(id, other)))
            .set(row.clone().into_active_model().reset_all())
            .exec(command.tx())
            .await?;
        tell::<K>(&command, (&me, &them), Some(&before), Some(&row)).await?;
    }
    let answer = Answer::ok(&K::show(&row, id, &them))?;
    command.commit(answer).await
}

/// Makes two as if they had never been related.
pub async fn delete<K: Related>(
    scope: &TenantScope,
    (id, other): (Uuid, Uuid),
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let (row, me, them) = find::<K>(&command, id, other).await?;
    remove::<K>(&command, &row).await?;
    tell::<K>(&command, (&me, &them), Some(&row), None).await?;
    command.commit(Answer::no_content()).await
}

/// The relation and both records, locked.
async fn find<K: Related>(
    command: &Command<'_>,
    id: Uuid,
    other: Uuid,
) -> Result<(Row<K>, <K as Kind>::Row, <K as Kind>::Row), ApiError> {
    let mut both = lock::<K>(command, [id, other]).await?;
    let Some(me) = both.remove(&id) else { return Err(K::missing(command, id).await) };
    let Some(them) = both.remove(&other) else { return Err(ProblemCode::NotFound.into()) };
    let row = command.select::<Table<K>>().filter(K::Relations::at(ends(id, other)));
    let row = row.lock_exclusive().one(command.tx()).await?;
    Ok((row.ok_or(ApiError::from(ProblemCode::NotFound))?, me, them))
}

/// Removes the relations of a record that is about to go.
pub async fn forget<K: Related>(
    command: &Command<'_>,
    id: Uuid,
    name: &str,
) -> Result<(), ApiError> {
    for row in of::<K>(command, id).all(command.tx()).await? {
        let them = command.by_id::<K::Entity>(other::<K>(&row, id)).one(command.tx()).await?;
        if let Some(them) = them {
            let them = (K::id(&them), K::name(&them));
            tell_both::<K>(command, [(id, name), (them.0, &them.1)], Some(&row), None).await?;
        }
        remove::<K>(command, &row).await?;
    }
    Ok(())
}

/// Writes what became of a relation into the histories of both.
async fn tell<K: Related>(
    command: &Command<'_>,
    (one, other): (&<K as Kind>::Row, &<K as Kind>::Row),
    before: Option<&Row<K>>,
    after: Option<&Row<K>>,
) -> Result<(), ApiError> {
    let (name, other_name) = (K::name(one), K::name(other));
    let both = [(K::id(one), name.as_str()), (K::id(other), other_name.as_str())];
    tell_both::<K>(command, both, before, after).await
}

async fn tell_both<K: Related>(
    command: &Command<'_>,
    [one, other]: [(Uuid, &str); 2],
    before: Option<&Row<K>>,
    after: Option<&Row<K>>,
) -> Result<(), ApiError> {
    for (me, them) in [(one, other), (other, one)] {
        let told = |row: &Row<K>| K::told(row, me.0, them);
        let changes =
            json!({ "related": { "before": before.map(told), "after": after.map(told) } });
        command.audit(Audit::event("relate", K::TYPE.as_str(), me.0, changes)).await?;
    }
    Ok(())
}

async fn remove<K: Related>(command: &Command<'_>, row: &Row<K>) -> Result<(), DbErr> {
    let one = command.delete::<Table<K>>().filter(K::Relations::at(K::Relations::ends(row)));
    one.exec(command.tx()).await.map(|_| ())
}
