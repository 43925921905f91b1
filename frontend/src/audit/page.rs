//! `/audit`

use super::detail::EntryDrawer;
use super::query::{self, BY_ACT, BY_ACTOR, BY_KIND, FILTERS, FROM, TO};
use super::words::{ACTS, KINDS, field, headline};
use crate::api::audit::ListEntries;
use crate::api::{self, use_client};
use crate::crm::filters::{Filter, UrlFilter, clear, is_filtered};
use crate::crm::listing::{NothingMatches, Pages};
use crate::crm::people::use_team;
use crate::crm::total::Total;
use crate::crm::trail;
use crate::download;
use crate::format;
use crate::routes::Route;
use crate::state::url_state::Step;
use crate::state::{
    Query, UrlState, locale, locale_now, t, use_list_query, use_session, use_title, use_toasts,
    use_url_state,
};
use crate::ui::pagination::PageInfo;
use crate::ui::{
    Button, ButtonKind, ButtonSize, Card, Choice, Column, DataTable, DateInput, EmptyState,
    ErrorState, Field, ForbiddenState, Icon, Model, PageHeader,
};
use chrono::NaiveDate;
use ebenezer_shared::audit::AuditEntry;
use ebenezer_shared::locale::Text;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Named, Permission};
use ebenezer_shared::texts;
use ebenezer_shared::texts::audit as a;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What reading the log takes.
pub const READ: Permission = Permission::Named(Named::AuditView);

/// So many fields are named in a row.
const NAMED: usize = 3;

/// The page, for those who may read the log.
#[component]
pub fn AuditPage() -> impl IntoView {
    let session = use_session();
    view! {
        <Show
            when=move || session.can(READ)
            fallback=|| view! { <ForbiddenState permission=READ.to_string()/> }
        >
            <Log/>
        </Show>
    }
}

#[component]
fn Log() -> impl IntoView {
    use_title(t(a::TITLE));
    trail::arrive(Route::Audit);
    let client = use_client();
    let url = use_url_state();
    let entries = use_list_query(
        move || query::read(url),
        move |wanted: ListEntries| async move { api::audit::list(client, &wanted).await },
    );
    let open = RwSignal::new(None::<AuditEntry>);
    let info = Signal::derive(move || entries.data().map(|page| PageInfo::from(&page)));
    view! {
        <PageHeader title=t(a::TITLE) detail=t(a::DETAIL)>
            <Export url/>
        </PageHeader>
        <Filters url/>
        <div class="list-head">
            <Total info count=a::total capped=a::total_capped/>
            <Show when=move || is_filtered(url, &FILTERS)>
                <Button
                    kind=ButtonKind::Ghost
                    size=ButtonSize::Small
                    on_click=move || clear(url, &FILTERS)
                    attr:data-testid="clear-all-filters"
                >
                    {t(texts::common::CLEAR_FILTERS)}
                </Button>
            </Show>
        </div>
        <Content entries url open/>
        <EntryDrawer open/>
    }
}

#[component]
fn Filters(url: UrlState) -> impl IntoView {
    let team = use_team();
    let people = move || {
        let all = team.data().unwrap_or_default();
        all.into_iter().map(|it| Choice::new(it.id.to_string(), it.full_name)).collect::<Vec<_>>()
    };
    let kinds = || Choice::texts(KINDS);
    let acts = || Choice::texts(ACTS.iter().map(|act| (act.name, act.text)));
    view! {
        <div class="audit-filters">
            <UrlFilter url filter=&BY_ACTOR label=a::WHO all=a::ANYBODY options=Signal::derive(people)/>
            <UrlFilter url filter=&BY_ACT label=a::ACT all=a::ANY_ACT options=Signal::derive(acts)/>
            <UrlFilter url filter=&BY_KIND label=a::KIND all=a::ANY_KIND options=Signal::derive(kinds)/>
            <Day url filter=&FROM label=a::FROM/>
            <Day url filter=&TO label=a::TO/>
        </div>
    }
}

/// A day of the firm to begin or end with.
#[component]
fn Day(url: UrlState, filter: &'static Filter, label: Text) -> impl IntoView {
    let value = Model::new(
        Signal::derive(move || filter.value(url).parse::<NaiveDate>().ok()),
        move |day: Option<NaiveDate>| {
            let day = day.map(|day| day.to_string()).unwrap_or_default();
            url.set_filter(&[(filter.key, day)], Step::New);
        },
    );
    view! {
        <div class="audit-day" data-testid=format!("filter-{}", filter.key)>
            <Field label=t(label) name=filter.key><DateInput value/></Field>
        </div>
    }
}

/// All that is filtered, as a file.
#[component]
fn Export(url: UrlState) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let pending = RwSignal::new(false);
    let export = move || {
        let wanted = untrack(|| query::read(url));
        pending.set(true);
        spawn_local(async move {
            let answer = download::start(client, api::audit::export(&wanted)).await;
            pending.try_set(false);
            match answer {
                Ok(()) => toasts.success(t(a::EXPORTED)),
                Err(error) => toasts.error(error.title(locale_now())),
            }
        });
    };
    view! {
        <Button icon=Icon::ArrowDown loading=pending on_click=export attr:data-testid="export">
            {t(a::EXPORT)}
        </Button>
    }
}

#[component]
fn Content(
    entries: Query<Page<AuditEntry>>,
    url: UrlState,
    open: RwSignal<Option<AuditEntry>>,
) -> impl IntoView {
    let failed = Memo::new(move |_| entries.error());
    let none = Memo::new(move |_| {
        let nothing = entries.data().is_some_and(|page| page.items.is_empty() && page.total == 0);
        nothing.then(|| is_filtered(url, &FILTERS))
    });
    move || {
        if let Some(error) = failed.get() {
            return view! { <ErrorState error on_retry=move || entries.reload()/> }.into_any();
        }
        match none.get() {
            None => view! { <Table entries url open/> }.into_any(),
            Some(true) => view! { <NothingMatches url filters=&FILTERS/> }.into_any(),
            Some(false) => view! {
                <div data-testid="empty"><EmptyState title=t(a::EMPTY) detail=t(a::EMPTY_DETAIL)/></div>
            }
            .into_any(),
        }
    }
}

#[component]
fn Table(
    entries: Query<Page<AuditEntry>>,
    url: UrlState,
    open: RwSignal<Option<AuditEntry>>,
) -> impl IntoView {
    let info = Signal::derive(move || {
        entries.data().map(|page| PageInfo::from(&page)).unwrap_or_default()
    });
    let show = Callback::new(move |id: String| {
        let page = entries.data().map(|page| page.items).unwrap_or_default();
        open.set(page.into_iter().find(|entry| entry.id.to_string() == id));
    });
    view! {
        <Card flush=true>
            <DataTable
                label=t(a::TITLE)
                columns=columns()
                rows=Signal::derive(move || entries.data().map(|page| page.items))
                row_id=|row: &AuditEntry| row.id.to_string()
                row_version=|row: &AuditEntry| format!("{:?}", row.seq)
                row_label=|row: &AuditEntry| headline(locale_now(), &row.action)
                on_open=show
                pending=Signal::derive(move || entries.is_pending())
            />
            <Pages info url/>
        </Card>
    }
}

fn columns() -> Vec<Column<AuditEntry>> {
    vec![
        Column::new(t(a::WHAT), |row: &AuditEntry| {
            let action = row.action.clone();
            // Who does something with their own account stands beside it already.
            let name = row.resource_name.clone().filter(|name| *name != row.actor_name);
            view! {
                <span class="person">
                    <span class="person-name">{move || headline(locale(), &action)}</span>
                    <span class="person-note">{name}</span>
                </span>
            }
        })
        .title(),
        Column::new(t(a::CHANGES), |row: &AuditEntry| {
            let names: Vec<String> =
                row.changes.keys().filter(|name| *name != "id").cloned().collect();
            move || {
                let mut said: Vec<String> =
                    names.iter().take(NAMED).map(|name| field(locale(), name)).collect();
                if names.len() > NAMED {
                    said.push(format!("+{}", names.len() - NAMED));
                }
                said.join(", ")
            }
        })
        .wide_only(),
        Column::new(t(a::WHO), |row: &AuditEntry| {
            if row.actor_name.is_empty() {
                view! { <span class="quiet">{t(a::NOBODY)}</span> }.into_any()
            } else {
                view! { <span>{row.actor_name.clone()}</span> }.into_any()
            }
        }),
        Column::new(t(a::WHEN), |row: &AuditEntry| {
            let session = use_session();
            let at = row.at;
            move || {
                let zone = session.tenant().map(|tenant| tenant.time_zone);
                format::date_time(locale(), at, zone.as_deref())
            }
        }),
        Column::new(t(a::FROM_ADDRESS), |row: &AuditEntry| row.ip.clone()).wide_only(),
    ]
}
