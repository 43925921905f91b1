//! The calendar's page.

pub use super::form::{EditAppointmentPage, NewAppointmentPage};

use super::super::filters::UrlFilter;
use super::super::listing::remember_list;
use super::super::news::NewsBar;
use super::super::people::{team_choices, use_team};
use super::super::trail;
use super::feed::FeedDialog;
use super::grid::{Scrolled, TimeGrid};
use super::items::{self, Shown};
use super::month::MonthGrid;
use super::moving::{Mover, Moving, MovingQuestion};
use super::pointer::Dragging;
use super::query::{self, BY_STAFF, Layer};
use super::span::View;
use crate::api::use_client;
use crate::format;
use crate::routes::Route;
use crate::state::clock::now;
use crate::state::{
    Query, UrlState, locale, t, use_list_query, use_session, use_title, use_url_state,
};
use crate::ui::{
    Button, ButtonKind, ButtonLink, Choice, Icon, IconButton, Loaded, Model, PageHeader,
    SkeletonKind, Switch,
};
use ebenezer_shared::locale::Text;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::record::RecordType;
use ebenezer_shared::texts::appointments as a;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// `/calendar`
#[component]
pub fn CalendarPage() -> impl IntoView {
    use_title(t(a::TITLE));
    trail::arrive(Route::Calendar);
    remember_list(Route::Calendar);
    let (client, session) = (use_client(), use_session());
    let url = use_url_state();
    let shown = use_list_query(
        move || query::wanted(url, session),
        move |wanted| async move { items::read(client, wanted).await },
    );
    let moving = Mover::of(shown);
    let subscribing = RwSignal::new(false);
    view! {
        <PageHeader title=t(a::TITLE)>
            <Button
                kind=ButtonKind::Ghost
                icon=Icon::Refresh
                on_click=move || subscribing.set(true)
                attr:data-testid="subscribe"
            >
                {t(a::FEED)}
            </Button>
            <Show when=move || session.allows(Module::Appointments, Action::Add)>
                <ButtonLink
                    kind=ButtonKind::Primary
                    icon=Icon::Plus
                    href=Route::NewAppointment.path()
                    attr:data-testid="new-appointment"
                >
                    {t(a::NEW)}
                </ButtonLink>
            </Show>
        </PageHeader>
        <Toolbar url/>
        <NewsBar subject=RecordType::Appointment shown/>
        <Days url shown moving/>
        <MovingQuestion moving/>
        <FeedDialog open=subscribing/>
    }
}

#[component]
fn Days(url: UrlState, shown: Query<Shown>, moving: Moving) -> impl IntoView {
    let navigate = use_navigate();
    let open = Callback::new(move |path: String| navigate(&path, NavigateOptions::default()));
    // The days are drawn anew as soon as something is dropped: what goes on outlives them.
    let (dragging, scrolled) = (Dragging::new(moving, open), Scrolled::new(None));
    let days = move |found: Shown| {
        let (view, day) = untrack(|| (query::view(url), query::day(url)));
        let days = view.days(day, untrack(locale));
        let found = found.by_day();
        match view {
            View::Month => view! { <MonthGrid shown=found days day url moving/> }.into_any(),
            View::Week | View::Day => {
                view! { <TimeGrid shown=found days view url moving dragging scrolled/> }.into_any()
            }
        }
    };
    view! { <Loaded query=shown skeleton=SkeletonKind::Record view=days/> }
}

/// Which days, whose, and what lies beside the appointments.
#[component]
fn Toolbar(url: UrlState) -> impl IntoView {
    let step = move |forward| {
        let (view, day) = untrack(|| (query::view(url), query::day(url)));
        query::go(url, view, view.step(day, forward));
    };
    let today = move || query::go(url, untrack(|| query::view(url)), format::local(untrack(now)).0);
    let title = move || {
        let (view, day, locale) = (query::view(url), query::day(url), locale());
        if view == View::Day { format::long_date(locale, day) } else { format::month(locale, day) }
    };
    view! {
        <div class="calendar-bar">
            <div class="calendar-steps">
                <Button on_click=today attr:data-testid="today">{t(a::TODAY)}</Button>
                <IconButton icon=Icon::ChevronLeft label=t(a::PREVIOUS) on_click=move || step(false)/>
                <IconButton icon=Icon::ChevronRight label=t(a::NEXT) on_click=move || step(true)/>
                <h2 class="calendar-title" aria-live="polite" data-testid="calendar-title">{title}</h2>
            </div>
            <div class="calendar-choices">
                <Layers url/>
                <Whose url/>
                <Views url/>
            </div>
        </div>
    }
}

/// How much is seen at once.
#[component]
fn Views(url: UrlState) -> impl IntoView {
    let choice = |(view, label): (View, Text)| {
        view! {
            <button
                type="button"
                class="segment"
                data-testid=format!("view-{}", view.key())
                aria-pressed=move || (query::view(url) == view).to_string()
                on:click=move |_| query::go(url, view, untrack(|| query::day(url)))
            >
                {t(label)}
            </button>
        }
    };
    let all = [(View::Month, a::MONTH), (View::Week, a::WEEK), (View::Day, a::DAYS)];
    view! { <div class="segments" role="group" aria-label=t(a::VIEW)>{all.map(choice)}</div> }
}

/// Whose appointments; one's own are the first choice.
#[component]
fn Whose(url: UrlState) -> impl IntoView {
    let (session, team) = (use_session(), use_team());
    let people = Signal::derive(move || {
        let me = session.account().map(|account| account.user.id.to_string()).unwrap_or_default();
        let mut all = vec![Choice::new(me.clone(), a::MINE.get(locale()))];
        let others = team_choices(&team.data().unwrap_or_default(), "");
        all.extend(others.into_iter().filter(|it| it.value != me));
        all
    });
    view! { <UrlFilter url filter=&BY_STAFF label=a::STAFF all=a::EVERYBODY options=people/> }
}

#[component]
fn Layers(url: UrlState) -> impl IntoView {
    let session = use_session();
    let layer = move |layer: Layer, label: Text| {
        let shown = Model::new(Memo::new(move |_| layer.is_shown(url)), move |shown| {
            layer.show(url, shown);
        });
        view! {
            <Show when=move || session.allows(layer.module(), Action::View)>
                <Switch checked=shown label=t(label)/>
            </Show>
        }
    };
    view! { {layer(Layer::Deadlines, a::DEADLINES)} {layer(Layer::Tasks, a::TASKS)} }
}
