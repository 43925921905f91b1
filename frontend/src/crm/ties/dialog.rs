//! The form of a tie, in a dialog.

use super::super::editor::{Editor, part};
use super::draft::TieDraft;
use super::tied::{Tied, remove, send};
use crate::api::contacts::ListContacts;
use crate::api::{self, Client, use_client};
use crate::crm::corporation_search::corporations;
use crate::state::{locale, locale_now, t, use_toasts, use_unsaved};
use crate::ui::{
    Button, ButtonKind, Choice, Confirm, DateInput, Dialog, Field, FieldRow, Form, FormActions,
    FormProblem, Search, SearchSelect, Select, TextInput,
};
use ebenezer_shared::texts;
use ebenezer_shared::texts::ties as c;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog. What is typed is asked for before it closes.
#[component]
pub fn TieDialog(
    editing: RwSignal<Option<(Tied, TieDraft)>>,
    /// Something changed.
    on_saved: Callback<()>,
) -> impl IntoView {
    let unsaved = use_unsaved();
    let close = Callback::new(move |()| editing.set(None));
    let title = move || {
        editing.with(|editing| editing.as_ref().map(|(tied, _)| tied.title()).unwrap_or_default())
    };
    let content =
        move || editing.get().map(|(tied, start)| view! { <TieForm tied start close on_saved/> });
    view! {
        <Dialog
            open=Signal::derive(move || editing.with(Option::is_some))
            on_close=move || unsaved.guard(close)
            title
            attr:data-testid="tie-dialog"
        >
            {content}
        </Dialog>
    }
}

#[component]
fn TieForm(
    tied: Tied,
    start: TieDraft,
    close: Callback<()>,
    on_saved: Callback<()>,
) -> impl IntoView {
    let (client, toasts, unsaved) = (use_client(), use_toasts(), use_unsaved());
    let editor = Editor::new(start.clone());
    let (errors, pending) = (editor.errors, editor.saving);
    let is_new = tied.is_new();
    let removable = tied.removable();
    let save = {
        let tied = tied.clone();
        move || {
            if !is_right(editor, &tied) {
                return;
            }
            let Some(sent) = send(client, &tied, &editor.now(), &start) else { return };
            pending.set(true);
            spawn_local(async move {
                let answer = sent.await;
                pending.try_set(false);
                match answer {
                    Ok(()) => {
                        editor.settle_as_is();
                        toasts.success(t(texts::common::SAVED));
                        close.try_run(());
                        on_saved.try_run(());
                    }
                    Err(error) => errors.show(error),
                }
            });
        }
    };
    let label = if is_new { c::ADD } else { texts::common::SAVE_CHANGES };
    let fields = tied.clone();
    view! {
        <Form errors pending on_submit=save>
            <FormProblem errors/>
            <Fields tied=fields editor/>
            <FormActions>
                {removable.map(|name| view! { <Remove tied name editor close on_saved/> })}
                <Button on_click=move || unsaved.guard(close)>{t(texts::common::CANCEL)}</Button>
                <Button kind=ButtonKind::Primary submit=true loading=pending attr:data-testid="save-tie">
                    {t(label)}
                </Button>
            </FormActions>
        </Form>
    }
}

/// Whether it may be sent; else the first wrong field says why not.
fn is_right(editor: Editor<TieDraft>, tied: &Tied) -> bool {
    let (draft, errors) = (editor.now(), editor.errors);
    errors.clear();
    if tied.is_new() && draft.other.is_none() {
        errors.mark(other_name(tied), "required");
        return false;
    }
    if !matches!(tied, Tied::Link { .. }) && draft.kind.is_empty() {
        errors.mark("kind", "required");
        return false;
    }
    if tied.has_share(&draft) && draft.has_wrong_share() {
        errors.mark_text("share", c::WRONG_SHARE);
        return false;
    }
    if draft.has_impossible_dates() {
        errors.mark("to", "before_start");
        return false;
    }
    true
}

/// The other record's name on the wire.
const fn other_name(tied: &Tied) -> &'static str {
    if matches!(tied, Tied::Company(..)) { "corporation_id" } else { "contact_id" }
}

#[component]
fn Fields(tied: Tied, editor: Editor<TieDraft>) -> impl IntoView {
    let errors = editor.errors;
    let is_link = matches!(tied, Tied::Link { .. });
    let (kind_label, kind_name, none) = if is_link {
        (c::ROLE, "role", c::NO_ROLE)
    } else {
        (c::RELATION, "kind", texts::common::NONE)
    };
    let has_note = matches!(tied, Tied::Person(..));
    let kinds = tied.clone();
    let shares = tied.clone();
    let may_share = Memo::new(move |_| editor.with(|draft| shares.has_share(draft)));
    view! {
        <div class="fields">
            <OtherField tied=tied.clone() editor/>
            <FieldRow>
                <Field label=t(kind_label) name=kind_name error=errors.of(kind_name) required=!is_link>
                    <Select
                        value=part!(editor, kind)
                        options=Signal::derive(move || kinds.kinds())
                        placeholder=t(none)
                    />
                </Field>
                <Show when=move || may_share.get()>
                    <Field label=t(c::SHARE) name="share" help=t(c::SHARE_HELP) error=errors.of("share")>
                        <TextInput value=part!(editor, share) suffix=|| "%".to_owned()/>
                    </Field>
                </Show>
            </FieldRow>
            <FieldRow>
                <Field label=t(c::FROM) name="from" error=errors.of("from")>
                    <DateInput value=part!(editor, from)/>
                </Field>
                <Field label=t(c::TO) name="to" help=t(c::TO_HELP) error=errors.of("to")>
                    <DateInput value=part!(editor, to)/>
                </Field>
            </FieldRow>
            <NextPrimary tied editor/>
            {has_note.then(|| view! {
                <Field label=t(c::NOTE) name="note" error=errors.of("note")>
                    <TextInput value=part!(editor, note)/>
                </Field>
            })}
        </div>
    }
}

/// Chooses the other record of a new relation.
#[component]
fn OtherField(tied: Tied, editor: Editor<TieDraft>) -> impl IntoView {
    let client = use_client();
    let (label, placeholder, search, me) = match tied {
        Tied::Person(me, None) => (c::PERSON, c::SELECT_PERSON, people(client), me.to_string()),
        Tied::Company(me, None) => {
            (c::COMPANY, texts::contacts::SELECT_CORPORATION, corporations(client), me.to_string())
        }
        _ => return None,
    };
    let name = if label == c::COMPANY { "corporation_id" } else { "contact_id" };
    Some(view! {
        <Field label=t(label) name error=editor.errors.of(name) required=true>
            <SearchSelect
                value=part!(editor, other, "other")
                search
                placeholder=t(placeholder)
                hidden=Signal::stored(vec![me])
            />
        </Field>
    })
}

/// People by what was typed.
pub fn people(client: Client) -> Search {
    Search::new(move |text: String| async move {
        let query = ListContacts { search: text, ..ListContacts::default() };
        let page = api::contacts::list(client, &query).await?;
        let choice = |row: ebenezer_shared::crm::contact::ContactSummary| {
            let hint = row.email.or(row.phone_display);
            Choice::new(row.id.to_string(), format!("{} {}", row.first_name, row.last_name))
                .with_hint(hint)
        };
        Ok(page.items.into_iter().map(choice).collect())
    })
}

/// Asks which one is primary next, where the primary one gets a last day.
#[component]
fn NextPrimary(tied: Tied, editor: Editor<TieDraft>) -> impl IntoView {
    let Tied::Link { others, .. } = tied else { return None };
    let ends = Memo::new(move |_| editor.with(|draft| draft.to.is_some()));
    let any = !others.is_empty();
    let others = StoredValue::new(others);
    let error = editor.errors.of("primary_corporation_id");
    Some(view! {
        <Show when=move || any && ends.get()>
            <Field
                label=t(c::NEXT_PRIMARY)
                name="primary_corporation_id"
                help=t(c::NEXT_PRIMARY_HELP)
                error
            >
                <Select
                    value=part!(editor, next_primary, "primary_corporation_id")
                    options=Signal::derive(move || others.get_value())
                    placeholder=t(texts::common::NONE)
                />
            </Field>
        </Show>
    })
}

/// Takes the relation away, after it was asked.
#[component]
fn Remove(
    tied: Tied,
    name: String,
    editor: Editor<TieDraft>,
    close: Callback<()>,
    on_saved: Callback<()>,
) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let (asking, pending) = (RwSignal::new(false), RwSignal::new(false));
    let named = name.clone();
    let confirm = move || {
        let Some(sent) = remove(client, &tied) else { return };
        pending.set(true);
        let name = named.clone();
        spawn_local(async move {
            let answer = sent.await;
            pending.try_set(false);
            asking.try_set(false);
            match answer {
                // Gone is gone, whoever took it away.
                Err(error) if error.status() != Some(404) => {
                    toasts.error(error.title(locale_now()));
                }
                _ => {
                    editor.settle_as_is();
                    toasts.success(move || c::removed(locale(), &name));
                    close.try_run(());
                    on_saved.try_run(());
                }
            }
        });
    };
    view! {
        <Button kind=ButtonKind::Danger on_click=move || asking.set(true) attr:data-testid="remove-tie">
            {t(c::REMOVE)}
        </Button>
        <Confirm
            open=asking
            title=move || c::remove_title(locale(), &name)
            detail=t(c::REMOVE_DETAIL)
            confirm_label=t(c::REMOVE)
            danger=true
            pending
            on_confirm=confirm
            on_cancel=move || asking.set(false)
            attr:data-testid="confirm-remove-tie"
        />
    }
}
