//! What ties a contact to companies and people, on its page.

use super::super::ties::{TieDialog, TieDraft, TieRow, Tied, facts, person_relation, role, ties};
use crate::api::{self, use_client};
use crate::routes::Route;
use crate::state::{locale, locale_now, t, use_query, use_session};
use crate::ui::{Button, ButtonSize, Card, Choice, Icon, Loaded};
use ebenezer_shared::crm::contact::Contact;
use ebenezer_shared::crm::link::{ContactLink, LinkRole};
use ebenezer_shared::crm::period::Period;
use ebenezer_shared::crm::relation::{PersonRelation, RelatedContact};
use ebenezer_shared::ids::ContactId;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::contacts as c;
use ebenezer_shared::texts::ties as w;
use leptos::children::ViewFnOnce;
use leptos::prelude::*;
use std::sync::Arc;

type Editing = RwSignal<Option<(Tied, TieDraft)>>;

/// The corporations of a contact, and the former ones.
#[component]
pub fn CorporationsCard(contact: Contact, on_changed: Callback<()>) -> impl IntoView {
    let contact = Arc::new(contact);
    let editing: Editing = RwSignal::new(None);
    let session = use_session();
    let may_change = untrack(|| session.allows(Module::Contacts, Action::Change));
    let may_visit = untrack(|| session.allows(Module::Corporations, Action::View));
    let row = |link: &ContactLink, testid| {
        let (open, shown) = (link.clone(), link.clone());
        let edited = Arc::clone(&contact);
        TieRow {
            name: link.name.clone(),
            href: may_visit.then(|| Route::Corporation(link.id).path()),
            is_company: true,
            facts: Signal::derive(move || {
                facts(locale(), shown.role.map(role), shown.share, shown.period(), None)
            }),
            badge: link.is_primary.then_some(c::PRIMARY),
            on_edit: may_change
                .then(|| Callback::new(move |()| editing.set(Some(opened(&edited, &open))))),
            testid,
        }
    };
    let current: Vec<_> = contact.corporations.iter().map(|it| row(it, "corporation")).collect();
    let former: Vec<_> =
        contact.former_corporations.iter().map(|it| row(it, "former-corporation")).collect();
    let has_former = !former.is_empty();
    let content = if current.is_empty() {
        view! { <p class="quiet">{t(c::NO_CORPORATIONS)}</p> }.into_any()
    } else {
        ties(current)
    };
    view! {
        <Card title=t(c::CORPORATIONS)>
            {content}
            {has_former.then(|| view! { <h3 class="tie-heading">{t(w::FORMER)}</h3> {ties(former)} })}
        </Card>
        <TieDialog editing on_saved=on_changed/>
    }
}

/// The form's beginning for one of a contact's links.
fn opened(contact: &Contact, link: &ContactLink) -> (Tied, TieDraft) {
    let others = contact.corporations.iter().filter(|other| link.is_primary && other.id != link.id);
    let tied = Tied::Link {
        contact: contact.id,
        company: link.id,
        person: format!("{} {}", contact.first_name, contact.last_name),
        name: link.name.clone(),
        others: others.map(|it| Choice::new(it.id.to_string(), it.name.clone())).collect(),
    };
    let kind = link.role.map(LinkRole::as_str).unwrap_or_default();
    (tied, TieDraft::new(locale_now(), kind, link.share, link.period(), None))
}

/// The people related to a contact.
#[component]
pub fn RelatedPeopleCard(id: ContactId) -> impl IntoView {
    let client = use_client();
    let editing: Editing = RwSignal::new(None);
    let session = use_session();
    let may_change = untrack(|| session.allows(Module::Contacts, Action::Change));
    let related =
        use_query(move || id, move |id| async move { api::contacts::related(client, id).await });
    let row = move |it: RelatedContact| {
        let name = format!("{} {}", it.contact.first_name, it.contact.last_name);
        let period = Period { from: it.from, to: it.to };
        let (other, kind, note) = (it.contact.id, it.kind, it.note);
        let (named, noted) = (name.clone(), note.clone());
        let open = move || {
            let draft = TieDraft::new(
                locale_now(),
                PersonRelation::as_str(kind),
                None,
                period,
                noted.as_deref(),
            );
            editing.set(Some((Tied::Person(id, Some((other, named.clone()))), draft)));
        };
        TieRow {
            name,
            href: Some(Route::Contact(other).path()),
            is_company: false,
            facts: Signal::derive(move || {
                facts(locale(), Some(person_relation(kind)), None, period, note.as_deref())
            }),
            badge: None,
            on_edit: may_change.then(|| Callback::new(move |()| open())),
            testid: "related-person",
        }
    };
    let content = move |page: ebenezer_shared::pagination::Page<RelatedContact>| {
        if page.items.is_empty() {
            view! { <p class="quiet">{t(w::NO_PEOPLE)}</p> }.into_any()
        } else {
            ties(page.items.into_iter().map(row).collect())
        }
    };
    let add = move || editing.set(Some((Tied::Person(id, None), TieDraft::default())));
    view! {
        <div data-testid="related-people">
            <Card
                title=t(w::PEOPLE)
                actions=ViewFnOnce::from(move || may_change.then(|| view! {
                    <Button size=ButtonSize::Small icon=Icon::Plus on_click=add attr:data-testid="add-related">
                        {t(w::ADD)}
                    </Button>
                }))
            >
                <Loaded query=related view=content/>
            </Card>
        </div>
        <TieDialog editing on_saved=Callback::new(move |()| related.reload())/>
    }
}
