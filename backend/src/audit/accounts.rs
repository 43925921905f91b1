//! What happens to accounts, told to the firms that they work for.
//!
//! Logins, refused logins, changed passwords and the like stand in the platform's log, since
//! they happen before any firm is known. From there they are copied to the audit log of the
//! firm that was entered, or of every firm that the user worked for at the time. A copy has an id that
//! follows from the original's, so that it is made once.

#![expect(
    clippy::disallowed_methods,
    reason = "reads the platform's log and writes each copy with its firm"
)]

use super::{ActiveModel, Column, Entity, Model};
use crate::jobs::Troubles;
use crate::platform::{activity, membership, tenant, user};
use crate::state::AppState;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _,
};
use sha2::{Digest as _, Sha256};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// What the copies are about, as a resource type.
pub const ACCOUNT: &str = "account";

/// Copies the entries to the firms concerned; answers the ids of those that every firm knows
/// then. A firm that cannot be told keeps nobody else from being told.
pub async fn tell_firms(
    state: &AppState,
    entries: &[activity::Model],
    troubles: &mut Troubles,
) -> Result<Vec<Uuid>, DbErr> {
    let db = state.planes.platform();
    let users = Users::of(db, entries).await?;
    let mut copies: HashMap<Uuid, Vec<ActiveModel>> = HashMap::new();
    for entry in entries {
        for firm in users.firms(entry) {
            let copy = copy(entry, firm, &users).signed(&state.chain_key);
            copies.entry(firm).or_default().push(copy.into_active_model().reset_all());
        }
    }
    let ids = copies.keys().copied().collect::<Vec<_>>();
    let firms = tenant::Entity::find().filter(tenant::Column::Id.is_in(ids)).all(db).await?;
    let mut silent = HashSet::new();
    for firm in firms {
        let Some(rows) = copies.remove(&firm.id) else { continue };
        let whose = format!("the log of firm {}", firm.id);
        let plane = state.planes.tenant(&firm).map_err(|error| anyhow::anyhow!("{error:?}"));
        let Some(plane) = troubles.note(&whose, plane) else {
            silent.insert(firm.id);
            continue;
        };
        let once = OnConflict::column(Column::Id).do_nothing().to_owned();
        let told = Entity::insert_many(rows).on_conflict(once).try_insert();
        let told = told.exec_without_returning(&plane).await;
        if troubles.note(&whose, told).is_none() {
            silent.insert(firm.id);
        }
    }
    let told = |entry: &&activity::Model| !users.firms(entry).iter().any(|it| silent.contains(it));
    Ok(entries.iter().filter(told).map(|entry| entry.id).collect())
}

/// Whom the entries are about.
struct Users {
    names: HashMap<Uuid, String>,
    memberships: HashMap<Uuid, Vec<membership::Model>>,
}

impl Users {
    async fn of(db: &impl ConnectionTrait, entries: &[activity::Model]) -> Result<Self, DbErr> {
        let ids: Vec<Uuid> = entries.iter().filter_map(|entry| entry.user_id).collect();
        let mut users = Self { names: HashMap::new(), memberships: HashMap::new() };
        if ids.is_empty() {
            return Ok(users);
        }
        let known =
            user::Entity::find().filter(user::Column::Id.is_in(ids.clone())).all(db).await?;
        users.names = known.into_iter().map(|user| (user.id, user.full_name)).collect();
        // Whoever was taken out of a firm a moment ago may have been in it when it happened.
        let since = entries.iter().map(|entry| entry.at).min().unwrap_or_default();
        let then = Condition::any()
            .add(membership::Column::IsActive.eq(true))
            .add(membership::Column::UpdatedAt.gte(since));
        let memberships =
            membership::Entity::find().filter(membership::Column::UserId.is_in(ids)).filter(then);
        for membership in memberships.all(db).await? {
            users.memberships.entry(membership.user_id).or_default().push(membership);
        }
        Ok(users)
    }

    /// The firms that an entry concerns.
    fn firms(&self, entry: &activity::Model) -> Vec<Uuid> {
        match (entry.tenant_id, entry.user_id) {
            (Some(firm), _) => vec![firm],
            (None, Some(user)) => {
                let all = self.memberships.get(&user).into_iter().flatten();
                let then = all.filter(|it| it.is_active || it.updated_at >= entry.at);
                then.map(|membership| membership.tenant_id).collect()
            }
            (None, None) => Vec::new(),
        }
    }
}

fn copy(entry: &activity::Model, firm: Uuid, users: &Users) -> Model {
    // Who tries to log in and fails is not known to be the user; who runs the platform is not.
    let by_operator = entry.details.get("by").is_some_and(|by| by == "command line");
    let actor = entry.user_id.filter(|_| !entry.action.ends_with("failed") && !by_operator);
    let name = actor.and_then(|id| users.names.get(&id).cloned());
    Model {
        id: id_in(entry.id, firm),
        tenant_id: firm,
        at: entry.at,
        actor_id: actor,
        actor_name: name.unwrap_or_default(),
        action: entry.action.clone(),
        resource_type: ACCOUNT.to_owned(),
        resource_id: entry.user_id,
        changes: entry.details.clone(),
        ip: entry.ip.clone(),
        request_id: entry.request_id.clone(),
        mac: String::new(),
        seq: None,
        hash: None,
    }
}

/// The id of an entry's copy in a firm: the entry's time, and a hash of both.
fn id_in(entry: Uuid, firm: Uuid) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(entry.as_bytes());
    hash.update(firm.as_bytes());
    let mut bytes = *entry.as_bytes();
    for (byte, hashed) in bytes.iter_mut().skip(9).zip(hash.finalize()) {
        *byte = hashed;
    }
    Uuid::from_bytes(bytes)
}
