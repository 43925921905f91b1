//! All notes: one's own, and those on clients and cases.

use super::super::filters::{SEARCH, search_word};
use super::super::trail;
use super::book::Notebook;
use super::list::{Look, NoteList};
use super::sticky::StickyNotes;
use crate::api::QueryString;
use crate::routes::Route;
use crate::state::{t, use_title, use_url_state};
use crate::ui::{Card, PageHeader, SearchInput};
use ebenezer_shared::texts::notes as n;
use leptos::prelude::*;

/// So many are shown at first.
const SHOWN: u64 = 12;

/// `/notes`
#[component]
pub fn NotesPage() -> impl IntoView {
    use_title(t(n::TITLE));
    trail::arrive(Route::Notes);
    let url = use_url_state();
    let query =
        move || QueryString::new().with("sticky", false).with_text(SEARCH, &url.text(SEARCH));
    let book = Notebook::open(None, SHOWN, query);
    view! {
        <div class="medium">
            <PageHeader title=t(n::TITLE)/>
            <StickyNotes/>
            <Card title=t(n::ON_RECORDS)>
                <div class="note-search">
                    <SearchInput value=search_word(url) label=t(n::SEARCH) placeholder=t(n::SEARCH)/>
                </div>
                <NoteList book look=Look::LineWithRecord none=n::NONE_FOUND/>
            </Card>
        </div>
    }
}
