//! Saving a corporation: by the shared rules, once, and never over somebody else's work
//! unseen.

use super::super::conflict::Versions;
use super::super::editor::Editor;
use super::draft::CorporationDraft;
use super::fields::FIELDS;
use crate::api::{self, Client, Tagged, use_client};
use crate::crm::trail::use_leave;
use crate::routes::Route;
use crate::state::{Toasts, locale, t, use_toasts};
use ebenezer_shared::crm::corporation::Corporation;
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::texts;
use ebenezer_shared::texts::{conflict, corporations as c};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

/// What the form and its dialog share.
#[derive(Clone, Copy)]
pub struct Saving {
    pub editor: Editor<CorporationDraft>,
    /// What is stored, as far as we know; none for a new corporation.
    stored: RwSignal<Option<Tagged<Corporation>>>,
    /// What is stored after somebody else saved, while it is asked what to keep.
    pub newer: RwSignal<Option<Tagged<Corporation>>>,
    client: Client,
    toasts: Toasts,
    leave: Callback<Route>,
}

impl Saving {
    /// A form on `stored`, or on a new corporation.
    pub fn new(stored: Option<Tagged<Corporation>>) -> Self {
        let start = stored.as_ref().map(|stored| CorporationDraft::from(&stored.value));
        Self {
            editor: Editor::new(start.unwrap_or_default()),
            stored: RwSignal::new(stored),
            newer: RwSignal::new(None),
            client: use_client(),
            toasts: use_toasts(),
            leave: use_leave(),
        }
    }

    /// Which corporation; none for a new one.
    pub fn id(self) -> Option<CorporationId> {
        self.stored.with_untracked(|stored| stored.as_ref().map(|stored| stored.value.id))
    }

    /// The versions that met; tracked.
    pub fn versions(self) -> Option<Versions<CorporationDraft>> {
        let theirs = self.newer.with(|newer| Some(CorporationDraft::from(&newer.as_ref()?.value)))?;
        let base =
            self.stored.with(|stored| Some(CorporationDraft::from(&stored.as_ref()?.value)))?;
        Some(Versions { base, mine: self.editor.now(), theirs })
    }

    /// Checks and sends.
    pub fn save(self) {
        let right = || self.editor.errors.check(&self.editor.now().to_create());
        if self.editor.saving.get_untracked() || !right() {
            return;
        }
        match self.stored.get_untracked() {
            None => self.create(),
            Some(stored) => self.update(&stored),
        }
    }

    fn create(self) {
        let body = self.editor.now().to_create();
        self.editor.saving.set(true);
        spawn_local(async move {
            let answer = api::corporations::create(self.client, &body).await;
            self.editor.saving.try_set(false);
            match answer {
                Ok(created) => {
                    let name = created.value.name;
                    self.done(created.value.id, move || c::created_named(locale(), &name));
                }
                Err(error) => self.editor.errors.show(error),
            }
        });
    }

    fn update(self, stored: &Tagged<Corporation>) {
        let (id, etag) = (stored.value.id, stored.etag.clone());
        let Some(patch) = self.editor.now().to_update(&CorporationDraft::from(&stored.value)) else {
            // Nothing to save: as if it had been.
            self.editor.settle_as_is();
            self.newer.set(None);
            self.leave.run(Route::Corporation(id));
            return;
        };
        self.editor.saving.set(true);
        spawn_local(async move {
            let answer = api::corporations::update(self.client, id, etag.as_deref(), &patch).await;
            match answer {
                Ok(_) => {
                    self.newer.try_set(None);
                    self.done(id, t(texts::common::SAVED));
                }
                Err(error) if error.is(ProblemCode::PreconditionFailed) => {
                    match api::corporations::get(self.client, id).await {
                        Ok(newer) => {
                            self.newer.try_set(Some(newer));
                        }
                        Err(error) => self.editor.errors.show(error),
                    }
                }
                Err(error) => {
                    self.newer.try_set(None);
                    self.editor.errors.show(error);
                }
            }
            self.editor.saving.try_set(false);
        });
    }

    /// Throws away what was typed and goes on with what is stored.
    pub fn keep_theirs(self) {
        let Some(newer) = self.newer.get_untracked() else { return };
        self.editor.errors.clear();
        self.editor.settle(CorporationDraft::from(&newer.value));
        self.stored.set(Some(newer));
        self.newer.set(None);
        self.toasts.info(t(conflict::RELOADED));
    }

    /// Saves over what is stored, but keeps the fields in `theirs` as they are there.
    pub fn save_over(self, theirs: &BTreeSet<&'static str>) {
        let (Some(versions), Some(newer)) = (untrack(|| self.versions()), self.newer.get_untracked())
        else {
            return;
        };
        let merged = versions.merged(&FIELDS, theirs);
        self.editor.update(|draft| *draft = merged);
        self.stored.set(Some(newer));
        self.save();
        // What was put together can break a rule: then the form shows where.
        if !self.editor.saving.get_untracked() {
            self.newer.set(None);
        }
    }

    fn done(self, id: CorporationId, said: impl Into<TextProp>) {
        self.editor.saving.try_set(false);
        self.editor.settle_as_is();
        self.toasts.success(said);
        self.leave.try_run(Route::Corporation(id));
    }

    /// Leaves without saving.
    pub fn cancel(self) {
        self.editor.settle_as_is();
        self.leave.run(self.id().map_or(Route::Corporations, Route::Corporation));
    }
}
