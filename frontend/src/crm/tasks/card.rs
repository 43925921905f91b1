//! What is to be done about a client or a case, on its page.

use super::super::about::About;
use super::tick::Tick;
use super::words::Due;
use crate::api::{self, use_client};
use crate::routes::Route;
use crate::state::{Query, locale, t, use_list_query, use_session};
use crate::ui::{ButtonLink, ButtonSize, Card, Icon, Loaded};
use ebenezer_shared::crm::task::Task;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::tasks as k;
use leptos::children::ViewFnOnce;
use leptos::prelude::*;

/// So many of the next are shown.
const SHOWN: u64 = 5;

/// The next ones, and the way to all and to a new one. Nothing for who may not see tasks.
#[component]
pub fn TasksCard(about: About) -> impl IntoView {
    let session = use_session();
    let may_see = untrack(|| session.allows(Module::Tasks, Action::View));
    may_see.then(|| view! { <Next about/> })
}

#[component]
fn Next(about: About) -> impl IntoView {
    let (session, client) = (use_session(), use_client());
    let tasks = use_list_query(
        move || about.pending_tasks(SHOWN),
        move |query: String| async move { api::tasks::list(client, &query).await },
    );
    let actions = ViewFnOnce::from(move || {
        view! {
            <Show when=move || session.allows(Module::Tasks, Action::Add)>
                <ButtonLink
                    icon=Icon::Plus
                    size=ButtonSize::Small
                    href=about.new_task()
                    attr:data-testid="add-task"
                >
                    {t(k::NEW)}
                </ButtonLink>
            </Show>
        }
    });
    let rows = move |page: Page<Task>| view! { <Lines about page tasks/> };
    view! {
        <div data-testid="tasks-card">
            <Card title=t(k::TITLE) actions>
                <Loaded query=tasks view=rows/>
            </Card>
        </div>
    }
}

#[component]
fn Lines(about: About, page: Page<Task>, tasks: Query<Page<Task>>) -> impl IntoView {
    if page.items.is_empty() {
        return view! { <p class="quiet">{t(k::NONE_YET)}</p> }.into_any();
    }
    let (total, more) = (page.total, page.total > page.items.len() as u64);
    let line = |task: Task| {
        let (href, title) = (Route::Task(task.id).path(), task.title.clone());
        view! {
            <li class="record-line">
                <Tick task=task.clone() page=tasks/>
                <a class="plain-link" href=href>{title}</a>
                <Due at=task.due_at pending=task.status.is_pending()/>
                {task.assignee.map(|it| view! { <span class="quiet">{it.full_name}</span> })}
            </li>
        }
    };
    view! {
        <ul class="record-lines">{page.items.into_iter().map(line).collect::<Vec<_>>()}</ul>
        {more.then(|| view! {
            <a class="plain-link" href=about.tasks()>{move || k::see_all(locale(), total)}</a>
        })}
    }
    .into_any()
}
