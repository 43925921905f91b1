//! Notes, one below the other.

use super::super::cases::title;
use super::super::clients::ClientId;
use super::super::delete::{DeleteRecord, DeleteTexts};
use super::book::Notebook;
use super::form::NoteForm;
use crate::api;
use crate::routes::Route;
use crate::state::{locale, t};
use crate::ui::loaded::unready;
use crate::ui::{
    Avatar, AvatarSize, Button, ButtonKind, ButtonSize, Icon, IconButton, IconView, RelativeTime,
    SkeletonKind,
};
use ebenezer_shared::crm::case::CaseRef;
use ebenezer_shared::crm::client::ClientRef;
use ebenezer_shared::crm::note::Note;
use ebenezer_shared::locale::Text;
use ebenezer_shared::permission::Action;
use ebenezer_shared::texts::{common, notes as n};
use leptos::prelude::*;

const DELETE: DeleteTexts =
    DeleteTexts { title: n::DELETE_TITLE, detail: n::DELETE_DETAIL, deleted: n::DELETED };

/// How notes look.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Who wrote it and when above it.
    Line,
    /// The same, and on which case of the client it is.
    LineWithCase,
    /// The same, and on which record it is.
    LineWithRecord,
    /// On coloured paper.
    Paper,
}

/// The notes of a book: loading, failed, none, or all of them.
#[component]
pub fn NoteList(
    book: Notebook,
    look: Look,
    /// What is said where there is none.
    none: Text,
) -> impl IntoView {
    let page = book.page;
    let missing = Memo::new(move |_| page.data().is_none().then(|| page.error()));
    let is_empty = move || page.data().is_some_and(|page| page.items.is_empty());
    let retry = Callback::new(move |()| page.reload());
    // One that is being edited stays as it is, whatever becomes of the others.
    let notes = move || {
        let editing = book.editing.get();
        let notes = page.data().map(|page| page.items).unwrap_or_default();
        notes.into_iter().map(|note| (editing == Some(note.id), note)).collect::<Vec<_>>()
    };
    let shown = move |(is_edited, note): (bool, Note)| {
        let color = (look == Look::Paper).then(|| note.color.as_str());
        let close = move || book.editing.set(None);
        let inner = if is_edited {
            view! { <NoteForm book note=Some(note) colors={look == Look::Paper} on_done=close/> }
                .into_any()
        } else {
            view! { <OneNote book look note/> }.into_any()
        };
        view! { <li class="note" data-testid="note" data-color=color>{inner}</li> }
    };
    view! {
        {move || missing.get().map(|error| unready(error, SkeletonKind::Lines, retry))}
        <Show when=is_empty>
            <p class="quiet">{t(none)}</p>
        </Show>
        <ul class="notes-list" data-look=(look == Look::Paper).then_some("paper")>
            <For
                each=notes
                key=|(is_edited, note)| (note.id, if *is_edited { 0 } else { note.version })
                children=shown
            />
        </ul>
        <Show when=move || book.has_more()>
            <Button size=ButtonSize::Small on_click=move || book.show_more()>{t(n::MORE)}</Button>
        </Show>
        {move || book.asking.get().map(|note| view! { <Delete book note/> })}
    }
}

#[component]
fn Delete(book: Notebook, note: Note) -> impl IntoView {
    view! {
        <DeleteRecord
            path=api::notes::path(note.id)
            etag=Some(format!("\"v{}\"", note.version))
            texts=DELETE
            asking=RwSignal::new(true)
            on_done=move || book.page.reload()
            on_failed=move |_| book.page.reload()
        />
    }
}

#[component]
fn OneNote(book: Notebook, look: Look, note: Note) -> impl IntoView {
    let text = note.text.clone();
    let head = (look != Look::Paper).then(|| view! { <Head note=note.clone()/> });
    let place = match look {
        Look::LineWithRecord => Some(note.client.clone()),
        Look::LineWithCase => note.case.as_ref().map(|_| None),
        Look::Line | Look::Paper => None,
    };
    let case = note.case.clone();
    let place = place.map(|client| view! { <Place client case/> });
    view! {
        {head}
        <p class="note-text" data-testid="note-text">{text}</p>
        {place}
        <Acts book note/>
    }
}

/// Who wrote it, and when.
#[component]
fn Head(note: Note) -> impl IntoView {
    let name = note.author.map(|author| author.full_name).unwrap_or_default();
    view! {
        <p class="note-head">
            <Avatar name=name.clone() size=AvatarSize::Small/>
            <span class="note-author">{name}</span>
            <span class="quiet"><RelativeTime at=note.created_at/></span>
            {note.pinned.then(|| view! {
                <span class="note-pin">
                    <IconView icon=Icon::Pin/>
                    <span class="visually-hidden">{t(n::PINNED)}</span>
                </span>
            })}
        </p>
    }
}

/// What it is on.
#[component]
fn Place(client: Option<ClientRef>, case: Option<CaseRef>) -> impl IntoView {
    let client = client.map(|client| {
        let href = ClientId::of(&client).page().path();
        view! { <a class="plain-link" href=href>{client.name}</a> }
    });
    let case = case.map(|case| {
        let href = Route::Case(case.id).path();
        let name = move || title(locale(), case.kind, case.tax_year, case.period);
        view! { <a class="plain-link" href=href>{name}</a> }
    });
    view! { <p class="note-place">{client}{case}</p> }
}

/// What can be done to it.
#[component]
fn Acts(book: Notebook, note: Note) -> impl IntoView {
    let (id, pinned) = (note.id, note.pinned);
    let may_change = book.may(&note, Action::Change);
    let may_delete = book.may(&note, Action::Delete);
    let (to_pin, to_delete) = (note.clone(), note);
    let change = may_change.then(|| {
        view! {
            <IconButton
                icon=Icon::Pin
                size=ButtonSize::Small
                label=t(if pinned { n::UNPIN } else { n::PIN })
                pressed=Signal::stored(pinned)
                on_click=move || book.pin(&to_pin)
                attr:data-testid="pin-note"
            />
            <IconButton
                icon=Icon::Edit
                size=ButtonSize::Small
                label=t(n::EDIT)
                on_click=move || book.editing.set(Some(id))
                attr:data-testid="edit-note"
            />
        }
    });
    let delete = may_delete.then(|| {
        view! {
            <IconButton
                icon=Icon::Trash
                kind=ButtonKind::Ghost
                size=ButtonSize::Small
                label=t(common::DELETE)
                on_click=move || book.asking.set(Some(to_delete.clone()))
                attr:data-testid="delete-note"
            />
        }
    });
    view! { <div class="note-acts">{change}{delete}</div> }
}
