//! What happened to a record, on its page.

use crate::api::{self, use_client};
use crate::state::{locale, locale_now, t, use_list_query, use_toasts};
use crate::ui::{Button, ButtonSize, Card, Loaded, RelativeTime};
use ebenezer_shared::pagination::Page;
use ebenezer_shared::texts::timeline as c;
use ebenezer_shared::timeline::TimelineEntry;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// So many entries at first, and so many more each time.
const FIRST: u64 = 10;
const MORE: u64 = 30;

/// What was asked for behind the first page.
#[derive(Clone, Default)]
struct Older {
    entries: Vec<TimelineEntry>,
    /// Where it goes on, once something was asked for.
    next: Option<String>,
    is_asked: bool,
}

/// The newest first. `record` is the API's path of the record.
#[component]
pub fn TimelineCard(record: String) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let path = StoredValue::new(record);
    // The server words it: another language is another answer.
    let timeline = use_list_query(locale, move |_| async move {
        api::timeline::of(client, &path.get_value(), FIRST, None).await
    });
    let older = RwSignal::new(Older::default());
    let pending = RwSignal::new(false);
    // A first page that was read again begins anew.
    Effect::new(move || {
        timeline.get();
        older.set(Older::default());
    });
    let next = move || {
        let (next, is_asked) = older.with(|older| (older.next.clone(), older.is_asked));
        if is_asked { next } else { timeline.data().and_then(|page| page.next_cursor) }
    };
    let show_older = move || {
        let Some(cursor) = untrack(next).filter(|_| !pending.get_untracked()) else { return };
        pending.set(true);
        spawn_local(async move {
            let Some(record) = path.try_get_value() else { return };
            let answer = api::timeline::of(client, &record, MORE, Some(cursor)).await;
            pending.try_set(false);
            match answer {
                Ok(page) => {
                    older.try_update(|older| {
                        older.entries.extend(page.items);
                        (older.next, older.is_asked) = (page.next_cursor, true);
                    });
                }
                Err(error) => toasts.error(error.title(locale_now())),
            }
        });
    };
    let view = move |page: Page<TimelineEntry>| {
        let mut all = page.items;
        all.extend(older.get().entries);
        entries(all)
    };
    view! {
        <div data-testid="timeline">
            <Card title=t(c::TITLE)>
                <Loaded query=timeline view/>
                <Show when=move || next().is_some()>
                    <div class="timeline-more">
                        <Button
                            size=ButtonSize::Small
                            loading=pending
                            on_click=show_older
                            attr:data-testid="timeline-more"
                        >
                            {t(c::MORE)}
                        </Button>
                    </div>
                </Show>
            </Card>
        </div>
    }
}

fn entries(all: Vec<TimelineEntry>) -> AnyView {
    if all.is_empty() {
        return view! { <p class="quiet">{t(c::EMPTY)}</p> }.into_any();
    }
    let rows = all.into_iter().map(|entry| {
        let TimelineEntry { at, text, changes, .. } = entry;
        let changes = (!changes.is_empty()).then(|| {
            let lines = changes.into_iter().map(|line| view! { <li>{line}</li> });
            view! { <ul class="timeline-changes">{lines.collect::<Vec<_>>()}</ul> }
        });
        view! {
            <li class="timeline-entry" data-testid="timeline-entry">
                <p class="timeline-text">{text}</p>
                {changes}
                <span class="timeline-when"><RelativeTime at/></span>
            </li>
        }
    });
    view! { <ol class="timeline">{rows.collect::<Vec<_>>()}</ol> }.into_any()
}
