//! The four states of something on the server, in one place.

use super::skeleton::{Skeleton, SkeletonKind};
use super::state_view::ErrorState;
use crate::api::ApiError;
use crate::state::{Query, Remote};
use leptos::prelude::*;

/// Shows a skeleton, the error with a way to try again, or the value.
///
/// ```ignore
/// <Loaded query=contact view=move |contact| view! { <Detail contact/> }/>
/// ```
#[component]
pub fn Loaded<T, V, F>(
    query: Query<T>,
    #[prop(default = SkeletonKind::Record)] skeleton: SkeletonKind,
    /// Makes the view of the value.
    view: F,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    F: Fn(T) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let retry = Callback::new(move |()| query.reload());
    move || match query.get() {
        Remote::Ready(value) => view(value).into_any(),
        Remote::Loading => unready(None, skeleton, retry),
        Remote::Failed(error) => unready(Some(error), skeleton, retry),
    }
}

/// What stands in the place of a value that is not known: why, or its skeleton.
pub fn unready(error: Option<ApiError>, skeleton: SkeletonKind, retry: Callback<()>) -> AnyView {
    match error {
        None => view! {
            <div aria-busy="true" data-testid="loading"><Skeleton kind=skeleton count=6/></div>
        }
        .into_any(),
        Some(error) => view! { <ErrorState error on_retry=move || retry.run(())/> }.into_any(),
    }
}
