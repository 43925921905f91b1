//! What can be read but not changed here.

use crate::format;
use crate::shell::language;
use crate::state::{locale, t};
use crate::ui::{Badge, DescriptionItem, DescriptionList, Tone};
use ebenezer_shared::locale::{Locale, Text, number};
use ebenezer_shared::tenant_settings::{TenantSettings, TenantUsage};
use ebenezer_shared::texts;
use ebenezer_shared::texts::firm as f;
use leptos::prelude::*;

/// The settings, for who may not change them.
#[component]
pub fn Facts(settings: TenantSettings) -> impl IntoView {
    let country = settings.default_country.clone();
    let yes_or_no = |yes: bool| t(if yes { texts::common::YES } else { texts::common::NO });
    view! {
        <DescriptionList>
            <DescriptionItem label=t(f::COMPANY)>{settings.company}</DescriptionItem>
            <DescriptionItem label=t(f::LANGUAGE)>{t(language::name(settings.locale))}</DescriptionItem>
            <DescriptionItem label=t(f::TIME_ZONE)>{settings.time_zone.replace('_', " ")}</DescriptionItem>
            <DescriptionItem label=t(f::COUNTRY)>
                {move || format::country(locale(), &country)}
            </DescriptionItem>
            <DescriptionItem label=t(f::REQUIRE_2FA)>{yes_or_no(settings.require_2fa)}</DescriptionItem>
            <DescriptionItem label=t(f::REQUIRE_PRIMARY)>
                {yes_or_no(settings.require_primary_corporation)}
            </DescriptionItem>
        </DescriptionList>
    }
}

/// The plan and what is used of it.
#[component]
pub fn PlanFacts(settings: TenantSettings) -> impl IntoView {
    let TenantSettings { plan, usage, time_zone, subdomain, .. } = settings;
    let queries = move || number(locale(), plan.max_api_queries);
    let storage = move || storage(locale(), plan.max_storage_bytes);
    let ends = move || match plan.expires_at {
        Some(at) => format::date_time(locale(), at, Some(&time_zone)),
        None => f::NEVER_ENDS.get(locale()).to_owned(),
    };
    let name = move || match plan_name(&plan.key) {
        Some(text) => text.get(locale()).to_owned(),
        None => plan.key.clone(),
    };
    view! {
        <div class="fields">
            <DescriptionList>
                <DescriptionItem label=t(f::PLAN)>{name}</DescriptionItem>
                <DescriptionItem label=t(f::ENDS)>{ends}</DescriptionItem>
                <DescriptionItem label=t(f::PEOPLE) wide=true>
                    <People usage max=plan.max_users/>
                </DescriptionItem>
                <DescriptionItem label=t(f::QUERIES)>{queries}</DescriptionItem>
                <DescriptionItem label=t(f::STORAGE)>{storage}</DescriptionItem>
                <DescriptionItem label=t(texts::auth::SUBDOMAIN)>{subdomain}</DescriptionItem>
            </DescriptionList>
            <p class="quiet">{t(f::PLAN_HELP)}</p>
        </div>
    }
}

/// How many of the plan's places are taken. The warning is at 80 %, as for every limit.
#[component]
fn People(usage: TenantUsage, max: Option<u64>) -> impl IntoView {
    let taken = usage.users + usage.pending_invitations;
    let text = move || {
        let used = number(locale(), taken);
        match max {
            Some(max) => f::people_of(locale(), number(locale(), max), used),
            None => f::unlimited(locale(), used),
        }
    };
    let warning = max.and_then(|max| match taken {
        _ if taken >= max => Some(f::FULL),
        _ if taken * 5 >= max * 4 => Some(f::NEARLY_FULL),
        _ => None,
    });
    let invited = usage.pending_invitations;
    view! {
        <p data-testid="people-used">{text}</p>
        {max.map(|max| view! {
            <meter
                class="meter"
                aria-label=t(f::PEOPLE)
                max=max.to_string()
                high=(max * 4 / 5).to_string()
                optimum="0"
                value=taken.to_string()
            ></meter>
        })}
        {(invited > 0).then(|| view! {
            <p class="quiet">{move || f::invited(locale(), invited)}</p>
        })}
        {warning.map(|text| view! { <Badge tone=Tone::Warning>{t(text)}</Badge> })}
    }
}

/// Bytes as plans name them: whole gigabytes, or terabytes.
fn storage(locale: Locale, bytes: u64) -> String {
    let gigabytes = bytes >> 30;
    if gigabytes >= 1024 && gigabytes.is_multiple_of(1024) {
        f::terabytes(locale, gigabytes / 1024)
    } else {
        f::gigabytes(locale, number(locale, gigabytes))
    }
}

/// The shipped plans in the reader's language; others as the operator named them.
fn plan_name(key: &str) -> Option<Text> {
    Some(match key {
        "free" => f::PLAN_FREE,
        "starter" => f::PLAN_STARTER,
        "business" => f::PLAN_BUSINESS,
        "enterprise" => f::PLAN_ENTERPRISE,
        "lifetime" => f::PLAN_LIFETIME,
        _ => return None,
    })
}
