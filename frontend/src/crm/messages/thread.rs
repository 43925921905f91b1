//! One thread: who takes part, what was written, and a field for the next message.

use super::super::record::{Gone, RecordPage, Way};
use super::chat::{Chat, ChatView};
use super::composer::Composer;
use super::head::{Dialogs, ThreadDialogs, ThreadHead, shown};
use crate::api::{self, use_client};
use crate::routes::Route;
use crate::state::{locale, use_query, use_session, use_title};
use crate::ui::SkeletonKind;
use crate::ui::loaded::unready;
use ebenezer_shared::crm::thread::Thread;
use ebenezer_shared::ids::ThreadId;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::messages as m;
use leptos::prelude::*;

fn way_back() -> Way {
    Way { path: Route::Messages.path(), label: m::BACK }
}

/// `/messages/:id`
#[component]
pub fn ThreadPane() -> impl IntoView {
    let one = |id: ThreadId| view! { <OneThread id/> };
    view! { <RecordPage back=way_back() view=one/> }
}

#[component]
fn OneThread(id: ThreadId) -> impl IntoView {
    let (client, session) = (use_client(), use_session());
    let thread =
        use_query(move || id, move |id| async move { api::threads::get(client, id).await });
    let chat = Chat::open(id, thread);
    let dialogs = Dialogs::new();
    use_title(move || {
        let found = thread.data();
        found.map_or_else(|| m::TITLE.get(locale()).to_owned(), |found| found.value.subject)
    });
    let is_gone = move || thread.error().is_some_and(|error| error.status() == Some(404));
    // What could not be read anew stays as it was, with what is being written.
    let head = Memo::new(move |before: Option<&Option<Thread>>| {
        let found = thread.data().map(|found| shown(found.value));
        found.or_else(|| before.cloned().flatten().filter(|_| !is_gone()))
    });
    let is_known = Memo::new(move |_| head.with(Option::is_some));
    let missing = Memo::new(move |_| head.with(Option::is_none).then(|| thread.error()));
    let retry = Callback::new(move |()| thread.reload());
    let gone = move || {
        missing.get().map(|error| match error {
            Some(error) if error.status() == Some(404) => {
                view! { <Gone back=way_back()/> }.into_any()
            }
            error => unready(error, SkeletonKind::Lines, retry),
        })
    };
    view! {
        {gone}
        {move || head.get().map(|head| view! { <ThreadHead thread=head query=thread dialogs/> })}
        <ThreadDialogs id query=thread dialogs/>
        <Show when=move || is_known.get()>
            <ChatView chat/>
            <Show when=move || session.allows(Module::Messages, Action::Add)>
                <Composer id chat/>
            </Show>
        </Show>
    }
}
