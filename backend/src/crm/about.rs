//! What tasks and notes are about: a person, a company or a case at most.

use super::cases::{entity as case, store as case_store};
use super::client::{Client, Names};
use super::{contacts, corporations};
use crate::auth::{Command, TenantScope};
use crate::error::ApiError;
use ebenezer_shared::crm::case::CaseRef;
use ebenezer_shared::crm::client::ClientRef;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// What something is about; about nothing, when all are none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About {
    pub contact: Option<Uuid>,
    pub corporation: Option<Uuid>,
    pub case: Option<Uuid>,
}

impl About {
    /// 422 for two things at once.
    pub fn must_be_one_thing(self) -> Result<(), ApiError> {
        let named = [
            (self.contact, "contact_id"),
            (self.corporation, "corporation_id"),
            (self.case, "case_id"),
        ];
        match named.iter().filter(|(id, _)| id.is_some()).nth(1) {
            Some((_, field)) => Err(ApiError::invalid(*field, "one_thing")),
            None => Ok(()),
        }
    }

    /// 422 for what the firm does not have. What was `known` is not asked for again.
    pub async fn check(self, command: &Command<'_>, known: Self) -> Result<(), ApiError> {
        let tx = command.tx();
        if let Some(id) = self.contact.filter(|_| self.contact != known.contact) {
            contacts::store::check(command, tx, "contact_id", id).await?;
        }
        let company = self.corporation.filter(|_| self.corporation != known.corporation);
        corporations::store::check(command, tx, "corporation_id", company).await?;
        if let Some(id) = self.case.filter(|_| self.case != known.case)
            && command.by_id::<case::Entity>(id).count(tx).await? == 0
        {
            return Err(ApiError::invalid("case_id", "unknown_reference"));
        }
        Ok(())
    }

    /// The client that it names itself.
    fn own_client(self) -> Option<Client> {
        let is_client = self.contact.is_some() || self.corporation.is_some();
        is_client.then(|| Client::of_row(self.contact, self.corporation))
    }
}

/// The columns by which a table names what its rows are about.
#[derive(Clone, Copy)]
pub struct Columns<C> {
    pub contact: C,
    pub corporation: C,
    pub case: C,
}

impl<C: ColumnTrait> Columns<C> {
    /// Rows about the client, and about the client's cases.
    pub fn of_client(self, scope: &TenantScope, client: Client) -> Condition {
        let (contact, company) = client.columns();
        Condition::any()
            .add_option(contact.map(|id| self.contact.eq(id)))
            .add_option(company.map(|id| self.corporation.eq(id)))
            .add(self.case.in_subquery(cases_of(scope, client)))
    }
}

/// The ids of the client's cases.
fn cases_of(scope: &TenantScope, client: Client) -> SelectStatement {
    let (contact, company) = client.columns();
    let theirs = Condition::any()
        .add_option(contact.map(|id| case::Column::ContactId.eq(id)))
        .add_option(contact.map(|id| case::Column::JointContactId.eq(id)))
        .add_option(company.map(|id| case::Column::CorporationId.eq(id)));
    let cases = scope.select::<case::Entity>().filter(theirs);
    cases.select_only().column(case::Column::Id).into_query()
}

/// What several rows are about, as the API names it.
pub struct Subjects {
    cases: HashMap<Uuid, case::Model>,
    pub names: Names,
}

impl Subjects {
    /// Those of all these, with the names of `people` of the firm.
    pub async fn of(
        scope: &TenantScope,
        db: &impl ConnectionTrait,
        abouts: impl Iterator<Item = About> + Clone,
        people: impl Iterator<Item = Option<Uuid>>,
    ) -> Result<Self, DbErr> {
        let ids: HashSet<Uuid> = abouts.clone().filter_map(|about| about.case).collect();
        let mut cases = HashMap::new();
        if !ids.is_empty() {
            let rows = scope.select::<case::Entity>().filter(case::Column::Id.is_in(ids));
            cases.extend(rows.all(db).await?.into_iter().map(|row| (row.id, row)));
        }
        let mut subjects = Self { cases, names: Names::default() };
        let clients: Vec<Client> = abouts.filter_map(|about| subjects.whom(about)).collect();
        subjects.names = Names::of(scope, db, clients, [], people).await?;
        Ok(subjects)
    }

    /// The client, of a case the case's.
    fn whom(&self, about: About) -> Option<Client> {
        match about.case {
            Some(id) => {
                self.cases.get(&id).map(|row| Client::of_row(row.contact_id, row.corporation_id))
            }
            None => about.own_client(),
        }
    }

    /// Whom it is about; of what is about a case the case's client.
    pub fn client(&self, about: About) -> Option<ClientRef> {
        self.whom(about).map(|client| self.names.client(client))
    }

    /// The case that it is about.
    pub fn case(&self, about: About) -> Option<CaseRef> {
        self.cases.get(&about.case?).map(case_store::reference)
    }
}
