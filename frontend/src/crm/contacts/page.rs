//! The pages of contacts.

use leptos::prelude::*;

/// `/contacts`
#[component]
pub fn ContactsPage() -> impl IntoView {}

/// `/contacts/new`
#[component]
pub fn NewContactPage() -> impl IntoView {}

/// `/contacts/:id`
#[component]
pub fn ContactPage() -> impl IntoView {}

/// `/contacts/:id/edit`
#[component]
pub fn EditContactPage() -> impl IntoView {}
