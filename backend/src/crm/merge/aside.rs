//! What records that went said differently about whom the staying one is tied to, too.
//!
//! Of two ties of the same ends one stays. It takes what it lacks from the other; what the other
//! says beside that is told in the answer and in the history, and undoing brings it back.

use super::kind::Kind;
use super::tell::State;
use super::tie::{self, Ends, Tie};
use crate::auth::Command;
use crate::crm::client::{Client, Names};
use crate::error::ApiError;
use ebenezer_shared::crm::client::ClientKind;
use ebenezer_shared::crm::merge::{SetAside, TieFacts};
use std::collections::HashMap;
use uuid::Uuid;

/// The record that stays, and those that go.
pub(super) struct Sides<'a> {
    pub survivor: Uuid,
    pub gone: &'a [Uuid],
}

impl Sides<'_> {
    /// What was set aside of links and relations.
    pub async fn set_aside<K: Kind>(
        &self,
        command: &Command<'_>,
        was: &State<'_, K>,
        is: &State<'_, K>,
    ) -> Result<Vec<SetAside>, ApiError> {
        let far = match K::CLIENT {
            ClientKind::Contact => ClientKind::Corporation,
            ClientKind::Corporation => ClientKind::Contact,
        };
        let of_links = self.untold::<K::Links>(was.links, is.links);
        let of_links = of_links.into_iter().map(|(id, facts)| (Client { kind: far, id }, facts));
        let of_relations = self.untold::<K::Relations>(was.relations, is.relations);
        let of_relations =
            of_relations.into_iter().map(|(id, facts)| (Client { kind: K::CLIENT, id }, facts));
        let all: Vec<(Client, TieFacts)> = of_links.chain(of_relations).collect();
        let clients = all.iter().map(|(client, _)| *client);
        let names = Names::of_clients(command.tenant_id(), command.tx(), clients).await?;
        Ok(all
            .into_iter()
            .map(|(client, said)| SetAside { about: names.client(client), said })
            .collect())
    }

    /// What rows of the others said that the rows into which they went do not say.
    fn untold<T: Tie>(&self, before: &[T::Row], after: &[T::Row]) -> Vec<(Uuid, TieFacts)> {
        let kept: HashMap<Ends, &T::Row> = after.iter().map(|row| (T::ends(row), row)).collect();
        let theirs = tie::moved_of_others::<T>(before, self.survivor, self.gone);
        let mut untold = Vec::new();
        for row in theirs {
            let (one, other) = T::ends(&row);
            let Some(kept) = kept.get(&(one, other)) else { continue };
            let facts = without(T::facts(&row, self.survivor), &T::facts(kept, self.survivor));
            if facts != TieFacts::default() {
                untold.push((if one == self.survivor { other } else { one }, facts));
            }
        }
        untold
    }
}

/// The facts that the other has otherwise, or not at all.
fn without(facts: TieFacts, other: &TieFacts) -> TieFacts {
    TieFacts {
        role: facts.role.filter(|role| other.role.as_ref() != Some(role)),
        kind: facts.kind.filter(|kind| other.kind.as_ref() != Some(kind)),
        share: facts.share.filter(|share| other.share != Some(*share)),
        from: facts.from.filter(|day| other.from != Some(*day)),
        to: facts.to.filter(|day| other.to != Some(*day)),
        note: facts.note.filter(|note| other.note.as_ref() != Some(note)),
    }
}
