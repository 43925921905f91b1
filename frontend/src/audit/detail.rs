//! One entry beside the list: the fields before and after, and where it came from.

use super::values::Reader;
use super::words::{field, headline};
use crate::format;
use crate::routes::Route;
use crate::state::{locale, t, use_session};
use crate::ui::{ButtonLink, DescriptionItem, DescriptionList, Drawer};
use ebenezer_shared::audit::AuditEntry;
use ebenezer_shared::texts;
use ebenezer_shared::texts::audit as a;
use leptos::prelude::*;
use serde_json::Value;

/// The drawer; shows the entry that is open.
#[component]
pub fn EntryDrawer(open: RwSignal<Option<AuditEntry>>) -> impl IntoView {
    let title = move || {
        open.with(|entry| entry.as_ref().map(|entry| headline(locale(), &entry.action)))
            .unwrap_or_default()
    };
    view! {
        <Drawer open=Signal::derive(move || open.with(Option::is_some)) on_close=move || open.set(None) title>
            {move || open.get().map(|entry| view! { <Entry entry/> })}
        </Drawer>
    }
}

#[component]
fn Entry(entry: AuditEntry) -> impl IntoView {
    let session = use_session();
    let at = entry.at;
    let when = move || {
        let zone = session.tenant().map(|tenant| tenant.time_zone);
        format::date_time(locale(), at, zone.as_deref())
    };
    let record = record(&entry).map(|route| {
        view! { <ButtonLink href=route.path() attr:data-testid="open-record">{t(a::OPEN_RECORD)}</ButtonLink> }
    });
    let seq = entry.seq;
    let seq = move || match seq {
        Some(seq) => seq.to_string(),
        None => a::NOT_SEALED.get(locale()).to_owned(),
    };
    let actor = if entry.actor_name.is_empty() {
        view! { <span>{t(a::NOBODY)}</span> }.into_any()
    } else {
        view! { <span>{entry.actor_name.clone()}</span> }.into_any()
    };
    view! {
        <div class="audit-entry" data-testid="audit-entry">
            <div class="audit-about">
                <p class="audit-name">{entry.resource_name.clone()}</p>
                {record}
            </div>
            <Changes entry=entry.clone()/>
            <DescriptionList>
                <DescriptionItem label=t(a::WHEN)>{when}</DescriptionItem>
                <DescriptionItem label=t(a::WHO)>{actor}</DescriptionItem>
                <DescriptionItem label=t(a::FROM_ADDRESS)>{entry.ip}</DescriptionItem>
                <DescriptionItem label=t(a::NUMBER)>{seq}</DescriptionItem>
                <DescriptionItem label=t(a::REQUEST) wide=true>
                    <code class="audit-code">{entry.request_id}</code>
                </DescriptionItem>
            </DescriptionList>
        </div>
    }
}

/// Where the thing is shown, while it is there.
fn record(entry: &AuditEntry) -> Option<Route> {
    let id = entry.resource_id.filter(|_| !entry.action.ends_with(".delete"))?;
    match entry.resource_type.as_str() {
        "contact" => Some(Route::Contact(id.into())),
        "corporation" => Some(Route::Corporation(id.into())),
        _ => None,
    }
}

/// The fields: what stood there and what stands there now. Facts without both are said once.
#[component]
fn Changes(entry: AuditEntry) -> impl IntoView {
    if entry.changes.is_empty() {
        return view! { <p class="quiet">{t(a::NO_CHANGES)}</p> }.into_any();
    }
    let zone = use_session().tenant().map(|tenant| tenant.time_zone);
    let reader = Reader::of(&entry.resource_type, &entry.changes, zone);
    let rows = entry.changes.into_iter().filter(|(name, _)| name != "id").map(|(name, change)| {
        let label = {
            let name = name.clone();
            move || field(locale(), &name)
        };
        let cell = |part: Value| {
            let (reader, name) = (reader.clone(), name.clone());
            move || reader.value(locale(), &name, &part)
        };
        let parts = match AuditEntry::before_and_after(&change) {
            _ if name == "bulk_id" => view! {
                <td colspan="2">
                    <a href=Route::BulkActions.path()>{t(texts::bulk::RECENT)}</a>
                </td>
            }
            .into_any(),
            Some((before, after)) => {
                let (before, after) = (before.clone(), after.clone());
                view! {
                    <td data-label=t(a::BEFORE)>{cell(before)}</td>
                    <td data-label=t(a::AFTER)>{cell(after)}</td>
                }
                .into_any()
            }
            None => view! { <td colspan="2">{cell(change)}</td> }.into_any(),
        };
        view! { <tr data-field=name><th scope="row">{label}</th>{parts}</tr> }
    });
    let rows = rows.collect_view();
    view! {
        <table class="audit-changes">
            <thead>
                <tr>
                    <th scope="col">{t(a::FIELD)}</th>
                    <th scope="col">{t(a::BEFORE)}</th>
                    <th scope="col">{t(a::AFTER)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
