//! Finding a corporation by typing, and making one on the way.

use crate::api::corporations::ListCorporations;
use crate::api::{self, Client};
use crate::state::{Toasts, locale_now};
use crate::ui::{Choice, Search};
use ebenezer_shared::crm::corporation::{CorporationStatus, CorporationSummary, CreateCorporation};
use ebenezer_shared::texts;
use ebenezer_shared::validation::NAME_MAX;
use leptos::prelude::*;
use leptos::task::spawn_local;
use validator::Validate as _;

/// How many matches a list shows; whoever wants another one types more.
const SHOWN: u64 = 20;

/// In front of the name in the value of the choice that makes a corporation. No id starts
/// like this.
const NEW: char = '+';

fn choice(corporation: CorporationSummary) -> Choice {
    let CorporationSummary { id, name, legal_name, kind, ein, .. } = corporation;
    let hint = legal_name
        .filter(|legal_name| *legal_name != name)
        .or(ein)
        .or_else(|| kind.map(|kind| kind.text().get(locale_now()).to_owned()));
    Choice::new(id.to_string(), name).with_hint(hint)
}

async fn find(client: Client, text: String) -> Result<Vec<Choice>, api::ApiError> {
    let query = ListCorporations { page_size: SHOWN, search: text, ..ListCorporations::default() };
    let page = api::corporations::list(client, &query).await?;
    Ok(page.items.into_iter().map(choice).collect())
}

/// Corporations by what was typed.
pub fn corporations(client: Client) -> Search {
    Search::new(move |text| find(client, text))
}

/// Corporations by what was typed, `first` before all others while nothing is typed. Where
/// `may_create`, the last choice makes a corporation of what was typed.
pub fn corporations_or_new(client: Client, first: Signal<Vec<Choice>>, may_create: bool) -> Search {
    Search::new(move |text: String| async move {
        let mut found = find(client, text.clone()).await?;
        if text.is_empty() {
            let first = first.try_get_untracked().unwrap_or_default();
            found.retain(|choice| !first.iter().any(|it| it.value == choice.value));
            found.splice(0..0, first);
        } else if may_create && !found.iter().any(|choice| is_called(choice, &text)) {
            let label = texts::corporations::create_named(locale_now(), &text);
            found.push(Choice::new(format!("{NEW}{text}"), label));
        }
        Ok(found)
    })
}

fn is_called(choice: &Choice, name: &str) -> bool {
    choice.label.to_lowercase() == name.to_lowercase()
}

/// The name of the corporation that the choice would make, when it is not one that exists.
pub fn new_name(choice: &Choice) -> Option<&str> {
    choice.value.strip_prefix(NEW)
}

/// Makes a corporation of that name and hands it over; none when it could not. Says which.
pub fn create_corporation(
    client: Client,
    toasts: Toasts,
    name: &str,
    then: impl FnOnce(Option<Choice>) + 'static,
) {
    let body = named(name);
    if body.validate().is_err() {
        toasts.error(texts::fields::too_long(locale_now(), NAME_MAX));
        then(None);
        return;
    }
    spawn_local(async move {
        match api::corporations::create(client, &body).await {
            Ok(created) => {
                let corporation = created.value;
                toasts.success(texts::corporations::created_named(locale_now(), &corporation.name));
                then(Some(Choice::new(corporation.id.to_string(), corporation.name)));
            }
            Err(error) => {
                toasts.error(error.title(locale_now()));
                then(None);
            }
        }
    });
}

fn named(name: &str) -> CreateCorporation {
    CreateCorporation {
        name: name.trim().to_owned(),
        legal_name: None,
        ein: None,
        kind: None,
        status: CorporationStatus::default(),
        industry: None,
        fiscal_year_end: None,
        address: None,
        phone: None,
        email: None,
        tag_ids: Vec::new(),
        notes: None,
        external_id: None,
    }
}
