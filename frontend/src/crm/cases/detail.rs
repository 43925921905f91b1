//! A case's page.

use super::super::about::About;
use super::super::clients::ClientId;
use super::super::delete::{DeleteRecord, DeleteTexts};
use super::super::facts::{Fact, Swatch, Written};
use super::super::news::NewsBar;
use super::super::notes::NotesCard;
use super::super::record::{Record, RecordPage};
use super::super::status::StatusBadge;
use super::super::tasks::TasksCard;
use super::super::timeline::TimelineCard;
use super::super::trail::{self, use_leave};
use super::checklist::ChecklistCard;
use super::draft::written;
use super::form::way_back;
use super::words::{DueDay, PriorityMark, title};
use crate::api::{self, ApiError, Tagged, use_client};
use crate::routes::Route;
use crate::state::{Query, locale, locale_now, t, use_query, use_session, use_title, use_toasts};
use crate::team::view_as::{ViewAsItem, may_ask};
use crate::ui::float::FloatAlign;
use crate::ui::{
    ButtonKind, ButtonLink, Card, DescriptionList, Icon, IconView, Menu, MenuItem, PageHeader,
    RelativeTime,
};
use ebenezer_shared::crm::case::{Case, CaseStatus};
use ebenezer_shared::ids::CaseId;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::record::RecordType;
use ebenezer_shared::texts;
use ebenezer_shared::texts::cases as c;
use leptos::children::ViewFnOnce;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// `/cases/:id`
#[component]
pub fn CasePage() -> impl IntoView {
    let one = |id: CaseId| view! { <OneCase id/> };
    view! { <RecordPage back=way_back() view=one/> }
}

fn named(case: &Case) -> String {
    title(locale(), case.kind, case.tax_year, case.period)
}

#[component]
fn OneCase(id: CaseId) -> impl IntoView {
    trail::arrive(Route::Case(id));
    let client = use_client();
    let case = use_query(move || id, move |id| async move { api::cases::get(client, id).await });
    use_title(move || {
        let found = case.data();
        found.map_or_else(|| c::TITLE.get(locale()).to_owned(), |found| named(&found.value))
    });
    let page = move |found| view! { <Page found query=case/> };
    view! {
        <NewsBar subject=RecordType::Case record=id.0 shown=case/>
        <Record query=case back=way_back() view=page/>
    }
}

const DELETE: DeleteTexts =
    DeleteTexts { title: c::DELETE_TITLE, detail: c::DELETE_DETAIL, deleted: c::DELETED };

#[component]
fn Page(found: Tagged<Case>, query: Query<Tagged<Case>>) -> impl IntoView {
    let Tagged { value: case, etag } = found;
    let asking = RwSignal::new(false);
    let leave = use_leave();
    // Somebody changed it meanwhile: the page shows how it is now.
    let refused = move |error: ApiError| {
        if error.is(ProblemCode::PreconditionFailed) {
            query.reload();
        }
    };
    let notes = case.notes.clone();
    view! {
        <Header case=case.clone() etag=etag.clone() query asking/>
        <div class="record">
            <div class="record-main">
                <ChecklistCard case=case.clone() query/>
                <TasksCard about=About::Case(case.id)/>
                <NotesCard about=About::Case(case.id)/>
                {notes.map(|notes| view! {
                    <Card title=t(c::NOTES)><p class="notes" data-testid="notes">{notes}</p></Card>
                })}
                <TimelineCard record=format!("/api/cases/{}", case.id)/>
            </div>
            <div class="record-side">
                <Facts case=case.clone()/>
                <Written created=case.created_at updated=case.updated_at/>
            </div>
        </div>
        <DeleteRecord
            path=api::cases::path(case.id)
            etag
            texts=DELETE
            asking
            on_done=move || leave.run(Route::Cases)
            on_failed=refused
        />
    }
}

#[component]
fn Header(
    case: Case,
    etag: Option<String>,
    query: Query<Tagged<Case>>,
    asking: RwSignal<bool>,
) -> impl IntoView {
    let session = use_session();
    let (id, status, shown) = (case.id, case.status, case.clone());
    let badge = ViewFnOnce::from(move || view! { <StatusBadge status/> });
    let may = move |action| session.allows(Module::Cases, action);
    let detail = case.client.name.clone();
    let delete = Callback::new(move |()| asking.set(true));
    view! {
        <PageHeader
            title=move || named(&shown)
            detail=move || detail.clone()
            parent=(trail::list_path(Route::Cases), t(c::TITLE).into())
            badge
        >
            <Show when=move || may(Action::Change)>
                <Advance case=case.clone() etag=etag.clone() query/>
                <ButtonLink icon=Icon::Edit href=Route::EditCase(id).path() attr:data-testid="edit">
                    {t(texts::common::EDIT)}
                </ButtonLink>
            </Show>
            <Show when=move || may(Action::Delete) || may_ask()>
                <div data-testid="more-actions">
                    <Menu
                        label=t(texts::common::MORE_ACTIONS)
                        trigger=|| view! { <IconView icon=Icon::More/> }
                        kind=ButtonKind::Secondary
                        icon_only=true
                        align=FloatAlign::End
                    >
                        <ViewAsItem kind=RecordType::Case id=id.0/>
                        <Show when=move || may(Action::Delete)>
                            <MenuItem icon=Icon::Trash danger=true on_select=delete>
                                {t(texts::common::DELETE)}
                            </MenuItem>
                        </Show>
                    </Menu>
                </div>
            </Show>
        </PageHeader>
    }
}

/// Where the case may go from here.
#[component]
fn Advance(case: Case, etag: Option<String>, query: Query<Tagged<Case>>) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let go = move |status: CaseStatus| {
        let etag = etag.clone();
        Callback::new(move |()| {
            let etag = etag.clone();
            spawn_local(async move {
                match api::cases::advance(client, case.id, etag.as_deref(), status).await {
                    Ok(changed) => {
                        query.set(changed);
                        toasts.success(move || c::moved(locale(), status.text().get(locale())));
                    }
                    Err(error) => {
                        toasts.error(error.title(locale_now()));
                        query.reload();
                    }
                }
            });
        })
    };
    let items = move || {
        let to = |status| {
            view! { <MenuItem on_select=go(status)>{t(CaseStatus::text(status))}</MenuItem> }
        };
        case.status.next(case.closed_from).map(to).collect::<Vec<_>>()
    };
    view! {
        <div data-testid="advance">
            <Menu
                label=t(c::ADVANCE)
                trigger=|| view! { {t(c::ADVANCE)} <IconView icon=Icon::ChevronDown/> }
                trigger_says_it=true
                kind=ButtonKind::Primary
                align=FloatAlign::End
            >
                {items.clone()}
            </Menu>
        </div>
    }
}

#[component]
fn Facts(case: Case) -> impl IntoView {
    let Case { client, joint_contact, status, due_on, department, assignee, fee, .. } = case;
    let href = ClientId::of(&client).page().path();
    let client = view! { <a class="plain-link" href=href>{client.name}</a> };
    let joint = joint_contact.map(|it| {
        view! { <a class="plain-link" href=Route::Contact(it.id.into()).path()>{it.name}</a> }
    });
    let department = department.map(|department| {
        view! { <span class="swatched"><Swatch color=department.color/>{department.name}</span> }
    });
    let due = due_on.map(|day| view! { <DueDay day=Some(day) can_be_late=status.can_be_late()/> });
    let fee = fee.map(|fee| format!("{} {}", written(fee.amount), fee.currency));
    let extended = case.is_extended.then(|| t(texts::common::YES));
    let priority = case.priority;
    let has_mark = priority.rank() > 1;
    let said = (!has_mark).then(|| t(priority.text()));
    view! {
        <Card title=t(c::DETAILS)>
            <DescriptionList>
                <Fact label=c::CLIENT>{Some(client)}</Fact>
                {joint.map(|joint| view! { <Fact label=c::JOINT>{Some(joint)}</Fact> })}
                <Fact label=c::DUE_ON>{due}</Fact>
                {extended.map(|yes| view! { <Fact label=c::EXTENDED>{Some(yes)}</Fact> })}
                <Fact label=c::ASSIGNEE>{assignee.map(|it| it.full_name)}</Fact>
                <Fact label=c::DEPARTMENT>{department}</Fact>
                <Fact label=c::PRIORITY>
                    {Some(view! { <PriorityMark priority/> {said} })}
                </Fact>
                <Fact label=c::FEE>{fee}</Fact>
                <Fact label=c::STATUS_SINCE>
                    {Some(view! { <RelativeTime at=case.status_since/> })}
                </Fact>
                {case.external_id.map(|id| view! { <Fact label=c::EXTERNAL_ID>{Some(id)}</Fact> })}
            </DescriptionList>
        </Card>
    }
}
