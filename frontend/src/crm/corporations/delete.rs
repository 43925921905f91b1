//! Deleting a corporation. Whoever has it as primary gets another one first.

use super::super::corporation_search::corporations;
use super::row::Chosen;
use crate::api::{self, ApiError, Client, use_client};
use crate::routes::Route;
use crate::state::{FormErrors, locale, locale_now, t, use_toasts};
use crate::ui::{
    Avatar, AvatarSize, Button, ButtonKind, Choice, Confirm, Dialog, Field, Form, SearchSelect,
};
use ebenezer_shared::crm::contact::ContactRef;
use ebenezer_shared::crm::corporation::CorporationContact;
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::pagination::MAX_PAGE_SIZE;
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::texts;
use ebenezer_shared::texts::corporations as c;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is asked before a corporation goes.
#[derive(Clone, PartialEq)]
enum Question {
    /// Whether it shall.
    Whether,
    /// Which one comes in its place for those whose primary it is.
    Instead { people: Vec<ContactRef>, more: bool },
}

/// What the dialogs share.
#[derive(Clone, Copy)]
struct Deleting {
    chosen: RwSignal<Option<Chosen>>,
    /// None until it is known whose primary it is.
    question: RwSignal<Option<Question>>,
    next: RwSignal<Option<Choice>>,
    errors: FormErrors,
    pending: RwSignal<bool>,
}

impl Deleting {
    fn close(self) {
        self.chosen.try_set(None);
        self.question.try_set(None);
        self.next.try_set(None);
        self.errors.clear();
    }

    /// Finds out what to ask about the chosen one.
    fn ask(self, client: Client) {
        Effect::new(move || {
            let Some((id, _)) = self.chosen.get() else { return };
            self.question.set(None);
            spawn_local(async move {
                // Should the server not say, it still refuses what it must.
                let question = question(client, id).await.unwrap_or(Question::Whether);
                let still = |chosen: &Option<Chosen>| chosen.as_ref().is_some_and(|it| it.0 == id);
                if self.chosen.try_with_untracked(still) == Some(true) {
                    self.question.try_set(Some(question));
                }
            });
        });
    }
}

async fn question(client: Client, id: CorporationId) -> Result<Question, ApiError> {
    let count = api::corporations::get(client, id).await?.value.primary_contact_count;
    if count == 0 {
        return Ok(Question::Whether);
    }
    // A role that does not see people still chooses what comes instead.
    let listed = api::corporations::contacts(client, id, false, 1, MAX_PAGE_SIZE).await;
    let listed = listed.map(|page| page.items).unwrap_or_default();
    let people: Vec<_> = listed.into_iter().filter(|it| it.is_primary).map(named).collect();
    let more = (people.len() as u64) < count;
    Ok(Question::Instead { people, more })
}

fn named(person: CorporationContact) -> ContactRef {
    let CorporationContact { id, first_name, last_name, .. } = person;
    ContactRef { id, first_name, last_name }
}

/// A refusal names at most as many.
const NAMED: usize = 50;

/// Asks whether `chosen` shall be deleted, and does it.
#[component]
pub fn DeleteCorporation(
    /// Which; none while nothing is asked.
    chosen: RwSignal<Option<Chosen>>,
    /// The version that was read, on its own page.
    #[prop(optional, into)]
    etag: Option<String>,
    /// It is gone.
    #[prop(into)]
    on_done: Callback<()>,
    /// It is still there.
    #[prop(optional, into)]
    on_failed: Option<Callback<ApiError>>,
) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let deleting = Deleting {
        chosen,
        question: RwSignal::new(None),
        next: RwSignal::new(None),
        errors: FormErrors::new(),
        pending: RwSignal::new(false),
    };
    deleting.ask(client);
    let run = Callback::new(move |next: Option<CorporationId>| {
        let Some((id, name)) = chosen.get_untracked() else { return };
        if deleting.pending.get_untracked() {
            return;
        }
        deleting.pending.set(true);
        let etag = etag.clone();
        spawn_local(async move {
            let answer = api::corporations::delete(client, id, etag.as_deref(), next).await;
            deleting.pending.try_set(false);
            match answer {
                Err(error) if error.is(ProblemCode::CorporationIsPrimary) => {
                    let people = error.problem().map(|problem| problem.contacts.clone());
                    let people = people.unwrap_or_default();
                    let more = people.len() >= NAMED;
                    deleting.question.try_set(Some(Question::Instead { people, more }));
                }
                Err(error) if next.is_some() && !error.field_errors().is_empty() => {
                    deleting.errors.show(error);
                }
                // Gone is gone, whoever deleted it.
                Err(error) if error.status() != Some(404) => {
                    deleting.close();
                    toasts.error(error.title(locale_now()));
                    on_failed.map(|on_failed| on_failed.try_run(error));
                }
                _ => {
                    deleting.close();
                    toasts.success(move || c::deleted(locale(), &name));
                    on_done.try_run(());
                }
            }
        });
    });
    let name = move || chosen.with(|chosen| chosen.as_ref().map(|(_, name)| name.clone()));
    let asked = Signal::derive(move || {
        deleting.question.with(|question| *question == Some(Question::Whether))
    });
    view! {
        <Confirm
            open=asked
            title=move || c::delete_title(locale(), name().unwrap_or_default())
            detail=t(c::DELETE_DETAIL)
            confirm_label=t(texts::common::DELETE)
            danger=true
            pending=deleting.pending
            on_confirm=move || run.run(None)
            on_cancel=move || deleting.close()
            attr:data-testid="confirm-delete"
        />
        <Reassign deleting run/>
    }
}

/// Lists whose primary it is and asks for the next one.
#[component]
fn Reassign(deleting: Deleting, run: Callback<Option<CorporationId>>) -> impl IntoView {
    let submit = move || {
        deleting.errors.clear();
        let next = deleting.next.with_untracked(|next| next.as_ref()?.value.parse().ok());
        match next {
            Some(next) => run.run(Some(next)),
            None => deleting.errors.mark("reassign_primary_to", "required"),
        }
    };
    let footer = move || {
        view! {
            <Button on_click=move || deleting.close()>{t(texts::common::CANCEL)}</Button>
            <Button
                kind=ButtonKind::Danger
                loading=deleting.pending
                on_click=submit
                attr:data-testid="reassign-delete"
            >
                {t(c::REASSIGN_AND_DELETE)}
            </Button>
        }
    };
    let open = Signal::derive(move || {
        deleting.question.with(|question| matches!(question, Some(Question::Instead { .. })))
    });
    let name = move || deleting.chosen.with(|chosen| chosen.as_ref().map(|(_, name)| name.clone()));
    let title = move || c::delete_title(locale(), name().unwrap_or_default());
    view! {
        <Dialog
            open
            on_close=move || deleting.close()
            title=title
            footer
            attr:data-testid="reassign-dialog"
        >
            <Form errors=deleting.errors pending=deleting.pending on_submit=submit>
                <p>{t(c::REASSIGN_DETAIL)}</p>
                <People question=deleting.question/>
                <NextPrimary deleting/>
            </Form>
        </Dialog>
    }
}

#[component]
fn NextPrimary(deleting: Deleting) -> impl IntoView {
    let search = corporations(use_client());
    let own = Signal::derive(move || {
        deleting.chosen.with(|chosen| chosen.iter().map(|(id, _)| id.to_string()).collect())
    });
    view! {
        <Field
            label=t(c::NEXT_PRIMARY)
            name="reassign_primary_to"
            error=deleting.errors.of("reassign_primary_to")
            required=true
        >
            <SearchSelect
                value=deleting.next
                search
                hidden=own
                placeholder=t(texts::contacts::SELECT_CORPORATION)
            />
        </Field>
    }
}

#[component]
fn People(question: RwSignal<Option<Question>>) -> impl IntoView {
    let people = move || match question.get() {
        Some(Question::Instead { people, .. }) => people,
        _ => Vec::new(),
    };
    let more = move || {
        question.with(|question| matches!(question, Some(Question::Instead { more: true, .. })))
    };
    view! {
        <ul class="matches matches-short">
            <For each=people key=|person| person.id let:person>
                {
                    let name = format!("{} {}", person.first_name, person.last_name);
                    let href = Route::Contact(person.id).path();
                    view! {
                        <li class="match" data-testid="primary-of">
                            <Avatar name=name.clone() size=AvatarSize::Small/>
                            <a href=href target="_blank" rel="noopener">{name}</a>
                        </li>
                    }
                }
            </For>
        </ul>
        <Show when=more>
            <p class="quiet">{t(c::AND_MORE)}</p>
        </Show>
    }
}
