//! What happened to a record, on its page.

use crate::api::{self, use_client};
use crate::state::{locale, t, use_list_query};
use crate::ui::{Button, ButtonSize, Card, Loaded, RelativeTime};
use ebenezer_shared::pagination::{MAX_PAGE_SIZE, Page};
use ebenezer_shared::texts::timeline as c;
use ebenezer_shared::timeline::TimelineEntry;
use leptos::prelude::*;

/// So many entries at first, and so many more each time.
const STEP: u64 = 10;

/// The newest first. `record` is the API's path of the record.
#[component]
pub fn TimelineCard(record: String) -> impl IntoView {
    let client = use_client();
    let size = RwSignal::new(STEP);
    // The server words it: another language is another answer.
    let timeline = use_list_query(
        move || (locale(), size.get()),
        move |(_, size)| {
            let record = record.clone();
            async move { api::timeline::of(client, &record, size).await }
        },
    );
    let more = move || {
        let page = timeline.data();
        page.is_some_and(|page| page.total > size.get() && size.get() < MAX_PAGE_SIZE)
    };
    view! {
        <div data-testid="timeline">
            <Card title=t(c::TITLE)>
                <Loaded query=timeline view=entries/>
                <Show when=more>
                    <div class="timeline-more">
                        <Button
                            size=ButtonSize::Small
                            loading=Signal::derive(move || timeline.is_pending())
                            on_click=move || size.update(|size| *size = (*size + STEP * 2).min(MAX_PAGE_SIZE))
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

fn entries(page: Page<TimelineEntry>) -> AnyView {
    if page.items.is_empty() {
        return view! { <p class="quiet">{t(c::EMPTY)}</p> }.into_any();
    }
    let rows = page.items.into_iter().map(|entry| {
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
