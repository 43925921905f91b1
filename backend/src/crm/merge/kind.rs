//! What contacts and corporations have in common where they are merged.

use super::fields::Columns;
use super::tie::{Tie, Way};
use crate::auth::Command;
use crate::crm::contacts::link;
use crate::db::TenantOwned;
use crate::error::ApiError;
use ebenezer_shared::crm::bulk::BulkReason;
use ebenezer_shared::crm::client::ClientKind;
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::permission::Module;
use ebenezer_shared::record::RecordType;
use sea_orm::{ActiveModelTrait, Condition, FromQueryResult, IntoActiveModel, ModelTrait};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashMap;
use uuid::Uuid;

/// A kind of record that can be merged.
pub(in crate::crm) trait Kind: Sized {
    type Entity: TenantOwned<Model = Self::Row, ActiveModel = Self::Active>;
    type Row: ModelTrait<Entity = Self::Entity>
        + IntoActiveModel<Self::Active>
        + Serialize
        + DeserializeOwned
        + FromQueryResult
        + Sync
        + 'static;
    type Active: ActiveModelTrait<Entity = Self::Entity> + IntoActiveModel<Self::Active> + Send;
    type Links: Tie<Entity = link::Entity, Row = link::Model, Active = link::ActiveModel>;
    type Relations: Tie;
    type Tags: Tie;
    const LIST: ListName;
    const MODULE: Module;
    const TYPE: RecordType;
    const CLIENT: ClientKind;
    /// What records at the other end of a link are, and what they call one of these.
    const LINKED: (&'static str, &'static str);
    /// What the links of one of these are called.
    const LINKS: &'static str;
    const FIELDS: &'static [&'static str];
    /// Fields of which two values can look alike where they are masked.
    const MASKED: &'static [(&'static str, &'static str)];

    /// Columns of which no two records have the same value.
    const UNIQUE: &'static [&'static str];

    fn id(row: &Self::Row) -> Uuid;

    fn version(row: &Self::Row) -> i32;

    fn name(row: &Self::Row) -> String;

    /// Brings up to date what follows from other columns, and makes the next version.
    fn touch(command: &Command<'_>, row: &mut Self::Row);

    /// The error for a record that is not there.
    async fn missing(command: &Command<'_>, id: Uuid) -> ApiError;

    /// The record as the API shows it.
    async fn shown(command: &Command<'_>, row: Self::Row) -> Result<Value, ApiError>;

    /// What no single field decides. `known` is the survivor before.
    fn settle(_survivor: &mut Columns, _known: &Columns, _others: &[Columns]) {}

    /// The primary companies of the people in question, who are locked: those of these rows,
    /// and `others`.
    async fn primaries(
        command: &Command<'_>,
        rows: &[Self::Row],
        others: &[Uuid],
    ) -> Result<HashMap<Uuid, Uuid>, ApiError>;

    /// Moves primaries along with links, in the map and in the database; answers whose it
    /// moved, and from where.
    async fn follow(
        command: &Command<'_>,
        primaries: &mut HashMap<Uuid, Uuid>,
        survivor: &Columns,
        moved: &Moved<'_>,
    ) -> Result<Vec<(Uuid, Uuid)>, ApiError>;

    /// Refuses relations that cannot be: as they came to the survivor, and what became of
    /// those that came twice.
    async fn check(
        command: &Command<'_>,
        moved: &[<Self::Relations as Tie>::Row],
        joined: &[<Self::Relations as Tie>::Row],
    ) -> Result<(), ApiError>;

    /// What a relation says in the history of the one at its other end, `reader`.
    fn told(relation: &<Self::Relations as Tie>::Row, reader: Uuid, other: (Uuid, &str)) -> Value;

    /// Which other records have what the restored one needs for itself alone.
    fn claims(record: &Columns) -> Condition;

    /// Fits the way back to the multi-corporation rule, as things are now. A reason when the
    /// records cannot come back at all.
    async fn fit(
        command: &Command<'_>,
        back: &mut Back<'_, Self>,
    ) -> Result<Option<BulkReason>, ApiError>;

    /// Gives people their primary companies again; `touched` are all whose links change.
    async fn give_back(
        command: &Command<'_>,
        people: &[(Uuid, Uuid)],
        touched: &[Uuid],
    ) -> Result<(), ApiError>;
}

/// What became of links.
pub(in crate::crm) struct Moved<'a> {
    pub survivor: Uuid,
    pub others: &'a [Uuid],
    /// As they were.
    pub links: &'a [link::Model],
}

/// The way back, before it is taken.
pub(in crate::crm) struct Back<'a, K: Kind> {
    pub survivor: Uuid,
    pub others: &'a mut [Columns],
    /// The survivor as it will be.
    pub next: &'a mut Columns,
    /// The survivor as it is.
    pub now: &'a Columns,
    pub links: &'a mut Way<K::Links>,
    /// The survivor's links as they are.
    pub links_now: &'a [link::Model],
    /// Whose primary company becomes which one again.
    pub people: Vec<(Uuid, Uuid)>,
    /// People's primary companies: as they are, then as they will be.
    pub primaries: &'a mut HashMap<Uuid, Uuid>,
    /// People whose links change.
    pub touched: Vec<Uuid>,
}
