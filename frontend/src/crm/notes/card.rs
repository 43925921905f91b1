//! The notes on a client or a case, on its page.

use super::super::about::About;
use super::book::Notebook;
use super::form::NoteForm;
use super::list::{Look, NoteList};
use crate::state::{t, use_session};
use crate::ui::Card;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::notes as n;
use leptos::prelude::*;

/// So many are shown at first.
const SHOWN: u64 = 5;

/// A field for the next one, and those that there are. Nothing for who may not see notes.
#[component]
pub fn NotesCard(about: About) -> impl IntoView {
    let session = use_session();
    let may_see = untrack(|| session.allows(Module::Notes, Action::View));
    may_see.then(|| view! { <Notes about/> })
}

#[component]
fn Notes(about: About) -> impl IntoView {
    let book = Notebook::open(Some(about), SHOWN, move || about.query());
    // Notes on the cases of a client say on which they are.
    let look = if about.client().is_some() { Look::LineWithCase } else { Look::Line };
    view! {
        <div data-testid="notes-card">
            <Card title=t(n::TEAM)>
                <Show when=move || book.may_add()>
                    <NoteForm book/>
                </Show>
                <NoteList book look none=n::NONE_YET/>
            </Card>
        </div>
    }
}
