//! A table whose rows refer to records that are merged.

use crate::auth::Command;
use crate::db::{self, TenantOwned};
use ebenezer_shared::crm::merge::TieFacts;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait as _, Condition, DbErr, IntoActiveModel,
    ModelTrait, PrimaryKeyTrait, QueryFilter as _, QuerySelect as _,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashSet};
use uuid::Uuid;

/// So many rows in one statement.
const AT_ONCE: usize = 500;

/// What a row ties together.
pub type Ends = (Uuid, Uuid);

/// Rows of one table, each of which ties a record to something else, once.
pub trait Tie {
    type Entity: TenantOwned<Model = Self::Row, ActiveModel = Self::Active>;
    type Row: ModelTrait<Entity = Self::Entity>
        + IntoActiveModel<Self::Active>
        + PartialEq
        + Serialize
        + DeserializeOwned;
    type Active: ActiveModelTrait<Entity = Self::Entity>
        + IntoActiveModel<Self::Active>
        + ActiveModelBehavior
        + Send;
    /// The kind of thing at the other end.
    type Other: TenantOwned;
    const TABLE: &'static str;
    /// The columns that name a record of the merged kind.
    const COLUMNS: &'static [&'static str];

    /// The rows that refer to any of them.
    fn refers(ids: &[Uuid]) -> Condition;

    /// What the row ties together.
    fn ends(row: &Self::Row) -> Ends;

    /// The row that ties these together.
    fn at(ends: Ends) -> Condition;

    /// The row with other ends; none when it would tie a record to itself.
    fn moved(row: Self::Row, place: impl Fn(Uuid) -> Uuid) -> Option<Self::Row>;

    /// Takes what is missing from another row that has the same ends now.
    fn join(kept: &mut Self::Row, other: Self::Row);

    /// What the row says beside its ends, as one of them sees it.
    fn facts(_row: &Self::Row, _seen_from: Uuid) -> TieFacts {
        TieFacts::default()
    }
}

/// The rows that refer to any of these records, locked.
pub async fn rows<T: Tie>(command: &Command<'_>, ids: &[Uuid]) -> Result<Vec<T::Row>, DbErr> {
    let rows = command.select::<T::Entity>().filter(T::refers(ids));
    rows.lock_exclusive().all(command.tx()).await
}

/// The rows with `survivor` in the place of `others`, its own first.
pub fn moved<T: Tie>(rows: &[T::Row], survivor: Uuid, others: &[Uuid]) -> Vec<T::Row> {
    let own = rows.iter().filter(|row| !is_of_others::<T>(row, others)).cloned();
    own.chain(moved_of_others::<T>(rows, survivor, others)).collect()
}

/// The others' rows alone, with `survivor` in their place.
pub fn moved_of_others<T: Tie>(rows: &[T::Row], survivor: Uuid, others: &[Uuid]) -> Vec<T::Row> {
    let place = |id: Uuid| if others.contains(&id) { survivor } else { id };
    let theirs = rows.iter().filter(|row| is_of_others::<T>(row, others));
    theirs.filter_map(|row| T::moved(row.clone(), place)).collect()
}

fn is_of_others<T: Tie>(row: &T::Row, others: &[Uuid]) -> bool {
    let (one, other) = T::ends(row);
    others.contains(&one) || others.contains(&other)
}

/// The rows after `others` became `survivor`, whose own facts go before theirs.
pub fn folded<T: Tie>(rows: &[T::Row], survivor: Uuid, others: &[Uuid]) -> Vec<T::Row> {
    let mut all: BTreeMap<Ends, T::Row> = BTreeMap::new();
    for row in moved::<T>(rows, survivor, others) {
        match all.entry(T::ends(&row)) {
            Entry::Occupied(mut kept) => T::join(kept.get_mut(), row),
            Entry::Vacant(free) => {
                free.insert(row);
            }
        }
    }
    all.into_values().collect()
}

/// Takes away all rows that refer to any of these records.
pub async fn clear<T: Tie>(command: &Command<'_>, ids: &[Uuid]) -> Result<(), DbErr> {
    command.delete::<T::Entity>().filter(T::refers(ids)).exec(command.tx()).await.map(|_| ())
}

/// Writes rows anew.
pub async fn write<T: Tie>(command: &Command<'_>, rows: Vec<T::Row>) -> Result<(), DbErr>
where
    <<T::Entity as sea_orm::EntityTrait>::PrimaryKey as PrimaryKeyTrait>::ValueType: Send,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some = rows.by_ref().take(AT_ONCE).map(|row| row.into_active_model().reset_all());
        db::insert::<T::Entity, T::Active, _>(command.tx(), some).await?;
    }
    Ok(())
}

/// Takes these rows away.
pub async fn remove<T: Tie>(command: &Command<'_>, rows: &[T::Row]) -> Result<(), DbErr> {
    for row in rows {
        let one = command.delete::<T::Entity>().filter(T::at(T::ends(row)));
        one.exec(command.tx()).await?;
    }
    Ok(())
}

/// What undoing makes of a table.
pub struct Way<T: Tie> {
    /// The survivor's rows that go.
    pub gone: Vec<T::Row>,
    /// The survivor's rows that come again.
    pub own: Vec<T::Row>,
    /// The rows of the others, which come again as they were.
    pub theirs: Vec<T::Row>,
    /// Somebody changed a row since that the merge had changed; it stays.
    pub left: bool,
}

impl<T: Tie> Way<T> {
    /// From what was and what the merge made of it to what is `now`.
    pub fn back(
        before: Vec<T::Row>,
        after: Vec<T::Row>,
        now: Vec<T::Row>,
        others: &[Uuid],
    ) -> Self {
        let refers = |row: &T::Row| {
            let (one, other) = T::ends(row);
            others.contains(&one) || others.contains(&other)
        };
        let (theirs, own): (Vec<T::Row>, Vec<T::Row>) = before.into_iter().partition(refers);
        let by_ends = |rows: Vec<T::Row>| -> BTreeMap<Ends, T::Row> {
            rows.into_iter().map(|row| (T::ends(&row), row)).collect()
        };
        let (mut before, mut after, mut now) = (by_ends(own), by_ends(after), by_ends(now));
        let all: HashSet<Ends> = before.keys().chain(after.keys()).copied().collect();
        let mut way = Self { gone: Vec::new(), own: Vec::new(), theirs, left: false };
        for ends in all {
            let (was, made, is) = (before.remove(&ends), after.remove(&ends), now.remove(&ends));
            if was == made {
                continue;
            }
            if is == made {
                way.gone.extend(is);
                way.own.extend(was);
            } else {
                way.left = true;
            }
        }
        way
    }

    /// Leaves the survivor's rows for which `is_it` as they are now.
    pub fn leave(&mut self, is_it: impl Fn(&T::Row) -> bool) {
        let count = self.gone.len() + self.own.len();
        self.gone.retain(|row| !is_it(row));
        self.own.retain(|row| !is_it(row));
        self.left |= self.gone.len() + self.own.len() < count;
    }

    /// Forgets rows of the others whose other ends are gone. `merged` are all there again.
    pub async fn drop_gone(&mut self, command: &Command<'_>, merged: &[Uuid]) -> Result<(), DbErr> {
        let rows = self.theirs.iter().chain(&self.own);
        let ends: HashSet<Uuid> = rows.flat_map(|row| [T::ends(row).0, T::ends(row).1]).collect();
        let mut there: HashSet<Uuid> = merged.iter().copied().collect();
        let wanted: Vec<Uuid> = ends.difference(&there).copied().collect();
        for some in wanted.chunks(AT_ONCE) {
            let known = command
                .select::<T::Other>()
                .filter(<T::Other as TenantOwned>::id_column().is_in(some.iter().copied()))
                .select_only()
                .column(<T::Other as TenantOwned>::id_column())
                .into_tuple::<Uuid>()
                .all(command.tx())
                .await?;
            there.extend(known);
        }
        let is_there =
            |row: &T::Row| there.contains(&T::ends(row).0) && there.contains(&T::ends(row).1);
        self.theirs.retain(is_there);
        self.own.retain(is_there);
        Ok(())
    }

    /// Carries it out; the records are there already.
    pub async fn go(self, command: &Command<'_>) -> Result<(), DbErr>
    where
        <<T::Entity as sea_orm::EntityTrait>::PrimaryKey as PrimaryKeyTrait>::ValueType: Send,
    {
        remove::<T>(command, &self.gone).await?;
        write::<T>(command, self.own).await?;
        write::<T>(command, self.theirs).await
    }
}
