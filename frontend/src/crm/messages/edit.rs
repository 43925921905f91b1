//! Subject and people of a thread.

use super::change::change;
use super::inbox::use_inbox;
use super::people::{chosen, colleagues, ids};
use crate::api::{Tagged, use_client};
use crate::state::{FormErrors, Query, t};
use crate::ui::{
    Button, ButtonKind, ChipPicker, Dialog, Field, FieldGroup, Form, FormActions, FormProblem,
    TextInput,
};
use ebenezer_shared::crm::thread::{Thread, UpdateThread};
use ebenezer_shared::ids::UserId;
use ebenezer_shared::patch::Patch;
use ebenezer_shared::texts::{common, messages as m};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What somebody made of a thread.
struct Wish {
    subject: Option<String>,
    come: Vec<UserId>,
    gone: Vec<UserId>,
}

impl Wish {
    fn new(before: &Thread, subject: &str, people: &[UserId]) -> Self {
        let known = members(before);
        Self {
            subject: (subject != before.subject).then(|| subject.to_owned()),
            come: people.iter().copied().filter(|id| !known.contains(id)).collect(),
            gone: known.into_iter().filter(|id| !people.contains(id)).collect(),
        }
    }

    /// What it means for the thread as it is now.
    fn patch(&self, now: &Thread) -> UpdateThread {
        let mut people = members(now);
        people.retain(|id| !self.gone.contains(id));
        people.extend(self.come.iter().copied());
        people.sort_unstable();
        people.dedup();
        let are_same = self.come.is_empty() && self.gone.is_empty();
        UpdateThread {
            subject: self.subject.clone().map_or(Patch::Absent, Patch::Value),
            member_ids: (!are_same).then_some(people),
            is_closed: None,
        }
    }
}

fn members(thread: &Thread) -> Vec<UserId> {
    thread.members.iter().map(|person| person.id).collect()
}

/// A thread that is left by somebody.
pub fn without(thread: &Thread, person: Option<UserId>) -> UpdateThread {
    let others = members(thread).into_iter().filter(|id| Some(*id) != person).collect();
    UpdateThread { member_ids: Some(others), ..UpdateThread::default() }
}

#[component]
pub fn EditDialog(query: Query<Tagged<Thread>>, open: RwSignal<bool>) -> impl IntoView {
    let form = move || {
        let thread = query.data_now()?.value;
        Some(view! { <EditForm thread query open/> })
    };
    view! {
        <Dialog open title=t(m::EDIT) on_close=move || open.set(false)>
            {form()}
        </Dialog>
    }
}

#[component]
fn EditForm(thread: Thread, query: Query<Tagged<Thread>>, open: RwSignal<bool>) -> impl IntoView {
    let (client, inbox) = (use_client(), use_inbox());
    let (errors, pending) = (FormErrors::new(), RwSignal::new(false));
    let subject = RwSignal::new(thread.subject.clone());
    let people = RwSignal::new(thread.members.iter().map(chosen).collect::<Vec<_>>());
    let save = move || {
        let people = people.with_untracked(|all| ids(all));
        let wish = Wish::new(&thread, subject.get_untracked().trim(), &people);
        let patch = wish.patch(&thread);
        if patch == UpdateThread::default() {
            open.set(false);
            return;
        }
        if !errors.check(&patch) {
            return;
        }
        pending.set(true);
        let known = thread.clone();
        spawn_local(async move {
            let answer = change(client, known, |now| wish.patch(now)).await;
            pending.try_set(false);
            match answer {
                Ok(found) => {
                    open.try_set(false);
                    query.set(found);
                    inbox.touch();
                }
                Err(error) => errors.show(error),
            }
        });
    };
    view! {
        <Form errors pending on_submit=save>
            <FormProblem errors/>
            <Field label=t(m::SUBJECT) name="subject" error=errors.of("subject") required=true>
                <TextInput value=subject/>
            </Field>
            <FieldGroup legend=t(m::MEMBERS) error=errors.of("member_ids")>
                <ChipPicker value=people search=colleagues(client) label=t(m::MEMBERS) placeholder=t(m::ADD_PERSON)/>
            </FieldGroup>
            <FormActions>
                <Button on_click=move || open.set(false)>{t(common::CANCEL)}</Button>
                <Button kind=ButtonKind::Primary submit=true loading=pending attr:data-testid="save">
                    {t(common::SAVE)}
                </Button>
            </FormActions>
        </Form>
    }
}
