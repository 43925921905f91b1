//! The list of departments.

use super::changes::Changes;
use super::form::{DepartmentDialog, Editing};
use super::row::columns;
use crate::api::{self, use_client};
use crate::crm::contacts::query::people_in;
use crate::crm::saving::say_saved;
use crate::crm::trail;
use crate::routes::Route;
use crate::state::{locale, t, use_list_query, use_session, use_title, use_toasts};
use crate::ui::{
    Button, ButtonKind, ButtonLink, Card, DataTable, Dialog, DialogSize, EmptyState, ErrorState,
    Icon, PageHeader,
};
use ebenezer_shared::crm::department::Department;
use ebenezer_shared::ids::DepartmentId;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts;
use ebenezer_shared::texts::departments as d;
use leptos::prelude::*;

type EditingSignal = RwSignal<Option<Editing>>;

/// `/departments`
#[component]
pub fn DepartmentsPage() -> impl IntoView {
    use_title(t(d::TITLE));
    trail::arrive(Route::Departments);
    let (client, toasts) = (use_client(), use_toasts());
    let list = use_list_query(|| (), move |()| async move { api::departments::list(client).await });
    let changes = Changes::new(list);
    let editing = EditingSignal::new(None);
    let on_saved = Callback::new(move |(department, saved): (Department, _)| {
        say_saved(toasts, saved, || TextProp::from(move || d::created(locale(), &department.name)));
        list.reload();
    });
    view! {
        <PageHeader title=t(d::TITLE) detail=t(d::DETAIL)>
            <New changes editing/>
        </PageHeader>
        <Content changes editing/>
        <DepartmentDialog editing on_saved/>
        <InUseDialog changes/>
    }
}

#[component]
fn New(changes: Changes, editing: EditingSignal) -> impl IntoView {
    let session = use_session();
    view! {
        <Show when=move || session.allows(Module::Departments, Action::Add)>
            <Button
                kind=ButtonKind::Primary
                icon=Icon::Plus
                on_click=move || editing.set(Some(Editing::New(changes.next_place())))
                attr:data-testid="new-department"
            >
                {t(d::NEW)}
            </Button>
        </Show>
    }
}

#[component]
fn Content(changes: Changes, editing: EditingSignal) -> impl IntoView {
    let list = changes.list;
    let empty = Memo::new(move |_| list.data().is_some_and(|page| page.items.is_empty()));
    let failed = Memo::new(move |_| list.error());
    move || {
        if let Some(error) = failed.get() {
            return view! { <ErrorState error on_retry=move || list.reload()/> }.into_any();
        }
        if empty.get() {
            return view! {
                <div data-testid="empty">
                    <EmptyState icon=Icon::Departments title=t(d::EMPTY) detail=t(d::EMPTY_DETAIL)>
                        <New changes editing/>
                    </EmptyState>
                </div>
            }
            .into_any();
        }
        view! { <Table changes editing/> }.into_any()
    }
}

#[component]
fn Table(changes: Changes, editing: EditingSignal) -> impl IntoView {
    let session = use_session();
    let list = changes.list;
    let rows = Signal::derive(move || list.data().map(|page| page.items));
    let may_change = untrack(|| session.allows(Module::Departments, Action::Change));
    let open = Callback::new(move |id: String| {
        if let Ok(id) = id.parse() {
            editing.set(Some(Editing::Old(id)));
        }
    });
    let pending = Signal::derive(move || list.is_pending());
    // Whoever may change nothing has nothing to open.
    let table = if may_change {
        view! {
            <DataTable
                label=t(d::TITLE)
                columns=columns(changes, editing)
                rows
                row_id=|row| row.id.to_string()
                row_version=version
                row_label=|row| row.name.clone()
                on_open=open
                pending
            />
        }
        .into_any()
    } else {
        view! {
            <DataTable
                label=t(d::TITLE)
                columns=columns(changes, editing)
                rows
                row_id=|row| row.id.to_string()
                row_version=version
                row_label=|row| row.name.clone()
                pending
            />
        }
        .into_any()
    };
    view! { <Card flush=true>{table}</Card> }
}

/// What a row shows. Its place is not in it: a row that moves stays the same.
fn version(row: &Department) -> String {
    let Department { name, code, color, is_active, contact_count, member_count, .. } = row;
    format!("{name}\n{code}\n{color}\n{is_active}\n{contact_count}\n{member_count}")
}

/// The list of who works in the department.
fn members_of(id: DepartmentId) -> String {
    api::QueryString::new().with("department_id", id).on(&Route::Team.path())
}

/// Why a department cannot be deleted, and where to go from here.
#[component]
fn InUseDialog(changes: Changes) -> impl IntoView {
    let in_use = changes.in_use;
    let close = move || in_use.set(None);
    let detail = move || {
        in_use.with(|found| {
            let it = found.as_ref()?;
            let (name, locale) = (it.name.clone(), locale());
            Some(if it.contact_count > 0 {
                d::in_use(locale, it.contact_count, name)
            } else if it.member_count > 0 {
                d::in_use_by_team(locale, it.member_count, name)
            } else {
                texts::problems::IN_USE_DETAIL.get(locale).to_owned()
            })
        })
    };
    let people = Signal::derive(move || {
        in_use.with(|found| match found {
            Some(it) if it.contact_count == 0 && it.member_count > 0 => members_of(it.id),
            Some(it) => people_in(it.id),
            None => String::new(),
        })
    });
    let of_team =
        move || in_use.with(|found| found.as_ref().is_some_and(|it| it.contact_count == 0));
    let footer = move || {
        view! {
            <Button on_click=close>{t(texts::common::CLOSE)}</Button>
            <ButtonLink kind=ButtonKind::Primary href=people attr:data-testid="in-use-people">
                {move || if of_team() { d::SEE_TEAM.get(locale()) } else { d::SEE_PEOPLE.get(locale()) }}
            </ButtonLink>
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || in_use.with(Option::is_some))
            on_close=close
            title=t(texts::problems::IN_USE)
            size=DialogSize::Small
            footer
            attr:data-testid="in-use-dialog"
        >
            <p>{detail}</p>
        </Dialog>
    }
}
