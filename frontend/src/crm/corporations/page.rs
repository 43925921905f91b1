//! The pages of corporations.

use leptos::prelude::*;

/// `/corporations`
#[component]
pub fn CorporationsPage() -> impl IntoView {}

/// `/corporations/new`
#[component]
pub fn NewCorporationPage() -> impl IntoView {}

/// `/corporations/:id`
#[component]
pub fn CorporationPage() -> impl IntoView {}

/// `/corporations/:id/edit`
#[component]
pub fn EditCorporationPage() -> impl IntoView {}
