//! What is unread, wherever the person is.

use crate::api::{self, use_client};
use crate::state::live::use_news;
use crate::state::{Query, locale, use_list_query, use_session};
use ebenezer_shared::crm::thread::MessageCounts;
use ebenezer_shared::ids::ThreadId;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::record::RecordType;
use ebenezer_shared::texts::messages as m;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Counts and drafts of the person, shared by context.
#[derive(Clone, Copy)]
pub struct Inbox {
    counts: Query<MessageCounts>,
    turn: RwSignal<u32>,
    drafts: StoredValue<BTreeMap<ThreadId, String>>,
}

/// Follows what is written as long as the person is here. Call once, in the frame.
pub fn provide_inbox() {
    let (client, session) = (use_client(), use_session());
    let turn = RwSignal::new(0);
    let counts = use_list_query(
        move || (session.allows(Module::Messages, Action::View), turn.get()),
        move |(may, _)| async move {
            if may { api::threads::counts(client).await } else { Ok(MessageCounts::default()) }
        },
    );
    let inbox = Inbox { counts, turn, drafts: StoredValue::new(BTreeMap::new()) };
    let news = use_news(RecordType::Thread, None, Callback::new(move |()| inbox.touch()));
    Effect::new(move || {
        if news.get().is_some() {
            news.set(None);
            inbox.touch();
        }
    });
    provide_context(inbox);
}

/// The one that the frame provided.
pub fn use_inbox() -> Inbox {
    expect_context()
}

impl Inbox {
    /// Something was written or read: counts and lists are read anew.
    pub fn touch(self) {
        self.turn.try_update(|turn| *turn = turn.wrapping_add(1));
    }

    /// Changes with each touch; tracked.
    pub fn turn(self) -> u32 {
        self.turn.get()
    }

    /// What was being written there.
    pub fn draft(self, thread: ThreadId) -> String {
        self.drafts.with_value(|drafts| drafts.get(&thread).cloned()).unwrap_or_default()
    }

    /// Keeps what is being written there.
    pub fn keep(self, thread: ThreadId, text: String) {
        self.drafts.update_value(|drafts| {
            if text.is_empty() {
                drafts.remove(&thread)
            } else {
                drafts.insert(thread, text)
            };
        });
    }
}

/// How many messages are unread, behind the link; nothing when none are.
#[component]
pub fn UnreadMark() -> impl IntoView {
    let inbox = use_inbox();
    let unread = Memo::new(move |_| inbox.counts.data().map_or(0, |counts| counts.unread));
    view! {
        <Show when=move || { unread.get() > 0 }>
            <span class="count" data-testid="unread">
                <span aria-hidden="true">{move || unread.get().min(99)}</span>
                <span class="visually-hidden">{move || m::unread(locale(), unread.get())}</span>
            </span>
        </Show>
    }
}
