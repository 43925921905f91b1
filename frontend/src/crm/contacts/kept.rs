//! A contact as forms save it.

use super::super::conflict::FieldOf;
use super::super::saving::Kept;
use super::corporations_box::PRIMARY;
use super::draft::ContactDraft;
use super::fields::FIELDS;
use crate::api::{ApiError, Client, Tagged, contacts};
use crate::state::FormErrors;
use ebenezer_shared::crm::contact::{Contact, UpdateContact};

impl Kept for Contact {
    type Draft = ContactDraft;
    type Patch = UpdateContact;

    fn fields() -> &'static [FieldOf<ContactDraft>] {
        &FIELDS
    }

    fn draft(&self) -> ContactDraft {
        ContactDraft::from(self)
    }

    fn check(draft: &ContactDraft, errors: FormErrors) -> bool {
        let by_rules = errors.check(&draft.to_create(false));
        let lacks_primary = draft.corporations.lacks_primary();
        if lacks_primary {
            errors.mark(PRIMARY, "required");
        }
        by_rules && !lacks_primary
    }

    fn patch(now: &ContactDraft, before: &ContactDraft) -> Option<UpdateContact> {
        now.to_update(before)
    }

    async fn create(
        client: Client,
        draft: ContactDraft,
        allow_duplicate: bool,
    ) -> Result<Tagged<Self>, ApiError> {
        contacts::create(client, &draft.to_create(allow_duplicate)).await
    }

    async fn read(self, client: Client) -> Result<Tagged<Self>, ApiError> {
        contacts::get(client, self.id).await
    }

    async fn write(
        self,
        client: Client,
        etag: Option<String>,
        patch: UpdateContact,
    ) -> Result<Tagged<Self>, ApiError> {
        contacts::update(client, self.id, etag.as_deref(), &patch).await
    }
}
