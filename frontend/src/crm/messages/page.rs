//! The page of messages: the threads at the side, the one that is open beside them.

pub use super::new::NewThread;
pub use super::thread::ThreadPane;

use super::list::ThreadList;
use crate::routes::Route;
use crate::state::{t, use_title};
use crate::ui::{EmptyState, Icon};
use ebenezer_shared::texts::messages as m;
use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

/// `/messages` and what is below it.
#[component]
pub fn MessagesPage() -> impl IntoView {
    use_title(t(m::TITLE));
    let path = use_location().pathname;
    let is_list = Memo::new(move |_| path.get().trim_end_matches('/') == Route::Messages.path());
    view! {
        <div class="messages" data-list=move || is_list.get().then_some("true")>
            <div class="messages-side">
                <ThreadList/>
            </div>
            <div class="messages-main">
                <Outlet/>
            </div>
        </div>
    }
}

/// What stands beside the list while no thread is open.
#[component]
pub fn NoThread() -> impl IntoView {
    view! {
        <div class="messages-none">
            <EmptyState icon=Icon::Mail title=t(m::CHOOSE) detail=t(m::CHOOSE_DETAIL)/>
        </div>
    }
}
