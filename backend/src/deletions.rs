//! `GET /api/deletions`: tombstones, for those who keep a copy of the firm's records.
//!
//! [`Command::bury`] writes one in the transaction of the deletion, [`Command::unbury`]
//! takes it away when the record is restored.

use crate::auth::{AnyMember, Command, TenantScope};
use crate::db::{self, CursorKind, Listing, Order, Searched, SortKey, TenantOwned};
use crate::error::{ApiError, Refusal};
use crate::http::answer::Answer;
use crate::http::input::Query;
use crate::routes::Routes;
use ebenezer_shared::deletion::Deletion;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::record::RecordType;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{Condition, QuerySelect as _, Set};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deletions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub record_type: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: DateTimeUtc,
    pub merged_into: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TenantOwned for Entity {
    fn tenant_column() -> Column {
        Column::TenantId
    }

    fn id_column() -> Column {
        Column::Id
    }
}

/// Tells of records of a firm that are gone.
pub async fn write(
    tx: &impl ConnectionTrait,
    tenant: Uuid,
    kind: RecordType,
    ids: &[Uuid],
    at: DateTimeUtc,
) -> Result<(), DbErr> {
    let row = |id: &Uuid| ActiveModel {
        tenant_id: Set(tenant),
        record_type: Set(kind.as_str().to_owned()),
        id: Set(*id),
        at: Set(at),
        merged_into: Set(None),
    };
    for some in ids.chunks(500) {
        db::insert(tx, some.iter().map(row)).await?;
    }
    Ok(())
}

/// Those that were merged into the record.
pub async fn merged_into(
    scope: &TenantScope,
    kind: RecordType,
    survivor: Uuid,
) -> Result<Vec<Uuid>, DbErr> {
    scope
        .select::<Entity>()
        .filter(Column::RecordType.eq(kind.as_str()))
        .filter(Column::MergedInto.eq(survivor))
        .select_only()
        .column(Column::Id)
        .into_tuple()
        .all(scope.db())
        .await
}

impl Command<'_> {
    /// Tells those who keep a copy that the record is gone; `merged_into` when another one
    /// took its place.
    pub async fn bury(
        &self,
        kind: RecordType,
        id: impl Into<Uuid>,
        merged_into: Option<Uuid>,
    ) -> Result<(), DbErr> {
        let row = ActiveModel {
            tenant_id: Set(self.tenant_id()),
            record_type: Set(kind.as_str().to_owned()),
            id: Set(id.into()),
            at: Set(self.now()),
            merged_into: Set(merged_into),
        };
        db::insert(self.tx(), [row]).await
    }

    /// Tells that several records are gone.
    pub async fn bury_all(&self, kind: RecordType, ids: &[Uuid]) -> Result<(), DbErr> {
        write(self.tx(), self.tenant_id(), kind, ids, self.now()).await
    }

    /// Those that were merged into one of these are merged into `survivor` from now on. Answers
    /// which they are, and where they were before.
    pub async fn follow_merged(
        &self,
        kind: RecordType,
        others: &[Uuid],
        survivor: Uuid,
    ) -> Result<Vec<(Uuid, Uuid)>, DbErr> {
        let earlier = self
            .select::<Entity>()
            .filter(Column::RecordType.eq(kind.as_str()))
            .filter(Column::MergedInto.is_in(others.iter().copied()))
            .all(self.tx())
            .await?;
        for row in &earlier {
            self.point(kind, row.id, survivor).await?;
        }
        Ok(earlier.into_iter().filter_map(|row| Some((row.id, row.merged_into?))).collect())
    }

    /// Says anew into which record a merged one went.
    pub async fn point(&self, kind: RecordType, id: Uuid, survivor: Uuid) -> Result<(), DbErr> {
        self.update::<Entity>()
            .filter(Column::RecordType.eq(kind.as_str()))
            .filter(Column::Id.eq(id))
            .filter(Column::MergedInto.is_not_null())
            .col_expr(Column::MergedInto, Expr::value(survivor))
            // Whoever keeps a copy hears of it.
            .col_expr(Column::At, Expr::value(self.now()))
            .exec(self.tx())
            .await
            .map(|_| ())
    }

    /// The record is back: nothing tells of its deletion any more.
    pub async fn unbury(&self, kind: RecordType, id: impl Into<Uuid>) -> Result<(), DbErr> {
        self.delete::<Entity>()
            .filter(Column::RecordType.eq(kind.as_str()))
            .filter(Column::Id.eq(id.into()))
            .exec(self.tx())
            .await
            .map(|_| ())
    }
}

/// The firm's record of that id, locked against other writers when it is to be changed.
pub async fn find<E: TenantOwned>(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    kind: RecordType,
    id: Uuid,
    lock: bool,
) -> Result<E::Model, ApiError> {
    let select = scope.by_id::<E>(id);
    let select = if lock { select.lock_exclusive() } else { select };
    match select.one(db).await? {
        Some(row) => Ok(row),
        None => Err(missing(scope, db, kind, id).await),
    }
}

/// The error for a record that is not there: of one that was merged it names the other.
pub async fn missing(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    kind: RecordType,
    id: Uuid,
) -> ApiError {
    let row = scope
        .select::<Entity>()
        .filter(Column::RecordType.eq(kind.as_str()))
        .filter(Column::Id.eq(id))
        .one(db)
        .await;
    match row {
        Err(error) => error.into(),
        Ok(row) => match row.and_then(|row| row.merged_into) {
            None => ProblemCode::NotFound.into(),
            merged_into => Refusal { merged_into, ..Refusal::new(ProblemCode::Merged) }.into(),
        },
    }
}

/// The one order there is: the oldest deletion first.
#[derive(Clone, Copy, PartialEq, Eq)]
struct ByTime;

impl SortKey for ByTime {
    const NAMES: &'static [(&'static str, Self)] = &[("at", Self)];

    fn column(self) -> (&'static str, &'static str) {
        ("deletions", "at")
    }

    fn cursor_kind(self) -> Option<CursorKind> {
        Some(CursorKind::Time)
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DeletionQuery {
    page: Option<u64>,
    page_size: Option<u64>,
    cursor: Option<String>,
    /// Deleted at that time or later (RFC 3339). Ask from a minute before the last answer.
    since: Option<chrono::DateTime<chrono::Utc>>,
    /// `contact`, `corporation`, `department`, `tag`, `case`, `folder`, `document`,
    /// `document_request`, `task`, `note`, `thread`, `appointment`; several with commas. Without it all that
    /// the caller may view.
    types: Option<String>,
}

/// What was deleted, the oldest first, of the types that the caller may view. Restored
/// records are not among them.
#[utoipa::path(get, path = "/api/deletions", tag = "deletions", params(DeletionQuery),
    responses((status = 200, body = Page<Deletion>)))]
pub async fn list_deletions(
    scope: AnyMember,
    Query(query): Query<DeletionQuery>,
) -> Result<Answer, ApiError> {
    let oldest_first = Order { key: ByTime, descending: false };
    let listing = Listing::parse(query.page, query.page_size, None, query.cursor, oldest_first)?;
    let types = types(&scope, query.types.as_deref())?;
    let mut condition =
        Condition::all().add(Column::RecordType.is_in(types.iter().map(|kind| kind.as_str())));
    if let Some(since) = db::since("since", query.since)? {
        condition = condition.add(Column::At.gte(since));
    }
    let all = Searched { rows: scope.select::<Entity>(), found: None };
    let position = |row: &Model, ByTime| (db::stamp(row.at), row.id);
    let page = listing.read(scope.db(), all, condition, "deletions", position).await?;
    Answer::ok(&page.try_map(|row| view(&row))?)
}

/// The types that are asked for; 403 for one that the caller may not view.
fn types(scope: &TenantScope, named: Option<&str>) -> Result<Vec<RecordType>, ApiError> {
    let Some(named) = named else {
        let visible = RecordType::ALL.iter().filter(|kind| scope.may(kind.needs()));
        return Ok(visible.copied().collect());
    };
    named
        .split(',')
        .map(|name| {
            let kind: RecordType =
                name.trim().parse().map_err(|_| ApiError::query("types", "unknown_value"))?;
            if scope.may(kind.needs()) { Ok(kind) } else { Err(ApiError::missing(&kind.needs())) }
        })
        .collect()
}

fn view(row: &Model) -> Result<Deletion, ApiError> {
    let kind = row.record_type.parse();
    let kind = kind.map_err(|_| anyhow::anyhow!("unknown record type {}", row.record_type))?;
    Ok(Deletion { kind, id: row.id, at: row.at, merged_into: row.merged_into })
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_list_deletions, list_deletions);
}
