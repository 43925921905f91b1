//! Who did what with a document.

use crate::api::{self, use_client};
use crate::state::{locale, t, use_list_query};
use crate::ui::{Button, ButtonSize, Card, Loaded, RelativeTime, SkeletonKind};
use chrono::{DateTime, Utc};
use ebenezer_shared::audit::words::{ACTS, named};
use ebenezer_shared::crm::document::DocumentAccess;
use ebenezer_shared::ids::DocumentId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::texts;
use ebenezer_shared::texts::documents as d;
use leptos::prelude::*;

/// So many at first, and so many in all; the audit log has the rest.
const FIRST: u64 = 8;
const ALL: u64 = 200;

/// The latest first.
#[component]
pub fn AccessCard(
    id: DocumentId,
    /// When it was changed: another time is another log.
    at: Signal<Option<DateTime<Utc>>>,
) -> impl IntoView {
    let client = use_client();
    let count = RwSignal::new(FIRST);
    let log = use_list_query(
        move || (at.get(), count.get()),
        move |(_, count)| async move { api::documents::accesses(client, id, count).await },
    );
    let more = move || {
        count.get() == FIRST && log.data().is_some_and(|page| page.total > page.items.len() as u64)
    };
    let rows = |page: Page<DocumentAccess>| {
        if page.items.is_empty() {
            return view! { <p class="quiet">{t(texts::timeline::EMPTY)}</p> }.into_any();
        }
        let rows: Vec<_> = page.items.into_iter().map(row).collect();
        view! { <ol class="timeline">{rows}</ol> }.into_any()
    };
    view! {
        <div data-testid="access-log">
            <Card title=t(d::ACCESS_LOG)>
                <Loaded query=log skeleton=SkeletonKind::Lines view=rows/>
                <Show when=more>
                    <div class="timeline-more">
                        <Button size=ButtonSize::Small on_click=move || count.set(ALL)>
                            {t(texts::timeline::MORE)}
                        </Button>
                    </div>
                </Show>
            </Card>
        </div>
    }
}

fn row(entry: DocumentAccess) -> AnyView {
    let DocumentAccess { at, actor_name, action, ip, .. } = entry;
    let act = move || {
        named(&ACTS, &action).map_or_else(|| action.clone(), |it| it.get(locale()).to_owned())
    };
    view! {
        <li class="timeline-entry" data-testid="access">
            <p class="timeline-text">{act} " · " {actor_name}</p>
            <span class="timeline-when">
                <RelativeTime at/>
                {ip.map(|ip| format!(" · {ip}"))}
            </span>
        </li>
    }
    .into_any()
}
