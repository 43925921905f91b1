//! Clients to choose from: people and companies alike.

use super::ties::people;
use crate::api::corporations::ListCorporations;
use crate::api::{self, Client, QueryString};
use crate::routes::Route;
use crate::state::UrlState;
use crate::ui::{Choice, Search};
use ebenezer_shared::crm::client::{ClientKind, ClientRef};
use ebenezer_shared::ids::{ContactId, CorporationId};

/// Names in the URL and in the API.
pub const CONTACT: &str = "contact_id";
pub const CORPORATION: &str = "corporation_id";

/// In front of the id in the value of a choice that is a company.
const COMPANY: &str = "corporation:";

/// A person as the choice of a client.
pub fn person(id: ContactId, name: String) -> Choice {
    Choice::new(id.to_string(), name)
}

/// A company as the choice of a client.
pub fn company(id: CorporationId, name: String) -> Choice {
    Choice::new(format!("{COMPANY}{id}"), name)
}

/// A client as a choice.
pub fn chosen(client: &ClientRef) -> Choice {
    match client.kind {
        ClientKind::Contact => person(client.id.into(), client.name.clone()),
        ClientKind::Corporation => company(client.id.into(), client.name.clone()),
    }
}

/// The person that is chosen, if it is one.
pub fn contact_of(choice: Option<&Choice>) -> Option<ContactId> {
    choice?.value.parse().ok()
}

/// The company that is chosen, if it is one.
pub fn corporation_of(choice: Option<&Choice>) -> Option<CorporationId> {
    choice?.value.strip_prefix(COMPANY)?.parse().ok()
}

/// People and companies by what was typed.
pub fn clients(client: Client) -> Search {
    let people = people(client);
    Search::new(move |text: String| async move {
        let mut found = people.find(text.clone()).await?;
        let query = ListCorporations { search: text, ..ListCorporations::default() };
        let companies = api::corporations::list(client, &query).await?;
        let choice = |row: ebenezer_shared::crm::corporation::CorporationSummary| {
            company(row.id, row.name).with_hint(row.legal_name.or(row.ein))
        };
        found.extend(companies.items.into_iter().map(choice));
        Ok(found)
    })
}

/// A client, as URLs name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientId {
    Contact(ContactId),
    Corporation(CorporationId),
}

impl ClientId {
    /// The one that the URL names; tracked.
    pub fn of_url(url: UrlState) -> Option<Self> {
        let person = url.parse::<ContactId>(CONTACT).map(Self::Contact);
        person.or_else(|| url.parse::<CorporationId>(CORPORATION).map(Self::Corporation))
    }

    /// The one that a record names.
    pub fn of(client: &ClientRef) -> Self {
        match client.kind {
            ClientKind::Contact => Self::Contact(client.id.into()),
            ClientKind::Corporation => Self::Corporation(client.id.into()),
        }
    }

    pub const fn contact(self) -> Option<ContactId> {
        match self {
            Self::Contact(id) => Some(id),
            Self::Corporation(_) => None,
        }
    }

    pub const fn corporation(self) -> Option<CorporationId> {
        match self {
            Self::Contact(_) => None,
            Self::Corporation(id) => Some(id),
        }
    }

    /// The field that names it, and its value.
    pub fn field(self) -> (&'static str, String) {
        match self {
            Self::Contact(id) => (CONTACT, id.to_string()),
            Self::Corporation(id) => (CORPORATION, id.to_string()),
        }
    }

    /// The query that names it.
    pub fn query(self) -> QueryString {
        let (field, id) = self.field();
        QueryString::new().with(field, id)
    }

    /// Its page.
    pub fn page(self) -> Route {
        match self {
            Self::Contact(id) => Route::Contact(id),
            Self::Corporation(id) => Route::Corporation(id),
        }
    }

    /// It as a choice; none when it is gone or hidden.
    pub async fn read(self, client: Client) -> Option<Choice> {
        match self {
            Self::Contact(id) => {
                let found = api::contacts::get(client, id).await.ok()?.value;
                Some(person(id, format!("{} {}", found.first_name, found.last_name)))
            }
            Self::Corporation(id) => {
                let found = api::corporations::get(client, id).await.ok()?.value;
                Some(company(id, found.name))
            }
        }
    }
}
