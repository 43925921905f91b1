//! `/admin/jobs`: what runs behind the scenes, and what was given up.

use crate::api::jobs::ListJobs;
use crate::api::{self, use_client};
use crate::crm::filters::{Filter, UrlFilter, clear, is_filtered};
use crate::crm::listing::{Pages, page_number, page_size};
use crate::crm::total::Total;
use crate::crm::trail;
use crate::routes::Route;
use crate::state::{
    Query, UrlState, locale, locale_now, t, use_list_query, use_session, use_title, use_toasts,
    use_url_state,
};
use crate::ui::pagination::PageInfo;
use crate::ui::{
    Badge, Button, ButtonSize, Card, Choice, Column, Confirm, DataTable, EmptyState, ErrorState,
    ForbiddenState, Icon, PageHeader, RelativeTime, Tone,
};
use ebenezer_shared::job::{AdminJob, JobStatus};
use ebenezer_shared::locale::{Locale, Text};
use ebenezer_shared::pagination::Page;
use ebenezer_shared::texts;
use ebenezer_shared::texts::jobs as j;
use leptos::prelude::*;
use leptos::task::spawn_local;

const STATUSES: [(&str, Text); 5] = [
    ("waiting", j::WAITING),
    ("running", j::RUNNING),
    ("done", j::DONE),
    ("dead", j::DEAD),
    ("cancelled", j::CANCELLED),
];
const KINDS: [(&str, Text); 8] = [
    ("mail", j::kinds::MAIL),
    ("password_forgotten", j::kinds::PASSWORD_FORGOTTEN),
    ("news", j::kinds::NEWS),
    ("bulk", j::kinds::BULK),
    ("sweep_files", j::kinds::SWEEP_FILES),
    ("reminders", j::kinds::REMINDERS),
    ("housekeeping", j::kinds::HOUSEKEEPING),
    ("unreadable", j::kinds::UNREADABLE),
];

static BY_STATUS: Filter =
    Filter { key: "status", known: |name| STATUSES.iter().any(|(known, _)| *known == name) };
static BY_KIND: Filter =
    Filter { key: "kind", known: |name| KINDS.iter().any(|(known, _)| *known == name) };
static FILTERS: [&Filter; 2] = [&BY_STATUS, &BY_KIND];

/// The page, for who runs the platform.
#[component]
pub fn JobsPage() -> impl IntoView {
    let staff = use_session().account_now().is_some_and(|account| account.user.is_staff);
    if staff {
        view! { <Jobs/> }.into_any()
    } else {
        view! { <ForbiddenState permission="platform_staff".to_owned()/> }.into_any()
    }
}

#[component]
fn Jobs() -> impl IntoView {
    use_title(t(j::TITLE));
    trail::arrive(Route::Jobs);
    let client = use_client();
    let url = use_url_state();
    let jobs = use_list_query(
        move || ListJobs {
            page: page_number(url),
            page_size: page_size(url),
            status: BY_STATUS.value(url),
            kind: BY_KIND.value(url),
        },
        move |wanted: ListJobs| async move { api::jobs::list(client, &wanted).await },
    );
    let info = Signal::derive(move || jobs.data().map(|page| PageInfo::from(&page)));
    let (statuses, kinds) = (|| Choice::texts(STATUSES), || Choice::texts(KINDS));
    view! {
        <PageHeader title=t(j::TITLE) detail=t(j::DETAIL)>
            <Button icon=Icon::Refresh on_click=move || jobs.reload() attr:data-testid="reload">
                {t(j::RELOAD)}
            </Button>
        </PageHeader>
        <div class="toolbar">
            <UrlFilter url filter=&BY_STATUS label=j::STATUS all=j::ANY options=Signal::derive(statuses)/>
            <UrlFilter url filter=&BY_KIND label=j::KIND all=j::ANY options=Signal::derive(kinds)/>
        </div>
        <div class="list-head">
            <Total info count=j::total capped=j::total_capped/>
            <RetryAll jobs url/>
        </div>
        <Content jobs url/>
    }
}

#[component]
fn Content(jobs: Query<Page<AdminJob>>, url: UrlState) -> impl IntoView {
    let failed = Memo::new(move |_| jobs.error());
    let none = Memo::new(move |_| jobs.data().is_some_and(|page| page.items.is_empty()));
    let info =
        Signal::derive(move || jobs.data().map(|page| PageInfo::from(&page)).unwrap_or_default());
    move || {
        if let Some(error) = failed.get() {
            return view! { <ErrorState error on_retry=move || jobs.reload()/> }.into_any();
        }
        if none.get() {
            return view! {
                <div data-testid="empty">
                    <EmptyState icon=Icon::Success title=t(j::EMPTY) detail=t(j::EMPTY_DETAIL)>
                        <Show when=move || is_filtered(url, &FILTERS)>
                            <Button on_click=move || clear(url, &FILTERS)>
                                {t(texts::common::CLEAR_FILTERS)}
                            </Button>
                        </Show>
                    </EmptyState>
                </div>
            }
            .into_any();
        }
        view! {
            <Card flush=true>
                <DataTable
                    label=t(j::TITLE)
                    columns=columns(jobs)
                    rows=Signal::derive(move || jobs.data().map(|page| page.items))
                    row_id=|row: &AdminJob| row.job.id.to_string()
                    row_version=|row: &AdminJob| format!("{row:?}")
                    row_label=|row: &AdminJob| kind(locale_now(), &row.job.kind)
                    pending=Signal::derive(move || jobs.is_pending())
                />
                <Pages info url/>
            </Card>
        }
        .into_any()
    }
}

fn kind(locale: Locale, name: &str) -> String {
    kind_text(name).map_or_else(|| name.to_owned(), |text| text.get(locale).to_owned())
}

/// What jobs of that kind do.
pub fn kind_text(name: &str) -> Option<Text> {
    KINDS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

fn columns(jobs: Query<Page<AdminJob>>) -> Vec<Column<AdminJob>> {
    vec![
        Column::new(t(j::KIND), |row: &AdminJob| {
            let (name, error) = (row.job.kind.clone(), row.error.clone());
            view! {
                <span class="person">
                    <span class="person-name">{move || kind(locale(), &name)}</span>
                    <span class="person-note" data-testid="job-error">{error}</span>
                </span>
            }
        })
        .title(),
        Column::new(t(j::FIRM), |row: &AdminJob| match row.company.clone() {
            Some(company) => view! { <span>{company}</span> }.into_any(),
            None => view! { <span class="quiet">{t(j::PLATFORM)}</span> }.into_any(),
        }),
        Column::new(t(j::STATUS), |row: &AdminJob| {
            let status = row.job.status;
            view! { <Badge tone=tone(status)>{t(status_text(status))}</Badge> }
        }),
        Column::new(t(j::PROGRESS), |row: &AdminJob| {
            let progress = row.job.progress;
            match progress.total {
                Some(total) => format!("{} / {total}", progress.done),
                None if progress.done > 0 => progress.done.to_string(),
                None => String::new(),
            }
        })
        .end()
        .wide_only(),
        Column::new(t(j::ATTEMPTS), |row: &AdminJob| row.attempts.to_string()).end().wide_only(),
        Column::new(t(j::CREATED), |row: &AdminJob| {
            view! { <RelativeTime at=row.job.created_at/> }
        }),
        Column::new(t(texts::common::ACTIONS), move |row: &AdminJob| {
            view! { <Act row=row.clone() jobs/> }
        })
        .actions(),
    ]
}

const fn status_text(status: JobStatus) -> Text {
    match status {
        JobStatus::Waiting => j::WAITING,
        JobStatus::Running => j::RUNNING,
        JobStatus::Done => j::DONE,
        JobStatus::Dead => j::DEAD,
        JobStatus::Cancelled => j::CANCELLED,
    }
}

const fn tone(status: JobStatus) -> Tone {
    match status {
        JobStatus::Waiting | JobStatus::Cancelled => Tone::Neutral,
        JobStatus::Running => Tone::Info,
        JobStatus::Done => Tone::Success,
        JobStatus::Dead => Tone::Danger,
    }
}

/// Another try for what was given up or stopped; an end for what is not over.
#[component]
fn Act(row: AdminJob, jobs: Query<Page<AdminJob>>) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let pressed = RwSignal::new(false);
    let (id, status) = (row.job.id, row.job.status);
    let again = matches!(status, JobStatus::Dead | JobStatus::Cancelled);
    if status == JobStatus::Done || row.job.cancel_requested && !again {
        return None;
    }
    let act = move || {
        pressed.set(true);
        spawn_local(async move {
            let answer = if again {
                api::jobs::retry(client, id).await
            } else {
                api::jobs::cancel(client, id).await
            };
            pressed.try_set(false);
            match answer {
                Ok(_) => toasts.success(t(if again { j::RETRIED } else { j::STOPPED })),
                Err(error) => toasts.error(error.title(locale_now())),
            }
            jobs.reload();
        });
    };
    let (icon, label) = if again {
        (Icon::Refresh, texts::common::RETRY)
    } else {
        (Icon::Close, texts::common::CANCEL)
    };
    Some(view! {
        <Button size=ButtonSize::Small icon loading=pressed on_click=act attr:data-testid="act">
            {t(label)}
        </Button>
    })
}

/// Another try for all that were given up of the kind that is shown.
#[component]
fn RetryAll(jobs: Query<Page<AdminJob>>, url: UrlState) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let (asked, pending) = (RwSignal::new(false), RwSignal::new(false));
    let count = Memo::new(move |_| jobs.data().map_or(0, |page| page.total));
    let dead = move || BY_STATUS.value(url) == "dead" && count.get() > 0;
    let chosen = move || !BY_KIND.value(url).is_empty();
    let retry = move || {
        pending.set(true);
        let kind = BY_KIND.value(url);
        spawn_local(async move {
            let answer = api::jobs::retry_all(client, kind).await;
            pending.try_set(false);
            asked.try_set(false);
            match answer {
                Ok(count) => toasts.success(move || j::retried_all(locale(), count)),
                Err(error) => toasts.error(error.title(locale_now())),
            }
            jobs.reload();
        });
    };
    view! {
        <Show when=move || dead() && !chosen()>
            <p class="quiet">{t(j::RETRY_ALL_HINT)}</p>
        </Show>
        <Show when=move || dead() && chosen()>
            <Button
                size=ButtonSize::Small
                icon=Icon::Refresh
                on_click=move || asked.set(true)
                attr:data-testid="retry-all"
            >
                {t(j::RETRY_ALL)}
            </Button>
        </Show>
        <Confirm
            open=asked
            on_cancel=move || asked.set(false)
            on_confirm=retry
            title=move || j::retry_all_title(locale(), count.get())
            detail=move || j::retry_all_detail(locale(), kind(locale(), &BY_KIND.value(url)))
            confirm_label=t(j::RETRY_ALL)
            pending
        />
    }
}
