//! The four states of something on the server, in one place.

use super::skeleton::{Skeleton, SkeletonKind};
use super::state_view::ErrorState;
use crate::state::{Query, Remote};
use leptos::either::EitherOf3;
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
    move || match query.get() {
        Remote::Loading => EitherOf3::A(view! {
            <div aria-busy="true"><Skeleton kind=skeleton count=6/></div>
        }),
        Remote::Failed(error) => EitherOf3::B(view! {
            <ErrorState error on_retry=move || query.reload()/>
        }),
        Remote::Ready(value) => EitherOf3::C(view(value)),
    }
}
