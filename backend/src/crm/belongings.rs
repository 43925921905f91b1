//! What belongs to clients: rows of other areas that name a contact or a corporation. Their
//! folders do, too, but those are put into one another: see [`super::folders::follow`].
//!
//! A client with belongings is not deleted, and in a merge they follow to the record that
//! stays. An area that keeps such rows adds them to [`ALL`]; a test compares the list with the
//! foreign keys of the schema.

use super::client::Client;
use crate::audit::Audit;
use crate::auth::Command;
use crate::error::{ApiError, Refusal};
use ebenezer_shared::crm::client::ClientKind;
use ebenezer_shared::problem::ProblemCode;
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, Query};
use sea_orm::{ConnectionTrait as _, DbErr, FromQueryResult};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

/// A column of another area by which its rows name a client.
pub struct Belonging {
    pub table: &'static str,
    pub column: &'static str,
    pub owner: ClientKind,
    /// A column of the same row that must not name the same client: it is emptied first.
    pub unlike: Option<&'static str>,
    /// What the rows are called in the audit log, and what the column is.
    pub told: (&'static str, &'static str),
}

impl Belonging {
    /// One that is told as the `client` of a `kind`.
    const fn new(
        table: &'static str,
        column: &'static str,
        owner: ClientKind,
        kind: &'static str,
    ) -> Self {
        Self { table, column, owner, unlike: None, told: (kind, "client") }
    }
}

/// Every one of them.
pub const ALL: &[Belonging] = &[
    Belonging::new("cases", "contact_id", ClientKind::Contact, "case"),
    Belonging {
        unlike: Some("contact_id"),
        told: ("case", "joint_contact"),
        ..Belonging::new("cases", "joint_contact_id", ClientKind::Contact, "case")
    },
    Belonging::new("cases", "corporation_id", ClientKind::Corporation, "case"),
    Belonging::new("document_requests", "contact_id", ClientKind::Contact, "document_request"),
    Belonging::new(
        "document_requests",
        "corporation_id",
        ClientKind::Corporation,
        "document_request",
    ),
    Belonging::new("tasks", "contact_id", ClientKind::Contact, "task"),
    Belonging::new("tasks", "corporation_id", ClientKind::Corporation, "task"),
    Belonging::new("notes", "contact_id", ClientKind::Contact, "note"),
    Belonging::new("notes", "corporation_id", ClientKind::Corporation, "note"),
    Belonging::new("threads", "contact_id", ClientKind::Contact, "thread"),
    Belonging::new("threads", "corporation_id", ClientKind::Corporation, "thread"),
    Belonging::new("appointments", "contact_id", ClientKind::Contact, "appointment"),
    Belonging::new("appointments", "corporation_id", ClientKind::Corporation, "appointment"),
];

fn of(owner: ClientKind) -> impl DoubleEndedIterator<Item = &'static Belonging> {
    ALL.iter().filter(move |it| it.owner == owner)
}

/// The columns that refer to records of the kind, with their tables.
pub fn columns(owner: ClientKind) -> Vec<(&'static str, &'static str)> {
    of(owner).map(|it| (it.table, it.column)).collect()
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    owner: Uuid,
    unlike: Option<Uuid>,
}

/// What became of a row in a merge.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Moved {
    table: String,
    column: String,
    id: Uuid,
    before: Uuid,
    /// None where the row names the record that stays by another column.
    after: Option<Uuid>,
}

/// How many rows name the client.
pub async fn count(command: &Command<'_>, client: Client) -> Result<u64, DbErr> {
    let mut all = 0;
    for belonging in of(client.kind) {
        all += rows(command, belonging, &[client.id]).await?.len() as u64;
    }
    Ok(all)
}

/// Why a client that something names is not deleted: `in_use`.
pub async fn refusal(command: &Command<'_>, client: Client) -> Result<Option<Refusal>, DbErr> {
    let used = count(command, client).await?;
    Ok((used > 0).then(|| Refusal { used: Some(used), ..Refusal::new(ProblemCode::InUse) }))
}

/// Lets all that names one of `others` name `survivor`, and says so beside it. The records are
/// locked; `names` are theirs.
pub(super) async fn follow(
    command: &Command<'_>,
    owner: ClientKind,
    others: &[Uuid],
    survivor: Uuid,
    names: &HashMap<Uuid, String>,
) -> Result<Vec<Moved>, ApiError> {
    let is_one = |id: Uuid| id == survivor || others.contains(&id);
    let everybody: Vec<Uuid> = others.iter().copied().chain([survivor]).collect();
    let mut moved = Vec::new();
    // Those that are emptied go first, so that no row names one record twice.
    for belonging in of(owner).rev() {
        for row in rows(command, belonging, &everybody).await? {
            let is_twice = row.unlike.is_some_and(is_one);
            if row.owner == survivor && !is_twice {
                continue;
            }
            let after = (!is_twice).then_some(survivor);
            let (table, column) = (belonging.table.to_owned(), belonging.column.to_owned());
            let step = Moved { table, column, id: row.id, before: row.owner, after };
            set(command, &step, step.before, step.after).await?;
            tell(command, belonging, &step, (Some(step.before), step.after), names).await?;
            moved.push(step);
        }
    }
    Ok(moved)
}

/// Takes [`follow`] back where nobody chose another client since; answers whether somebody
/// did.
pub(super) async fn give_back(
    command: &Command<'_>,
    moved: &[Moved],
    names: &HashMap<Uuid, String>,
) -> Result<bool, ApiError> {
    let mut left = false;
    for step in moved.iter().rev() {
        let known = ALL.iter().find(|it| it.table == step.table && it.column == step.column);
        match known {
            Some(belonging) if put_back(command, step).await? => {
                tell(command, belonging, step, (step.after, Some(step.before)), names).await?;
            }
            _ => left = true,
        }
    }
    Ok(left)
}

/// Writes into the history of what changed hands whose it was and whose it is.
async fn tell(
    command: &Command<'_>,
    belonging: &Belonging,
    step: &Moved,
    (before, after): (Option<Uuid>, Option<Uuid>),
    names: &HashMap<Uuid, String>,
) -> Result<(), ApiError> {
    let (kind, field) = belonging.told;
    let owner = belonging.owner.as_str();
    let side = |id: Option<Uuid>| {
        let client = |id| json!({ "kind": owner, "id": id, "name": names.get(&id) });
        json!({ field: id.map(client) })
    };
    command.audit(Audit::updated(kind, step.id, &side(before), &side(after))?).await
}

async fn put_back(command: &Command<'_>, step: &Moved) -> Result<bool, DbErr> {
    let column = Expr::col(Alias::new(&step.column));
    let unchanged = match step.after {
        Some(after) => column.eq(after),
        None => column.is_null(),
    };
    write(command, step, unchanged, Some(step.before)).await
}

async fn set(
    command: &Command<'_>,
    step: &Moved,
    before: Uuid,
    after: Option<Uuid>,
) -> Result<bool, DbErr> {
    write(command, step, Expr::col(Alias::new(&step.column)).eq(before), after).await
}

/// Makes it the row's next version.
async fn write(
    command: &Command<'_>,
    step: &Moved,
    condition: Expr,
    value: Option<Uuid>,
) -> Result<bool, DbErr> {
    let update = Query::update()
        .table(Alias::new(&step.table))
        .value(Alias::new(&step.column), value)
        .value(Alias::new("version"), Expr::col(Alias::new("version")).add(1))
        .value(Alias::new("updated_at"), command.now())
        .and_where(Expr::col(Alias::new("tenant_id")).eq(command.tenant_id()))
        .and_where(Expr::col(Alias::new("id")).eq(step.id))
        .and_where(condition)
        .to_owned();
    Ok(command.tx().execute(&update).await?.rows_affected() == 1)
}

async fn rows(
    command: &Command<'_>,
    belonging: &Belonging,
    owners: &[Uuid],
) -> Result<Vec<Row>, DbErr> {
    let column = Alias::new(belonging.column);
    let unlike = belonging.unlike.map(|column| Expr::col(Alias::new(column)));
    let select = Query::select()
        .column(Alias::new("id"))
        .expr_as(Expr::col(column.clone()), Alias::new("owner"))
        .expr_as(unlike.unwrap_or_else(|| Expr::val(None::<Uuid>)), Alias::new("unlike"))
        .from(Alias::new(belonging.table))
        .and_where(Expr::col(Alias::new("tenant_id")).eq(command.tenant_id()))
        .and_where(Expr::col(column).is_in(owners.iter().copied()))
        .order_by(Alias::new("id"), sea_orm::Order::Asc)
        .lock_exclusive()
        .to_owned();
    let rows = command.tx().query_all(&select).await?;
    rows.iter().map(|row| Row::from_query_result(row, "")).collect()
}
