//! People related to people: `/api/contacts/{id}/related`
//!
//! The relation is one row for both; each side sees it its own way.

mod change;
mod create;
pub mod entity;
mod list;

use super::store;
use crate::audit::Audit;
use crate::auth::{Command, TenantScope};
use crate::error::ApiError;
use crate::routes::Routes;
use ebenezer_shared::crm::contact::{Contact, ContactRef};
use ebenezer_shared::crm::relation::{PersonRelation, RelatedContact};
use entity::{Column, Entity, Model};
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, DbErr, QueryFilter as _, Select};
use serde_json::{Value, json};
use std::collections::HashMap;
use uuid::Uuid;

/// The relations of a person.
pub fn of(scope: &TenantScope, contact: Uuid) -> Select<Entity> {
    let is_either = Condition::any().add(Column::LowId.eq(contact)).add(Column::HighId.eq(contact));
    scope.select::<Entity>().filter(is_either)
}

/// The relation of two people.
fn between(scope: &TenantScope, one: Uuid, other: Uuid) -> Select<Entity> {
    let (low, high) = (one.min(other), one.max(other));
    scope.select::<Entity>().filter(Column::LowId.eq(low)).filter(Column::HighId.eq(high))
}

/// Everybody related to a person: those that go on first, by name.
pub async fn load(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    contact: Uuid,
) -> Result<Vec<RelatedContact>, DbErr> {
    let rows = of(scope, contact).all(db).await?;
    let others = rows.iter().map(|row| row.other(contact));
    let others = scope
        .select::<super::entity::Entity>()
        .filter(super::entity::Column::Id.is_in(others))
        .all(db)
        .await?;
    let mut others: HashMap<Uuid, super::entity::Model> =
        others.into_iter().map(|other| (other.id, other)).collect();
    let today = scope.today();
    let mut related: Vec<(bool, String, RelatedContact)> = rows
        .iter()
        .filter_map(|row| {
            let other = others.remove(&row.other(contact))?;
            let ended = row.ends_on.is_some_and(|last| last < today);
            Some((ended, other.sort_name.clone(), view(row, contact, &other)))
        })
        .collect();
    related.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    Ok(related.into_iter().map(|(.., related)| related).collect())
}

/// The relation as the person sees it.
fn view(row: &Model, contact: Uuid, other: &super::entity::Model) -> RelatedContact {
    RelatedContact {
        contact: reference(other),
        status: store::status(other),
        kind: row.kind_for(contact),
        from: row.starts_on,
        to: row.ends_on,
        note: row.note.clone(),
    }
}

/// A person as other records name them.
pub fn reference(row: &super::entity::Model) -> ContactRef {
    ContactRef {
        id: row.id.into(),
        first_name: row.first_name.clone(),
        last_name: row.last_name.clone(),
    }
}

/// Writes what became of a relation into the histories of both.
async fn tell(
    command: &Command<'_>,
    (one, other): (&ContactRef, &ContactRef),
    before: Option<&Model>,
    after: Option<&Model>,
) -> Result<(), ApiError> {
    for (me, them) in [(one, other), (other, one)] {
        let told = |row: &Model| told(row, me.id.into(), them);
        let changes =
            json!({ "related": { "before": before.map(told), "after": after.map(told) } });
        command.audit(Audit::event("relate", "contact", me.id, changes)).await?;
    }
    Ok(())
}

fn told(row: &Model, me: Uuid, them: &ContactRef) -> Value {
    json!({
        "id": them.id, "name": format!("{} {}", them.first_name, them.last_name),
        "kind": row.kind_for(me), "from": row.starts_on, "to": row.ends_on, "note": row.note,
    })
}

/// Removes the relations of a person who is about to go.
pub async fn forget(command: &Command<'_>, contact: &Contact) -> Result<(), ApiError> {
    let id = Uuid::from(contact.id);
    let me = ContactRef {
        id: contact.id,
        first_name: contact.first_name.clone(),
        last_name: contact.last_name.clone(),
    };
    let rows = of(command, id).all(command.tx()).await?;
    for row in rows {
        let other = store::find(command, command.tx(), row.other(id), false).await?;
        tell(command, (&me, &reference(&other)), Some(&row), None).await?;
        remove(command, &row).await?;
    }
    Ok(())
}

async fn remove(command: &Command<'_>, row: &Model) -> Result<(), DbErr> {
    command
        .delete::<Entity>()
        .filter(Column::LowId.eq(row.low_id))
        .filter(Column::HighId.eq(row.high_id))
        .exec(command.tx())
        .await
        .map(|_| ())
}

impl Model {
    /// The other one of the two.
    pub fn other(&self, contact: Uuid) -> Uuid {
        if self.low_id == contact { self.high_id } else { self.low_id }
    }

    /// What the other one is to the person.
    pub fn kind_for(&self, contact: Uuid) -> PersonRelation {
        let kind = PersonRelation::named(&self.kind).unwrap_or(PersonRelation::Other);
        if self.low_id == contact { kind } else { kind.inverse() }
    }

    /// Sets what the other one is to the person.
    pub fn set_kind_for(&mut self, contact: Uuid, kind: PersonRelation) {
        let kind = if self.low_id == contact { kind } else { kind.inverse() };
        kind.as_str().clone_into(&mut self.kind);
    }
}

pub fn routes(routes: &mut Routes) {
    routes.add(list::__path_list_related_contacts, list::list_related_contacts);
    routes.add(create::__path_create_related_contact, create::create_related_contact);
    routes.add(change::__path_update_related_contact, change::update_related_contact);
    routes.add(change::__path_delete_related_contact, change::delete_related_contact);
}
