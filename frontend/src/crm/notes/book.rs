//! The notes that a place shows.

use super::super::about::About;
use super::super::listing::first;
use crate::api::{self, ApiError, Client, QueryString, use_client};
use crate::state::live::use_news;
use crate::state::{Query, Session, Toasts, locale_now, use_list_query, use_session, use_toasts};
use ebenezer_shared::crm::note::{Note, UpdateNote};
use ebenezer_shared::ids::NoteId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::record::RecordType;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What a place shows, and what is being done to it.
#[derive(Clone, Copy)]
pub struct Notebook {
    pub page: Query<Page<Note>>,
    /// What new ones are about; sticky ones about nothing.
    pub about: Option<About>,
    /// The one that is being written anew.
    pub editing: RwSignal<Option<NoteId>>,
    /// The one that is to be deleted, if the person means it.
    pub asking: RwSignal<Option<Note>>,
    shown: RwSignal<u64>,
    session: StoredValue<Session>,
    toasts: Toasts,
    client: StoredValue<Client>,
}

impl Notebook {
    /// Reads the first `count` of what `query` asks for, and reads them anew when somebody
    /// changes a note.
    pub fn open(
        about: Option<About>,
        count: u64,
        query: impl Fn() -> QueryString + 'static,
    ) -> Self {
        let (client, shown) = (use_client(), RwSignal::new(count));
        let page = use_list_query(
            move || (query(), shown.get()),
            move |(query, count)| async move {
                let read = async |query: String| api::notes::list(client, &query).await;
                let mut page = first(query, count, read).await?;
                page.items.dedup_by_key(|note| note.id);
                Ok(page)
            },
        );
        let news = use_news(RecordType::Note, None, Callback::new(move |()| page.reload()));
        Effect::new(move || {
            if news.get().is_some() {
                news.set(None);
                page.reload();
            }
        });
        Self {
            page,
            about,
            editing: RwSignal::new(None),
            asking: RwSignal::new(None),
            shown,
            session: StoredValue::new(use_session()),
            toasts: use_toasts(),
            client: StoredValue::new(client),
        }
    }

    /// Whether the person may write notes; tracked.
    pub fn may_add(self) -> bool {
        self.session.get_value().allows(Module::Notes, Action::Add)
    }

    /// Whether the person may do that to the note: with their own whatever they may write.
    pub fn may(self, note: &Note, action: Action) -> bool {
        let me = self.session.get_value().account_now().map(|account| account.user.id);
        let is_own = me.is_some() && note.author.as_ref().map(|author| author.id) == me;
        untrack(|| {
            self.may_add() && (is_own || self.session.get_value().allows(Module::Notes, action))
        })
    }

    /// Whether there are more than are shown; tracked.
    pub fn has_more(self) -> bool {
        let page = self.page.data();
        page.is_some_and(|page| page.total > self.shown.get())
    }

    /// Shows more of them.
    pub fn show_more(self) {
        self.shown.update(|shown| *shown *= 4);
    }

    /// Lets it stand above the others, or no longer.
    pub fn pin(self, note: &Note) {
        let patch = UpdateNote { pinned: Some(!note.pinned), ..UpdateNote::default() };
        let id = note.id;
        let client = self.client();
        spawn_local(async move {
            let answer = api::notes::update(client, id, None, &patch).await;
            self.settle(answer.err());
        });
    }

    pub fn client(self) -> Client {
        self.client.get_value()
    }

    /// Shows how it is now, and what went wrong.
    fn settle(self, error: Option<ApiError>) {
        if let Some(error) = error {
            self.toasts.error(error.title(locale_now()));
        }
        self.page.reload();
    }
}
