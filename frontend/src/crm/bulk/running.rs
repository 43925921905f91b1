//! A worker's run over many records: how far it is, a way to stop it, and what became of it.

use super::super::merge::named;
use super::acting::undo;
use crate::api::{self, Client, use_client};
use crate::state::{locale, locale_now, t, use_toasts};
use crate::ui::{Badge, Button, ButtonSize, Icon, IconButton, Tone};
use ebenezer_shared::crm::bulk::{BulkReason, BulkReport, BulkRun, BulkStatus, NamedRefusal};
use ebenezer_shared::ids::BulkId;
use ebenezer_shared::locale::{Locale, Text, number};
use ebenezer_shared::texts;
use ebenezer_shared::texts::bulk as b;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// So many milliseconds between two looks at it.
const PAUSE: u32 = 1000;

/// Where it stands, in words.
pub const fn status_text(run: &BulkRun) -> Text {
    match run.status {
        BulkStatus::Waiting => b::run::WAITING,
        BulkStatus::Running if run.undoing => b::run::UNDOING,
        BulkStatus::Running => b::run::RUNNING,
        BulkStatus::Done if run.undoing => b::UNDONE,
        BulkStatus::Done => b::run::DONE,
        BulkStatus::Cancelled => b::run::CANCELLED,
        BulkStatus::Failed => b::run::FAILED,
        BulkStatus::Forbidden => b::run::FORBIDDEN,
        BulkStatus::SecondFactor => b::run::SECOND_FACTOR,
        BulkStatus::FirmClosed => b::run::FIRM_CLOSED,
        BulkStatus::Outdated => b::run::OUTDATED,
        BulkStatus::Undone => b::UNDONE,
    }
}

/// How good that is.
pub const fn tone(run: &BulkRun) -> Tone {
    match run.status {
        BulkStatus::Waiting | BulkStatus::Cancelled | BulkStatus::Undone => Tone::Neutral,
        BulkStatus::Running => Tone::Info,
        BulkStatus::Done => Tone::Success,
        BulkStatus::Failed
        | BulkStatus::Forbidden
        | BulkStatus::SecondFactor
        | BulkStatus::FirmClosed
        | BulkStatus::Outdated => Tone::Danger,
    }
}

/// What the page shows of a run, once there is one; it is followed until it is over.
#[component]
pub fn RunCard(
    shown: RwSignal<Option<BulkReport>>,
    /// After it ended, and after it was asked to be undone.
    on_over: Callback<()>,
) -> impl IntoView {
    let client = use_client();
    let id = Memo::new(move |_| shown.with(|it| it.as_ref().map(|report| report.info.id)));
    let open = Memo::new(move |_| shown.with(|it| it.as_ref().is_some_and(is_open)));
    Effect::new(move || {
        if let Some(id) = id.get().filter(|_| open.get()) {
            follow(client, id, shown, on_over);
        }
    });
    let body = move || shown.get().map(|report| card(report, shown, on_over));
    view! { <div role="status">{body}</div> }
}

fn is_open(report: &BulkReport) -> bool {
    report.info.run.as_ref().is_some_and(|run| !run.status.is_over())
}

/// Looks at it again and again until it is over, or nobody shows it any more.
fn follow(client: Client, id: BulkId, shown: RwSignal<Option<BulkReport>>, on_over: Callback<()>) {
    spawn_local(async move {
        loop {
            TimeoutFuture::new(PAUSE).await;
            let is_shown = shown
                .try_with_untracked(|it| it.as_ref().is_some_and(|report| report.info.id == id));
            if is_shown != Some(true) {
                return;
            }
            // Whoever is offline for a while sees how far it is afterwards.
            let Ok(report) = api::bulk::get(client, id).await else { continue };
            let over = !is_open(&report);
            shown.try_set(Some(report));
            if over {
                on_over.try_run(());
                return;
            }
        }
    });
}

fn card(
    report: BulkReport,
    shown: RwSignal<Option<BulkReport>>,
    on_over: Callback<()>,
) -> Option<AnyView> {
    let run = report.info.run.clone()?;
    let over = run.status.is_over();
    let (done, total) = (run.done, run.total);
    let count = move || {
        let locale = locale();
        b::run::progress(locale, number(locale, done), number(locale, total))
    };
    let (status, tone, refused) = (status_text(&run), tone(&run), run.refused);
    let acts = acts(&report, &run, shown, on_over);
    let close = over.then(|| {
        view! {
            <IconButton
                icon=Icon::Close
                label=t(texts::common::CLOSE)
                on_click=move || shown.set(None)
                attr:data-testid="run-close"
            />
        }
    });
    Some(
        view! {
            <section class="bulk-run" aria-label=t(b::run::TITLE) data-testid="bulk-run">
                <div class="bulk-run-head">
                    <Badge tone>{t(status)}</Badge>
                    <span data-testid="run-count">{count}</span>
                    {acts}
                    {close}
                </div>
                <progress max=total.max(1).to_string() value=done.to_string()></progress>
                {refusals(report.refused, refused)}
            </section>
        }
        .into_any(),
    )
}

/// Stop while it goes on, undo after.
fn acts(
    report: &BulkReport,
    run: &BulkRun,
    shown: RwSignal<Option<BulkReport>>,
    on_over: Callback<()>,
) -> Option<AnyView> {
    let (client, toasts) = (use_client(), use_toasts());
    let pressed = RwSignal::new(false);
    if run.cancel_requested && !run.status.is_over() {
        return Some(view! { <span class="quiet">{t(b::run::STOPPING)}</span> }.into_any());
    }
    if run.may_cancel {
        let job = run.job_id;
        let stop = move || {
            pressed.set(true);
            spawn_local(async move {
                let answer = api::bulk::stop(client, job).await;
                pressed.try_set(false);
                match answer {
                    Err(error) if error.status() != Some(409) => {
                        toasts.error(error.title(locale_now()));
                    }
                    // Whether it ended of itself shows in a moment.
                    _ => {
                        shown.try_update(|it| {
                            if let Some(run) = it.as_mut().and_then(|it| it.info.run.as_mut()) {
                                run.cancel_requested = true;
                            }
                        });
                    }
                }
            });
        };
        return Some(
            view! {
                <Button size=ButtonSize::Small loading=pressed on_click=stop attr:data-testid="run-stop">
                    {t(b::run::STOP)}
                </Button>
            }
            .into_any(),
        );
    }
    if !run.status.is_over() || !report.info.may_undo {
        return None;
    }
    let id = report.info.id;
    let done = Callback::new(move |()| {
        pressed.try_set(false);
        // A worker may be at it, or it is done: the page shows which.
        spawn_local(async move {
            if let Ok(report) = api::bulk::get(client, id).await {
                shown.try_set(Some(report));
            }
            on_over.try_run(());
        });
    });
    let press = move || {
        pressed.set(true);
        undo(client, toasts, id, done);
    };
    Some(
        view! {
            <Button
                size=ButtonSize::Small
                icon=Icon::Undo
                loading=pressed
                on_click=press
                attr:data-testid="run-undo"
            >
                {t(texts::common::UNDO)}
            </Button>
        }
        .into_any(),
    )
}

/// Which records were left as they are, and why.
fn refusals(refused: Vec<NamedRefusal>, count: u64) -> Option<AnyView> {
    if count == 0 {
        return None;
    }
    let rows = refused.into_iter().map(|it| {
        let name = it.name.clone();
        let name = move || name.clone().unwrap_or_else(|| b::run::UNNAMED.get(locale()).into());
        view! { <li><strong>{name}</strong>": "{move || why(locale(), &it)}</li> }
    });
    let rows: Vec<_> = rows.collect();
    Some(
        view! {
            <details data-testid="run-refused">
                <summary>{move || b::run::refused(locale(), count)}</summary>
                <ul class="bulk-refused">{rows}</ul>
            </details>
        }
        .into_any(),
    )
}

fn why(locale: Locale, it: &NamedRefusal) -> String {
    let text = match it.refusal.reason {
        BulkReason::NotFound => b::run::NOT_FOUND,
        BulkReason::CorporationIsPrimary => b::run::PRIMARY,
        BulkReason::InUse => b::run::IN_USE,
        BulkReason::HasDocuments => b::run::HAS_DOCUMENTS,
        BulkReason::ChangedSince => b::run::CHANGED_SINCE,
        BulkReason::Conflict => b::run::CONFLICT,
        BulkReason::PartsGone => {
            return b::run::parts_gone(locale, named(locale, &it.refusal.fields));
        }
    };
    text.get(locale).to_owned()
}
