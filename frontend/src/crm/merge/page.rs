//! `/contacts/:id/merge`, `/corporations/:id/merge`; `?with=` names the others.

use super::super::bulk::undo;
use super::super::corporation_search::corporations;
use super::super::record::{Record, RecordPage, Way};
use super::super::ties::people;
use super::super::trail;
use super::sides::{Side, read};
use super::table::{Taken, proposed, table};
use super::{MOST, WITH, merge_path, record_route};
use crate::api::{self, ApiError, use_client};
use crate::routes::Route;
use crate::state::toasts::ToastAction;
use crate::state::{Query, locale, locale_now, t, use_query, use_title, use_toasts, use_url_state};
use crate::ui::{
    Alert, Button, ButtonKind, ButtonLink, Card, Choice, Field, Model, PageHeader, SearchSelect,
    SkeletonKind, Tone,
};
use ebenezer_shared::crm::merge::{MAX_MERGED, MergeRecords, MergeResult, MergedRecord};
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::ids::{ContactId, CorporationId};
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::texts;
use ebenezer_shared::texts::merge as m;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use uuid::Uuid;

/// `/contacts/:id/merge`
#[component]
pub fn MergeContactsPage() -> impl IntoView {
    let one = |id: ContactId| view! { <Merge list=ListName::Contacts id=id.0/> };
    view! { <RecordPage back=way_back(ListName::Contacts) view=one/> }
}

/// `/corporations/:id/merge`
#[component]
pub fn MergeCorporationsPage() -> impl IntoView {
    let one = |id: CorporationId| view! { <Merge list=ListName::Corporations id=id.0/> };
    view! { <RecordPage back=way_back(ListName::Corporations) view=one/> }
}

fn list_route(list: ListName) -> (Route, ebenezer_shared::locale::Text) {
    match list {
        ListName::Contacts => (Route::Contacts, texts::contacts::BACK),
        ListName::Corporations => (Route::Corporations, texts::corporations::BACK),
    }
}

fn way_back(list: ListName) -> Way {
    let (route, label) = list_route(list);
    Way { path: trail::list_path(route), label }
}

/// The one that stays, and those that are known to go.
type Sides = Vec<Side>;

#[component]
fn Merge(list: ListName, id: Uuid) -> impl IntoView {
    use_title(t(m::TITLE));
    trail::arrive(match list {
        ListName::Contacts => Route::MergeContact(id.into()),
        ListName::Corporations => Route::MergeCorporation(id.into()),
    });
    let client = use_client();
    let url = use_url_state();
    let with = Memo::new(move |_| {
        let mut ids: Vec<Uuid> = Vec::new();
        for other in url.text(WITH).split(',').filter_map(|id| id.trim().parse().ok()) {
            if other != id && !ids.contains(&other) && ids.len() < MAX_MERGED {
                ids.push(other);
            }
        }
        ids
    });
    let sides = use_query(
        move || (with.get(), locale()),
        move |(with, locale)| async move {
            let mut sides = vec![read(client, list, id, locale).await?];
            for other in with {
                sides.push(read(client, list, other, locale).await?);
            }
            Ok::<Sides, ApiError>(sides)
        },
    );
    let changed = RwSignal::new(false);
    let view = move |known: Sides| {
        let ids: Vec<Uuid> = known.iter().map(|side| side.id).collect();
        let choose = (ids.len() < MOST).then(|| view! { <Choose list ids/> });
        let all = (known.len() > 1).then(|| view! { <All list known query=sides changed/> });
        view! { {all} {choose} }.into_any()
    };
    let name = move || {
        let known = sides.data().and_then(|known| known.into_iter().next());
        known.map_or_else(String::new, |stays| stays.name)
    };
    view! {
        <div class="medium">
            <PageHeader
                title=t(m::TITLE)
                detail=t(m::DETAIL)
                parent=(record_route(list, id).path(), name.into())
            />
            <Record query=sides back=way_back(list) skeleton=SkeletonKind::Form view/>
        </div>
    }
}

/// Asks for the other one, or one more.
#[component]
fn Choose(
    list: ListName,
    /// Those that are known, the one that stays first.
    ids: Vec<Uuid>,
) -> impl IntoView {
    let client = use_client();
    let navigate = use_navigate();
    let search = match list {
        ListName::Contacts => people(client),
        ListName::Corporations => corporations(client),
    };
    let label = if ids.len() > 1 { m::WITH_ONE_MORE } else { m::WITH };
    let hidden: Vec<String> = ids.iter().map(Uuid::to_string).collect();
    let chosen = RwSignal::new(None::<Choice>);
    let value = Model::new(chosen, move |choice: Option<Choice>| {
        let with = choice.and_then(|choice| choice.value.parse::<Uuid>().ok());
        if let (Some(with), Some((id, others))) = (with, ids.split_first()) {
            let replace = NavigateOptions { replace: true, ..NavigateOptions::default() };
            let others: Vec<Uuid> = others.iter().copied().chain([with]).collect();
            navigate(&merge_path(list, *id, &others), replace);
        }
    });
    view! {
        <Card>
            <div class="fields">
                <Field label=t(label) name="with" help=t(m::WITH_HELP)>
                    <SearchSelect value search hidden=Signal::stored(hidden)/>
                </Field>
            </div>
        </Card>
    }
}

#[component]
fn All(
    list: ListName,
    known: Sides,
    query: Query<Sides>,
    /// Somebody changed one of them, and the choice begins anew.
    changed: RwSignal<bool>,
) -> impl IntoView {
    let taken: Taken = RwSignal::new(proposed(&known));
    let pending = RwSignal::new(false);
    let (client, toasts) = (use_client(), use_toasts());
    let done = use_done(list);
    let (stays, others) = known.split_first()?;
    let id = stays.id;
    let table = table(list, &known, taken);
    let gone: Vec<String> = others.iter().map(|side| side.name.clone()).collect();
    let names = (stays.name.clone(), gone.join(", "));
    let etag = stays.etag.clone();
    let others: Vec<MergedRecord> =
        others.iter().map(|side| MergedRecord { id: side.id, etag: side.etag.clone() }).collect();
    let merge = move || {
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        // Every field in which they differ is said: what is shown is what is kept.
        let keep = taken.get_untracked().into_iter().map(|(name, id)| (name.to_owned(), id));
        let body = MergeRecords { others: others.clone(), keep: keep.collect() };
        let (etag, names) = (etag.clone(), names.clone());
        spawn_local(async move {
            let answer = api::merge::merge(client, (list, id), etag.as_deref(), &body).await;
            pending.try_set(false);
            match answer {
                Ok(result) => done.run((result, names)),
                Err(error) if error.is(ProblemCode::PreconditionFailed) => {
                    changed.try_set(true);
                    query.reload();
                }
                Err(error) => toasts.error(error.title(locale_now())),
            }
        });
    };
    Some(view! {
        <Show when=move || changed.get()>
            <div data-testid="merge-changed">
                <Alert tone=Tone::Warning title=t(m::CHANGED_TITLE)>{t(m::CHANGED_DETAIL)}</Alert>
            </div>
        </Show>
        <Card>{table}</Card>
        <div class="merge-actions">
            <ButtonLink href=record_route(list, id).path()>{t(texts::common::CANCEL)}</ButtonLink>
            <Button
                kind=ButtonKind::Primary
                loading=pending
                on_click=merge
                attr:data-testid="merge"
            >
                {t(m::MERGE)}
            </Button>
        </div>
    })
}

type Done = Callback<(MergeResult, (String, String))>;

/// Leads to the one that stayed, and offers the way back.
fn use_done(list: ListName) -> Done {
    let (client, toasts) = (use_client(), use_toasts());
    let navigate = StoredValue::new(use_navigate());
    let list_path = trail::list_path(list_route(list).0);
    let leave = move |path: &str| {
        let replace = NavigateOptions { replace: true, ..NavigateOptions::default() };
        if let Some(navigate) = navigate.try_get_value() {
            navigate(path, replace);
        }
    };
    // The way back outlives this page.
    let go = leptos_router::hooks::use_navigate();
    Callback::new(move |(result, names): (MergeResult, (String, String))| {
        let path = record_route(list, result.id).path();
        leave(&path);
        let text = move || m::done(locale(), &names.0, &names.1);
        let (go, list_path, bulk) = (go.clone(), list_path.clone(), result.bulk_id);
        // Who still looks at it sees both in the list.
        let on_done = Callback::new(move |()| {
            if window().location().pathname().is_ok_and(|here| here == path) {
                go(&list_path, NavigateOptions::default());
            }
        });
        let run = Callback::new(move |()| undo(client, toasts, bulk, on_done));
        toasts.success_with(text, ToastAction { label: t(texts::common::UNDO).into(), run });
    })
}
