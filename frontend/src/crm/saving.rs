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
use std::any::Any;
use std::collections::BTreeSet;
use std::pin::Pin;
use std::sync::Arc;

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

/// Something stored, whatever it is. What saves it is compiled once, not once for each type.
type Record = Arc<dyn Any + Send + Sync>;
type Answer = Pin<Box<dyn Future<Output = Result<Tagged<Record>, ApiError>>>>;

fn erased<T: Kept>(answer: impl Future<Output = Result<Tagged<T>, ApiError>> + 'static) -> Answer {
    Box::pin(async move {
        let Tagged { value, etag } = answer.await?;
        Ok(Tagged { value: Arc::new(value) as Record, etag })
    })
}

fn draft_of<T: Kept>(record: Option<&Tagged<Record>>) -> Option<T::Draft> {
    Some(record?.value.downcast_ref::<T>()?.draft())
}

/// Whether one may insist.
fn is_doubt(error: &ApiError) -> bool {
    error.is(ProblemCode::PossibleDuplicate) || error.is(ProblemCode::AppointmentConflict)
}

/// What is stored, and what becomes of a save.
#[derive(Clone, Copy)]
struct Course {
    /// What is stored, as far as we know; none for something new.
    stored: RwSignal<Option<Tagged<Record>>>,
    /// What is stored after somebody else saved, while it is asked what to keep.
    newer: RwSignal<Option<Tagged<Record>>>,
    doubtful: RwSignal<Option<ApiError>>,
    pending: RwSignal<bool>,
    errors: FormErrors,
    on_saved: Callback<(Record, Saved)>,
}

impl Course {
    fn create(self, answer: Answer) {
        self.pending.set(true);
        spawn_local(async move {
            let answer = answer.await;
            self.pending.try_set(false);
            match answer {
                Ok(created) => self.done(created.value, Saved::Created),
                Err(error) => self.refused(error),
            }
        });
    }

    /// `read` is asked for what is stored when somebody else was faster.
    fn update(self, answer: Answer, read: Box<dyn FnOnce() -> Answer>) {
        self.pending.set(true);
        spawn_local(async move {
            let answer = answer.await;
            let met = matches!(&answer, Err(error) if error.is(ProblemCode::PreconditionFailed));
            let newer = if met { Some(read().await) } else { None };
            self.pending.try_set(false);
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
        if is_doubt(&error) {
            self.doubtful.try_set(Some(error));
        } else {
            self.doubtful.try_set(None);
            self.errors.show(error);
        }
    }

    fn done(self, value: Record, saved: Saved) {
        self.newer.try_set(None);
        self.doubtful.try_set(None);
        self.on_saved.try_run((value, saved));
    }
}

/// The state of a form that saves.
#[derive(Clone)]
pub struct Saving<T: Kept> {
    pub editor: Editor<T::Draft>,
    /// What was refused and the form may insist on.
    pub doubtful: RwSignal<Option<ApiError>>,
    course: Course,
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
        let editor = Editor::new(start);
        let stored =
            stored.map(|Tagged { value, etag }| Tagged { value: Arc::new(value) as Record, etag });
        let doubtful = RwSignal::new(None);
        let course = Course {
            stored: RwSignal::new(stored),
            newer: RwSignal::new(None),
            doubtful,
            pending: editor.saving,
            errors: editor.errors,
            on_saved: Callback::new(move |(value, saved): (Record, Saved)| {
                editor.settle_as_is();
                if let Some(value) = value.downcast_ref::<T>() {
                    on_saved(value.clone(), saved);
                }
            }),
        };
        Self { editor, doubtful, course, client: use_client(), toasts: use_toasts() }
    }

    /// Nothing is stored yet.
    pub fn is_new(self) -> bool {
        self.course.stored.with_untracked(Option::is_none)
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
        match self.course.stored.get_untracked() {
            None => self.create(false),
            Some(stored) => self.update(stored),
        }
    }

    /// Creates it though there are others much like it.
    pub fn insist(self) {
        if !self.editor.saving.get_untracked() {
            self.create(true);
        }
    }

    fn create(self, allow_duplicate: bool) {
        self.course.create(erased(T::create(self.client, self.editor.now(), allow_duplicate)));
    }

    fn update(self, stored: Tagged<Record>) {
        let Some(value) = stored.value.downcast_ref::<T>().cloned() else { return };
        let Some(patch) = T::patch(&self.editor.now(), &value.draft()) else {
            self.course.done(stored.value, Saved::AsItWas);
            return;
        };
        let write = erased(value.clone().write(self.client, stored.etag, patch));
        self.course.update(write, Box::new(move || erased(value.read(self.client))));
    }

    fn versions(self) -> Option<Versions<T::Draft>> {
        let theirs = self.course.newer.with(|it| draft_of::<T>(it.as_ref()))?;
        let base = self.course.stored.with(|it| draft_of::<T>(it.as_ref()))?;
        Some(Versions { base, mine: self.editor.now(), theirs })
    }

    /// Throws away what was typed and goes on with what is stored.
    fn keep_theirs(self) {
        let newer = self.course.newer.get_untracked();
        let Some(theirs) = draft_of::<T>(newer.as_ref()) else { return };
        self.editor.errors.clear();
        self.editor.settle(theirs);
        self.course.stored.set(newer);
        self.course.newer.set(None);
        self.toasts.info(t(conflict::RELOADED));
    }

    /// Saves over what is stored, but keeps the fields in `theirs` as they are there.
    fn save_over(self, theirs: &BTreeSet<&'static str>) {
        let versions = untrack(|| self.versions());
        let newer = self.course.newer.get_untracked();
        let (Some(versions), Some(newer)) = (versions, newer) else { return };
        let merged = versions.merged(T::fields(), theirs);
        self.editor.update(|draft| *draft = merged);
        self.course.stored.set(Some(newer));
        self.save();
        // What was put together can break a rule: then the form shows where.
        if !self.editor.saving.get_untracked() {
            self.course.newer.set(None);
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
            on_close=Callback::new(move |()| saving.course.newer.set(None))
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
