//! The form of a case.

use super::super::clients::ClientId;
use super::super::form_bar::FormBar;
use super::super::record::{Record, RecordPage, Way};
use super::super::saving::{ConflictOf, Saving, say_saved};
use super::super::trail::{self, use_leave};
use super::draft::CaseDraft;
use super::sections::{About, Work};
use super::words::title;
use crate::api::{self, Tagged, use_client};
use crate::routes::Route;
use crate::state::clock::now;
use crate::state::{locale, t, use_query, use_title, use_toasts, use_url_state};
use crate::ui::{Card, Form, FormProblem, PageHeader, SkeletonKind};
use chrono::Datelike as _;
use ebenezer_shared::crm::case::Case;
use ebenezer_shared::ids::CaseId;
use ebenezer_shared::texts;
use ebenezer_shared::texts::cases as c;
use leptos::prelude::*;

pub fn way_back() -> Way {
    Way { path: trail::list_path(Route::Cases), label: c::BACK }
}

/// `/cases/new`; `?contact_id=` or `?corporation_id=` names the client to begin with.
#[component]
pub fn NewCasePage() -> impl IntoView {
    use_title(t(c::NEW_TITLE));
    trail::arrive(Route::NewCase);
    let client = use_client();
    let url = use_url_state();
    let wanted = untrack(|| ClientId::of_url(url));
    // What is filed for mostly is the year before.
    let tax_year = (untrack(now).year() - 1).to_string();
    let start = use_query(
        move || wanted,
        move |wanted| {
            let tax_year = tax_year.clone();
            async move {
                // A client that is gone or hidden is no reason not to open a case.
                let found = match wanted {
                    Some(wanted) => wanted.read(client).await,
                    None => None,
                };
                Ok(CaseDraft { client: found, tax_year, ..CaseDraft::default() })
            }
        },
    );
    let form = |start| view! { <CaseForm stored=None start/> };
    view! {
        <div class="narrow">
            <PageHeader
                title=t(c::NEW_TITLE)
                parent=(trail::list_path(Route::Cases), t(c::TITLE).into())
            />
            <Record query=start back=way_back() skeleton=SkeletonKind::Form view=form/>
        </div>
    }
}

/// `/cases/:id/edit`
#[component]
pub fn EditCasePage() -> impl IntoView {
    let edit = |id: CaseId| view! { <EditCase id/> };
    view! { <RecordPage back=way_back() view=edit/> }
}

#[component]
fn EditCase(id: CaseId) -> impl IntoView {
    use_title(t(c::EDIT_TITLE));
    trail::arrive(Route::EditCase(id));
    let client = use_client();
    let case = use_query(move || id, move |id| async move { api::cases::get(client, id).await });
    let name = move || {
        let found = case.data().map(|found| found.value);
        found.map_or_else(
            || c::TITLE.get(locale()).to_owned(),
            |case| title(locale(), case.kind, case.tax_year, case.period),
        )
    };
    let form = |stored| view! { <CaseForm stored=Some(stored) start=CaseDraft::default()/> };
    view! {
        <div class="narrow">
            <PageHeader title=t(c::EDIT_TITLE) parent=(Route::Case(id).path(), name.into())/>
            <Record query=case back=way_back() skeleton=SkeletonKind::Form view=form/>
        </div>
    }
}

/// The form; after saving and cancelling it leads to the case.
#[component]
fn CaseForm(
    /// None for a new one.
    stored: Option<Tagged<Case>>,
    /// What a new one begins as.
    start: CaseDraft,
) -> impl IntoView {
    let (toasts, leave) = (use_toasts(), use_leave());
    let id = stored.as_ref().map(|stored| stored.value.id);
    let saving = Saving::new(stored, start, move |case: Case, saved| {
        say_saved(toasts, saved, || TextProp::from(t(c::CREATED)));
        leave.run(Route::Case(case.id));
    });
    let editor = saving.editor;
    let (errors, pending) = (editor.errors, saving.pending());
    view! {
        <Form errors pending on_submit=move || saving.save()>
            <FormProblem errors/>
            <Card title=t(c::ABOUT)><About editor/></Card>
            <Card title=t(c::WORK)><Work editor/></Card>
            <FormBar
                editor
                save=if id.is_some() { texts::common::SAVE_CHANGES } else { c::CREATE }
                on_leave=move || leave.run(id.map_or(Route::Cases, Route::Case))
            />
        </Form>
        <ConflictOf saving/>
    }
}
