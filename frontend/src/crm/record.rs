//! The page of one record: its id in the path, and what stands there while it is fetched,
//! when it cannot be, and when there is none.

use crate::api::ApiError;
use crate::state::{Query, Remote, t, use_toasts};
use crate::ui::loaded::unready;
use crate::ui::{ButtonLink, EmptyState, SkeletonKind};
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_params_map};
use std::str::FromStr;
use uuid::Uuid;

/// The way back from a record: the list's path and what the link says.
#[derive(Clone)]
pub struct Way {
    pub path: String,
    pub label: Text,
}

/// Shows `view` for the id in the path; an id of the wrong form is a record that is not
/// there. Another id makes a fresh page.
#[component]
pub fn RecordPage<I, V>(back: Way, view: fn(I) -> V) -> impl IntoView
where
    I: FromStr + Copy + PartialEq + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<I>().ok()));
    move || match id.get() {
        Some(id) => view(id).into_any(),
        None => view! { <Gone back=back.clone()/> }.into_any(),
    }
}

/// The record when it is known, else why it is not.
#[component]
pub fn Record<T, V, F>(
    query: Query<T>,
    back: Way,
    #[prop(default = SkeletonKind::Record)] skeleton: SkeletonKind,
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
        Remote::Failed(error) => failed(error, skeleton, retry, &back),
    }
}

fn failed(error: ApiError, skeleton: SkeletonKind, retry: Callback<()>, back: &Way) -> AnyView {
    match merged_into(&error) {
        Some(to) => view! { <Moved to/> }.into_any(),
        None if error.status() == Some(404) => view! { <Gone back=back.clone()/> }.into_any(),
        None => unready(Some(error), skeleton, retry),
    }
}

fn merged_into(error: &ApiError) -> Option<Uuid> {
    error.problem().and_then(|problem| problem.merged_into)
}

/// The record was merged: leads to the one that stayed, on the same page.
#[component]
fn Moved(to: Uuid) -> impl IntoView {
    let (navigate, toasts, here) = (use_navigate(), use_toasts(), use_location().pathname);
    Effect::new(move || {
        let (path, id) = (here.get_untracked(), to.to_string());
        let mut parts: Vec<&str> = path.split('/').collect();
        if let Some(part) = parts.get_mut(2) {
            *part = &id;
        }
        toasts.info(t(texts::merge::MOVED));
        navigate(&parts.join("/"), NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
}

/// Nothing there, said calmly, with the way back.
#[component]
pub fn Gone(back: Way) -> impl IntoView {
    view! {
        <div data-testid="not-found">
            <EmptyState
                title=t(texts::errors::RECORD_NOT_FOUND)
                detail=t(texts::errors::RECORD_NOT_FOUND_DETAIL)
            >
                <ButtonLink href=back.path.clone()>{t(back.label)}</ButtonLink>
            </EmptyState>
        </div>
    }
}
