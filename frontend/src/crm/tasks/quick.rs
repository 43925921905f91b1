//! A line to write a task down without leaving the list.

use super::draft::TaskDraft;
use crate::api::{self, use_client};
use crate::state::{FormErrors, Query, t, use_session, use_toasts};
use crate::ui::{Button, ButtonKind, Choice, Field, Form, FormProblem, Model, TextInput};
use ebenezer_shared::crm::task::Task;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::tasks as k;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The line; what is written is the writer's own to do. Nothing for who may add none.
#[component]
pub fn QuickTask(page: Query<Page<Task>>) -> impl IntoView {
    let session = use_session();
    view! {
        <Show when=move || session.allows(Module::Tasks, Action::Add)>
            <Line page/>
        </Show>
    }
}

#[component]
fn Line(page: Query<Page<Task>>) -> impl IntoView {
    let (client, toasts, session) = (use_client(), use_toasts(), use_session());
    let (title, pending) = (RwSignal::new(String::new()), RwSignal::new(false));
    let errors = FormErrors::new();
    let value = Model::new(title, move |text| {
        errors.clear_field("title");
        title.set(text);
    });
    let add = move || {
        let text = title.get_untracked().trim().to_owned();
        if text.is_empty() || pending.get_untracked() {
            return;
        }
        let me = untrack(|| session.account()).map(|account| account.user);
        let assignee = me.map(|me| Choice::new(me.id.to_string(), me.full_name));
        let body = TaskDraft { title: text, assignee, ..TaskDraft::default() }.to_create();
        if !errors.check(&body) {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let answer = api::tasks::create(client, &body).await;
            pending.try_set(false);
            match answer {
                Ok(_) => {
                    title.try_set(String::new());
                    toasts.success(t(k::CREATED));
                    page.reload();
                }
                Err(error) => errors.show(error),
            }
        });
    };
    view! {
        <div class="quick" data-testid="quick-task">
            <Form errors pending on_submit=add>
                <FormProblem errors/>
                <div class="add-line">
                    <Field label=t(k::QUICK) name="title" error=errors.of("title")>
                        <TextInput value placeholder=t(k::QUICK_HELP)/>
                    </Field>
                    <Button kind=ButtonKind::Secondary submit=true loading=pending>
                        {t(k::ADD)}
                    </Button>
                </div>
            </Form>
        </div>
    }
}
