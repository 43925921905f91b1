//! Clients: contacts and corporations, where it does not matter which.

use super::contacts::entity as contact;
use super::corporations::entity as corporation;
use super::departments::entity as department;
use super::staff;
use crate::auth::{Command, TenantScope};
use crate::db;
use crate::error::ApiError;
use crate::platform::tenant;
use ebenezer_shared::crm::client::{ClientKind, ClientRef};
use ebenezer_shared::crm::department::DepartmentRef;
use ebenezer_shared::crm::staff::StaffRef;
use ebenezer_shared::ids::{ContactId, CorporationId};
use ebenezer_shared::locale::Locale;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, QueryFilter as _, QuerySelect as _};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A client by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Client {
    pub kind: ClientKind,
    pub id: Uuid,
}

impl Client {
    pub const fn contact(id: Uuid) -> Self {
        Self { kind: ClientKind::Contact, id }
    }

    pub const fn corporation(id: Uuid) -> Self {
        Self { kind: ClientKind::Corporation, id }
    }

    /// The client that a request names, if it names one. 422 when it names two.
    pub fn named(
        contact: Option<ContactId>,
        corporation: Option<CorporationId>,
    ) -> Result<Option<Self>, ApiError> {
        match (contact, corporation) {
            (Some(id), None) => Ok(Some(Self::contact(id.into()))),
            (None, Some(id)) => Ok(Some(Self::corporation(id.into()))),
            (None, None) => Ok(None),
            (Some(_), Some(_)) => Err(ApiError::invalid("corporation_id", "one_client")),
        }
    }

    /// The client of a row, which names exactly one.
    pub fn of_row(contact: Option<Uuid>, corporation: Option<Uuid>) -> Self {
        match (contact, corporation) {
            (Some(id), _) => Self::contact(id),
            (None, id) => Self::corporation(id.unwrap_or_default()),
        }
    }

    /// What the columns `contact_id` and `corporation_id` hold of it.
    pub const fn columns(self) -> (Option<Uuid>, Option<Uuid>) {
        match self.kind {
            ClientKind::Contact => (Some(self.id), None),
            ClientKind::Corporation => (None, Some(self.id)),
        }
    }

    /// The field by which requests name it.
    pub const fn field(self) -> &'static str {
        match self.kind {
            ClientKind::Contact => "contact_id",
            ClientKind::Corporation => "corporation_id",
        }
    }

    /// Locks it, so that of two who change what belongs to it one goes first. 422 when there
    /// is no such client.
    pub async fn lock(self, command: &Command<'_>) -> Result<(), ApiError> {
        let tx = command.tx();
        let found: Option<Uuid> = match self.kind {
            ClientKind::Contact => {
                let row = command.by_id::<contact::Entity>(self.id).select_only();
                row.column(contact::Column::Id).lock_exclusive().into_tuple().one(tx).await?
            }
            ClientKind::Corporation => {
                let row = command.by_id::<corporation::Entity>(self.id).select_only();
                row.column(corporation::Column::Id).lock_exclusive().into_tuple().one(tx).await?
            }
        };
        found.map(|_| ()).ok_or_else(|| ApiError::invalid(self.field(), "unknown_reference"))
    }

    /// Where a firm writes to it, and in which language; none without an email.
    pub async fn addressee(
        self,
        db: &impl ConnectionTrait,
        firm: &tenant::Model,
    ) -> Result<Option<Addressee>, DbErr> {
        let (email, name, language) = match self.kind {
            ClientKind::Contact => {
                let found = db::by_id::<contact::Entity>(firm.id, self.id).one(db).await?;
                found.map_or_else(Default::default, |it| {
                    (it.email, it.first_name, it.preferred_language)
                })
            }
            ClientKind::Corporation => {
                let found = db::by_id::<corporation::Entity>(firm.id, self.id).one(db).await?;
                found.map_or_else(Default::default, |it| (it.email, it.name, None))
            }
        };
        let locale = match language.as_deref() {
            Some("en") => Locale::En,
            Some(_) => Locale::Es,
            None => firm.settings().locale.unwrap_or_default(),
        };
        Ok(email.map(|email| Addressee { email, name, locale }))
    }
}

/// To whom a mail goes.
#[derive(Clone, Debug)]
pub struct Addressee {
    pub email: String,
    pub name: String,
    pub locale: Locale,
}

/// Clients, departments and colleagues as things that refer to them name them.
#[derive(Default)]
pub struct Names {
    clients: HashMap<Client, String>,
    departments: HashMap<Uuid, DepartmentRef>,
    staff: HashMap<Uuid, StaffRef>,
}

impl Names {
    /// Those of all these: a query for each kind that occurs.
    pub async fn of(
        scope: &TenantScope,
        db: &impl ConnectionTrait,
        clients: impl IntoIterator<Item = Client>,
        departments: impl IntoIterator<Item = Option<Uuid>>,
        staff: impl IntoIterator<Item = Option<Uuid>>,
    ) -> Result<Self, DbErr> {
        let mut names = Self::of_clients(scope.tenant_id(), db, clients).await?;
        let ids: HashSet<Uuid> = departments.into_iter().flatten().collect();
        if !ids.is_empty() {
            let rows = scope.select::<department::Entity>();
            for row in rows.filter(department::Column::Id.is_in(ids)).all(db).await? {
                let unit = DepartmentRef { id: row.id.into(), name: row.name, color: row.color };
                names.departments.insert(row.id, unit);
            }
        }
        let ids: HashSet<Uuid> = staff.into_iter().flatten().collect();
        if !ids.is_empty() {
            let rows = scope.select::<staff::Entity>();
            for row in rows.filter(staff::Column::Id.is_in(ids)).all(db).await? {
                let person = StaffRef { id: row.id.into(), full_name: row.full_name };
                names.staff.insert(row.id, person);
            }
        }
        Ok(names)
    }

    /// Those of a firm's clients alone, for what is done in nobody's scope.
    pub async fn of_clients(
        tenant: Uuid,
        db: &impl ConnectionTrait,
        clients: impl IntoIterator<Item = Client>,
    ) -> Result<Self, DbErr> {
        let mut names = Self::default();
        let (people, companies): (HashSet<Client>, HashSet<Client>) =
            clients.into_iter().partition(|client| client.kind == ClientKind::Contact);
        names.read_people(tenant, db, people).await?;
        names.read_companies(tenant, db, companies).await?;
        Ok(names)
    }

    async fn read_people(
        &mut self,
        tenant: Uuid,
        on: &impl ConnectionTrait,
        people: HashSet<Client>,
    ) -> Result<(), DbErr> {
        if people.is_empty() {
            return Ok(());
        }
        let rows: Vec<(Uuid, String, String)> = db::select::<contact::Entity>(tenant)
            .filter(contact::Column::Id.is_in(people.into_iter().map(|client| client.id)))
            .select_only()
            .columns([contact::Column::Id, contact::Column::FirstName, contact::Column::LastName])
            .into_tuple()
            .all(on)
            .await?;
        for (id, first, last) in rows {
            self.clients.insert(Client::contact(id), format!("{first} {last}").trim().to_owned());
        }
        Ok(())
    }

    async fn read_companies(
        &mut self,
        tenant: Uuid,
        on: &impl ConnectionTrait,
        companies: HashSet<Client>,
    ) -> Result<(), DbErr> {
        if companies.is_empty() {
            return Ok(());
        }
        let rows: Vec<(Uuid, String)> = db::select::<corporation::Entity>(tenant)
            .filter(corporation::Column::Id.is_in(companies.into_iter().map(|client| client.id)))
            .select_only()
            .columns([corporation::Column::Id, corporation::Column::Name])
            .into_tuple()
            .all(on)
            .await?;
        for (id, name) in rows {
            self.clients.insert(Client::corporation(id), name);
        }
        Ok(())
    }

    pub fn client(&self, client: Client) -> ClientRef {
        let name = self.clients.get(&client).cloned().unwrap_or_default();
        ClientRef { kind: client.kind, id: client.id, name }
    }

    pub fn department(&self, id: Option<Uuid>) -> Option<DepartmentRef> {
        self.departments.get(&id?).cloned()
    }

    pub fn colleague(&self, id: Option<Uuid>) -> Option<StaffRef> {
        self.staff.get(&id?).cloned()
    }
}
