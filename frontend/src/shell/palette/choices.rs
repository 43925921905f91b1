//! What there is to choose from, and what is chosen.

use super::entry::{self, Entry, Group};
use super::fold;
use crate::api::{self, Client, use_client};
use crate::state::{Query, Session, locale, recent, use_list_query, use_session, use_unsaved};
use ebenezer_shared::search::{Found, FoundGroup, RecordName};
use ebenezer_shared::texts::palette as p;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

/// Milliseconds without a key before the server is asked.
const PAUSE: u32 = 150;
/// So many actions go before the records that were found.
const ACTIONS: usize = 7;

/// What the server knows, and for which words.
#[derive(Clone)]
struct Known {
    words: String,
    found: Found,
}

/// The choices of an open palette.
#[derive(Clone, Copy)]
pub struct Choices {
    pub typed: RwSignal<String>,
    pub active: RwSignal<usize>,
    /// What is shown, in its order.
    pub groups: Memo<Vec<Group>>,
    pub count: Memo<usize>,
    known: Query<Known>,
    /// So many of the first need no server.
    at_hand: Memo<usize>,
    entered: RwSignal<bool>,
    choose: Callback<Entry>,
}

impl Choices {
    /// Those of the person; `on_close` closes the palette before what was chosen is done.
    pub fn new(on_close: Callback<()>) -> Self {
        let (session, client) = (use_session(), use_client());
        let typed = RwSignal::new(String::new());
        let named =
            StoredValue::new(recent::others(session, &use_location().pathname.get_untracked()));
        let known = use_list_query(
            move || typed.with(|typed| typed.trim().to_owned()),
            move |words| ask(session, client, named.get_value(), words),
        );
        let actions = Memo::new(move |_| actions(session, &typed.get()));
        let groups = Memo::new(move |_| {
            let words = typed.with(|typed| typed.trim().to_owned());
            let records = records(known, &words, named);
            let actions = actions.get();
            let both = if words.is_empty() { [records, actions] } else { [actions, records] };
            both.concat()
        });
        let sum = |groups: &[Group]| groups.iter().map(|group| group.entries.len()).sum();
        let count = Memo::new(move |_| groups.with(|groups| sum(groups)));
        let at_hand = Memo::new(move |_| actions.with(|groups| sum(groups)));
        let choose = choose(on_close);
        let (active, entered) = (RwSignal::new(0), RwSignal::new(false));
        let choices = Self { typed, active, groups, count, known, at_hand, entered, choose };
        choices.follow_enter();
        Effect::new(move || {
            if active.get() > 0 && active.get_untracked() >= count.get() {
                active.set(0);
            }
        });
        choices
    }

    /// The person types: the first choice is active again.
    pub fn type_text(self, text: String) {
        self.entered.set(false);
        self.active.set(0);
        self.typed.set(text);
    }

    /// Moves among the choices; the last leads to the first.
    pub fn step(self, forward: bool) {
        let count = self.count.get_untracked();
        if count > 0 {
            let by = if forward { 1 } else { count - 1 };
            self.active.update(|active| *active = (*active + by) % count);
        }
    }

    /// Chooses the active one; whoever is quicker than the server gets what they typed.
    pub fn enter(self) {
        self.entered.set(true);
    }

    pub fn choose(self, entry: Entry) {
        self.choose.run(entry);
    }

    /// Whether the server has not answered yet; tracked.
    pub fn is_pending(self) -> bool {
        self.known.is_pending()
    }

    /// Whether the server could not be asked; tracked.
    pub fn has_failed(self) -> bool {
        self.known.error().is_some()
    }

    pub fn retry(self) {
        self.known.reload();
    }

    fn follow_enter(self) {
        Effect::new(move || {
            let at_once = self.active.get() < self.at_hand.get() && !self.is_blank();
            if !self.entered.get() || (self.is_pending() && !at_once && !self.is_blank()) {
                return;
            }
            self.entered.set(false);
            let active = self.active.get_untracked();
            let chosen = self.groups.with_untracked(|groups| {
                groups.iter().flat_map(|group| &group.entries).nth(active).cloned()
            });
            if let Some(entry) = chosen {
                self.choose(entry);
            }
        });
    }

    fn is_blank(self) -> bool {
        self.typed.with(|typed| typed.trim().is_empty())
    }
}

/// Asks the server for the words, or what the records opened lately are called now.
async fn ask(
    session: Session,
    client: Client,
    named: Vec<RecordName>,
    words: String,
) -> Result<Known, api::ApiError> {
    let in_firm = session.tenant_now().is_some();
    let found = if !in_firm || (words.is_empty() && named.is_empty()) {
        Found::default()
    } else if words.is_empty() {
        api::search::records(client, &named).await?
    } else {
        TimeoutFuture::new(PAUSE).await;
        api::search::words(client, &words).await?
    };
    Ok(Known { words, found })
}

/// What was found, as far as it belongs to what is typed; tracked.
fn records(known: Query<Known>, words: &str, named: StoredValue<Vec<RecordName>>) -> Vec<Group> {
    let Some(known) = known.data() else { return Vec::new() };
    // While one types on, what was found before stands; not the recent ones.
    if known.words.is_empty() != words.is_empty() {
        return Vec::new();
    }
    if !words.is_empty() {
        return known.found.groups.iter().filter_map(|it| entry::found(it, words)).collect();
    }
    let entries: Vec<Entry> =
        named.with_value(|named| named.iter().filter_map(|it| opened(&known.found, *it)).collect());
    group(p::RECENT.get(locale()), entries).into_iter().collect()
}

/// A record that was opened, by what it is called now.
fn opened(found: &Found, name: RecordName) -> Option<Entry> {
    let of_kind = found.groups.iter().find(|group| group.kind == name.kind)?;
    let item = of_kind.items.iter().find(|item| item.id == name.id)?.clone();
    let alone = FoundGroup { kind: name.kind, items: vec![item], has_more: false };
    entry::found(&alone, "")?.entries.pop()
}

/// What can be done that the words mean; all of it without words.
fn actions(session: Session, typed: &str) -> Vec<Group> {
    let (create, pages) = (entry::creations(session), entry::pages(session));
    let words = fold::words(typed);
    if words.is_empty() {
        let groups = [(p::CREATE, create), (p::PAGES, pages)];
        return groups.into_iter().filter_map(|(it, all)| group(it.get(locale()), all)).collect();
    }
    let mut all = [create, pages, entry::own_pages()].concat();
    all.retain(|entry| fold::fits(&entry.label, &words));
    all.truncate(ACTIONS);
    group(p::ACTIONS.get(locale()), all).into_iter().collect()
}

fn group(heading: &'static str, entries: Vec<Entry>) -> Option<Group> {
    (!entries.is_empty()).then_some(Group { heading, entries })
}

/// Goes where the entry leads, after asking for unsaved work.
fn choose(on_close: Callback<()>) -> Callback<Entry> {
    let (unsaved, navigate) = (use_unsaved(), use_navigate());
    Callback::new(move |entry: Entry| {
        on_close.run(());
        // The palette is gone when the question is answered, so nothing of it may be needed.
        if !unsaved.asks_before(&entry.path) {
            navigate(&entry.path, NavigateOptions::default());
        }
    })
}
