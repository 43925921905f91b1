//! The start page: the first area that the person may see.

use super::navigation::areas;
use crate::state::{t, use_session, use_title};
use crate::ui::{EmptyState, Icon};
use ebenezer_shared::texts;
use leptos::either::Either;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;

/// Leads on, or says that there is nowhere to go.
#[component]
pub fn Home() -> impl IntoView {
    let session = use_session();
    use_title(t(texts::nav::CLIENTS));
    let first =
        areas().iter().flat_map(|area| area.items).find(|item| untrack(|| item.is_open(session)));
    match first {
        Some(item) => {
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            Either::Left(view! { <Redirect path=item.route.path() options/> })
        }
        None => Either::Right(view! {
            <EmptyState
                icon=Icon::Lock
                title=t(texts::shell::NOTHING_HERE)
                detail=t(texts::shell::NOTHING_HERE_DETAIL)
            />
        }),
    }
}
