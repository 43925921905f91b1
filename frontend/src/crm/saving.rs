//! Saving what a form holds: by the shared rules, once, and never over somebody else's work
//! unseen.

use super::conflict::{ConflictDialog, FieldOf, Versions};
use super::editor::Editor;
use crate::api::{ApiError, Client, Tagged, use_client};
use crate::state::{FormErrors, Toasts, locale, t, use_toasts};
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::texts;
use ebenezer_shared::texts::conflict;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

/// Something that the firm keeps and a form changes.
pub trait Kept: Clone + Send + Sync + 'static {
    /// What the form holds.
    type Draft: Clone + Default + PartialEq + Send + Sync + 'static;
    /// The body of a `PATCH`.
    type Patch: 'static;

    /// The fields of the draft, in the order of the form.
    fn fields() -> &'static [FieldOf<Self::Draft>];
    /// It, as a form begins.
    fn draft(&self) -> Self::Draft;
    /// Judges a draft by the rules that the server has too.
    fn check(draft: &Self::Draft, errors: FormErrors) -> bool;
    /// What differs; none when nothing does.
    fn patch(now: &Self::Draft, before: &Self::Draft) -> Option<Self::Patch>;
    /// Creates it.
    fn create(
        client: Client,
        draft: Self::Draft,
        allow_duplicate: bool,
    ) -> impl Future<Output = Result<Tagged<Self>, ApiError>> + 'static;
    /// Reads it again.
    fn read(self, client: Client)
    -> impl Future<Output = Result<Tagged<Self>, ApiError>> + 'static;
    /// Changes the version that was read.
    fn write(
        self,
        client: Client,
        etag: Option<String>,
        patch: Self::Patch,
    ) -> impl Future<Output = Result<Tagged<Self>, ApiError>> + 'static;
}

/// How a save ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    Created,
    Changed,
    /// There was nothing to change.
    AsItWas,
}

/// The state of a form that saves.
#[derive(Clone)]
pub struct Saving<T: Kept> {
    pub editor: Editor<T::Draft>,
    /// What is stored, as far as we know; none for something new.
    stored: RwSignal<Option<Tagged<T>>>,
    /// What is stored after somebody else saved, while it is asked what to keep.
    newer: RwSignal<Option<Tagged<T>>>,
    /// A refused creation that the form may insist on.
    pub doubtful: RwSignal<Option<ApiError>>,
    on_saved: Callback<(T, Saved)>,
    client: Client,
    toasts: Toasts,
}

impl<T: Kept> Copy for Saving<T> {}

impl<T: Kept> Saving<T> {
    /// A form on `stored`, or on something new that begins as `start`.
    pub fn new(
        stored: Option<Tagged<T>>,
        start: T::Draft,
        on_saved: impl Fn(T, Saved) + Send + Sync + 'static,
    ) -> Self {
        let start = stored.as_ref().map_or(start, |stored| stored.value.draft());
        Self {
            editor: Editor::new(start),
            stored: RwSignal::new(stored),
            newer: RwSignal::new(None),
            doubtful: RwSignal::new(None),
            on_saved: Callback::new(move |(value, saved)| on_saved(value, saved)),
            client: use_client(),
            toasts: use_toasts(),
        }
    }

    /// Nothing is stored yet.
    pub fn is_new(self) -> bool {
        self.stored.with_untracked(Option::is_none)
    }

    /// A request is under way.
    pub fn pending(self) -> Signal<bool> {
        self.editor.saving.into()
    }

    /// Checks and sends. The first wrong field gets the focus.
    pub fn save(self) {
        let right = || T::check(&self.editor.now(), self.editor.errors);
        if self.editor.saving.get_untracked() || !right() {
            return;
        }
        match self.stored.get_untracked() {
            None => self.create(false),
            Some(stored) => self.update(stored),
        }
    }

    /// Creates it though there are others much like it.
    pub fn insist(self) {
        self.create(true);
    }

    fn create(self, allow_duplicate: bool) {
        let draft = self.editor.now();
        self.editor.saving.set(true);
        spawn_local(async move {
            let answer = T::create(self.client, draft, allow_duplicate).await;
            self.editor.saving.try_set(false);
            match answer {
                Ok(created) => self.done(created.value, Saved::Created),
                Err(error) if error.is(ProblemCode::PossibleDuplicate) => {
                    self.doubtful.try_set(Some(error));
                }
                Err(error) => self.refused(error),
            }
        });
    }

    fn update(self, stored: Tagged<T>) {
        let Some(patch) = T::patch(&self.editor.now(), &stored.value.draft()) else {
            self.done(stored.value, Saved::AsItWas);
            return;
        };
        self.editor.saving.set(true);
        spawn_local(async move {
            let Tagged { value, etag } = stored;
            let answer = value.clone().write(self.client, etag, patch).await;
            let met = matches!(&answer, Err(error) if error.is(ProblemCode::PreconditionFailed));
            let newer = if met { Some(value.read(self.client).await) } else { None };
            self.editor.saving.try_set(false);
            match (answer, newer) {
                (_, Some(Ok(newer))) => {
                    self.newer.try_set(Some(newer));
                }
                (_, Some(Err(error))) | (Err(error), None) => self.refused(error),
                (Ok(changed), None) => {
                    // A form that stays open goes on from here.
                    self.stored.try_set(Some(changed.clone()));
                    self.done(changed.value, Saved::Changed);
                }
            }
        });
    }

    fn refused(self, error: ApiError) {
        self.newer.try_set(None);
        self.doubtful.try_set(None);
        self.editor.errors.show(error);
    }

    fn done(self, value: T, saved: Saved) {
        self.newer.try_set(None);
        self.doubtful.try_set(None);
        self.editor.settle_as_is();
        self.on_saved.try_run((value, saved));
    }

    fn versions(self) -> Option<Versions<T::Draft>> {
        let theirs = self.newer.with(|newer| Some(newer.as_ref()?.value.draft()))?;
        let base = self.stored.with(|stored| Some(stored.as_ref()?.value.draft()))?;
        Some(Versions { base, mine: self.editor.now(), theirs })
    }

    /// Throws away what was typed and goes on with what is stored.
    fn keep_theirs(self) {
        let Some(newer) = self.newer.get_untracked() else { return };
        self.editor.errors.clear();
        self.editor.settle(newer.value.draft());
        self.stored.set(Some(newer));
        self.newer.set(None);
        self.toasts.info(t(conflict::RELOADED));
    }

    /// Saves over what is stored, but keeps the fields in `theirs` as they are there.
    fn save_over(self, theirs: &BTreeSet<&'static str>) {
        let versions = untrack(|| self.versions());
        let (Some(versions), Some(newer)) = (versions, self.newer.get_untracked()) else { return };
        let merged = versions.merged(T::fields(), theirs);
        self.editor.update(|draft| *draft = merged);
        self.stored.set(Some(newer));
        self.save();
        // What was put together can break a rule: then the form shows where.
        if !self.editor.saving.get_untracked() {
            self.newer.set(None);
        }
    }
}

/// The dialog that opens when somebody else saved in between.
#[expect(clippy::large_types_passed_by_value, reason = "a bundle of handles")]
#[component]
pub fn ConflictOf<T: Kept>(saving: Saving<T>) -> impl IntoView {
    let differences = Signal::derive(move || {
        let versions = saving.versions()?;
        Some(versions.differences(T::fields(), locale()))
    });
    view! {
        <ConflictDialog
            differences
            pending=saving.pending()
            on_close=Callback::new(move |()| saving.newer.set(None))
            on_theirs=Callback::new(move |()| saving.keep_theirs())
            on_save=Callback::new(move |theirs| saving.save_over(&theirs))
        />
    }
}

/// What a message says of a save: nothing when nothing was changed.
pub fn say_saved(toasts: Toasts, saved: Saved, created: impl FnOnce() -> TextProp) {
    match saved {
        Saved::Created => toasts.success(created()),
        Saved::Changed => toasts.success(t(texts::common::SAVED)),
        Saved::AsItWas => {}
    }
}
