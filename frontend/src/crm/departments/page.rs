//! The page of departments.

use leptos::prelude::*;

/// `/departments`
#[component]
pub fn DepartmentsPage() -> impl IntoView {}
