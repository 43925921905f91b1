//! Saving a contact: by the shared rules, once, and never over somebody else's work unseen.

use super::super::conflict::Versions;
use super::super::editor::Editor;
use super::corporations_box::PRIMARY;
use super::draft::ContactDraft;
use super::fields::FIELDS;
use crate::api::{self, ApiError, Client, Tagged, use_client};
use crate::crm::trail::use_leave;
use crate::routes::Route;
use crate::state::{Toasts, locale, t, use_toasts};
use ebenezer_shared::crm::contact::{Contact, DuplicateMatch};
use ebenezer_shared::ids::ContactId;
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::texts;
use ebenezer_shared::texts::{conflict, contacts as c};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

/// What the form and its dialogs share.
#[derive(Clone, Copy)]
pub struct Saving {
    pub editor: Editor<ContactDraft>,
    /// What is stored, as far as we know; none for a new contact.
    stored: RwSignal<Option<Tagged<Contact>>>,
    /// What is stored after somebody else saved, while it is asked what to keep.
    pub newer: RwSignal<Option<Tagged<Contact>>>,
    /// People much like the new one.
    pub matches: RwSignal<Vec<DuplicateMatch>>,
    client: Client,
    toasts: Toasts,
    leave: Callback<Route>,
}

impl Saving {
    /// A form on `stored`, or on a new contact that starts as `start`.
    pub fn new(stored: Option<Tagged<Contact>>, start: ContactDraft) -> Self {
        Self {
            editor: Editor::new(start),
            stored: RwSignal::new(stored),
            newer: RwSignal::new(None),
            matches: RwSignal::new(Vec::new()),
            client: use_client(),
            toasts: use_toasts(),
            leave: use_leave(),
        }
    }

    /// Whose form it is; none for a new contact.
    pub fn id(self) -> Option<ContactId> {
        self.stored.with_untracked(|stored| stored.as_ref().map(|stored| stored.value.id))
    }

    /// The versions that met; tracked.
    pub fn versions(self) -> Option<Versions<ContactDraft>> {
        let theirs = self.newer.with(|newer| Some(ContactDraft::from(&newer.as_ref()?.value)))?;
        let base = self.stored.with(|stored| Some(ContactDraft::from(&stored.as_ref()?.value)))?;
        Some(Versions { base, mine: self.editor.now(), theirs })
    }

    /// Checks and sends.
    pub fn save(self) {
        if self.editor.saving.get_untracked() || !self.is_right() {
            return;
        }
        match self.stored.get_untracked() {
            None => self.create(false),
            Some(stored) => self.update(&stored),
        }
    }

    /// Creates the contact though there are others much like it.
    pub fn create_anyway(self) {
        self.create(true);
    }

    /// By the rules that the server has too; the first wrong field gets the focus.
    fn is_right(self) -> bool {
        let (draft, errors) = (self.editor.now(), self.editor.errors);
        let by_rules = errors.check(&draft.to_create(false));
        let lacks_primary = draft.corporations.lacks_primary();
        if lacks_primary {
            errors.mark(PRIMARY, "required");
        }
        by_rules && !lacks_primary
    }

    fn create(self, allow_duplicate: bool) {
        let body = self.editor.now().to_create(allow_duplicate);
        self.editor.saving.set(true);
        spawn_local(async move {
            let answer = api::contacts::create(self.client, &body).await;
            self.editor.saving.try_set(false);
            match answer {
                Ok(created) => {
                    self.matches.try_set(Vec::new());
                    let name = format!("{} {}", created.value.first_name, created.value.last_name);
                    self.done(created.value.id, move || c::created(locale(), &name));
                }
                Err(error) if error.is(ProblemCode::PossibleDuplicate) => {
                    let found = error.problem().map(|problem| problem.matches.clone());
                    self.matches.try_set(found.unwrap_or_default());
                }
                Err(error) => {
                    self.matches.try_set(Vec::new());
                    self.refused(error);
                }
            }
        });
    }

    fn update(self, stored: &Tagged<Contact>) {
        let (id, etag) = (stored.value.id, stored.etag.clone());
        let Some(patch) = self.editor.now().to_update(&ContactDraft::from(&stored.value)) else {
            // Nothing to save: as if it had been.
            self.editor.settle_as_is();
            self.newer.set(None);
            self.leave.run(Route::Contact(id));
            return;
        };
        self.editor.saving.set(true);
        spawn_local(async move {
            let answer = api::contacts::update(self.client, id, etag.as_deref(), &patch).await;
            match answer {
                Ok(_) => {
                    self.newer.try_set(None);
                    self.done(id, t(texts::common::SAVED));
                }
                Err(error) if error.is(ProblemCode::PreconditionFailed) => {
                    match api::contacts::get(self.client, id).await {
                        Ok(newer) => {
                            self.newer.try_set(Some(newer));
                        }
                        Err(error) => self.refused(error),
                    }
                }
                Err(error) => {
                    self.newer.try_set(None);
                    self.refused(error);
                }
            }
            self.editor.saving.try_set(false);
        });
    }

    /// Throws away what was typed and goes on with what is stored.
    pub fn keep_theirs(self) {
        let Some(newer) = self.newer.get_untracked() else { return };
        self.editor.errors.clear();
        self.editor.settle(ContactDraft::from(&newer.value));
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

    fn done(self, id: ContactId, said: impl Into<TextProp>) {
        self.editor.saving.try_set(false);
        self.editor.settle_as_is();
        self.toasts.success(said);
        self.leave.try_run(Route::Contact(id));
    }

    fn refused(self, error: ApiError) {
        self.editor.errors.show(error);
    }

    /// Leaves without saving.
    pub fn cancel(self) {
        self.editor.settle_as_is();
        self.leave.run(self.id().map_or(Route::Contacts, Route::Contact));
    }
}
