//! What was found, before those are named whose it is.

use crate::crm::client::{Client, Names};
use crate::db::Best;
use ebenezer_shared::ids::CaseId;
use ebenezer_shared::record::RecordType;
use ebenezer_shared::search::{FEW, FoundGroup, FoundItem};
use sea_orm::prelude::DateTimeUtc;
use std::collections::HashMap;
use uuid::Uuid;

/// A record that was found.
#[derive(Default)]
pub struct Hit {
    pub id: Uuid,
    pub title: String,
    /// What else tells it apart; a company first.
    pub company: Option<Uuid>,
    pub detail: Option<String>,
    pub client: Option<Client>,
    pub case: Option<Uuid>,
    pub at: Option<DateTimeUtc>,
}

/// Those of a kind.
pub struct Hits {
    kind: RecordType,
    found: Vec<Hit>,
    has_more: bool,
}

impl Hits {
    /// The best of those that were found, or all that were asked for by id.
    pub fn of<M>(kind: RecordType, best: Best<M>, by_id: bool, hit: impl Fn(M) -> Hit) -> Self {
        let few = if by_id { usize::MAX } else { FEW };
        let has_more = best.is_cut || best.rows.len() > few;
        Self { kind, found: best.rows.into_iter().take(few).map(hit).collect(), has_more }
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whose they are, and where they work.
    pub fn clients(&self) -> impl Iterator<Item = Client> {
        self.found
            .iter()
            .flat_map(|hit| hit.client.into_iter().chain(hit.company.map(Client::corporation)))
    }

    /// The cases whose clients are theirs: what is about a case names no client itself.
    pub fn cases_of_clients(&self) -> impl Iterator<Item = Uuid> {
        self.found.iter().filter(|hit| hit.client.is_none()).filter_map(|hit| hit.case)
    }

    /// Names those clients.
    pub fn take_clients(&mut self, of_cases: &HashMap<Uuid, Client>) {
        for hit in self.found.iter_mut().filter(|hit| hit.client.is_none()) {
            hit.client = hit.case.and_then(|case| of_cases.get(&case).copied());
        }
    }

    /// As the API shows them.
    pub fn group(self, names: &Names) -> FoundGroup {
        let item = |hit: Hit| {
            let company = hit.company.map(|id| names.client(Client::corporation(id)).name);
            let parts: Vec<String> =
                company.into_iter().chain(hit.detail).filter(|part| !part.is_empty()).collect();
            FoundItem {
                id: hit.id,
                title: hit.title,
                detail: (!parts.is_empty()).then(|| parts.join(" · ")),
                client: hit.client.map(|client| names.client(client)),
                case_id: hit.case.map(CaseId::from),
                at: hit.at,
            }
        };
        let items = self.found.into_iter().map(item).collect();
        FoundGroup { kind: self.kind, items, has_more: self.has_more }
    }
}
