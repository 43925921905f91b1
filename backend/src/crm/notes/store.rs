//! Reading notes, and who sees them.

use super::entity::{Column, Entity, Model};
use super::list::{Filter, NoteOrder};
use crate::audit::Audit;
use crate::auth::{Command, TenantScope};
use crate::crm::about::{Columns, Subjects};
use crate::db::{Conditions, Listing, searched};
use crate::error::ApiError;
use ebenezer_shared::crm::note::{Note, NoteColor};
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module, Permission};
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::record::RecordType;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// The columns that say what a note is about.
const ABOUT: Columns<Column> = Columns {
    contact: Column::ContactId,
    corporation: Column::CorporationId,
    case: Column::CaseId,
};

/// The kinds of records that notes are on, with the columns that name them.
const RECORDS: [(RecordType, Column, &str); 3] = [
    (RecordType::Contact, Column::ContactId, "contact_id"),
    (RecordType::Corporation, Column::CorporationId, "corporation_id"),
    (RecordType::Case, Column::CaseId, "case_id"),
];

fn is_sticky() -> Condition {
    let columns = RECORDS.iter().map(|(_, column, _)| column.is_null());
    columns.fold(Condition::all(), Condition::add)
}

/// Notes that the caller sees: their own sticky ones, and those on records of kinds that they
/// may see.
pub fn visible(scope: &TenantScope) -> Condition {
    let own = is_sticky().add(Column::CreatedBy.eq(scope.user_id()));
    let kinds = RECORDS.iter().filter(|(kind, ..)| scope.may(kind.needs()));
    kinds.fold(Condition::any().add(own), |any, (_, column, _)| any.add(column.is_not_null()))
}

/// 422 for a note on a record that its author does not see.
pub fn check_sight(scope: &TenantScope, row: &Model) -> Result<(), ApiError> {
    let hidden = RECORDS.iter().find(|(kind, ..)| {
        record(row).is_some_and(|(of, _)| of == *kind) && !scope.may(kind.needs())
    });
    match hidden {
        Some((.., field)) => Err(ApiError::invalid(*field, "unknown_reference")),
        None => Ok(()),
    }
}

/// 403 for somebody else's note without the permission for all.
pub fn check_author(scope: &TenantScope, row: &Model, action: Action) -> Result<(), ApiError> {
    let needed = Permission::Module(Module::Notes, action);
    if row.created_by == scope.user_id() || scope.may(needed) {
        Ok(())
    } else {
        Err(ApiError::missing(&needed))
    }
}

/// The note, if the caller sees it, locked against other writers when it is to be changed.
pub async fn find(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
    lock: bool,
) -> Result<Model, ApiError> {
    let select = scope.by_id::<Entity>(id).filter(visible(scope));
    let select = if lock { select.lock_exclusive() } else { select };
    select.one(db).await?.ok_or_else(|| ProblemCode::NotFound.into())
}

/// One page of the list: six queries, whatever its size.
pub async fn list(
    scope: &TenantScope,
    filter: &Filter,
    listing: &Listing<NoteOrder>,
) -> Result<Page<Note>, ApiError> {
    let words = filter.search.as_ref();
    let all = searched::<Entity>(scope.db(), scope.tenant_id(), "notes", words, None);
    let conditions = Conditions::from(condition(scope, filter));
    let position = |row: &Model, key: NoteOrder| (key.value(row), row.id);
    let mut page = listing.read(scope.db(), all, conditions, "notes", position).await?;
    let rows = std::mem::take(&mut page.items);
    let items = views(scope, scope.db(), rows).await?;
    Ok(page.with(items))
}

fn condition(scope: &TenantScope, filter: &Filter) -> Condition {
    let sticky = filter.sticky.map(|wanted| if wanted { is_sticky() } else { is_sticky().not() });
    Condition::all()
        .add(visible(scope))
        .add_option(sticky)
        .add_option(filter.client.map(|client| ABOUT.of_client(scope, client)))
        .add_option(filter.case.map(|id| Column::CaseId.eq(id)))
        .add_option(filter.author.map(|id| Column::CreatedBy.eq(id)))
        .add_option(filter.updated_since.map(|since| Column::UpdatedAt.gte(since)))
}

/// How many are on the case.
pub async fn count_of_case(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<u64, DbErr> {
    scope.select::<Entity>().filter(Column::CaseId.eq(id)).count(db).await
}

/// The caller's own sticky notes, pinned ones first, then the latest; so many of them.
pub async fn sticky(scope: &TenantScope, most: u64) -> Result<Vec<Note>, ApiError> {
    let filter = Filter { sticky: Some(true), ..Filter::default() };
    let rows = scope
        .select::<Entity>()
        .filter(condition(scope, &filter))
        .order_by_desc(Column::Pinned)
        .order_by_desc(Column::CreatedAt)
        .limit(most)
        .all(scope.db())
        .await?;
    views(scope, scope.db(), rows).await
}

/// The note as the API shows it.
pub async fn view(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    row: Model,
) -> Result<Note, ApiError> {
    let mut views = views(scope, db, vec![row]).await?;
    views.pop().ok_or_else(|| anyhow::anyhow!("a note without a view").into())
}

async fn views(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    rows: Vec<Model>,
) -> Result<Vec<Note>, ApiError> {
    let authors = rows.iter().map(|row| Some(row.created_by));
    let subjects = Subjects::of(scope, db, rows.iter().map(Model::about), authors).await?;
    let view = |row: Model| Note {
        id: row.id.into(),
        color: row.color.parse().unwrap_or(NoteColor::Yellow),
        pinned: row.pinned,
        author: subjects.names.colleague(Some(row.created_by)),
        client: subjects.client(row.about()),
        case: subjects.case(row.about()),
        text: row.body,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// What it is in the audit log. What is sticky is nobody's news.
pub fn kind(row: &Model) -> &'static str {
    if row.is_sticky() { "sticky_note" } else { RecordType::Note.as_str() }
}

/// What an entry in the log says of a note: of a sticky one not its text, for those who read
/// the log are not its author.
pub fn told(row: &Model, note: &Note) -> Value {
    let mut told = serde_json::to_value(note).unwrap_or_default();
    if let Some(fields) = told.as_object_mut() {
        fields.remove("version");
        if row.is_sticky() {
            fields.remove("text");
        }
    }
    told
}

/// The record that the note is on.
fn record(row: &Model) -> Option<(RecordType, Uuid)> {
    let contact = row.contact_id.map(|id| (RecordType::Contact, id));
    let company = row.corporation_id.map(|id| (RecordType::Corporation, id));
    contact.or(company).or(row.case_id.map(|id| (RecordType::Case, id)))
}

/// Writes into the record's history that a note came, changed or went: whether there was one
/// `before`, and whether there is one `after`. What it says stands in the note alone.
pub async fn tell_record(
    command: &Command<'_>,
    row: &Model,
    (before, after): (bool, bool),
) -> Result<(), ApiError> {
    let Some((kind, id)) = record(row) else { return Ok(()) };
    let side = |there: bool| there.then(|| json!({ "id": row.id }));
    let changes = json!({ "note": { "before": side(before), "after": side(after) } });
    command.audit(Audit::event("note", kind.as_str(), id, changes)).await
}
