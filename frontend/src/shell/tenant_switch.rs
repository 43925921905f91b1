//! The firm that one works in, and the way to another.

use crate::api;
use crate::api::use_client;
use crate::routes::Route;
use crate::state::{locale, locale_now, t, use_session, use_toasts, use_unsaved};
use crate::ui::{Avatar, AvatarSize, Badge, Icon, IconView, Menu, MenuChoice, MenuGroup, Tone};
use ebenezer_shared::ids::TenantId;
use ebenezer_shared::locale::Text;
use ebenezer_shared::tenant::{TenantRef, TenantStatus};
use ebenezer_shared::texts;
use leptos::either::Either;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// Shows the firm; a menu when there are several.
#[component]
pub fn TenantSwitch() -> impl IntoView {
    let session = use_session();
    let account = session.account_now();
    let several = account.as_ref().is_some_and(|account| account.tenants.len() > 1);
    let tenant = account.and_then(|account| account.tenant)?;
    // The firm can be renamed meanwhile.
    let company = Memo::new(move |_| session.tenant().map(|it| it.company).unwrap_or_default());
    let name = move || {
        view! {
            <Avatar name=company size=AvatarSize::Small company=true/>
            <span class="tenant-name">{company}</span>
        }
    };
    Some(if several {
        let trigger = move || view! { {name()} <IconView icon=Icon::ChevronDown/> };
        let current = tenant.id;
        Either::Left(view! {
            <Menu label=t(texts::shell::TENANT_MENU) trigger trigger_says_it=true>
                <MenuGroup label=t(texts::shell::YOUR_FIRMS)>
                    <Firms current/>
                </MenuGroup>
            </Menu>
        })
    } else {
        Either::Right(view! { <div class="tenant">{name()}</div> })
    })
}

#[component]
fn Firms(current: TenantId) -> impl IntoView {
    let session = use_session();
    let tenants =
        Memo::new(move |_| session.account().map(|account| account.tenants).unwrap_or_default());
    move || tenants.get().into_iter().map(|tenant| view! { <Firm tenant current/> }).collect_view()
}

#[component]
fn Firm(tenant: TenantRef, current: TenantId) -> impl IntoView {
    let switch = use_switch();
    let TenantRef { id, company, status, .. } = tenant;
    let label = company.clone();
    view! {
        <MenuChoice
            checked=id == current
            on_select=move || if id != current { switch.run((id, company.clone())) }
        >
            <span class="menu-item-main">{label}</span>
            {status_text(status).map(|(text, tone)| view! { <Badge tone plain=true>{t(text)}</Badge> })}
        </MenuChoice>
    }
}

/// What to say of a firm that does not work as usual.
fn status_text(status: TenantStatus) -> Option<(Text, Tone)> {
    match status {
        TenantStatus::Active => None,
        TenantStatus::Paused => Some((texts::shell::STATUS_PAUSED, Tone::Warning)),
        TenantStatus::Suspended => Some((texts::shell::STATUS_SUSPENDED, Tone::Danger)),
        TenantStatus::Cancelled => Some((texts::shell::STATUS_CANCELLED, Tone::Danger)),
    }
}

/// Switches after asking for unsaved work, and starts over at the start page.
fn use_switch() -> Callback<(TenantId, String)> {
    let (session, client, toasts, unsaved) =
        (use_session(), use_client(), use_toasts(), use_unsaved());
    let navigate = use_navigate();
    Callback::new(move |(id, company): (TenantId, String)| {
        let navigate = navigate.clone();
        let go = move || {
            let (navigate, company) = (navigate.clone(), company.clone());
            spawn_local(async move {
                match api::auth::switch(client, id).await {
                    Ok(answer) => {
                        navigate(&Route::Home.path(), NavigateOptions::default());
                        session.enter(answer);
                        toasts.success(move || texts::shell::switched(locale(), &company));
                    }
                    Err(error) => toasts.error(error.title(locale_now())),
                }
            });
        };
        unsaved.guard(Callback::new(move |()| go()));
    })
}
