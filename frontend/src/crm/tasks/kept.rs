//! A task as its form saves it.

use super::super::conflict::FieldOf;
use super::super::saving::Kept;
use super::draft::{FIELDS, TaskDraft};
use crate::api::{ApiError, Client, Tagged, tasks};
use crate::state::FormErrors;
use ebenezer_shared::crm::task::{Task, UpdateTask};

impl Kept for Task {
    type Draft = TaskDraft;
    type Patch = UpdateTask;

    fn fields() -> &'static [FieldOf<TaskDraft>] {
        &FIELDS
    }

    fn draft(&self) -> TaskDraft {
        TaskDraft::from(self)
    }

    fn check(draft: &TaskDraft, errors: FormErrors) -> bool {
        let mut right = errors.check(&draft.to_create());
        let mut must = |holds: bool, field: &'static str, code: &'static str| {
            if !holds {
                errors.mark(field, code);
                right = false;
            }
        };
        must(draft.has_beginning(), "recurrence", "needs_due");
        must(draft.ends_late_enough(), "recurrence", "ends_before_it_begins");
        right
    }

    fn patch(now: &TaskDraft, before: &TaskDraft) -> Option<UpdateTask> {
        now.to_update(before)
    }

    async fn create(client: Client, draft: TaskDraft, _: bool) -> Result<Tagged<Self>, ApiError> {
        tasks::create(client, &draft.to_create()).await
    }

    async fn read(self, client: Client) -> Result<Tagged<Self>, ApiError> {
        tasks::get(client, self.id).await
    }

    async fn write(
        self,
        client: Client,
        etag: Option<String>,
        patch: UpdateTask,
    ) -> Result<Tagged<Self>, ApiError> {
        tasks::update(client, self.id, etag.as_deref(), &patch).await
    }
}
