//! What was written with and about a client, on the client's page.

use super::super::clients::ClientId;
use super::super::listing::PAGE_SIZE;
use super::inbox::use_inbox;
use crate::api::{self, use_client};
use crate::format;
use crate::routes::Route;
use crate::state::clock::now;
use crate::state::{locale, t, use_list_query, use_session};
use crate::ui::{ButtonLink, ButtonSize, Card, Icon, Loaded};
use ebenezer_shared::crm::thread::Thread;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::messages as m;
use leptos::children::ViewFnOnce;
use leptos::prelude::*;

/// So many are shown.
const SHOWN: u64 = 5;

/// The latest threads, and the way to a new one. Nothing for who may not see messages.
#[component]
pub fn ThreadsCard(client: ClientId) -> impl IntoView {
    let session = use_session();
    let may_see = untrack(|| session.allows(Module::Messages, Action::View));
    may_see.then(|| view! { <Latest client/> })
}

#[component]
fn Latest(client: ClientId) -> impl IntoView {
    let (session, api, inbox) = (use_session(), use_client(), use_inbox());
    let threads = use_list_query(
        move || (inbox.turn(), client.query().with(PAGE_SIZE, SHOWN).on("")),
        move |(_, query): (u32, String)| async move { api::threads::list(api, &query).await },
    );
    let actions = ViewFnOnce::from(move || {
        view! {
            <Show when=move || session.allows(Module::Messages, Action::Add)>
                <ButtonLink
                    icon=Icon::Plus
                    size=ButtonSize::Small
                    href=client.query().on(&Route::NewThread.path())
                    attr:data-testid="add-thread"
                >
                    {t(m::NEW)}
                </ButtonLink>
            </Show>
        }
    });
    view! {
        <div data-testid="threads-card">
            <Card title=t(m::TITLE) actions>
                <Loaded query=threads view=lines/>
            </Card>
        </div>
    }
}

fn lines(page: Page<Thread>) -> AnyView {
    if page.items.is_empty() {
        return view! { <p class="quiet">{t(m::NONE_YET)}</p> }.into_any();
    }
    let line = |thread: Thread| {
        let at = thread.last_message.map_or(thread.created_at, |last| last.sent_at);
        view! {
            <li class="record-line">
                <a class="plain-link" href=Route::Thread(thread.id).path()>{thread.subject}</a>
                <time class="quiet" datetime=at.to_rfc3339()>
                    {move || format::relative(locale(), at, now())}
                </time>
                {(thread.unread > 0).then(|| view! { <span class="count">{thread.unread}</span> })}
            </li>
        }
    };
    view! { <ul class="record-lines">{page.items.into_iter().map(line).collect_view()}</ul> }
        .into_any()
}
