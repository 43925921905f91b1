//! The line that says that somebody else changed what the page shows.

use crate::state::live::{News, use_news};
use crate::state::{Query, locale, t};
use crate::ui::{Button, ButtonSize, Icon, IconView};
use ebenezer_shared::record::RecordType;
use ebenezer_shared::texts::live as l;
use leptos::prelude::*;
use uuid::Uuid;

/// Shown from the first change on, until the page is read anew.
#[component]
pub fn NewsBar<T: Clone + Send + Sync + 'static>(
    subject: RecordType,
    /// The record that is shown; without it a list of them.
    #[prop(optional, into)]
    record: Option<Uuid>,
    shown: Query<T>,
) -> impl IntoView {
    let reload = Callback::new(move |()| shown.reload());
    let news = use_news(subject, record, reload);
    // Whatever was read last knows all that was told before.
    Effect::new(move || {
        if !shown.is_pending() {
            news.set(None);
        }
    });
    view! { <Bar news is_list=record.is_none() on_reload=reload/> }
}

#[component]
fn Bar(news: RwSignal<Option<News>>, is_list: bool, on_reload: Callback<()>) -> impl IntoView {
    let text = move || {
        let locale = locale();
        news.get().map(|news| match news {
            News::Changed(name) if is_list => l::list_changed(locale, name),
            News::Changed(name) => l::record_changed(locale, name),
            News::Deleted(name) => l::record_deleted(locale, name),
        })
    };
    view! {
        <div role="status">
            <Show when=move || news.with(Option::is_some)>
                <div class="news" data-testid="news">
                    <IconView icon=Icon::Info/>
                    <span class="news-text">{text}</span>
                    <Button
                        size=ButtonSize::Small
                        on_click=move || on_reload.run(())
                        attr:data-testid="news-reload"
                    >
                        {t(l::RELOAD)}
                    </Button>
                </div>
            </Show>
        </div>
    }
}
