//! Doing it, saying what became of it, and taking it back.

use super::super::merge::named;
use super::Selection;
use crate::api::bulk::Undone;
use crate::api::{self, Client, use_client};
use crate::state::toasts::ToastAction;
use crate::state::{Toasts, locale, locale_now, t, use_toasts};
use ebenezer_shared::crm::bulk::{
    BulkAction, BulkReason, BulkReport, BulkResult, RunBulk, UndoResult,
};
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::ids::BulkId;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::patch::Patch;
use ebenezer_shared::texts;
use ebenezer_shared::texts::bulk as b;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

/// The selected rows of a list, and what is done to them.
#[derive(Clone, Copy)]
pub struct Acting {
    pub list: ListName,
    pub selection: Selection,
    /// A request is under way.
    pub pending: RwSignal<bool>,
    /// Not only the selected rows are meant, but all that the list finds.
    pub all: RwSignal<bool>,
    /// The worker's run that was asked for last.
    pub running: RwSignal<Option<BulkReport>>,
    /// Which the list finds, as its query.
    meant: Callback<(), String>,
    on_done: Callback<()>,
    client: Client,
    toasts: Toasts,
}

impl Acting {
    /// On that selection, or all that is `meant` by the list's query; `on_done` shows the list
    /// as it is then.
    pub fn new(
        list: ListName,
        selection: Selection,
        meant: Callback<(), String>,
        on_done: Callback<()>,
    ) -> Self {
        let (pending, all) = (RwSignal::new(false), RwSignal::new(false));
        let running = RwSignal::new(None);
        let (client, toasts) = (use_client(), use_toasts());
        Self { list, selection, pending, all, running, meant, on_done, client, toasts }
    }

    /// How many are selected; tracked.
    pub fn count(self) -> u64 {
        self.selection.with(|ids| ids.len() as u64)
    }

    /// The ids of the selected rows with commas; nothing when all are meant.
    pub fn picked(self) -> String {
        let join = |ids: &BTreeSet<String>| ids.iter().cloned().collect::<Vec<_>>().join(",");
        if self.all.get_untracked() { String::new() } else { self.selection.with_untracked(join) }
    }

    /// Does it to all that is selected.
    pub fn run(self, change: impl FnOnce(&mut RunBulk)) {
        if self.pending.get_untracked() {
            return;
        }
        let ids = self
            .selection
            .with_untracked(|ids| ids.iter().filter_map(|id| id.parse().ok()).collect::<Vec<_>>());
        let all = self.all.get_untracked();
        let mut body = RunBulk {
            action: BulkAction::Delete,
            ids: if all { Vec::new() } else { ids },
            matching: all.then(|| self.meant.run(())),
            status: None,
            tag_id: None,
            owner_id: Patch::Absent,
            department_id: Patch::Absent,
        };
        change(&mut body);
        self.pending.set(true);
        if all {
            self.ask(body);
            return;
        }
        spawn_local(async move {
            let answer = api::bulk::run(self.client, self.list, &body).await;
            self.pending.try_set(false);
            match answer {
                Ok(result) => self.done(body.action, result),
                Err(error) => self.toasts.error(error.title(locale_now())),
            }
        });
    }

    /// Leaves it to a worker.
    fn ask(self, body: RunBulk) {
        spawn_local(async move {
            let answer = api::bulk::ask(self.client, self.list, &body).await;
            self.pending.try_set(false);
            match answer {
                Ok(info) => {
                    self.selection.try_update(std::collections::BTreeSet::clear);
                    self.running.try_set(Some(BulkReport { info, refused: Vec::new() }));
                }
                Err(error) => self.toasts.error(error.title(locale_now())),
            }
        });
    }

    fn done(self, action: BulkAction, result: BulkResult) {
        self.selection.try_update(|ids| {
            ids.retain(|id| result.refused.iter().any(|it| it.id.to_string() == *id));
        });
        self.on_done.try_run(());
        let (client, toasts, on_done) = (self.client, self.toasts, self.on_done);
        let id = result.bulk_id;
        let changed = result.changed;
        let text = move || say(locale(), action, &result);
        if changed == 0 {
            toasts.info(text);
            return;
        }
        let run = Callback::new(move |()| undo(client, toasts, id, on_done));
        toasts.success_with(text, ToastAction { label: t(texts::common::UNDO).into(), run });
    }
}

/// What became of it, in words.
fn say(locale: Locale, action: BulkAction, result: &BulkResult) -> String {
    let count = |reason| result.refused.iter().filter(|it| it.reason == reason).count() as u64;
    let changed = if action == BulkAction::Delete {
        b::deleted(locale, result.changed)
    } else {
        b::changed(locale, result.changed)
    };
    let mut parts = vec![changed];
    if result.unchanged > 0 {
        parts.push(b::unchanged(locale, result.unchanged));
    }
    let primary = count(BulkReason::CorporationIsPrimary);
    if primary > 0 {
        parts.push(b::primary(locale, primary));
    }
    let used = count(BulkReason::InUse);
    if used > 0 {
        parts.push(b::in_use(locale, used));
    }
    let kept = count(BulkReason::HasDocuments);
    if kept > 0 {
        parts.push(b::has_documents(locale, kept));
    }
    let gone = count(BulkReason::NotFound);
    if gone > 0 {
        parts.push(b::gone(locale, gone));
    }
    parts.join(" ")
}

/// Takes it back. The offer outlives the page.
pub fn undo(client: Client, toasts: Toasts, id: BulkId, on_done: Callback<()>) {
    spawn_local(async move {
        match api::bulk::undo(client, id).await {
            Ok(Undone::Later(_)) => toasts.info(t(b::UNDO_STARTED)),
            Ok(Undone::Now(UndoResult { restored, left })) if left.is_empty() => {
                toasts.success(move || b::restored(locale(), restored));
            }
            Ok(Undone::Now(UndoResult { restored, left }))
                if left.iter().any(|it| !it.fields.is_empty()) =>
            {
                let gone = left.iter().any(|it| it.reason == BulkReason::PartsGone);
                let mut fields: Vec<String> = left.into_iter().flat_map(|it| it.fields).collect();
                fields.sort();
                fields.dedup();
                toasts.info(move || {
                    let locale = locale();
                    let fields = named(locale, &fields);
                    let left = if gone {
                        b::parts_gone(locale, fields)
                    } else {
                        texts::merge::left(locale, fields)
                    };
                    format!("{} {left}", b::restored(locale, restored))
                });
            }
            Ok(Undone::Now(UndoResult { restored: 0, left })) if left.len() == 1 => {
                let gone = left.iter().any(|it| it.reason == BulkReason::NotFound);
                let changed = left.iter().any(|it| it.reason == BulkReason::ChangedSince);
                if changed {
                    toasts.info(move || b::left(locale(), 1));
                } else {
                    toasts.error(t(if gone { b::LEFT_GONE } else { b::LEFT_CONFLICT }));
                }
            }
            Ok(Undone::Now(UndoResult { restored, left })) => {
                let left = left.len() as u64;
                toasts.info(move || {
                    let locale = locale();
                    format!("{} {}", b::restored(locale, restored), b::left(locale, left))
                });
            }
            Err(error) if error.status() == Some(409) => toasts.error(t(b::UNDONE_ALREADY)),
            Err(error) => toasts.error(error.title(locale_now())),
        }
        on_done.try_run(());
    });
}
