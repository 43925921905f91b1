//! Why somebody may, or may not, do something with a record.

use super::words::permission_text;
use crate::api::{self, ApiError, Client, use_client};
use crate::state::{locale, t, use_query, use_session};
use crate::ui::{Choice, Dialog, Field, Icon, IconView, Loaded, MenuItem, Search, SearchSelect};
use ebenezer_shared::locale::Locale;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::record::RecordType;
use ebenezer_shared::team::access::{AccessReason, ActAccess, RecordAccess};
use ebenezer_shared::texts::access as a;
use leptos::prelude::*;
use uuid::Uuid;

/// The record that is asked about, shared by context.
#[derive(Clone, Copy)]
struct ViewAs(RwSignal<Option<(RecordType, Uuid)>>);

/// Call once, in the frame.
pub fn provide_view_as() {
    provide_context(ViewAs(RwSignal::new(None)));
}

/// Whether the person may ask; tracked.
pub fn may_ask() -> bool {
    use_session().allows(Module::Team, Action::Change)
}

/// In the menu of a record; nothing for who may not ask.
#[component]
pub fn ViewAsItem(kind: RecordType, id: Uuid) -> impl IntoView {
    let asked = expect_context::<ViewAs>().0;
    let session = use_session();
    let ask = Callback::new(move |()| asked.set(Some((kind, id))));
    view! {
        <Show when=move || session.allows(Module::Team, Action::Change)>
            <MenuItem icon=Icon::People on_select=ask>{t(a::TITLE)}</MenuItem>
        </Show>
    }
}

/// A person is chosen, and the answer stands below. Once, in the frame.
#[component]
pub fn ViewAsDialog() -> impl IntoView {
    let asked = expect_context::<ViewAs>().0;
    view! {
        <Dialog
            open=Signal::derive(move || asked.with(Option::is_some))
            on_close=move || asked.set(None)
            title=t(a::TITLE)
        >
            {move || asked.get().map(|(kind, id)| view! { <Question kind id/> })}
        </Dialog>
    }
}

#[component]
fn Question(kind: RecordType, id: Uuid) -> impl IntoView {
    let client = use_client();
    let person = RwSignal::new(None::<Choice>);
    let answer = use_query(
        move || person.get().and_then(|choice| choice.value.parse().ok()),
        move |person| async move {
            match person {
                Some(person) => api::team::access(client, person, kind, id).await.map(Some),
                None => Ok::<_, ApiError>(None),
            }
        },
    );
    let shown = |found: Option<RecordAccess>| found.map(answered);
    view! {
        <div class="view-as" data-testid="view-as">
            <p class="quiet">{t(a::DETAIL)}</p>
            <Field label=t(a::PERSON) name="person">
                <SearchSelect value=person search=everybody(client) placeholder=t(a::CHOOSE)/>
            </Field>
            <Show when=move || person.with(Option::is_some)>
                <Loaded query=answer view=shown/>
            </Show>
        </div>
    }
}

/// Those who work here, and those who are deactivated.
fn everybody(client: Client) -> Search {
    Search::new(move |text: String| async move {
        let found = api::team::list(client, &text).await?.items;
        Ok(found.into_iter().map(|it| Choice::new(it.id.to_string(), it.full_name)).collect())
    })
}

fn answered(found: RecordAccess) -> AnyView {
    let RecordAccess { role, acts, .. } = found;
    let role = move || {
        let locale = locale();
        a::has_role(locale, role.label(locale))
    };
    let lines: Vec<_> = acts.into_iter().map(line).collect();
    view! {
        <p>{role}</p>
        <ul class="view-as-acts">{lines}</ul>
    }
    .into_any()
}

fn line(it: ActAccess) -> AnyView {
    let ActAccess { act, allowed, reasons } = it;
    let (icon, said) = if allowed { (Icon::Check, a::ALLOWED) } else { (Icon::Close, a::REFUSED) };
    let reason = |it: AccessReason| view! { <li>{move || sentence(locale(), &it)}</li> };
    let reasons: Vec<_> = reasons.into_iter().map(reason).collect();
    view! {
        <li data-act=act.as_str() data-allowed=allowed.to_string()>
            <IconView icon/>
            <div>
                <p>
                    <strong>{t(act.text())}</strong>
                    <span class="quiet">{t(said)}</span>
                </p>
                <ul>{reasons}</ul>
            </div>
        </li>
    }
    .into_any()
}

/// What decides it, and the permission or the department that it is about.
fn sentence(locale: Locale, it: &AccessReason) -> String {
    let what = it.permission.map(|permission| permission_text(locale, &permission.to_string()));
    let said = it.why.text().get(locale);
    match what.or_else(|| it.department.clone()) {
        Some(what) => format!("{} ({what}).", said.trim_end_matches('.')),
        None => said.to_owned(),
    }
}
