//! A department as its form saves it.

use super::super::conflict::FieldOf;
use super::super::saving::Kept;
use super::draft::{DepartmentDraft, FIELDS};
use crate::api::{ApiError, Client, Tagged, departments};
use crate::state::FormErrors;
use ebenezer_shared::crm::department::{Department, UpdateDepartment};

impl Kept for Department {
    type Draft = DepartmentDraft;
    type Patch = UpdateDepartment;

    fn fields() -> &'static [FieldOf<DepartmentDraft>] {
        &FIELDS
    }

    fn draft(&self) -> DepartmentDraft {
        DepartmentDraft::from(self)
    }

    fn check(draft: &DepartmentDraft, errors: FormErrors) -> bool {
        errors.check(&draft.to_create())
    }

    fn patch(now: &DepartmentDraft, before: &DepartmentDraft) -> Option<UpdateDepartment> {
        now.to_update(before)
    }

    async fn create(
        client: Client,
        draft: DepartmentDraft,
        _: bool,
    ) -> Result<Tagged<Self>, ApiError> {
        departments::create(client, &draft.to_create()).await
    }

    async fn read(self, client: Client) -> Result<Tagged<Self>, ApiError> {
        departments::get(client, self.id).await
    }

    async fn write(
        self,
        client: Client,
        etag: Option<String>,
        patch: UpdateDepartment,
    ) -> Result<Tagged<Self>, ApiError> {
        departments::update(client, self.id, etag.as_deref(), &patch).await
    }
}
