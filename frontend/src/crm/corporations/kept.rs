//! A corporation as forms save it.

use super::super::conflict::FieldOf;
use super::super::saving::Kept;
use super::draft::CorporationDraft;
use super::fields::FIELDS;
use crate::api::{ApiError, Client, Tagged, corporations};
use crate::state::FormErrors;
use ebenezer_shared::crm::corporation::{Corporation, UpdateCorporation};

impl Kept for Corporation {
    type Draft = CorporationDraft;
    type Patch = UpdateCorporation;

    fn fields() -> &'static [FieldOf<CorporationDraft>] {
        &FIELDS
    }

    fn draft(&self) -> CorporationDraft {
        CorporationDraft::from(self)
    }

    fn check(draft: &CorporationDraft, errors: FormErrors) -> bool {
        errors.check(&draft.to_create())
    }

    fn patch(now: &CorporationDraft, before: &CorporationDraft) -> Option<UpdateCorporation> {
        now.to_update(before)
    }

    async fn create(
        client: Client,
        draft: CorporationDraft,
        _: bool,
    ) -> Result<Tagged<Self>, ApiError> {
        corporations::create(client, &draft.to_create()).await
    }

    async fn read(self, client: Client) -> Result<Tagged<Self>, ApiError> {
        corporations::get(client, self.id).await
    }

    async fn write(
        self,
        client: Client,
        etag: Option<String>,
        patch: UpdateCorporation,
    ) -> Result<Tagged<Self>, ApiError> {
        corporations::update(client, self.id, etag.as_deref(), &patch).await
    }
}
