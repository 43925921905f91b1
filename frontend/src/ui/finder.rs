//! Finding choices by what is typed, for comboboxes and filters.

use super::choice::{Choice, Search};
use crate::state::{Query, use_list_query};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

/// Milliseconds without a key before the server is asked.
const PAUSE: u32 = 150;

/// What is typed, what was found and which option the arrow keys stand on.
#[derive(Clone, Copy)]
pub struct Finder {
    pub text: RwSignal<String>,
    pub open: RwSignal<bool>,
    pub active: RwSignal<usize>,
    pub found: Query<Vec<Choice>>,
    /// Enter was pressed: the active option is chosen as soon as it is known.
    entered: RwSignal<bool>,
}

impl Finder {
    /// Asks `search` while open, whenever the text changes.
    pub fn new(search: Search) -> Self {
        let text = RwSignal::new(String::new());
        let open = RwSignal::new(false);
        let found = use_list_query(
            move || open.get().then(|| text.get()),
            move |wanted: Option<String>| async move {
                let Some(wanted) = wanted else { return Ok(Vec::new()) };
                if !wanted.is_empty() {
                    TimeoutFuture::new(PAUSE).await;
                }
                search.find(wanted.trim().to_owned()).await
            },
        );
        Self { text, open, active: RwSignal::new(0), found, entered: RwSignal::new(false) }
    }

    /// The person types: the first option is active again.
    pub fn type_text(self, text: String) {
        self.entered.set(false);
        self.active.set(0);
        self.text.set(text);
    }

    /// Chooses the active option. Whoever types and presses Enter quicker than the server
    /// answers gets what they typed, not what stood there before.
    pub fn enter(self) {
        self.entered.set(true);
    }

    /// Hands over what [`Finder::enter`] chooses.
    pub fn on_enter(self, options: Memo<Vec<Choice>>, choose: impl Fn(Choice) + 'static) {
        Effect::new(move || {
            if !self.entered.get() || self.found.is_pending() {
                return;
            }
            self.entered.set(false);
            let active = self.active.get_untracked();
            if let Some(choice) = options.get_untracked().get(active).cloned() {
                choose(choice);
            }
        });
    }

    /// What can be chosen now, without the `hidden` values.
    pub fn options(self, hidden: Signal<Vec<String>>) -> Vec<Choice> {
        let hidden = hidden.get();
        let mut options = self.found.data().unwrap_or_default();
        options.retain(|option| !hidden.contains(&option.value));
        options
    }

    /// Moves among the options; the last leads to the first.
    pub fn step(self, forward: bool, count: usize) {
        if count > 0 {
            let by = if forward { 1 } else { count - 1 };
            self.active.update(|active| *active = (*active + by) % count);
        }
    }
}
