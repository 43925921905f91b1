//! What people see who have no firm to work in.

use crate::state::{locale, t, use_session, use_title};
use crate::ui::{EmptyState, Icon};
use ebenezer_shared::tenant::TenantStatus;
use ebenezer_shared::texts;
use leptos::prelude::*;

/// Platform staff without membership, or a person whose last membership ended.
#[component]
pub fn NoTenant() -> impl IntoView {
    let staff = use_session().account_now().is_some_and(|account| account.user.is_staff);
    let (title, detail) = if staff {
        (texts::shell::PLATFORM, texts::shell::PLATFORM_DETAIL)
    } else {
        (texts::shell::NO_TENANT, texts::shell::NO_TENANT_DETAIL)
    };
    use_title(t(title));
    view! { <EmptyState icon=Icon::Briefcase title=t(title) detail=t(detail)/> }
}

/// A firm that is closed to its people.
#[component]
pub fn ClosedTenant(company: String, status: TenantStatus) -> impl IntoView {
    let cancelled = status == TenantStatus::Cancelled;
    let detail =
        if cancelled { texts::shell::CANCELLED_DETAIL } else { texts::shell::SUSPENDED_DETAIL };
    let title = move || {
        if cancelled {
            texts::shell::cancelled(locale(), &company)
        } else {
            texts::shell::suspended(locale(), &company)
        }
    };
    use_title(title.clone());
    view! { <EmptyState icon=Icon::Lock title detail=t(detail)/> }
}
