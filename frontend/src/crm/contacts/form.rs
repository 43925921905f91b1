//! The form of a contact (Figure 5).

use super::super::address::AddressFields;
use super::super::conflict::ConflictDialog;
use super::super::record::{Record, RecordPage, Way};
use super::super::trail;
use super::corporations_box::CorporationsBox;
use super::draft::{ContactDraft, Corporations};
use super::duplicates::DuplicatesDialog;
use super::fields::FIELDS;
use super::query;
use super::save::Saving;
use super::sections::{Confidential, Identity, Notes, Service};
use crate::api::{self, Tagged, use_client};
use crate::routes::Route;
use crate::state::{locale, t, use_query, use_title, use_unsaved, use_url_state};
use crate::ui::{
    Button, ButtonKind, Card, Choice, Form, FormProblem, PageHeader, SkeletonKind,
};
use ebenezer_shared::crm::contact::Contact;
use ebenezer_shared::ids::{ContactId, CorporationId};
use ebenezer_shared::texts;
use ebenezer_shared::texts::contacts as c;
use leptos::prelude::*;

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
    view! {
        <div class="narrow">
            <PageHeader
                title=t(c::NEW_TITLE)
                parent=(trail::list_path(Route::Contacts), t(c::TITLE).into())
            />
            <Record query=start back=back_to_list() skeleton=SkeletonKind::Form view=|start| {
                view! { <ContactForm saving=Saving::new(None, start)/> }
            }/>
        </div>
    }
}

/// `/contacts/:id/edit`
#[component]
pub fn EditContactPage() -> impl IntoView {
    view! {
        <RecordPage back=back_to_list() view=|id: ContactId| view! { <EditContact id/> }/>
    }
}

#[component]
fn EditContact(id: ContactId) -> impl IntoView {
    use_title(t(c::EDIT_TITLE));
    trail::arrive(Route::EditContact(id));
    let client = use_client();
    let contact = use_query(
        move || id,
        move |id| async move { api::contacts::get(client, id).await },
    );
    let name = move || {
        let contact = contact.data();
        contact.map_or_else(
            || c::TITLE.get(locale()).to_owned(),
            |contact| format!("{} {}", contact.value.first_name, contact.value.last_name),
        )
    };
    view! {
        <div class="narrow">
            <PageHeader title=t(c::EDIT_TITLE) parent=(Route::Contact(id).path(), name.into())/>
            <Record query=contact back=back_to_list() skeleton=SkeletonKind::Form view=|contact: Tagged<Contact>| {
                let start = ContactDraft::from(&contact.value);
                view! { <ContactForm saving=Saving::new(Some(contact), start)/> }
            }/>
        </div>
    }
}

fn back_to_list() -> Way {
    Way { path: trail::list_path(Route::Contacts), label: c::BACK }
}

#[component]
fn ContactForm(saving: Saving) -> impl IntoView {
    let editor = saving.editor;
    let errors = editor.errors;
    let pending: Signal<bool> = editor.saving.into();
    let is_new = saving.id().is_none();
    let differences = Signal::derive(move || {
        let versions = saving.versions()?;
        Some(versions.differences(&FIELDS, locale()))
    });
    view! {
        <Form errors pending on_submit=move || saving.save()>
            <FormProblem errors/>
            <Card><Identity editor autofocus=is_new/></Card>
            <CorporationsBox editor/>
            <Card title=t(c::SERVICE)><Service editor/></Card>
            <Card title=t(texts::address::TITLE)>
                <div class="fields"><AddressFields editor/></div>
            </Card>
            <Card title=t(c::CONFIDENTIAL)><Confidential editor/></Card>
            <Card title=t(c::NOTES_TITLE)><Notes editor/></Card>
            <Actions saving pending/>
        </Form>
        <ConflictDialog
            differences
            pending
            on_close=Callback::new(move |()| saving.newer.set(None))
            on_theirs=Callback::new(move |()| saving.keep_theirs())
            on_save=Callback::new(move |theirs| saving.save_over(&theirs))
        />
        <DuplicatesDialog
            matches=saving.matches
            pending
            on_create=Callback::new(move |()| saving.create_anyway())
        />
    }
}

/// Always in sight, however long the form is.
#[component]
fn Actions(saving: Saving, pending: Signal<bool>) -> impl IntoView {
    let unsaved = use_unsaved();
    let cancel = move || unsaved.guard(Callback::new(move |()| saving.cancel()));
    let save = if saving.id().is_some() { texts::common::SAVE_CHANGES } else { c::CREATE };
    view! {
        <div class="form-bar">
            <p class="form-bar-note quiet">{t(texts::common::REQUIRED_NOTE)}</p>
            <Button on_click=cancel attr:data-testid="cancel">{t(texts::common::CANCEL)}</Button>
            <Button kind=ButtonKind::Primary submit=true loading=pending attr:data-testid="save">
                {t(save)}
            </Button>
        </div>
    }
}
