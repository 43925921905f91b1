//! What a form of a tie is for, and the request that it sends.

use super::draft::TieDraft;
use super::words::{company_relation, person_relation, role};
use crate::api::{self, ApiError, Client};
use crate::state::locale;
use crate::ui::Choice;
use ebenezer_shared::crm::link::LinkRole;
use ebenezer_shared::crm::relation::{CompanyRelation, PersonRelation};
use ebenezer_shared::ids::{ContactId, CorporationId};
use ebenezer_shared::texts::ties as c;
use std::future::Future;
use std::pin::Pin;

/// What the dialog is open for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tied {
    /// A person's link to a company.
    Link {
        contact: ContactId,
        company: CorporationId,
        /// “Ana Ruiz en ABC Corp”.
        person: String,
        name: String,
        /// When it is the primary one: which others could be.
        others: Vec<Choice>,
    },
    /// A person related to a person; none while it is chosen.
    Person(ContactId, Option<(ContactId, String)>),
    /// A company related to a company.
    Company(CorporationId, Option<(CorporationId, String)>),
}

impl Tied {
    pub(super) fn title(&self) -> String {
        let locale = locale();
        match self {
            Self::Link { person, name, .. } => c::link_title(locale, name, person),
            Self::Person(_, None) => c::ADD_PERSON.get(locale).to_owned(),
            Self::Company(_, None) => c::ADD_COMPANY.get(locale).to_owned(),
            Self::Person(_, Some((_, name))) | Self::Company(_, Some((_, name))) => {
                c::edit_relation(locale, name)
            }
        }
    }

    /// What the other one is, for the form's selection.
    pub(super) fn kinds(&self) -> Vec<Choice> {
        match self {
            Self::Link { .. } => Choice::texts(LinkRole::ALL.map(|it| (it.as_str(), role(it)))),
            Self::Person(..) => Choice::texts(
                PersonRelation::ALL.iter().map(|it| (it.as_str(), person_relation(*it))),
            ),
            Self::Company(..) => Choice::texts(
                CompanyRelation::ALL.iter().map(|it| (it.as_str(), company_relation(*it))),
            ),
        }
    }

    pub(super) const fn is_new(&self) -> bool {
        matches!(self, Self::Person(_, None) | Self::Company(_, None))
    }

    /// Who is on the other side, when the relation can be taken away.
    pub(super) fn removable(&self) -> Option<String> {
        match self {
            Self::Person(_, Some((_, name))) | Self::Company(_, Some((_, name))) => {
                Some(name.clone())
            }
            _ => None,
        }
    }

    /// Whether there is a share to speak of.
    pub(super) fn has_share(&self, draft: &TieDraft) -> bool {
        match self {
            Self::Link { .. } => true,
            Self::Person(..) => false,
            Self::Company(..) => {
                CompanyRelation::named(&draft.kind).is_some_and(CompanyRelation::has_share)
            }
        }
    }
}

/// A request under way, whichever it is.
pub(super) type Sent = Pin<Box<dyn Future<Output = Result<(), ApiError>>>>;

/// Sends what the draft holds; none when it lacks something.
pub(super) fn send(client: Client, tied: &Tied, now: &TieDraft, before: &TieDraft) -> Option<Sent> {
    Some(match *tied {
        Tied::Link { contact, company, .. } => {
            let body = now.to_link(before);
            Box::pin(async move {
                api::contacts::update_link(client, (contact, company), None, &body).await
            })
        }
        Tied::Person(me, None) => {
            let body = now.to_person()?;
            Box::pin(async move { api::contacts::relate(client, me, &body).await })
        }
        Tied::Person(me, Some((other, _))) => {
            let body = now.to_person_change(before);
            Box::pin(async move { api::contacts::update_related(client, (me, other), &body).await })
        }
        Tied::Company(me, None) => {
            let body = now.to_company()?;
            Box::pin(async move { api::corporations::relate(client, me, &body).await })
        }
        Tied::Company(me, Some((other, _))) => {
            let body = now.to_company_change(before);
            Box::pin(
                async move { api::corporations::update_related(client, (me, other), &body).await },
            )
        }
    })
}

/// Takes the relation away; none where there is nothing to take away.
pub(super) fn remove(client: Client, tied: &Tied) -> Option<Sent> {
    Some(match *tied {
        Tied::Person(me, Some((other, _))) => {
            Box::pin(async move { api::contacts::unrelate(client, me, other).await })
        }
        Tied::Company(me, Some((other, _))) => {
            Box::pin(async move { api::corporations::unrelate(client, me, other).await })
        }
        _ => return None,
    })
}
