//! The form of a corporation.

use super::super::address::AddressFields;
use super::super::form_bar::FormBar;
use super::super::record::{Record, RecordPage, Way};
use super::super::saving::{ConflictOf, Saving, say_saved};
use super::super::trail::{self, use_leave};
use super::draft::CorporationDraft;
use super::sections::{Identity, Notes, Reach, Tax};
use crate::api::{self, Tagged, use_client};
use crate::routes::Route;
use crate::state::{locale, t, use_query, use_title, use_toasts};
use crate::ui::{Card, Form, FormProblem, PageHeader, SkeletonKind};
use ebenezer_shared::crm::corporation::Corporation;
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::texts;
use ebenezer_shared::texts::corporations as c;
use leptos::prelude::*;

/// `/corporations/new`
#[component]
pub fn NewCorporationPage() -> impl IntoView {
    use_title(t(c::NEW_TITLE));
    trail::arrive(Route::NewCorporation);
    view! {
        <div class="narrow">
            <PageHeader
                title=t(c::NEW_TITLE)
                parent=(trail::list_path(Route::Corporations), t(c::TITLE).into())
            />
            <CorporationForm stored=None/>
        </div>
    }
}

/// `/corporations/:id/edit`
#[component]
pub fn EditCorporationPage() -> impl IntoView {
    let edit = |id: CorporationId| view! { <EditCorporation id/> };
    view! { <RecordPage back=back_to_list() view=edit/> }
}

#[component]
fn EditCorporation(id: CorporationId) -> impl IntoView {
    use_title(t(c::EDIT_TITLE));
    trail::arrive(Route::EditCorporation(id));
    let client = use_client();
    let corporation =
        use_query(move || id, move |id| async move { api::corporations::get(client, id).await });
    let name = move || {
        let found = corporation.data();
        found.map_or_else(|| c::TITLE.get(locale()).to_owned(), |found| found.value.name)
    };
    let form = |stored| view! { <CorporationForm stored=Some(stored)/> };
    view! {
        <div class="narrow">
            <PageHeader title=t(c::EDIT_TITLE) parent=(Route::Corporation(id).path(), name.into())/>
            <Record query=corporation back=back_to_list() skeleton=SkeletonKind::Form view=form/>
        </div>
    }
}

/// The way back to the list.
pub fn back_to_list() -> Way {
    Way { path: trail::list_path(Route::Corporations), label: c::BACK }
}

/// The form; after saving and cancelling it leads to the corporation.
#[component]
fn CorporationForm(
    /// None for a new one.
    stored: Option<Tagged<Corporation>>,
) -> impl IntoView {
    let (toasts, leave) = (use_toasts(), use_leave());
    let id = stored.as_ref().map(|stored| stored.value.id);
    let start = CorporationDraft::default();
    let saving = Saving::new(stored, start, move |corporation: Corporation, saved| {
        let id = corporation.id;
        say_saved(toasts, saved, || {
            TextProp::from(move || c::created_named(locale(), &corporation.name))
        });
        leave.run(Route::Corporation(id));
    });
    let editor = saving.editor;
    let (errors, pending) = (editor.errors, saving.pending());
    view! {
        <Form errors pending on_submit=move || saving.save()>
            <FormProblem errors/>
            <Card><Identity editor autofocus=id.is_none()/></Card>
            <Card title=t(c::TAX)><Tax editor/></Card>
            <Card title=t(c::REACH)>
                <div class="fields">
                    <Reach editor/>
                    <AddressFields editor/>
                </div>
            </Card>
            <Card title=t(texts::contacts::NOTES_TITLE)><Notes editor/></Card>
            <FormBar
                editor
                save=if id.is_some() { texts::common::SAVE_CHANGES } else { c::CREATE }
                on_leave=move || leave.run(id.map_or(Route::Corporations, Route::Corporation))
            />
        </Form>
        <ConflictOf saving/>
    }
}
