//! A tag as its form saves it.

use super::super::conflict::FieldOf;
use super::super::saving::Kept;
use super::draft::{FIELDS, TagDraft};
use crate::api::{ApiError, Client, Tagged, tags};
use crate::state::FormErrors;
use ebenezer_shared::crm::tag::{Tag, UpdateTag};

impl Kept for Tag {
    type Draft = TagDraft;
    type Patch = UpdateTag;

    fn fields() -> &'static [FieldOf<TagDraft>] {
        &FIELDS
    }

    fn draft(&self) -> TagDraft {
        TagDraft::from(self)
    }

    fn check(draft: &TagDraft, errors: FormErrors) -> bool {
        errors.check(&draft.to_create())
    }

    fn patch(now: &TagDraft, before: &TagDraft) -> Option<UpdateTag> {
        now.to_update(before)
    }

    async fn create(client: Client, draft: TagDraft, _: bool) -> Result<Tagged<Self>, ApiError> {
        tags::create(client, &draft.to_create()).await
    }

    async fn read(self, client: Client) -> Result<Tagged<Self>, ApiError> {
        tags::get(client, self.id).await
    }

    async fn write(
        self,
        client: Client,
        etag: Option<String>,
        patch: UpdateTag,
    ) -> Result<Tagged<Self>, ApiError> {
        tags::update(client, self.id, etag.as_deref(), &patch).await
    }
}
