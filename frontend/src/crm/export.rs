//! A list as a file: what it shows, or the selected rows of it.

use super::views::ListViews;
use crate::api::{ApiError, use_client};
use crate::download;
use crate::state::{locale_now, t, use_toasts};
use crate::ui::float::FloatAlign;
use crate::ui::{ButtonKind, Icon, IconView, Menu, MenuItem};
use ebenezer_shared::export::ExportFormat;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::texts;
use ebenezer_shared::texts::exports as x;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A list that can be exported.
#[derive(Clone, Copy)]
pub struct Exported {
    /// Where the API has what the list shows.
    path: Callback<(), String>,
    pending: RwSignal<bool>,
}

impl Exported {
    /// The list of that name in the API, which shows what is `meant` by its query. Where columns
    /// are chosen, with those; others as the API exports them by itself.
    pub fn new(
        list: &'static str,
        meant: Callback<(), String>,
        columns: Option<ListViews>,
    ) -> Self {
        let path = Callback::new(move |()| {
            let meant = meant.run(());
            let path = format!("/api/exports/{list}?{}", meant.trim_start_matches('?'));
            // The first column is always there, and cannot be chosen.
            match columns {
                Some(lists) => format!("{path}&columns=name,{}", lists.columns().join(",")),
                None => path,
            }
        });
        Self { path, pending: RwSignal::new(false) }
    }
}

/// What the server says is wrong.
fn said(error: &ApiError, locale: Locale) -> String {
    match (error.code(), error.field_errors()) {
        (Some(ProblemCode::RateLimited), _) => x::LIMIT.get(locale).to_owned(),
        (_, [first, ..]) => first.message.clone(),
        _ => error.title(locale),
    }
}

/// The button with the kinds of files.
#[component]
pub fn ExportMenu(
    exported: Exported,
    /// The ids of the rows that are meant; none for all.
    #[prop(optional)]
    picked: Option<Callback<(), String>>,
) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let Exported { path, pending } = exported;
    let start = move |format: ExportFormat| {
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        let mut path = untrack(|| path.run(()));
        path = format!("{path}&format={}", format.as_str());
        let ids = picked.map(|picked| untrack(|| picked.run(()))).unwrap_or_default();
        if !ids.is_empty() {
            path = format!("{path}&ids={ids}");
        }
        spawn_local(async move {
            let answer = download::start(client, path).await;
            pending.try_set(false);
            match answer {
                Ok(()) => toasts.success(t(x::PREPARING)),
                Err(error) => toasts.error(said(&error, locale_now())),
            }
        });
    };
    let word = move || t(if pending.get() { texts::common::LOADING } else { x::EXPORT })();
    let trigger = move || {
        view! { <IconView icon=Icon::Download/> <span class="button-text">{word}</span> }
    };
    let entry = move |format, text| {
        view! { <MenuItem icon=Icon::File on_select=move || start(format)>{t(text)}</MenuItem> }
    };
    view! {
        <div class="list-export" data-testid="export">
            <Menu label=t(x::EXPORT) trigger kind=ButtonKind::Secondary align=FloatAlign::End>
                {entry(ExportFormat::Xlsx, x::XLSX)}
                {entry(ExportFormat::Csv, x::CSV)}
            </Menu>
        </div>
    }
}
