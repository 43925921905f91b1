//! People related to people: `/api/contacts/{id}/related`

mod change;
mod create;
pub mod entity;
mod list;

use super::store;
use crate::crm::merge::Contacts;
use crate::crm::related::Related;
use crate::routes::Routes;
use ebenezer_shared::crm::contact::ContactRef;
use ebenezer_shared::crm::period::Period;
use ebenezer_shared::crm::relation::{PersonRelation, RelatedContact};
use entity::Model;
use uuid::Uuid;

impl Related for Contacts {
    type Shown = RelatedContact;
    const FIELD: &'static str = "contact_id";

    fn show(row: &Model, me: Uuid, other: &super::entity::Model) -> RelatedContact {
        RelatedContact {
            contact: ContactRef {
                id: other.id.into(),
                first_name: other.first_name.clone(),
                last_name: other.last_name.clone(),
            },
            status: store::status(other),
            kind: row.kind_for(me),
            from: row.starts_on,
            to: row.ends_on,
            note: row.note.clone(),
        }
    }

    fn period(row: &Model) -> Period {
        Period { from: row.starts_on, to: row.ends_on }
    }

    fn sort_name(record: &super::entity::Model) -> &str {
        &record.sort_name
    }
}

impl Model {
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
