//! Threads and messages as the API shows them.

use super::entity::Model;
use super::{attachment, member, message, store};
use crate::auth::TenantScope;
use crate::crm::about::{About, Subjects};
use crate::error::ApiError;
use ebenezer_shared::crm::staff::StaffRef;
use ebenezer_shared::crm::thread::{LastMessage, Message, Thread};
use ebenezer_shared::record::RecordType;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, JoinType,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, RelationDef, Select,
};
use std::collections::HashMap;
use uuid::Uuid;

/// So much of the last message stands in the list.
const EXCERPT: usize = 140;

/// A message belongs to a thread in which somebody takes part.
fn readers() -> RelationDef {
    message::Entity::belongs_to(member::Entity)
        .from((message::Column::TenantId, message::Column::ThreadId))
        .to((member::Column::TenantId, member::Column::ThreadId))
        .into()
}

/// The messages in threads in which the caller takes part.
pub fn received(scope: &TenantScope) -> Select<message::Entity> {
    let reader = Expr::col((member::Entity, member::Column::UserId));
    let all = scope.select::<message::Entity>().join(JoinType::InnerJoin, readers());
    all.filter(reader.eq(scope.user_id()))
}

/// Those of them that the caller has not read.
pub fn unread_of(scope: &TenantScope) -> Select<message::Entity> {
    received(scope).filter(store::is_unread())
}

/// How many of each thread the caller has not read.
async fn unread(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, i64>, DbErr> {
    let rows: Vec<(Uuid, i64)> = unread_of(scope)
        .filter(message::Column::ThreadId.is_in(ids.iter().copied()))
        .select_only()
        .column(message::Column::ThreadId)
        .column_as(message::Column::Id.count(), "unread")
        .group_by(message::Column::ThreadId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The last message of each thread.
async fn last(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    rows: &[Model],
) -> Result<HashMap<Uuid, message::Model>, DbErr> {
    let each = rows.iter().fold(Condition::any(), |any, row| {
        let one = Condition::all().add(message::Column::ThreadId.eq(row.id));
        any.add(one.add(message::Column::Number.eq(row.message_count)))
    });
    if each.is_empty() {
        return Ok(HashMap::new());
    }
    let found = scope.select::<message::Entity>().filter(each).all(db).await?;
    Ok(found.into_iter().map(|row| (row.thread_id, row)).collect())
}

fn about(row: &Model) -> About {
    // The client is named by the thread itself where it names one.
    let case = row.case_id.filter(|_| row.client().is_none());
    About { contact: row.contact_id, corporation: row.corporation_id, case }
}

/// Threads as the API shows them.
pub async fn threads(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    rows: Vec<Model>,
) -> Result<Vec<Thread>, ApiError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let members = scope.select::<member::Entity>();
    let members = members.filter(member::Column::ThreadId.is_in(ids.iter().copied()));
    let members = members.all(db).await?;
    let (unread, last) = (unread(scope, db, &ids).await?, last(scope, db, &rows).await?);
    let people = members.iter().map(|row| Some(row.user_id));
    let people = people.chain(last.values().map(|row| row.author_id));
    let people = people.chain(rows.iter().map(|row| Some(row.created_by)));
    let cases = rows.iter().map(|row| About { case: row.case_id, ..About::default() });
    let abouts = rows.iter().map(about).chain(cases);
    let subjects = Subjects::of(scope, db, abouts, people).await?;
    let view = |row: Model| {
        let case = About { case: row.case_id, ..About::default() };
        let theirs = members.iter().filter(|member| member.thread_id == row.id);
        let theirs = theirs.filter_map(|member| subjects.names.colleague(Some(member.user_id)));
        let mut theirs: Vec<StaffRef> = theirs.collect();
        theirs.sort_by(|a, b| a.full_name.cmp(&b.full_name));
        Thread {
            id: row.id.into(),
            kind: row.kind(),
            client: subjects
                .client(about(&row))
                .filter(|client| scope.may(client.kind.record().needs())),
            case: subjects.case(case).filter(|_| scope.may(RecordType::Case.needs())),
            members: theirs,
            created_by: subjects.names.colleague(Some(row.created_by)),
            is_closed: row.is_closed,
            message_count: u32::try_from(row.message_count).unwrap_or_default(),
            unread: unread.get(&row.id).and_then(|it| u32::try_from(*it).ok()).unwrap_or_default(),
            last_message: last.get(&row.id).map(|it| LastMessage {
                author: subjects.names.colleague(it.author_id),
                excerpt: excerpt(&it.body),
                sent_at: it.sent_at,
            }),
            subject: row.subject,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// The beginning on one line.
fn excerpt(body: &str) -> String {
    let line = body.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= EXCERPT {
        return line;
    }
    let start: String = line.chars().take(EXCERPT).collect();
    format!("{}…", start.trim_end())
}

/// Messages as the API shows them.
pub async fn messages(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    rows: Vec<message::Model>,
) -> Result<Vec<Message>, ApiError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let files = scope.select::<attachment::Entity>();
    let files = files.filter(attachment::Column::MessageId.is_in(ids));
    let files = files.order_by_asc(attachment::Column::Position).all(db).await?;
    let people = rows.iter().map(|row| row.author_id);
    let names = crate::crm::client::Names::of(scope, db, [], [], people).await?;
    let view = |row: message::Model| Message {
        id: row.id.into(),
        number: u32::try_from(row.number).unwrap_or_default(),
        author: names.colleague(row.author_id),
        attachments: files
            .iter()
            .filter(|file| file.message_id == Some(row.id))
            .map(attachment::Model::view)
            .collect(),
        body: row.body,
        sent_at: row.sent_at,
    };
    Ok(rows.into_iter().map(view).collect())
}
