//! Clients: contacts and corporations, where it does not matter which.

use crate::auth::TenantScope;
use crate::crm::contacts::entity as contact;
use crate::crm::corporations::entity as corporation;
use crate::error::ApiError;
use ebenezer_shared::crm::client::{ClientKind, ClientRef};
use ebenezer_shared::crm::contact::ContactRef;
use sea_orm::{ColumnTrait as _, ConnectionTrait, QueryFilter as _, QuerySelect as _};
use std::collections::HashMap;
use uuid::Uuid;

/// Whom a record belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Client {
    Contact(Uuid),
    Corporation(Uuid),
}

impl Client {
    /// The one that a body names; 422 unless it is exactly one.
    pub fn named(contact: Option<Uuid>, corporation: Option<Uuid>) -> Result<Self, ApiError> {
        match (contact, corporation) {
            (Some(id), None) => Ok(Self::Contact(id)),
            (None, Some(id)) => Ok(Self::Corporation(id)),
            (None, None) => Err(ApiError::invalid("contact_id", "required")),
            (Some(_), Some(_)) => Err(ApiError::invalid("corporation_id", "one_client")),
        }
    }

    pub fn contact(self) -> Option<Uuid> {
        match self {
            Self::Contact(id) => Some(id),
            Self::Corporation(_) => None,
        }
    }

    pub fn corporation(self) -> Option<Uuid> {
        match self {
            Self::Contact(_) => None,
            Self::Corporation(id) => Some(id),
        }
    }
}

/// The names of clients: two queries, however many there are.
#[derive(Debug, Default)]
pub struct Names {
    contacts: HashMap<Uuid, (String, String)>,
    corporations: HashMap<Uuid, String>,
}

impl Names {
    pub async fn of(
        scope: &TenantScope,
        db: &impl ConnectionTrait,
        contacts: Vec<Uuid>,
        corporations: Vec<Uuid>,
    ) -> Result<Self, ApiError> {
        let mut names = Self::default();
        if !contacts.is_empty() {
            let rows = scope
                .select::<contact::Entity>()
                .filter(contact::Column::Id.is_in(contacts))
                .select_only()
                .column(contact::Column::Id)
                .column(contact::Column::FirstName)
                .column(contact::Column::LastName)
                .into_tuple::<(Uuid, String, String)>();
            let rows = rows.all(db).await?;
            names.contacts = rows.into_iter().map(|(id, a, b)| (id, (a, b))).collect();
        }
        if !corporations.is_empty() {
            let rows = scope
                .select::<corporation::Entity>()
                .filter(corporation::Column::Id.is_in(corporations))
                .select_only()
                .column(corporation::Column::Id)
                .column(corporation::Column::Name)
                .into_tuple::<(Uuid, String)>();
            names.corporations = rows.all(db).await?.into_iter().collect();
        }
        Ok(names)
    }

    /// The client as what belongs to it names it.
    pub fn client(&self, contact: Option<Uuid>, corporation: Option<Uuid>) -> ClientRef {
        if let Some(id) = corporation {
            let name = self.corporations.get(&id).cloned().unwrap_or_default();
            return ClientRef { kind: ClientKind::Corporation, id, name };
        }
        let id = contact.unwrap_or_default();
        let name = self.contacts.get(&id).map(|(first, last)| format!("{first} {last}"));
        ClientRef { kind: ClientKind::Contact, id, name: name.unwrap_or_default() }
    }

    pub fn contact(&self, id: Uuid) -> Option<ContactRef> {
        let (first_name, last_name) = self.contacts.get(&id)?.clone();
        Some(ContactRef { id: id.into(), first_name, last_name })
    }
}
