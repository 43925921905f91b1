//! The form of a contact (Figure 5).

use super::super::address::AddressFields;
use super::super::form_bar::FormBar;
use super::super::merge::merge_path;
use super::super::record::{Record, RecordPage, Way};
use super::super::saving::{ConflictOf, Saving, say_saved};
use super::super::trail::{self, use_leave};
use super::corporations_box::CorporationsBox;
use super::draft::{ContactDraft, Corporations};
use super::duplicates::DuplicatesDialog;
use super::query;
use super::sections::{Confidential, Identity, Notes, Service};
use crate::api::{self, Tagged, use_client};
use crate::routes::Route;
use crate::state::{locale, t, use_query, use_title, use_toasts, use_url_state};
use crate::ui::{Card, Choice, Form, FormProblem, PageHeader, SkeletonKind};
use ebenezer_shared::crm::contact::Contact;
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::ids::{ContactId, CorporationId};
use ebenezer_shared::texts;
use ebenezer_shared::texts::contacts as c;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use uuid::Uuid;

/// `/contacts/new`; `?corporation_id=` names the primary corporation to begin with.
#[component]
pub fn NewContactPage() -> impl IntoView {
    use_title(t(c::NEW_TITLE));
    trail::arrive(Route::NewContact);
    let client = use_client();
    let url = use_url_state();
    let wanted = untrack(|| url.parse::<CorporationId>(query::CORPORATION));
    let start = use_query(
        move || wanted,
        move |wanted| async move {
            // A corporation that is gone or hidden is no reason not to add a person.
            let found = match wanted {
                Some(id) => api::corporations::get(client, id).await.ok(),
                None => None,
            };
            let primary =
                found.map(|found| Choice::new(found.value.id.to_string(), found.value.name));
            let corporations = Corporations { primary, further: Vec::new() };
            Ok(ContactDraft { corporations, ..ContactDraft::default() })
        },
    );
    let form = |start| view! { <ContactForm stored=None start/> };
    view! {
        <div class="narrow">
            <PageHeader
                title=t(c::NEW_TITLE)
                parent=(trail::list_path(Route::Contacts), t(c::TITLE).into())
            />
            <Record query=start back=back_to_list() skeleton=SkeletonKind::Form view=form/>
        </div>
    }
}

/// `/contacts/:id/edit`
#[component]
pub fn EditContactPage() -> impl IntoView {
    let edit = |id: ContactId| view! { <EditContact id/> };
    view! {
        <RecordPage back=back_to_list() view=edit/>
    }
}

#[component]
fn EditContact(id: ContactId) -> impl IntoView {
    use_title(t(c::EDIT_TITLE));
    trail::arrive(Route::EditContact(id));
    let client = use_client();
    let contact =
        use_query(move || id, move |id| async move { api::contacts::get(client, id).await });
    let name = move || {
        let contact = contact.data();
        contact.map_or_else(
            || c::TITLE.get(locale()).to_owned(),
            |contact| format!("{} {}", contact.value.first_name, contact.value.last_name),
        )
    };
    let form = |stored| {
        view! { <ContactForm stored=Some(stored) start=ContactDraft::default()/> }
    };
    view! {
        <div class="narrow">
            <PageHeader title=t(c::EDIT_TITLE) parent=(Route::Contact(id).path(), name.into())/>
            <Record query=contact back=back_to_list() skeleton=SkeletonKind::Form view=form/>
        </div>
    }
}

fn back_to_list() -> Way {
    Way { path: trail::list_path(Route::Contacts), label: c::BACK }
}

/// The form; after saving and cancelling it leads to the contact.
#[component]
fn ContactForm(
    /// None for a new one.
    stored: Option<Tagged<Contact>>,
    /// What a new one begins as.
    start: ContactDraft,
) -> impl IntoView {
    let (toasts, leave) = (use_toasts(), use_leave());
    let id = stored.as_ref().map(|stored| stored.value.id);
    // The one that the new one will be merged with.
    let (merging, navigate) = (RwSignal::new(None::<Uuid>), use_navigate());
    let saving = Saving::new(stored, start, move |contact: Contact, saved| {
        say_saved(toasts, saved, || {
            let name = format!("{} {}", contact.first_name, contact.last_name);
            TextProp::from(move || c::created(locale(), &name))
        });
        match merging.get_untracked() {
            Some(with) => {
                let path = merge_path(ListName::Contacts, with, &[contact.id.0]);
                navigate(&path, NavigateOptions { replace: true, ..NavigateOptions::default() });
            }
            None => leave.run(Route::Contact(contact.id)),
        }
    });
    let on_merge = Callback::new(move |with: ContactId| {
        merging.set(Some(with.0));
        saving.insist();
    });
    let editor = saving.editor;
    let (errors, pending) = (editor.errors, saving.pending());
    view! {
        <Form errors pending on_submit=move || saving.save()>
            <FormProblem errors/>
            <Card><Identity editor autofocus=id.is_none()/></Card>
            <CorporationsBox editor/>
            <Card title=t(c::SERVICE)><Service editor/></Card>
            <Card title=t(texts::address::TITLE)>
                <div class="fields"><AddressFields editor/></div>
            </Card>
            <Card title=t(c::CONFIDENTIAL)><Confidential editor/></Card>
            <Card title=t(c::NOTES_TITLE)><Notes editor/></Card>
            <FormBar
                editor
                save=if id.is_some() { texts::common::SAVE_CHANGES } else { c::CREATE }
                on_leave=move || leave.run(id.map_or(Route::Contacts, Route::Contact))
            />
        </Form>
        <ConflictOf saving/>
        <DuplicatesDialog saving on_merge/>
    }
}
