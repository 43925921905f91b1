//! What was written in a thread, as far as it was read.

use super::inbox::use_inbox;
use super::row::{Row, rows};
use crate::api::{self, ApiError, Client, QueryString, Tagged, use_client};
use crate::state::live::{in_sight, use_news};
use crate::state::{Query, locale_now, t, use_query, use_session, use_toasts};
use crate::ui::loaded::unready;
use crate::ui::{Button, ButtonSize, SkeletonKind};
use ebenezer_shared::crm::thread::{Message, Thread};
use ebenezer_shared::ids::ThreadId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::record::RecordType;
use ebenezer_shared::texts::messages as m;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// So many are read at a time.
const SHOWN: u64 = 40;
/// So near the end, in pixels, new messages are followed.
const NEAR: i32 = 120;

/// The messages of a thread that are known, the first one first.
#[derive(Clone, Copy)]
pub struct Chat {
    id: ThreadId,
    client: StoredValue<Client>,
    pub thread: Query<Tagged<Thread>>,
    /// The latest ones.
    page: Query<Page<Message>>,
    pub messages: RwSignal<Vec<Message>>,
    /// Where those before them go on.
    earlier: RwSignal<Option<String>>,
    fetching: RwSignal<bool>,
}

fn query(cursor: Option<String>) -> String {
    QueryString::new().with("page_size", SHOWN).with_option("cursor", cursor).on("")
}

impl Chat {
    /// Reads the latest, and again, with the thread, when somebody writes or changes it.
    pub fn open(id: ThreadId, thread: Query<Tagged<Thread>>) -> Self {
        let client = use_client();
        let page = use_query(
            move || id,
            move |id| async move { api::threads::messages(client, id, &query(None)).await },
        );
        let chat = Self {
            id,
            client: StoredValue::new(client),
            thread,
            page,
            messages: RwSignal::new(Vec::new()),
            earlier: RwSignal::new(None),
            fetching: RwSignal::new(false),
        };
        let reload = Callback::new(move |()| {
            page.reload();
            thread.reload();
        });
        let news = use_news(RecordType::Thread, Some(id.0), reload);
        Effect::new(move || {
            if news.get().is_some() {
                news.set(None);
                reload.run(());
            }
        });
        Effect::new(move || {
            if let Some(page) = page.data() {
                chat.take_latest(page);
            }
        });
        chat
    }

    /// The number of the last one; tracked.
    pub fn last(self) -> u32 {
        self.messages.with(|all| all.last().map_or(0, |it| it.number))
    }

    fn take_latest(self, page: Page<Message>) {
        let oldest = page.items.iter().map(|it| it.number).min().unwrap_or_default();
        let known = self.messages.with_untracked(|all| all.last().map_or(0, |it| it.number));
        if known == 0 || oldest > known + 1 {
            // Nothing was known, or too much was missed in between.
            self.earlier.set(page.next_cursor);
            self.messages.set(Vec::new());
        }
        self.add(page.items);
    }

    /// Adds those that are not known yet.
    pub fn add(self, some: Vec<Message>) {
        self.messages.try_update(|all| {
            for message in some {
                if let Err(place) = all.binary_search_by_key(&message.number, |it| it.number) {
                    all.insert(place, message);
                }
            }
        });
    }

    fn fetch_earlier(self, on_error: impl Fn(ApiError) + 'static) {
        let cursor = self.earlier.get_untracked();
        if cursor.is_none() || self.fetching.get_untracked() {
            return;
        }
        self.fetching.set(true);
        let (client, id) = (self.client.get_value(), self.id);
        spawn_local(async move {
            let answer = api::threads::messages(client, id, &query(cursor)).await;
            self.fetching.try_set(false);
            match answer {
                Ok(page) => {
                    self.earlier.try_set(page.next_cursor);
                    self.add(page.items);
                }
                Err(error) => on_error(error),
            }
        });
    }
}

/// Tells the server how far the person has read, as soon as the end is on the screen; answers with
/// which message the unread ones began.
fn follow_reading(chat: Chat, is_near: RwSignal<bool>) -> RwSignal<u32> {
    let (inbox, session, client) = (use_inbox(), use_session(), use_client());
    let (first_new, in_sight) = (RwSignal::new(0), in_sight());
    let was_opened = StoredValue::new(false);
    Effect::new(move |read: Option<u32>| {
        let read = read.unwrap_or_default();
        let last = chat.last();
        let Some(unread) = chat.thread.data().map(|it| it.value.unread) else { return read };
        if last <= read {
            return read;
        }
        let me = session.account_now().map(|account| account.user.id);
        let is_own = |it: &Message| me.is_some() && it.author.as_ref().map(|it| it.id) == me;
        if !was_opened.get_value() {
            was_opened.set_value(true);
            let nth = (unread as usize).checked_sub(1);
            let first = chat.messages.with_untracked(|all| {
                let mut others = all.iter().rev().filter(|it| !is_own(it));
                nth.and_then(|nth| others.nth(nth)).map(|it| it.number)
            });
            first_new.set(first.unwrap_or_default());
            if unread == 0 {
                return last;
            }
        }
        if !is_near.get() || !in_sight.get() {
            return read;
        }
        let is_mine = chat.messages.with_untracked(|all| all.last().is_some_and(is_own));
        if !is_mine {
            spawn_local(async move {
                if api::threads::read(client, chat.id, last).await.is_ok() {
                    inbox.touch();
                }
            });
        }
        last
    });
    first_new
}

/// The messages, the last one in sight.
#[component]
pub fn ChatView(chat: Chat) -> impl IntoView {
    let toasts = use_toasts();
    let node = NodeRef::<leptos::html::Div>::new();
    let is_near = RwSignal::new(true);
    let first_new = follow_reading(chat, is_near);
    let missing = Memo::new(move |_| chat.page.data().is_none().then(|| chat.page.error()));
    let retry = Callback::new(move |()| chat.page.reload());
    let all = Memo::new(move |_| chat.messages.with(|all| rows(all, first_new.get())));
    Effect::new(move || {
        let _ = chat.last();
        if is_near.get_untracked() {
            to_end(node);
        }
    });
    let on_scroll = move |_| {
        if let Some(node) = node.get_untracked() {
            let below = node.scroll_height() - node.scroll_top() - node.client_height();
            is_near.maybe_update(|near| std::mem::replace(near, below < NEAR) != (below < NEAR));
        }
    };
    let earlier = move || {
        is_near.set(false);
        chat.fetch_earlier(move |error| toasts.error(error.title(locale_now())));
    };
    view! {
        <div class="chat" role="log" tabindex="0" aria-label=t(m::TITLE) node_ref=node on:scroll=on_scroll>
            {move || missing.get().map(|error| unready(error, SkeletonKind::Lines, retry))}
            <Show when=move || chat.earlier.with(Option::is_some)>
                <div class="chat-earlier">
                    <Button size=ButtonSize::Small loading=chat.fetching on_click=earlier>
                        {t(m::EARLIER)}
                    </Button>
                </div>
            </Show>
            <For each=move || all.get() key=|row| row.key() let:row>
                <Row row/>
            </For>
        </div>
    }
}

fn to_end(node: NodeRef<leptos::html::Div>) {
    request_animation_frame(move || {
        if let Some(node) = node.get_untracked() {
            node.set_scroll_top(node.scroll_height());
        }
    });
}
