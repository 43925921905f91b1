//! What a case needs, on its page.

use crate::api::{self, ApiError, Tagged, use_client};
use crate::state::{FormErrors, Query, Toasts, locale, locale_now, t, use_session, use_toasts};
use crate::ui::{
    Button, ButtonKind, ButtonSize, Card, Checkbox, Field, Form, Icon, IconButton, Model, TextInput,
};
use ebenezer_shared::crm::case::{Case, ChecklistItem, UpdateChecklistItem};
use ebenezer_shared::ids::CaseId;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::cases as c;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The list: what is done is checked at once; who may change nothing reads it.
#[component]
pub fn ChecklistCard(case: Case, query: Query<Tagged<Case>>) -> impl IntoView {
    let session = use_session();
    let may_change = untrack(|| session.allows(Module::Cases, Action::Change));
    let done = case.checklist.iter().filter(|item| item.is_done).count();
    let (id, all) = (case.id, case.checklist.len());
    let empty = case.checklist.is_empty();
    let items: Vec<_> =
        case.checklist.into_iter().map(|item| view! { <Item id item query may_change/> }).collect();
    view! {
        <div data-testid="checklist">
            <Card title=t(c::CHECKLIST)>
                {empty.then(|| view! { <p class="quiet">{t(c::CHECKLIST_EMPTY)}</p> })}
                {(!empty).then(|| view! {
                    <p class="checklist-progress">
                        <meter class="meter" min="0" max=all.to_string() value=done.to_string()
                            aria-label=t(c::CHECKLIST)></meter>
                        <span>{move || c::done_of(locale(), all as u64, done as u64)}</span>
                    </p>
                })}
                <ul class="checklist">{items}</ul>
                {may_change.then(|| view! { <AddItem id query/> })}
            </Card>
        </div>
    }
}

#[component]
fn Item(
    id: CaseId,
    item: ChecklistItem,
    query: Query<Tagged<Case>>,
    may_change: bool,
) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let ChecklistItem { id: item, label, is_done, .. } = item;
    let done = RwSignal::new(is_done);
    let checked = Model::new(done, move |on: bool| {
        done.set(on);
        spawn_local(async move {
            let body = UpdateChecklistItem { is_done: Some(on), ..UpdateChecklistItem::default() };
            let answer = api::cases::change_item(client, id, item, &body).await;
            if answer.is_err() {
                done.try_set(!on);
            }
            shown(answer, query, toasts);
        });
    });
    let remove = move || {
        spawn_local(async move {
            if let Err(error) = api::cases::remove_item(client, id, item).await {
                toasts.error(error.title(locale_now()));
            }
            query.reload();
        });
    };
    let said = label.clone();
    view! {
        <li class="checklist-item" data-testid="checklist-item" data-done=move || done.get().then_some("true")>
            <Checkbox checked label disabled=Signal::stored(!may_change)/>
            {may_change.then(|| view! {
                <IconButton
                    icon=Icon::Close
                    size=ButtonSize::Small
                    label=move || c::remove_item(locale(), &said)
                    on_click=remove
                />
            })}
        </li>
    }
}

#[component]
fn AddItem(id: CaseId, query: Query<Tagged<Case>>) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let (label, pending) = (RwSignal::new(String::new()), RwSignal::new(false));
    let errors = FormErrors::new();
    let value = Model::new(label, move |text| {
        errors.clear_field("label");
        label.set(text);
    });
    let add = move || {
        let text = label.get_untracked().trim().to_owned();
        if text.is_empty() || pending.get_untracked() {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let answer = api::cases::add_item(client, id, text).await;
            pending.try_set(false);
            match answer {
                Err(error) if error.status() == Some(422) => {
                    errors.show(error);
                }
                answer => {
                    if answer.is_ok() {
                        label.try_set(String::new());
                    }
                    shown(answer, query, toasts);
                }
            }
        });
    };
    view! {
        <Form errors pending on_submit=add>
            <div class="add-line">
                <Field label=t(c::ADD_ITEM) name="label" error=errors.of("label")>
                    <TextInput value/>
                </Field>
                <Button kind=ButtonKind::Secondary submit=true loading=pending attr:data-testid="add-item">
                    {t(c::ADD)}
                </Button>
            </div>
        </Form>
    }
}

/// The case as the server has it now.
fn shown(answer: Result<Tagged<Case>, ApiError>, query: Query<Tagged<Case>>, toasts: Toasts) {
    match answer {
        Ok(case) => query.set(case),
        Err(error) => {
            toasts.error(error.title(locale_now()));
            query.reload();
        }
    }
}
