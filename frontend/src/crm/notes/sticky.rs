//! One's own sticky notes.

use super::book::Notebook;
use super::form::NoteForm;
use super::list::{Look, NoteList};
use crate::api::QueryString;
use crate::state::t;
use crate::ui::{Button, ButtonSize, Icon};
use ebenezer_shared::texts::notes as n;
use leptos::prelude::*;

/// So many are shown at first.
const SHOWN: u64 = 24;

/// Small coloured notes that nobody else sees.
#[component]
pub fn StickyNotes() -> impl IntoView {
    let book = Notebook::open(None, SHOWN, || QueryString::new().with("sticky", true));
    let writing = RwSignal::new(false);
    view! {
        <section class="sticky-notes" data-testid="sticky-notes">
            <header class="section-head">
                <div>
                    <h2 class="section-title">{t(n::STICKY)}</h2>
                    <p class="quiet">{t(n::STICKY_DETAIL)}</p>
                </div>
                <Show when=move || book.may_add() && !writing.get()>
                    <Button
                        size=ButtonSize::Small
                        icon=Icon::Plus
                        on_click=move || writing.set(true)
                        attr:data-testid="new-sticky"
                    >
                        {t(n::ADD)}
                    </Button>
                </Show>
            </header>
            <Show when=move || writing.get()>
                <div class="sticky-new">
                    <NoteForm book colors=true on_done=move || writing.set(false)/>
                </div>
            </Show>
            <NoteList book look=Look::Paper none=n::NONE_YET/>
        </section>
    }
}
