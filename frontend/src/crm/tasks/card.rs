//! What is to be done about a client or a case, on its page.

use super::super::about::About;
use super::super::record_card::{CardTexts, RecordCard, SHOWN, may_see};
use super::tick::Tick;
use super::words::Due;
use crate::api::{self, use_client};
use crate::routes::Route;
use crate::state::use_list_query;
use ebenezer_shared::crm::task::Task;
use ebenezer_shared::permission::Module;
use ebenezer_shared::texts::tasks as k;
use leptos::prelude::*;

/// The next ones, and the way to all and to a new one. Nothing for who may not see tasks.
#[component]
pub fn TasksCard(about: About) -> impl IntoView {
    may_see(Module::Tasks).then(|| view! { <Next about/> })
}

#[component]
fn Next(about: About) -> impl IntoView {
    let client = use_client();
    let page = use_list_query(
        move || about.pending_tasks(SHOWN),
        move |query: String| async move { api::tasks::list(client, &query).await },
    );
    let texts = CardTexts {
        title: k::TITLE,
        new: k::NEW,
        none: k::NONE_YET,
        see_all: k::see_all,
        module: Module::Tasks,
        names: ("tasks-card", "add-task"),
        list: about.tasks(),
        form: about.new_task(),
    };
    let line = Callback::new(move |task: Task| {
        let (href, title) = (Route::Task(task.id).path(), task.title.clone());
        view! {
            <Tick task=task.clone() page/>
            <a class="plain-link" href=href>{title}</a>
            <Due at=task.due_at pending=task.status.is_pending()/>
            {task.assignee.map(|it| view! { <span class="quiet">{it.full_name}</span> })}
        }
        .into_any()
    });
    view! { <RecordCard texts page line/> }
}
