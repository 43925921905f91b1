//! The dashboard's page.

use super::cards::{behind, figure, name, panel};
use super::order::{Ordering, has};
use crate::api::{self, use_client};
use crate::crm::notes::StickyNotes;
use crate::state::{locale, t, use_list_query, use_session, use_title};
use crate::ui::{
    Button, ButtonKind, ButtonSize, EmptyState, Icon, IconButton, Loaded, PageHeader, SkeletonKind,
};
use ebenezer_shared::crm::dashboard::{Dashboard, DashboardCard};
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::dashboard as d;
use leptos::prelude::*;

/// `/dashboard`
#[component]
pub fn DashboardPage() -> impl IntoView {
    use_title(t(d::TITLE));
    crate::crm::trail::arrive(crate::routes::Route::Dashboard);
    let (client, session) = (use_client(), use_session());
    let shown = use_list_query(|| (), move |()| async move { api::dashboard::get(client).await });
    let ordering = Ordering::of(shown);
    let greeting = move || {
        let name = session.account().map(|account| account.user.full_name).unwrap_or_default();
        let first = name.split_whitespace().next().unwrap_or_default().to_owned();
        d::hello(locale(), first)
    };
    let cards = move |found: Dashboard| view! { <Cards found ordering/> };
    view! {
        <PageHeader title=greeting>
            <Button
                kind=ButtonKind::Ghost
                icon=Icon::Sliders
                on_click=move || ordering.on.update(|on| *on = !*on)
                attr:data-testid="order-cards"
                attr:aria-pressed=move || ordering.on.get().to_string()
            >
                {move || if ordering.on.get() { d::DONE.get(locale()) } else { d::ORDER.get(locale()) }}
            </Button>
        </PageHeader>
        <Loaded query=shown skeleton=SkeletonKind::Record view=cards/>
        <Show when=move || session.allows(Module::Notes, Action::View)>
            <div class="dashboard-notes"><StickyNotes/></div>
        </Show>
    }
}

#[component]
fn Cards(found: Dashboard, ordering: Ordering) -> impl IntoView {
    let seen: Vec<_> = found.cards.iter().copied().filter(|card| has(&found, *card)).collect();
    if seen.is_empty() {
        return view! {
            <EmptyState icon=Icon::Lock title=t(d::NOTHING) detail=t(d::NOTHING_DETAIL)/>
        }
        .into_any();
    }
    let figures: Vec<_> = seen
        .iter()
        .filter_map(|card| Some((*card, figure(*card, &found)?)))
        .map(|(card, (count, said))| view! { <Figure card count said ordering/> })
        .collect();
    let panels: Vec<_> = seen
        .iter()
        .filter_map(|card| Some((*card, panel(*card, &found)?)))
        .map(|(card, inside)| view! { <Panel card inside ordering/> })
        .collect();
    view! {
        <div class="figures">{figures}</div>
        <div class="panels">{panels}</div>
    }
    .into_any()
}

/// One number, and the way to what it counts.
#[component]
fn Figure(card: DashboardCard, count: u64, said: AnyView, ordering: Ordering) -> impl IntoView {
    let inside = view! {
        <a class="figure" href=behind(card)>
            <span class="figure-name">{t(name(card))}</span>
            <span class="figure-count" data-testid=format!("figure-{}", card.as_str())>{count}</span>
            <span class="figure-said">{said}</span>
        </a>
    };
    view! { <Movable card ordering inside=inside.into_any()/> }
}

/// Several lines, and the way to all.
#[component]
fn Panel(card: DashboardCard, inside: AnyView, ordering: Ordering) -> impl IntoView {
    let inside = view! {
        <section class="panel" data-testid=format!("panel-{}", card.as_str())>
            <h2 class="panel-title"><a class="plain-link" href=behind(card)>{t(name(card))}</a></h2>
            {inside}
        </section>
    };
    view! { <Movable card ordering inside=inside.into_any()/> }
}

/// A card that can be put elsewhere while the cards are being ordered.
#[component]
fn Movable(card: DashboardCard, ordering: Ordering, inside: AnyView) -> impl IntoView {
    let over = RwSignal::new(false);
    let label = move |text: fn(ebenezer_shared::locale::Locale, &str) -> String| {
        move || text(locale(), name(card).get(locale()))
    };
    view! {
        <div
            class="dashboard-card"
            data-card=card.as_str()
            data-movable=move || ordering.on.get().then_some("true")
            data-over=move || over.get().then_some("true")
            draggable=move || ordering.on.get().then_some("true")
            on:dragstart=move |event| {
                if let Some(transfer) = event.data_transfer() {
                    // Firefox drags nothing that carries no data.
                    let _ = transfer.set_data("text/plain", card.as_str());
                    transfer.set_effect_allowed("move");
                }
                ordering.dragged.set(Some(card));
            }
            on:dragend=move |_| ordering.dragged.set(None)
            on:dragover=move |event| {
                let dragged = ordering.dragged.get_untracked();
                if dragged.is_some_and(|it| it.is_figure() == card.is_figure()) {
                    event.prevent_default();
                    over.set(true);
                }
            }
            on:dragleave=move |_| over.set(false)
            on:drop=move |event| {
                event.prevent_default();
                over.set(false);
                if let Some(dragged) = ordering.dragged.try_update(Option::take).flatten() {
                    ordering.put(dragged, card);
                }
            }
        >
            {inside}
            <Show when=move || ordering.on.get()>
                <div class="card-moves">
                    <IconButton
                        icon=Icon::ChevronLeft
                        size=ButtonSize::Small
                        label=label(|locale, name| d::earlier(locale, name))
                        on_click=move || ordering.step(card, false)
                    />
                    <IconButton
                        icon=Icon::ChevronRight
                        size=ButtonSize::Small
                        label=label(|locale, name| d::later(locale, name))
                        on_click=move || ordering.step(card, true)
                    />
                </div>
            </Show>
        </div>
    }
}
