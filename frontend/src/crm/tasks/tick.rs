//! Saying that a task is done, where it stands.

use super::words::due;
use crate::api::{self, use_client};
use crate::state::clock::now;
use crate::state::{Query, locale, locale_now, use_session, use_toasts};
use crate::ui::{Checkbox, Model};
use ebenezer_shared::crm::task::{Task, TaskStatus};
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::tasks as k;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A box that is checked when the task is done. The row stays where it is until the list is
/// read again, so that a slip is taken back at once.
#[component]
pub fn Tick(task: Task, page: Query<Page<Task>>) -> impl IntoView {
    let (client, toasts, session) = (use_client(), use_toasts(), use_session());
    let may_change = untrack(|| session.allows(Module::Tasks, Action::Change));
    let Task { id, title, status, .. } = task;
    let done = RwSignal::new(status == TaskStatus::Done);
    let busy = RwSignal::new(false);
    let checked = Model::new(done, move |on: bool| {
        done.set(on);
        busy.set(true);
        spawn_local(async move {
            let next = if on { TaskStatus::Done } else { TaskStatus::Open };
            let answer = api::tasks::advance(client, id, next).await;
            busy.try_set(false);
            match answer {
                Ok(changed) => {
                    let following = match changed.value.next_id {
                        Some(id) if on => api::tasks::get(client, id).await.ok(),
                        _ => None,
                    };
                    let at = following.and_then(|next| next.value.due_at);
                    let now = untrack(now);
                    toasts.success(move || match (on, at) {
                        (true, Some(at)) => k::done_next(locale(), due(locale(), at, now)),
                        (true, None) => k::DONE.get(locale()).to_owned(),
                        (false, _) => k::REOPENED.get(locale()).to_owned(),
                    });
                    page.reload();
                }
                Err(error) => {
                    done.try_set(!on);
                    toasts.error(error.title(locale_now()));
                    page.reload();
                }
            }
        });
    });
    let label = move || {
        let say = if done.get() { k::mark_open } else { k::mark_done };
        say(locale(), &title)
    };
    view! {
        <Checkbox
            checked
            label
            label_hidden=true
            disabled=Signal::derive(move || busy.get() || !may_change)
        />
    }
}
