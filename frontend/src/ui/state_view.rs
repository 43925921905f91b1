//! What a page shows when it has nothing to show.

use super::button::Button;
use super::button::ButtonLink;
use super::icon::{Icon, IconView};
use crate::api::ApiError;
use crate::routes::Route;
use crate::state::{locale, t};
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::texts;
use leptos::children::Children;
use leptos::either::EitherOf3;
use leptos::prelude::*;

#[component]
fn StateFrame(
    icon: Icon,
    #[prop(into)] title: TextProp,
    #[prop(into)] detail: TextProp,
    /// The element's role: `alert` for what went wrong.
    #[prop(optional)]
    role: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="state" role=role>
            <span class="state-icon"><IconView icon/></span>
            <h2 class="state-title">{move || title.get()}</h2>
            <p class="state-detail">{move || detail.get()}</p>
            <div class="state-actions">{children()}</div>
        </div>
    }
}

/// Nothing there yet, or nothing that matches: what to do first goes into the children.
#[component]
pub fn EmptyState(
    #[prop(default = Icon::Search)] icon: Icon,
    #[prop(into)] title: TextProp,
    #[prop(into)] detail: TextProp,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <StateFrame icon title detail>
            {children.map(|children| children())}
        </StateFrame>
    }
}

/// What happened, a way to try again, and what to quote. Shows the states for 403 and 404
/// by itself.
#[component]
pub fn ErrorState(error: ApiError, #[prop(into)] on_retry: Callback<()>) -> impl IntoView {
    match error.status() {
        Some(404) if !error.is(ProblemCode::ModuleNotEnabled) => {
            return EitherOf3::A(view! { <NotFoundState/> });
        }
        Some(403) if error.is(ProblemCode::PermissionRequired) => {
            let permission =
                error.problem().and_then(|problem| problem.required_permission.clone());
            return EitherOf3::B(
                view! { <ForbiddenState permission=permission.unwrap_or_default()/> },
            );
        }
        _ => {}
    }
    let icon = if error == ApiError::Offline { Icon::Offline } else { Icon::Alert };
    let request_id = error.request_id().to_owned();
    let wait = match &error {
        ApiError::Problem { retry_after, .. } => *retry_after,
        ApiError::Offline | ApiError::Unreadable { .. } => None,
    };
    let (titled, detailed) = (error.clone(), error);
    let detail = move || {
        let locale = locale();
        let detail = detailed.detail(locale);
        match wait {
            Some(seconds) => format!("{detail} {}", texts::errors::retry_in(locale, seconds)),
            None => detail,
        }
    };
    EitherOf3::C(view! {
        <StateFrame icon title=move || titled.title(locale()) detail role="alert">
            <Button icon=Icon::Refresh on_click=on_retry>{t(texts::common::RETRY)}</Button>
            {(!request_id.is_empty()).then(|| view! {
                <p class="request-id">{move || texts::errors::request_id(locale(), &request_id)}</p>
            })}
        </StateFrame>
    })
}

/// The role does not reach here.
#[component]
pub fn ForbiddenState(
    /// The permission that would; empty when it is not known.
    #[prop(optional, into)]
    permission: String,
) -> impl IntoView {
    view! {
        <StateFrame
            icon=Icon::Lock
            title=t(texts::errors::FORBIDDEN)
            detail=t(texts::errors::FORBIDDEN_DETAIL)
        >
            <ButtonLink href=Route::Home.path()>{t(texts::errors::GO_HOME)}</ButtonLink>
            {(!permission.is_empty()).then(|| view! {
                <p class="request-id">{move || texts::errors::missing_permission(locale(), &permission)}</p>
            })}
        </StateFrame>
    }
}

/// The record is not there, or not theirs.
#[component]
pub fn NotFoundState() -> impl IntoView {
    view! {
        <StateFrame
            icon=Icon::Search
            title=t(texts::errors::RECORD_NOT_FOUND)
            detail=t(texts::errors::RECORD_NOT_FOUND_DETAIL)
        >
            <ButtonLink href=Route::Home.path()>{t(texts::errors::GO_HOME)}</ButtonLink>
        </StateFrame>
    }
}
