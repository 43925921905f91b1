//! `/settings`

use super::form::SettingsForm;
use super::plan::{Facts, PlanFacts};
use crate::api::{self, Tagged, use_client};
use crate::state::{t, use_query, use_session, use_title};
use crate::ui::{Card, Loaded, PageHeader, SkeletonKind};
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::tenant_settings::TenantSettings;
use ebenezer_shared::texts::firm as f;
use leptos::prelude::*;

/// The firm's settings, to be changed by who may, and its plan.
#[component]
pub fn SettingsPage() -> impl IntoView {
    use_title(t(f::TITLE));
    let (client, session) = (use_client(), use_session());
    let stored = use_query(|| (), move |()| async move { api::tenant::get(client).await });
    let may_change = untrack(|| session.allows(Module::Settings, Action::Change));
    let settings = move |stored: Tagged<TenantSettings>| {
        let plan = stored.value.clone();
        let firm = if may_change {
            view! { <SettingsForm stored/> }.into_any()
        } else {
            view! { <Facts settings=stored.value/> }.into_any()
        };
        view! {
            <Card title=t(f::COMPANY_SECTION)>{firm}</Card>
            <Card title=t(f::PLAN)><PlanFacts settings=plan/></Card>
        }
    };
    view! {
        <div class="narrow">
            <PageHeader title=t(f::TITLE) detail=t(f::DETAIL)/>
            <Loaded query=stored skeleton=SkeletonKind::Form view=settings/>
        </div>
    }
}
