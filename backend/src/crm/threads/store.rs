//! Reading threads.

use super::entity::{Column, Entity, Model};
use super::list::{Filter, ThreadOrder};
use super::sight::visible;
use super::{member, message, views};
use crate::auth::TenantScope;
use crate::crm::about::Columns;
use crate::db::{Conditions, Listing, Searched, Words, has_words, searched};
use crate::error::ApiError;
use ebenezer_shared::crm::thread::Thread;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::problem::ProblemCode;
use sea_orm::sea_query::{Expr, ExprTrait as _, SelectStatement};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// The columns that say what a thread is about.
const ABOUT: Columns<Column> = Columns {
    contact: Column::ContactId,
    corporation: Column::CorporationId,
    case: Column::CaseId,
};

/// The thread, if the caller sees it, locked against other writers when it is to be changed.
pub async fn find(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
    lock: bool,
) -> Result<Model, ApiError> {
    let select = visible(scope).filter(Column::Id.eq(id));
    let select = if lock { select.lock_exclusive() } else { select };
    select.one(db).await?.ok_or_else(|| ProblemCode::NotFound.into())
}

/// One page of the list: eight queries, whatever its size.
pub async fn list(
    scope: &TenantScope,
    filter: &Filter,
    listing: &Listing<ThreadOrder>,
) -> Result<Page<Thread>, ApiError> {
    let all = Searched { rows: visible(scope), found: None };
    let conditions = Conditions::from(condition(scope, filter));
    let position = |row: &Model, key: ThreadOrder| (key.value(row), row.id);
    let mut page = listing.read(scope.db(), all, conditions, "threads", position).await?;
    let rows = std::mem::take(&mut page.items);
    let items = views::threads(scope, scope.db(), rows).await?;
    Ok(page.with(items))
}

/// Which threads a filter means.
fn condition(scope: &TenantScope, filter: &Filter) -> Condition {
    let unread = filter.unread.map(|wanted| {
        let some = unread(scope);
        if wanted { Column::Id.in_subquery(some) } else { Column::Id.not_in_subquery(some) }
    });
    Condition::all()
        .add_option(unread)
        .add_option(filter.kind.map(|kind| Column::Kind.eq(kind.as_str())))
        .add_option(filter.client.map(|client| ABOUT.of_client(scope, client)))
        .add_option(filter.case.map(|id| Column::CaseId.eq(id)))
        .add_option(filter.closed.map(|closed| Column::IsClosed.eq(closed)))
        .add_option(filter.updated_since.map(|since| Column::UpdatedAt.gte(since)))
        .add_option(filter.search.as_ref().map(|words| says(scope, words)))
}

/// The ids of those that have something that the caller has not read.
fn unread(scope: &TenantScope) -> SelectStatement {
    let rows = views::unread_of(scope).select_only().column(message::Column::ThreadId);
    rows.distinct().into_query()
}

/// Whose subject holds all the words, or one of whose messages does.
pub fn says(scope: &TenantScope, words: &Words) -> Condition {
    let subject = has_words("threads", "search_text", words);
    let found =
        searched::<message::Entity>(scope.db(), scope.tenant_id(), "messages", Some(words), None);
    let found = found.found.unwrap_or(found.rows);
    let found = found.select_only().column(message::Column::ThreadId).into_query();
    Condition::any().add(subject).add(Column::Id.in_subquery(found))
}

/// How many are about the case.
pub async fn count_of_case(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<u64, DbErr> {
    scope.select::<Entity>().filter(Column::CaseId.eq(id)).count(db).await
}

/// Those who take part in a thread.
pub async fn members(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    thread: Uuid,
) -> Result<Vec<member::Model>, DbErr> {
    scope.select::<member::Entity>().filter(member::Column::ThreadId.eq(thread)).all(db).await
}

/// The thread as the API shows it.
pub async fn view(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    row: Model,
) -> Result<Thread, ApiError> {
    let mut views = views::threads(scope, db, vec![row]).await?;
    views.pop().ok_or_else(|| anyhow::anyhow!("a thread without a view").into())
}

/// What an entry in the log says of a thread: nothing of what was written, and of one between
/// colleagues not even the subject, for those who read the log may not take part.
pub fn told(thread: &Thread) -> Value {
    let mut told = json!({
        "kind": thread.kind, "client": thread.client, "case": thread.case,
        "members": thread.members, "is_closed": thread.is_closed,
    });
    if thread.kind == ebenezer_shared::crm::thread::ThreadKind::Client
        && let Some(fields) = told.as_object_mut()
    {
        fields.insert("subject".to_owned(), json!(thread.subject));
    }
    told
}

/// Newer than what the member has read, and somebody else's.
pub fn is_unread() -> Condition {
    let number = Expr::col((message::Entity, message::Column::Number));
    let author = Expr::col((message::Entity, message::Column::AuthorId));
    let reader = Expr::col((member::Entity, member::Column::UserId));
    Condition::all()
        .add(number.gt(Expr::col((member::Entity, member::Column::ReadNumber))))
        .add(Condition::any().add(author.clone().is_null()).add(author.ne(reader)))
}
