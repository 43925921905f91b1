//! Figure 5's box: the primary corporation, and the further ones as chips.

use super::super::corporation_search::{corporations_or_new, create_corporation, new_name};
use super::super::editor::Editor;
use super::draft::ContactDraft;
use crate::api::use_client;
use crate::state::{locale, t, use_session, use_toasts};
use crate::ui::{Card, ChipPicker, Choice, Field, FieldGroup, Model, SearchSelect};
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::contacts as c;
use leptos::prelude::*;
use std::sync::Arc;

/// The name of the primary corporation on the wire.
pub const PRIMARY: &str = "primary_corporation_id";
/// The name of all of them.
pub const ALL: &str = "corporation_ids";

/// The box.
#[component]
pub fn CorporationsBox(editor: Editor<ContactDraft>) -> impl IntoView {
    let creating = RwSignal::new(None::<String>);
    let note = move || {
        let name = creating.get()?;
        Some(view! { <p class="quiet" role="status">{c::creating_corporation(locale(), name)}</p> })
    };
    view! {
        <Card title=t(c::CORPORATIONS)>
            <div class="fields" data-testid="corporations-box">
                <PrimaryField editor creating/>
                <FurtherField editor creating/>
                {note}
            </div>
        </Card>
    }
}

#[component]
fn PrimaryField(editor: Editor<ContactDraft>, creating: RwSignal<Option<String>>) -> impl IntoView {
    let client = use_client();
    let make = use_make(creating);
    // Whoever changes the primary mostly means one of the further ones.
    let further = Signal::derive(move || editor.with(|draft| draft.corporations.further.clone()));
    let search = corporations_or_new(client, further, may_create());
    let set = move |choice: Option<Choice>| {
        editor.errors.clear_field(PRIMARY);
        editor.errors.clear_field(ALL);
        editor.update(|draft| draft.corporations.set_primary(choice));
    };
    let value = Model::new(
        Memo::new(move |_| editor.with(|draft| draft.corporations.primary.clone())),
        move |choice: Option<Choice>| match choice.as_ref().and_then(new_name) {
            Some(name) => make.run((name.to_owned(), Arc::new(move |it| set(Some(it))))),
            None => set(choice),
        },
    );
    let error = editor.errors.of(PRIMARY);
    // Said before anybody presses save: the chips make it necessary.
    let help = move || {
        let lacks = editor.with(|draft| draft.corporations.lacks_primary());
        let text = if lacks { c::PRIMARY_NEEDED } else { c::PRIMARY_HELP };
        text.get(locale())
    };
    // Nobody needs one; whoever has any corporation does.
    let needed =
        Signal::derive(move || editor.with(|draft| draft.corporations.all().next().is_some()));
    view! {
        <Field label=t(c::PRIMARY_CORPORATION) help=help error name=PRIMARY required=needed>
            <SearchSelect
                value
                search
                placeholder=t(c::SELECT_CORPORATION)
                disabled=Signal::derive(move || creating.with(Option::is_some))
            />
        </Field>
    }
}

#[component]
fn FurtherField(editor: Editor<ContactDraft>, creating: RwSignal<Option<String>>) -> impl IntoView {
    let client = use_client();
    let make = use_make(creating);
    let search = corporations_or_new(client, Signal::stored(Vec::new()), may_create());
    let primary = Signal::derive(move || {
        editor.with(|draft| draft.corporations.primary.iter().map(|it| it.value.clone()).collect())
    });
    let value = Model::new(
        Memo::new(move |_| editor.with(|draft| draft.corporations.further.clone())),
        move |mut chosen: Vec<Choice>| {
            editor.errors.clear_field(ALL);
            let new = chosen.iter().find_map(|it| new_name(it).map(ToOwned::to_owned));
            chosen.retain(|it| new_name(it).is_none());
            editor.update(|draft| draft.corporations.further = chosen);
            if let Some(name) = new {
                let add = move |it| editor.update(|draft| draft.corporations.add(it));
                make.run((name, Arc::new(add)));
            }
        },
    );
    view! {
        <FieldGroup
            legend=t(c::FURTHER_CORPORATIONS)
            help=t(c::FURTHER_HELP)
            error=editor.errors.of(ALL)
        >
            <div data-testid="further-corporations">
                <ChipPicker
                    value
                    search
                    placeholder=t(c::SELECT_CORPORATION)
                    label=t(c::FURTHER_CORPORATIONS)
                    hidden=primary
                    disabled=Signal::derive(move || creating.with(Option::is_some))
                />
            </div>
        </FieldGroup>
    }
}

fn may_create() -> bool {
    let session = use_session();
    untrack(|| session.allows(Module::Corporations, Action::Add))
}

/// A name, and what is done with the corporation of that name. It outlives whatever asked.
type Make = (String, Arc<dyn Fn(Choice) + Send + Sync>);

/// Makes a corporation of that name and hands it over.
fn use_make(creating: RwSignal<Option<String>>) -> Callback<Make> {
    let (client, toasts) = (use_client(), use_toasts());
    Callback::new(move |(name, then): Make| {
        creating.set(Some(name.clone()));
        create_corporation(client, toasts, &name, move |made| {
            creating.try_set(None);
            if let Some(made) = made {
                then(made);
            }
        });
    })
}
