//! A path that leads nowhere.

use crate::routes::Route;
use crate::state::{t, use_title};
use crate::ui::{ButtonLink, EmptyState, Icon};
use ebenezer_shared::texts;
use leptos::prelude::*;

/// Says so and offers the way back.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    use_title(t(texts::errors::NOT_FOUND));
    view! {
        <EmptyState icon=Icon::Search title=t(texts::errors::NOT_FOUND) detail=t(texts::errors::NOT_FOUND_DETAIL)>
            <ButtonLink href=Route::Home.path()>{t(texts::errors::GO_HOME)}</ButtonLink>
        </EmptyState>
    }
}
