//! The tags of a record in its form.

use super::super::corporation_search::new_name;
use crate::api::{self, Client, use_client};
use crate::state::{Toasts, locale_now, t, use_session, use_toasts};
use crate::ui::{ChipPicker, Choice, FieldGroup, Model, Search};
use ebenezer_shared::crm::tag::{CreateTag, Tag, TagColor, TagRef};
use ebenezer_shared::ids::TagId;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts;
use ebenezer_shared::texts::tags as g;
use leptos::prelude::*;
use leptos::task::spawn_local;
use validator::Validate as _;

/// A tag to choose.
pub fn choice(tag: &Tag) -> Choice {
    Choice::new(tag.id.to_string(), &*tag.name).with_color(tag.color.as_str())
}

/// The tags of a record, as its form holds them.
pub fn choices(tags: &[TagRef]) -> Vec<Choice> {
    let choice =
        |tag: &TagRef| Choice::new(tag.id.to_string(), &*tag.name).with_color(tag.color.as_str());
    tags.iter().map(choice).collect()
}

/// Their ids, in an order that tells nothing.
pub fn ids(chosen: &[Choice]) -> Vec<TagId> {
    let mut ids: Vec<TagId> = chosen.iter().filter_map(super::super::typed::id).collect();
    ids.sort_unstable();
    ids
}

/// Their names in one line.
pub fn names(chosen: &[Choice]) -> String {
    chosen.iter().map(|it| it.label.as_str()).collect::<Vec<_>>().join(", ")
}

/// Tags by what was typed; where `may_create`, the last choice makes one of that name.
pub fn search(client: Client, may_create: bool) -> Search {
    Search::new(move |text: String| async move {
        let found = api::tags::list(client, &text).await?.items;
        let named = found.iter().any(|tag| tag.name.to_lowercase() == text.to_lowercase());
        let mut choices: Vec<Choice> = found.iter().map(choice).collect();
        if may_create && !text.is_empty() && !named {
            choices.push(Choice::new(format!("+{text}"), g::create_named(locale_now(), &text)));
        }
        Ok(choices)
    })
}

/// The chips and the selector. What is typed and does not exist yet can be made on the way.
#[component]
pub fn TagField(value: Model<Vec<Choice>>, error: Signal<Option<String>>) -> impl IntoView {
    let (client, toasts, session) = (use_client(), use_toasts(), use_session());
    let may_create = untrack(|| session.allows(Module::Contacts, Action::Change));
    let making = RwSignal::new(false);
    let model = Model::new(value.signal(), move |mut chosen: Vec<Choice>| {
        let new = chosen.iter().find_map(|it| new_name(it).map(ToOwned::to_owned));
        chosen.retain(|it| new_name(it).is_none());
        value.set(chosen);
        if let Some(name) = new {
            making.set(true);
            create(client, toasts, &name, move |made| {
                making.try_set(false);
                if let Some(made) = made {
                    let mut all = value.get_untracked();
                    all.push(made);
                    value.set(all);
                }
            });
        }
    });
    view! {
        <FieldGroup legend=t(g::TITLE) error>
            <div data-testid="tags-field">
                <ChipPicker
                    value=model
                    search=search(client, may_create)
                    placeholder=t(g::SELECT)
                    label=t(g::TITLE)
                    disabled=making
                />
            </div>
        </FieldGroup>
    }
}

/// Makes a tag of that name and hands it over; none when it could not. Says why.
fn create(client: Client, toasts: Toasts, name: &str, then: impl FnOnce(Option<Choice>) + 'static) {
    let color = color_of(name);
    let body = CreateTag { name: name.trim().to_owned(), color: Some(color) };
    if body.validate().is_err() {
        toasts.error(texts::fields::too_long(locale_now(), ebenezer_shared::crm::tag::TAG_MAX));
        then(None);
        return;
    }
    spawn_local(async move {
        match api::tags::create(client, &body).await {
            Ok(created) => then(Some(choice(&created.value))),
            Err(error) => {
                toasts.error(error.title(locale_now()));
                then(None);
            }
        }
    });
}

/// New tags differ in colour without anybody choosing one; the same name has the same.
fn color_of(name: &str) -> TagColor {
    let sum = name.bytes().map(usize::from).sum::<usize>();
    let index = sum % TagColor::ALL.len();
    TagColor::ALL.into_iter().nth(index).unwrap_or_default()
}
