//! Files on their way, as the page shows them.

use super::failure::Failure;
use super::uploads::{Stage, Upload, Uploads, Wanted};
use super::words::size;
use crate::state::{locale, t};
use crate::ui::{Button, ButtonKind, ButtonSize, Icon, IconButton, IconView};
use ebenezer_shared::texts;
use ebenezer_shared::texts::documents as d;
use leptos::prelude::*;

/// Those that are not there yet, of what is asked for or of the rest; nothing when all are.
#[component]
pub fn UploadRows(uploads: Uploads, #[prop(optional)] item: Option<Wanted>) -> impl IntoView {
    let shown = move || {
        let all = uploads.shown.get();
        all.into_iter().filter(|upload| upload.item == item).collect::<Vec<_>>()
    };
    view! {
        <div class="uploads" data-testid="uploads">
            {item.is_none().then(|| head(uploads))}
            <ul class="upload-rows">
                <For each=shown key=|upload| upload.id let:upload>
                    {row(uploads, upload)}
                </For>
            </ul>
        </div>
    }
}

fn head(uploads: Uploads) -> AnyView {
    let failed = Memo::new(move |_| {
        let again = |upload: &Upload| match upload.stage.get() {
            Stage::Failed(failure) => failure.may_pass(),
            _ => false,
        };
        uploads.shown.with(|all| all.iter().filter(|upload| again(upload)).count())
    });
    let busy = Memo::new(move |_| uploads.is_busy());
    let summary = move || {
        let arrived = uploads.arrived.get();
        let left = uploads.shown.with(Vec::len) as u64;
        match (left, busy.get()) {
            (0, _) if arrived == 0 => String::new(),
            (0, _) => d::arrived(locale(), arrived),
            (left, true) => d::under_way(locale(), arrived + left, arrived),
            (left, false) => d::not_taken(locale(), left),
        }
    };
    view! {
        <div class="uploads-head">
            <p class="uploads-summary" role="status">{summary}</p>
            <Show when=move || { failed.get() > 1 }>
                <Button size=ButtonSize::Small icon=Icon::Refresh on_click=move || uploads.retry_all()>
                    {t(d::RETRY_ALL)}
                </Button>
            </Show>
            <Show when=move || uploads.shown.with(|all| all.len() > 1)>
                <Button size=ButtonSize::Small kind=ButtonKind::Ghost on_click=move || uploads.drop_all()>
                    {move || (if busy.get() { d::CANCEL_ALL } else { d::DISMISS_ALL }).get(locale())}
                </Button>
            </Show>
        </div>
    }
    .into_any()
}

fn row(uploads: Uploads, upload: Upload) -> AnyView {
    let Upload { id, name, bytes, stage, .. } = upload.clone();
    let (seen, named) = (stage.clone(), name.clone());
    let failure = move || match seen.get() {
        Stage::Failed(failure) => Some(failure),
        _ => None,
    };
    let has_failed = {
        let failure = failure.clone();
        Memo::new(move |_| failure().is_some())
    };
    let part = Memo::new(move |_| match stage.get() {
        Stage::Sending(part) => (part * 100.0).round(),
        _ => 0.0,
    });
    let again = StoredValue::new(upload);
    let progress = {
        let name = name.clone();
        move || {
            view! {
                <progress class="progress" max="100" value=move || part.get().to_string() aria-label=name.clone()></progress>
            }
        }
    };
    let problem = {
        let failure = failure.clone();
        move || failure().map(|it| why(&it))
    };
    let may_pass = move || failure().is_some_and(|it| it.may_pass());
    view! {
        <li class="upload" data-testid="upload" data-failed=move || has_failed.get().then_some("true")>
            <span class="upload-name">{name}</span>
            <span class="upload-size">{move || size(locale(), bytes)}</span>
            <Show when=move || !has_failed.get()>{progress.clone()()}</Show>
            {problem}
            <span class="upload-acts">
                <Show when=may_pass>
                    <IconButton
                        icon=Icon::Refresh
                        size=ButtonSize::Small
                        label=t(texts::common::RETRY)
                        on_click=move || again.with_value(|upload| uploads.retry(upload))
                    />
                </Show>
                <IconButton
                    icon=Icon::Close
                    size=ButtonSize::Small
                    label=move || {
                        let locale = locale();
                        if has_failed.get() { d::dismiss(locale, &named) } else { d::cancel(locale, &named) }
                    }
                    on_click=move || uploads.drop_one(id)
                />
            </span>
        </li>
    }
    .into_any()
}

fn why(failure: &Failure) -> AnyView {
    let failure = failure.clone();
    view! {
        <p class="field-error upload-why" role="alert">
            <IconView icon=Icon::Alert/>
            <span>{move || failure.text(locale())}</span>
        </p>
    }
    .into_any()
}
