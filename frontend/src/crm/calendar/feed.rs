//! One's own appointments in another calendar, by a secret link.

use crate::api::{self, use_client};
use crate::clipboard::copy;
use crate::format;
use crate::state::{locale, locale_now, t, use_query, use_toasts};
use crate::ui::{Button, ButtonKind, Dialog, Field, Loaded, SkeletonKind, TextInput};
use ebenezer_shared::crm::appointment::CalendarFeed;
use ebenezer_shared::texts::appointments as a;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog: makes the link, tells it once, takes it back.
#[component]
pub fn FeedDialog(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog
            open
            on_close=move |()| open.set(false)
            title=t(a::FEED_TITLE)
            attr:data-testid="feed-dialog"
        >
            <Feed/>
        </Dialog>
    }
}

#[component]
fn Feed() -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let feed = use_query(|| (), move |()| async move { api::appointments::feed(client).await });
    let (link, pending) = (RwSignal::new(String::new()), RwSignal::new(false));
    let make = move || {
        pending.set(true);
        spawn_local(async move {
            let answer = api::appointments::make_feed(client).await;
            pending.try_set(false);
            match answer {
                Ok(made) => {
                    link.try_set(made.url);
                    feed.set(CalendarFeed { created_at: Some(made.created_at) });
                }
                Err(error) => toasts.error(error.title(locale_now())),
            }
        });
    };
    let stop = move || {
        pending.set(true);
        spawn_local(async move {
            let answer = api::appointments::stop_feed(client).await;
            pending.try_set(false);
            match answer {
                Ok(()) => {
                    link.try_set(String::new());
                    feed.set(CalendarFeed { created_at: None });
                    toasts.success(t(a::FEED_STOPPED));
                }
                Err(error) => toasts.error(error.title(locale_now())),
            }
        });
    };
    let state = move |known: CalendarFeed| {
        let since = known.created_at;
        let told = move || {
            since.filter(|_| link.with(String::is_empty)).map(|at| {
                let said =
                    move || a::feed_since(locale(), format::date(locale(), format::local(at).0));
                view! { <p>{said}</p> }
            })
        };
        let label = if since.is_some() { a::FEED_RENEW } else { a::FEED_MAKE };
        view! {
            {told}
            <div class="form-row">
                <Button kind=ButtonKind::Primary loading=pending on_click=make attr:data-testid="make-feed">
                    {t(label)}
                </Button>
                {since.map(|_| view! {
                    <Button kind=ButtonKind::Secondary on_click=stop attr:data-testid="stop-feed">
                        {t(a::FEED_STOP)}
                    </Button>
                })}
            </div>
        }
    };
    view! {
        <div class="fields">
            <p class="quiet">{t(a::FEED_DETAIL)}</p>
            <Show when=move || !link.with(String::is_empty)>
                <Link link/>
            </Show>
            <Loaded query=feed skeleton=SkeletonKind::Lines view=state/>
        </div>
    }
}

/// The link, to be copied now.
#[component]
fn Link(link: RwSignal<String>) -> impl IntoView {
    let toasts = use_toasts();
    view! {
        <div class="add-line">
            <Field label=t(a::FEED_LINK) name="feed" help=t(a::FEED_ONCE)>
                <TextInput value=link/>
            </Field>
            <Button on_click=move || copy(toasts, &link.get_untracked()) attr:data-testid="copy-feed">{t(a::FEED_COPY)}</Button>
        </div>
    }
}
