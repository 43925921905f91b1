//! Naming a view, and deleting one.

use super::state::ListViews;
use crate::api::{self, use_client};
use crate::state::{FormErrors, locale, locale_now, t, use_toasts};
use crate::ui::{
    Button, ButtonKind, Checkbox, Confirm, Dialog, DialogSize, Field, Form, FormActions,
    FormProblem, TextInput,
};
use ebenezer_shared::crm::view::{CreateView, SavedView, UpdateView};
use ebenezer_shared::patch::Patch;
use ebenezer_shared::texts;
use ebenezer_shared::texts::views as v;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What a name is asked for.
#[derive(Clone)]
pub enum Naming {
    New,
    Old(Box<SavedView>),
}

/// Asks for the name of a view and saves it.
#[component]
pub fn NameDialog(lists: ListViews, naming: RwSignal<Option<Naming>>) -> impl IntoView {
    let title = move || match naming.get() {
        Some(Naming::Old(_)) => v::RENAME.get(locale()),
        _ => v::SAVE_AS.get(locale()),
    };
    let content = move || {
        naming.get().map(|what| view! { <NameForm lists what on_close=move || naming.set(None)/> })
    };
    view! {
        <Dialog
            open=Signal::derive(move || naming.with(Option::is_some))
            on_close=move || naming.set(None)
            title
            size=DialogSize::Small
            attr:data-testid="view-dialog"
        >
            {content}
        </Dialog>
    }
}

#[component]
fn NameForm(lists: ListViews, what: Naming, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let (errors, pending) = (FormErrors::new(), RwSignal::new(false));
    let old = match what {
        Naming::Old(view) => Some(view),
        Naming::New => None,
    };
    let is_new = old.is_none();
    let name = RwSignal::new(old.as_ref().map(|view| view.name.clone()).unwrap_or_default());
    let shared = RwSignal::new(false);
    let id = old.map(|view| view.id);
    let submit = move || {
        let state = untrack(|| lists.whole_state());
        let new = CreateView {
            resource: lists.shape.with_value(|shape| shape.list),
            name: name.get_untracked().trim().to_owned(),
            shared: shared.get_untracked(),
            search: state.search,
            filters: state.filters,
            ordering: state.ordering,
            columns: state.columns,
            page_size: state.page_size,
        };
        if pending.get_untracked() || !errors.check(&new) {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let answer = match id {
                None => api::views::create(client, &new).await,
                Some(id) => {
                    let name = Patch::Value(new.name.clone());
                    let patch = UpdateView { name, ..UpdateView::default() };
                    api::views::update(client, id, &patch).await
                }
            };
            pending.try_set(false);
            match answer {
                Ok(saved) => {
                    if is_new {
                        lists.settled(&saved.value);
                    } else {
                        lists.replace(saved.value);
                    }
                    toasts.success(t(texts::common::SAVED));
                    on_close.run(());
                }
                Err(error) => errors.show(error),
            }
        });
    };
    view! {
        <Form errors pending on_submit=submit>
            <FormProblem errors/>
            <Field label=t(v::NAME) name="name" error=errors.of("name") required=true>
                <TextInput value=name autofocus=true/>
            </Field>
            {is_new.then(|| view! { <Checkbox checked=shared label=t(v::SHARE) help=t(v::SHARE_HELP)/> })}
            <FormActions>
                <Button on_click=on_close>{t(texts::common::CANCEL)}</Button>
                <Button kind=ButtonKind::Primary submit=true loading=pending attr:data-testid="save">
                    {t(texts::common::SAVE)}
                </Button>
            </FormActions>
        </Form>
    }
}

/// Asks whether a view shall be deleted, and does it.
#[component]
pub fn DeleteDialog(lists: ListViews, deleting: RwSignal<Option<SavedView>>) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let pending = RwSignal::new(false);
    let confirm = move || {
        let Some(view) = deleting.get_untracked().filter(|_| !pending.get_untracked()) else {
            return;
        };
        pending.set(true);
        spawn_local(async move {
            let answer = api::views::delete(client, view.id).await;
            pending.try_set(false);
            deleting.try_set(None);
            match answer {
                Err(error) if error.status() != Some(404) => {
                    toasts.error(error.title(locale_now()));
                }
                _ => {
                    lists.forget(view.id);
                    toasts.success(move || v::deleted(locale(), &view.name));
                }
            }
        });
    };
    let of_name = move |text: fn(ebenezer_shared::locale::Locale, String) -> String| {
        deleting
            .with(|view| view.as_ref().map(|view| text(locale(), view.name.clone())))
            .unwrap_or_default()
    };
    let is_shared = move || deleting.with(|view| view.as_ref().is_some_and(|view| view.shared));
    let detail = move || {
        if is_shared() { v::DELETE_SHARED.get(locale()) } else { v::DELETE_OWN.get(locale()) }
    };
    view! {
        <Confirm
            open=Signal::derive(move || deleting.with(Option::is_some))
            on_cancel=move || deleting.set(None)
            on_confirm=confirm
            title=move || of_name(v::delete_title)
            detail
            confirm_label=t(texts::common::DELETE)
            danger=true
            pending
        />
    }
}
