//! The order of the cards, which is everybody's own.

use crate::api::{self, Client, use_client};
use crate::state::{Query, Toasts, locale_now, use_toasts};
use ebenezer_shared::crm::dashboard::{Dashboard, DashboardCard, DashboardCards};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Changes the order: shown at once, and stored.
#[derive(Clone, Copy)]
pub struct Ordering {
    shown: Query<Dashboard>,
    /// Whether the cards can be moved now.
    pub on: RwSignal<bool>,
    /// The one that is dragged.
    pub dragged: RwSignal<Option<DashboardCard>>,
    /// Whether an order is on its way.
    sending: StoredValue<bool>,
    client: Client,
    toasts: Toasts,
}

impl Ordering {
    pub fn of(shown: Query<Dashboard>) -> Self {
        Self {
            shown,
            on: RwSignal::new(false),
            dragged: RwSignal::new(None),
            sending: StoredValue::new(false),
            client: use_client(),
            toasts: use_toasts(),
        }
    }

    /// Puts a card before or behind its neighbour of the same kind.
    pub fn step(self, card: DashboardCard, forward: bool) {
        let Some(cards) = self.shown.data_now().map(|shown| shown.cards) else { return };
        let alike: Vec<_> = seen(&self.shown, &cards, card.is_figure());
        let Some(here) = alike.iter().position(|it| *it == card) else { return };
        let there = if forward { here.checked_add(1) } else { here.checked_sub(1) };
        if let Some(neighbour) = there.and_then(|place| alike.get(place)) {
            self.put(card, *neighbour);
        }
    }

    /// Puts a card where another one is.
    pub fn put(self, card: DashboardCard, place: DashboardCard) {
        let Some(mut cards) = self.shown.data_now().map(|shown| shown.cards) else { return };
        let from = cards.iter().position(|it| *it == card);
        let to = cards.iter().position(|it| *it == place);
        let (Some(from), Some(to)) = (from, to) else { return };
        if from == to || card.is_figure() != place.is_figure() {
            return;
        }
        let card = cards.remove(from);
        cards.insert(to, card);
        self.shown.update(|shown| shown.cards.clone_from(&cards));
        self.store();
    }

    /// Stores the order as it is shown, one after the other: the last one stays.
    fn store(self) {
        if self.sending.try_update_value(|it| std::mem::replace(it, true)) != Some(false) {
            return;
        }
        spawn_local(async move {
            while let Some(cards) = self.shown.data_now().map(|shown| shown.cards) {
                let body = DashboardCards { cards };
                if let Err(error) = api::dashboard::order(self.client, &body).await {
                    self.toasts.error(error.title(locale_now()));
                    self.shown.reload();
                    break;
                }
                if self.shown.data_now().is_none_or(|shown| shown.cards == body.cards) {
                    break;
                }
            }
            self.sending.try_set_value(false);
        });
    }
}

/// The cards that are there, of the one kind or the other, in their order.
pub fn seen(
    shown: &Query<Dashboard>,
    cards: &[DashboardCard],
    figures: bool,
) -> Vec<DashboardCard> {
    let whole = shown.data_now().unwrap_or_default();
    let is_there = |card: &DashboardCard| card.is_figure() == figures && has(&whole, *card);
    cards.iter().copied().filter(is_there).collect()
}

/// Whether the person sees what the card shows.
pub fn has(shown: &Dashboard, card: DashboardCard) -> bool {
    match card {
        DashboardCard::ActiveCases => shown.active_cases.is_some(),
        DashboardCard::AppointmentsToday => shown.appointments_today.is_some(),
        DashboardCard::PendingTasks => shown.pending_tasks.is_some(),
        DashboardCard::Messages => shown.messages.is_some(),
        DashboardCard::CasesByStatus => shown.cases_by_status.is_some(),
        DashboardCard::Workload => shown.workload.is_some(),
        DashboardCard::Deadlines => shown.deadlines.is_some(),
    }
}
