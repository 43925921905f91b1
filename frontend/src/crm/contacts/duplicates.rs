//! Somebody much like the new contact exists: who, and why it looks so.

use super::super::merge::may_merge;
use super::super::saving::Saving;
use super::row::{email, phone_text};
use crate::api::ApiError;
use crate::routes::Route;
use crate::state::{locale, t, use_session};
use crate::ui::{Avatar, Badge, Button, ButtonKind, ButtonSize, Dialog, Tone};
use ebenezer_shared::crm::contact::{Contact, DuplicateMatch, DuplicateReason};
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::ids::ContactId;
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use ebenezer_shared::texts::duplicates as d;
use leptos::prelude::*;

const fn reason(reason: DuplicateReason) -> Text {
    match reason {
        DuplicateReason::Ssn => d::SSN,
        DuplicateReason::NameAndEmail => d::NAME_AND_EMAIL,
        DuplicateReason::NameAndPhone => d::NAME_AND_PHONE,
        DuplicateReason::Name => d::NAME,
    }
}

/// Lists them. The form stays as it is behind it.
#[expect(clippy::large_types_passed_by_value, reason = "a bundle of handles")]
#[component]
pub fn DuplicatesDialog(
    saving: Saving<Contact>,
    /// Creates the contact, and merges it with this one.
    on_merge: Callback<ContactId>,
) -> impl IntoView {
    let close = move || saving.doubtful.set(None);
    let matches = move || {
        saving.doubtful.with(|error| {
            let problem = error.as_ref().and_then(ApiError::problem);
            problem.map(|problem| problem.matches.clone()).unwrap_or_default()
        })
    };
    let footer = move || {
        view! {
            <Button on_click=close attr:data-testid="duplicates-back">{t(d::BACK)}</Button>
            <Button
                kind=ButtonKind::Primary
                loading=saving.pending()
                on_click=move || saving.insist()
                attr:data-testid="duplicates-create"
            >
                {t(d::CREATE_ANYWAY)}
            </Button>
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || saving.doubtful.with(Option::is_some))
            on_close=close
            title=t(texts::problems::POSSIBLE_DUPLICATE)
            footer
            attr:data-testid="duplicates-dialog"
        >
            <p class="quiet">{t(d::DETAIL)}</p>
            <ul class="matches">
                <For each=matches key=|found| found.id let:found>
                    <Match found on_merge/>
                </For>
            </ul>
        </Dialog>
    }
}

#[component]
fn Match(found: DuplicateMatch, on_merge: Callback<ContactId>) -> impl IntoView {
    let session = use_session();
    let id = found.id;
    let name = format!("{} {}", found.first_name, found.last_name);
    let said = name.clone();
    view! {
        <li class="match" data-testid="duplicate-match">
            <Avatar name=name.clone()/>
            <div class="match-text">
                // In a tab of its own: the form here is not lost.
                <a
                    href=Route::Contact(found.id).path()
                    target="_blank"
                    rel="noopener"
                    aria-label=move || format!("{said} ({})", texts::common::NEW_TAB.get(locale()))
                >
                    {name}
                </a>
                <span class="match-facts quiet">
                    {email(found.email)}
                    {phone_text(found.phone_display)}
                </span>
            </div>
            <Badge tone=Tone::Warning plain=true>{t(reason(found.reason))}</Badge>
            <Show when=move || may_merge(session, ListName::Contacts)>
                <Button
                    size=ButtonSize::Small
                    on_click=move || on_merge.run(id)
                    attr:data-testid="duplicate-merge"
                >
                    {t(texts::merge::CREATE_AND_MERGE)}
                </Button>
            </Show>
        </li>
    }
}
