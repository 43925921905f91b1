//! Writing a note, new or anew.

use super::super::about::About;
use super::super::clients::ClientId;
use super::super::color_choice::ColorChoice;
use super::super::typed::text_change;
use super::book::Notebook;
use crate::api;
use crate::state::{FormErrors, t};
use crate::ui::{Button, ButtonKind, ButtonSize, Field, Form, FormProblem, Model, TextArea};
use ebenezer_shared::crm::note::{CreateNote, Note, NoteColor, UpdateNote};
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::texts::{common, notes as n};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is being written.
#[derive(Clone, Copy)]
struct Draft {
    book: Notebook,
    text: RwSignal<String>,
    color: RwSignal<NoteColor>,
    errors: FormErrors,
    pending: RwSignal<bool>,
    /// The version that is changed; none changes whichever there is.
    etag: StoredValue<Option<String>>,
}

/// One field, and Ctrl-Enter saves. `note` is the one that is written anew.
#[component]
pub fn NoteForm(
    book: Notebook,
    #[prop(optional_no_strip)] note: Option<Note>,
    /// Offers the colours of sticky notes.
    #[prop(optional)]
    colors: bool,
    /// It is saved or given up; without it the field is there for the next.
    #[prop(optional, into)]
    on_done: Option<Callback<()>>,
) -> impl IntoView {
    let text = note.as_ref().map(|note| note.text.clone()).unwrap_or_default();
    let color = note.as_ref().map_or(NoteColor::Yellow, |note| note.color);
    let is_new = note.is_none();
    let draft = Draft {
        book,
        text: RwSignal::new(text),
        color: RwSignal::new(color),
        errors: FormErrors::new(),
        pending: RwSignal::new(false),
        etag: StoredValue::new(note.as_ref().map(|note| format!("\"v{}\"", note.version))),
    };
    let note = StoredValue::new(note);
    let save = move || match note.get_value() {
        None => draft.create(on_done),
        Some(note) => draft.change(&note, on_done),
    };
    let errors = draft.errors;
    let value = Model::new(draft.text, move |text| {
        errors.clear_field("text");
        draft.text.set(text);
    });
    let give_up = move |event: leptos::ev::KeyboardEvent| {
        // What was typed goes by the button alone.
        let before = note.with_value(|note| note.as_ref().map(|note| note.text.clone()));
        let is_as_before = draft.text.with_untracked(|text| *text == before.unwrap_or_default());
        if event.key() == "Escape"
            && is_as_before
            && let Some(on_done) = on_done
        {
            event.stop_propagation();
            on_done.run(());
        }
    };
    let label = if is_new { n::WRITE } else { n::EDIT };
    view! {
        <div class="note-form" data-testid="note-form" on:keydown=give_up>
            <Form errors pending=draft.pending on_submit=save>
                <FormProblem errors/>
                <Field label=t(label) name="text" error=errors.of("text")>
                    <TextArea value rows=3 placeholder=t(n::WRITE_HELP) autofocus=on_done.is_some()/>
                </Field>
                {colors.then(|| view! { <Colors color=draft.color/> })}
                <div class="note-form-actions">
                    {on_done.map(|done| view! {
                        <Button size=ButtonSize::Small on_click=done>{t(common::CANCEL)}</Button>
                    })}
                    <Button
                        size=ButtonSize::Small
                        kind=if on_done.is_some() { ButtonKind::Primary } else { ButtonKind::Secondary }
                        submit=true
                        loading=draft.pending
                        attr:data-testid="save-note"
                    >
                        {t(if is_new { n::ADD } else { common::SAVE })}
                    </Button>
                </div>
            </Form>
        </div>
    }
}

#[component]
fn Colors(color: RwSignal<NoteColor>) -> impl IntoView {
    let choice = |it: NoteColor| {
        let checked = Signal::derive(move || color.get() == it);
        view! {
            <ColorChoice name=it.text() color=it.as_str() checked on_pick=move || color.set(it)/>
        }
    };
    view! {
        <fieldset class="colors">
            <legend class="visually-hidden">{t(n::COLOR)}</legend>
            {NoteColor::ALL.iter().copied().map(choice).collect_view()}
        </fieldset>
    }
}

impl Draft {
    fn body(self) -> CreateNote {
        let about = self.book.about;
        let client = about.and_then(About::client);
        CreateNote {
            text: self.text.get_untracked().trim().to_owned(),
            color: self.color.get_untracked(),
            pinned: false,
            contact_id: client.and_then(ClientId::contact),
            corporation_id: client.and_then(ClientId::corporation),
            case_id: about.and_then(About::case),
        }
    }

    /// What was typed is there again when it could not be saved; what is typed meanwhile is the
    /// next note.
    fn create(self, on_done: Option<Callback<()>>) {
        let body = self.body();
        if !self.errors.check(&body) {
            return;
        }
        self.pending.set(true);
        let client = self.book.client();
        self.text.set(String::new());
        spawn_local(async move {
            let answer = api::notes::create(client, &body).await;
            self.pending.try_set(false);
            match answer {
                Ok(_) => self.close(on_done),
                Err(error) => {
                    self.text.try_update(|text| {
                        let next = std::mem::replace(text, body.text);
                        if !next.trim().is_empty() {
                            text.push('\n');
                            text.push_str(&next);
                        }
                    });
                    self.errors.show(error);
                }
            }
        });
    }

    fn change(self, note: &Note, on_done: Option<Callback<()>>) {
        let body = self.body();
        if !self.errors.check(&body) {
            return;
        }
        let patch = UpdateNote {
            text: text_change(&note.text, &body.text),
            color: (body.color != note.color).then_some(body.color),
            pinned: None,
        };
        if patch == UpdateNote::default() {
            return self.close(on_done);
        }
        self.pending.set(true);
        let (client, id) = (self.book.client(), note.id);
        spawn_local(async move {
            let etag = self.etag.try_get_value().flatten();
            let answer = api::notes::update(client, id, etag.as_deref(), &patch).await;
            self.pending.try_set(false);
            match answer {
                Ok(_) => self.close(on_done),
                Err(error) if error.is(ProblemCode::PreconditionFailed) => {
                    self.etag.try_set_value(None);
                    self.errors.mark_text("text", n::CHANGED_MEANWHILE);
                }
                Err(error) => self.errors.show(error),
            }
        });
    }

    fn close(self, on_done: Option<Callback<()>>) {
        self.book.page.reload();
        if let Some(on_done) = on_done {
            on_done.try_run(());
        }
    }
}
