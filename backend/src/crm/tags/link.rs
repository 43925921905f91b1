//! Which records carry which tags.

use super::entity as tag;
use crate::auth::{Command, TenantScope};
use crate::db::{Conditions, FEW, TenantOwned};
use crate::error::ApiError;
use ebenezer_shared::crm::tag::{TagColor, TagRef};
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{
    ActiveModelBehavior, ColumnTrait as _, Condition, ConnectionTrait, DbBackend, DbErr,
    EntityTrait, FromQueryResult, IntoActiveModel, JoinType, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, RelationDef, Select, SqlErr,
};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// The field of bodies that names tags.
const FIELD: &str = "tag_ids";

/// A table that says which records of one kind carry which tags.
pub trait Tagging:
    TenantOwned<
        Model: IntoActiveModel<<Self as EntityTrait>::ActiveModel>,
        ActiveModel: ActiveModelBehavior + Send,
    >
{
    /// The table of the records.
    const RECORDS: &'static str;

    /// The column that names the record.
    fn record() -> Self::Column;

    /// The column that names the tag.
    fn tag() -> Self::Column;

    /// The way to the tag itself.
    fn to_tag() -> RelationDef;

    /// A record carries a tag.
    fn row(tenant: Uuid, record: Uuid, tag: Uuid) -> Self::ActiveModel;
}

#[derive(FromQueryResult)]
struct Named {
    record: Uuid,
    id: Uuid,
    name: String,
    color: String,
}

/// The tags of each of these records, by name: one query, however many records.
pub async fn of<L: Tagging>(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    records: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<TagRef>>, DbErr> {
    let found = scope
        .select::<L>()
        .filter(L::record().is_in(records))
        .join(JoinType::InnerJoin, L::to_tag())
        .select_only()
        .column_as(L::record(), "record")
        .column(tag::Column::Id)
        .column(tag::Column::Name)
        .column(tag::Column::Color)
        .order_by_asc(tag::Column::NameKey)
        .into_model::<Named>()
        .all(db)
        .await?;
    let mut by_record = HashMap::<_, Vec<_>>::new();
    for Named { record, id, name, color } in found {
        let tag = TagRef { id: id.into(), name, color: TagColor::named(&color) };
        by_record.entry(record).or_default().push(tag);
    }
    Ok(by_record)
}

/// Makes these the record's tags, and no others; says whether that changed anything. 422
/// naming `tag_ids` unless the firm has them all.
pub async fn set<L: Tagging>(
    command: &Command<'_>,
    record: Uuid,
    wanted: impl IntoIterator<Item = Uuid>,
) -> Result<bool, ApiError> {
    let wanted: BTreeSet<Uuid> = wanted.into_iter().collect();
    let known: Vec<Uuid> = command
        .select::<L>()
        .filter(L::record().eq(record))
        .select_only()
        .column(L::tag())
        .into_tuple()
        .all(command.tx())
        .await?;
    let known: BTreeSet<Uuid> = known.into_iter().collect();
    let new: Vec<Uuid> = wanted.difference(&known).copied().collect();
    let gone: Vec<Uuid> = known.difference(&wanted).copied().collect();
    check(command, &new).await?;
    let rows = new.iter().map(|tag| L::row(command.tenant_id(), record, *tag));
    add::<L>(command.tx(), rows).await?;
    if !gone.is_empty() {
        command
            .delete::<L>()
            .filter(L::record().eq(record))
            .filter(L::tag().is_in(gone.iter().copied()))
            .exec(command.tx())
            .await?;
    }
    Ok(!new.is_empty() || !gone.is_empty())
}

/// 422 unless the firm has all these tags.
async fn check(command: &Command<'_>, tags: &[Uuid]) -> Result<(), ApiError> {
    if tags.is_empty() {
        return Ok(());
    }
    let select = command.select::<tag::Entity>();
    let known = select.filter(tag::Column::Id.is_in(tags.iter().copied()));
    if known.count(command.tx()).await? == tags.len() as u64 {
        Ok(())
    } else {
        Err(ApiError::invalid(FIELD, "unknown_reference"))
    }
}

/// Writes links; those that exist stay as they are.
pub async fn add<L: Tagging>(
    db: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = L::ActiveModel>,
) -> Result<(), ApiError> {
    let rows: Vec<L::ActiveModel> = rows.into_iter().collect();
    if rows.is_empty() {
        return Ok(());
    }
    #[expect(clippy::disallowed_methods, reason = "the rows carry the caller's firm")]
    let insert = <L as EntityTrait>::insert_many(rows);
    insert
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(db)
        .await
        .map_err(|error| match error.sql_err() {
            // Deleted since it was looked for; only PostgreSQL lets that happen.
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => {
                ApiError::invalid(FIELD, "unknown_reference")
            }
            _ => error.into(),
        })?;
    Ok(())
}

/// Takes all tags off the record.
pub async fn clear<L: Tagging>(command: &Command<'_>, record: Uuid) -> Result<(), DbErr> {
    command.delete::<L>().filter(L::record().eq(record)).exec(command.tx()).await?;
    Ok(())
}

/// The records that carry all these tags.
///
/// PostgreSQL plans by its statistics. SQLite does not know how many records carry a tag:
/// few are fetched and sorted, many are met on the walk in the order of the list.
pub async fn carrying<L: Tagging>(scope: &TenantScope, tags: &[Uuid]) -> Result<Conditions, DbErr> {
    let is_sqlite = scope.db().get_database_backend() == DbBackend::Sqlite;
    let mut all = Conditions::default();
    for tag in tags {
        let carriers = scope.select::<L>().filter(L::tag().eq(*tag));
        let fetched = among(carriers.clone());
        let many = is_sqlite && is_many(scope, &carriers).await?;
        let met = if many { each(carriers) } else { fetched.clone() };
        all.met = all.met.add(met);
        all.fetched = all.fetched.add(fetched);
    }
    Ok(all)
}

async fn is_many<L: Tagging>(scope: &TenantScope, carriers: &Select<L>) -> Result<bool, DbErr> {
    let some: Vec<Uuid> = carriers
        .clone()
        .select_only()
        .column(L::tag())
        .offset(FEW)
        .limit(1)
        .into_tuple()
        .all(scope.db())
        .await?;
    Ok(!some.is_empty())
}

fn among<L: Tagging>(carriers: Select<L>) -> Condition {
    let records = carriers.select_only().column(L::record()).into_query();
    Condition::all().add(Expr::col((L::RECORDS, "id")).in_subquery(records))
}

/// Asks for each record by itself. The plus keeps SQLite from starting with the tag.
fn each<L: Tagging>(carriers: Select<L>) -> Condition {
    let own = Expr::cust(format!("+\"{}\".\"id\"", L::RECORDS));
    let own = carriers.filter(L::record().into_expr().eq(own));
    let link = own.select_only().expr_as(Expr::val(1i32), "one").into_query();
    Condition::all().add(Expr::exists(link))
}
