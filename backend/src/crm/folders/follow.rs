//! What becomes of folders when their clients are merged.

use super::entity::{Column, Entity, Model};
use super::store::of_client;
use crate::audit::Audit;
use crate::auth::Command;
use crate::crm::client::Client;
use crate::crm::departments::entity as department;
use crate::crm::documents::entity as document;
use crate::db;
use crate::error::ApiError;
use ebenezer_shared::crm::client::{ClientKind, ClientRef};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DbErr, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// So many in one statement.
const AT_ONCE: usize = 500;

/// What followed its client into another one.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Followed {
    /// Folders, and whose they were.
    folders: Vec<(Uuid, Uuid)>,
    /// Folders that went: nothing lay in them, and the staying client has such.
    dropped: Vec<Model>,
}

const fn column(kind: ClientKind) -> Column {
    match kind {
        ClientKind::Contact => Column::ContactId,
        ClientKind::Corporation => Column::CorporationId,
    }
}

/// Gives what the others have to the one that stays, and says so beside it.
pub(in crate::crm) async fn follow(
    command: &Command<'_>,
    kind: ClientKind,
    survivor: Uuid,
    others: &[Uuid],
    names: &HashMap<Uuid, String>,
) -> Result<Followed, ApiError> {
    let theirs = || column(kind).is_in(others.iter().copied());
    let rows = command.select::<Entity>().filter(theirs()).lock_exclusive();
    let rows = rows.all(command.tx()).await?;
    let (dropped, moved) = superfluous(command, kind, survivor, rows).await?;
    let gone = command.delete::<Entity>();
    gone.filter(Column::Id.is_in(dropped.iter().map(|row| row.id))).exec(command.tx()).await?;
    let client = |row: &Model| (row.id, row.client().id);
    let folders: Vec<(Uuid, Uuid)> = moved.iter().map(client).collect();
    command
        .update::<Entity>()
        .filter(theirs())
        .col_expr(column(kind), Expr::value(survivor))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(command.now()))
        .exec(command.tx())
        .await?;
    let teller = Teller { command, kind, names };
    for (id, before) in &folders {
        teller.tell(*id, *before, survivor).await?;
    }
    Ok(Followed { folders, dropped })
}

/// Writes into histories whose a folder was and whose it is.
struct Teller<'a> {
    command: &'a Command<'a>,
    kind: ClientKind,
    names: &'a HashMap<Uuid, String>,
}

impl Teller<'_> {
    async fn tell(&self, id: Uuid, before: Uuid, after: Uuid) -> Result<(), ApiError> {
        let client = |id: Uuid| {
            let name = self.names.get(&id).cloned().unwrap_or_default();
            json!({ "client": ClientRef { kind: self.kind, id, name } })
        };
        let entry = Audit::updated("folder", id, &client(before), &client(after))?;
        self.command.audit(entry).await
    }
}

/// Those in which nothing lies and such as the staying client has, and the others.
async fn superfluous(
    command: &Command<'_>,
    kind: ClientKind,
    survivor: Uuid,
    rows: Vec<Model>,
) -> Result<(Vec<Model>, Vec<Model>), DbErr> {
    let known = command.select::<Entity>();
    let known = known.filter(of_client(Client { kind, id: survivor })).all(command.tx()).await?;
    let mut there: HashSet<(Option<Uuid>, String)> = known
        .into_iter()
        .filter(|row| row.parent_id.is_none())
        .map(|row| (row.department_id, row.sort_name))
        .collect();
    let parents: HashSet<Uuid> = rows.iter().filter_map(|row| row.parent_id).collect();
    let (mut dropped, mut moved) = (Vec::new(), Vec::new());
    for row in rows {
        let place = (row.department_id, row.sort_name.clone());
        let alike = row.is_default && row.parent_id.is_none() && !parents.contains(&row.id);
        if alike && there.contains(&place) {
            let inside = command.select::<document::Entity>();
            let inside = inside.filter(document::Column::FolderId.eq(row.id));
            if inside.count(command.tx()).await? == 0 {
                dropped.push(row);
                continue;
            }
        }
        if row.parent_id.is_none() {
            there.insert(place);
        }
        moved.push(row);
    }
    Ok((dropped, moved))
}

/// Gives back what is still where it followed to, with all that came into it since.
pub(in crate::crm) async fn give_back(
    command: &Command<'_>,
    kind: ClientKind,
    survivor: Uuid,
    followed: Followed,
    names: &HashMap<Uuid, String>,
) -> Result<(), ApiError> {
    let teller = Teller { command, kind, names };
    let rows = command.select::<Entity>();
    let rows = rows.filter(of_client(Client { kind, id: survivor })).lock_exclusive();
    let rows = rows.all(command.tx()).await?;
    let mut owners: HashMap<Uuid, Uuid> = followed.folders.into_iter().collect();
    // What lies in a folder goes where it goes.
    loop {
        let inside = |row: &&Model| !owners.contains_key(&row.id);
        let next: Vec<(Uuid, Uuid)> = rows
            .iter()
            .filter(inside)
            .filter_map(|row| Some((row.id, *owners.get(&row.parent_id?)?)))
            .collect();
        if next.is_empty() {
            break;
        }
        owners.extend(next);
    }
    let owner_of = |id: Uuid| owners.get(&id).copied().unwrap_or(survivor);
    for row in rows {
        let owner = owner_of(row.id);
        if owner == survivor {
            continue;
        }
        let nothing: Option<Uuid> = None;
        let mut update = command
            .update::<Entity>()
            .filter(Column::Id.eq(row.id))
            .col_expr(column(kind), Expr::value(owner))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .col_expr(Column::UpdatedAt, Expr::value(command.now()));
        if row.parent_id.is_some_and(|parent| owner_of(parent) != owner) {
            update = update.col_expr(Column::ParentId, Expr::value(nothing));
        }
        update.exec(command.tx()).await?;
        teller.tell(row.id, survivor, owner).await?;
    }
    bring_again(command, followed.dropped).await?;
    Ok(())
}

/// Writes folders that went, those above before those in them; one whose department is gone
/// meanwhile is everybody's.
pub(in crate::crm) async fn bring_again(
    command: &Command<'_>,
    mut rows: Vec<Model>,
) -> Result<(), DbErr> {
    for row in &mut rows {
        if let Some(id) = row.department_id
            && command.by_id::<department::Entity>(id).count(command.tx()).await? == 0
        {
            row.department_id = None;
        }
        row.version += 1;
        row.updated_at = command.now();
    }
    while !rows.is_empty() {
        let waiting: HashSet<Uuid> = rows.iter().map(|row| row.id).collect();
        let inside = |row: &Model| row.parent_id.is_some_and(|parent| waiting.contains(&parent));
        let (below, above): (Vec<Model>, Vec<Model>) = rows.into_iter().partition(inside);
        if above.is_empty() {
            return Err(DbErr::Custom("folders that lie in each other".to_owned()));
        }
        for some in above.chunks(AT_ONCE) {
            let some = some.iter().map(|row| row.clone().into_active_model().reset_all());
            db::insert::<Entity, _, _>(command.tx(), some).await?;
        }
        rows = below;
    }
    Ok(())
}
