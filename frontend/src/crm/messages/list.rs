//! The threads that the person sees.

use super::super::listing::first;
use super::inbox::use_inbox;
use crate::api::{self, QueryString, use_client};
use crate::format;
use crate::routes::Route;
use crate::state::clock::now;
use crate::state::{locale, t, use_list_query, use_session};
use crate::ui::loaded::unready;
use crate::ui::{
    Avatar, AvatarSize, Button, ButtonKind, ButtonLink, ButtonSize, Checkbox, Icon, SearchInput,
    SkeletonKind,
};
use ebenezer_shared::crm::thread::Thread;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::messages as m;
use leptos::prelude::*;
use leptos_router::components::A;

/// So many are shown at first.
const SHOWN: u64 = 30;

/// Search, a filter and the threads, the latest message first.
#[component]
pub fn ThreadList() -> impl IntoView {
    let (client, inbox) = (use_client(), use_inbox());
    let (word, unread) = (RwSignal::new(String::new()), RwSignal::new(false));
    let shown = RwSignal::new(SHOWN);
    let threads = use_list_query(
        move || {
            let query = QueryString::new().with_text("search", &word.get());
            let query = query.with_option("unread", unread.get().then_some(true));
            (inbox.turn(), query, shown.get())
        },
        move |(_, query, count)| async move {
            let read = async |query: String| api::threads::list(client, &query).await;
            let mut page = first(query, count, read).await?;
            page.items.dedup_by_key(|thread| thread.id);
            Ok(page)
        },
    );
    let missing = Memo::new(move |_| threads.data().is_none().then(|| threads.error()));
    let retry = Callback::new(move |()| threads.reload());
    let rows = move || threads.data().map(|page| page.items).unwrap_or_default();
    let is_empty = move || threads.data().is_some_and(|page| page.items.is_empty());
    let none = move || {
        let is_filtered = unread.get() || !word.with(String::is_empty);
        (if is_filtered { m::NONE_FOUND } else { m::NONE_YET }).get(locale())
    };
    let more = move || threads.data().is_some_and(|page| page.total > shown.get());
    view! {
        <Head/>
        <div class="threads-filter">
            <SearchInput value=word label=t(m::SEARCH) placeholder=t(m::SEARCH)/>
            <Checkbox checked=unread label=t(m::UNREAD_ONLY)/>
        </div>
        {move || missing.get().map(|error| unready(error, SkeletonKind::Lines, retry))}
        <Show when=is_empty>
            <p class="quiet threads-none">{none}</p>
        </Show>
        <ul class="threads" data-testid="threads">
            <For
                each=rows
                key=|it| (it.id, it.version, it.message_count, it.unread)
                let:thread
            >
                <li><ThreadLine thread/></li>
            </For>
        </ul>
        <Show when=more>
            <Button size=ButtonSize::Small on_click=move || shown.update(|it| *it *= 2)>
                {t(m::MORE)}
            </Button>
        </Show>
    }
}

#[component]
fn Head() -> impl IntoView {
    let session = use_session();
    view! {
        <header class="messages-head">
            <h1 class="page-title" tabindex="-1">{t(m::TITLE)}</h1>
            <Show when=move || session.allows(Module::Messages, Action::Add)>
                <ButtonLink
                    kind=ButtonKind::Primary
                    size=ButtonSize::Small
                    icon=Icon::Plus
                    href=Route::NewThread.path()
                    attr:data-testid="new-thread"
                >
                    {t(m::NEW)}
                </ButtonLink>
            </Show>
        </header>
    }
}

/// Who is meant by a thread: of one with a client the client, else the last who wrote.
fn face(thread: &Thread) -> String {
    let client = thread.client.as_ref().map(|client| client.name.clone());
    let last = thread.last_message.as_ref().and_then(|last| last.author.clone());
    client.or(last.map(|author| author.full_name)).unwrap_or_default()
}

#[component]
fn ThreadLine(thread: Thread) -> impl IntoView {
    let name = face(&thread);
    let Thread { id, subject, client, unread, last_message, is_closed, .. } = thread;
    let last = last_message.map(|last| {
        let at = last.sent_at;
        let author = last
            .author
            .map(|author| author.full_name)
            .or(client.as_ref().map(|it| it.name.clone()));
        let author = author.and_then(|name| name.split(' ').next().map(str::to_owned));
        (at, author.unwrap_or_default(), last.excerpt)
    });
    let at = last.as_ref().map(|(at, ..)| *at);
    let said = last.map(|(_, author, excerpt)| {
        move || {
            let what =
                if excerpt.is_empty() { m::FILES_ALONE.get(locale()) } else { excerpt.as_str() };
            format!("{author}: {what}")
        }
    });
    view! {
        <A
            href=Route::Thread(id).path()
            attr:class="thread-line"
            attr:data-testid="thread"
            attr:data-unread=(unread > 0).then_some("true")
        >
            <Avatar name size=AvatarSize::Medium/>
            <span class="thread-line-text">
                <span class="thread-line-head">
                    <span class="thread-subject">{subject}</span>
                    {at.map(|at| view! {
                        <time class="thread-time" datetime=at.to_rfc3339()>
                            {move || format::relative(locale(), at, now())}
                        </time>
                    })}
                </span>
                <span class="thread-line-foot">
                    <span class="thread-excerpt">{said}</span>
                    {is_closed.then(|| view! { <span class="thread-closed">{t(m::CLOSED)}</span> })}
                    {(unread > 0).then(|| view! {
                        <span class="count">
                            <span aria-hidden="true">{unread}</span>
                            <span class="visually-hidden">{move || m::unread(locale(), u64::from(unread))}</span>
                        </span>
                    })}
                </span>
                {client.map(|client| view! { <span class="thread-client">{client.name}</span> })}
            </span>
        </A>
    }
}
