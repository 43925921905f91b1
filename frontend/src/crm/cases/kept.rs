//! A case as its form saves it.

use super::super::conflict::FieldOf;
use super::super::saving::Kept;
use super::draft::{CaseDraft, FIELDS};
use crate::api::{ApiError, Client, Tagged, cases};
use crate::state::FormErrors;
use crate::state::clock::now;
use ebenezer_shared::crm::case::deadline::tax_years;
use ebenezer_shared::crm::case::{Case, UpdateCase};

impl Kept for Case {
    type Draft = CaseDraft;
    type Patch = UpdateCase;

    fn fields() -> &'static [FieldOf<CaseDraft>] {
        &FIELDS
    }

    fn draft(&self) -> CaseDraft {
        CaseDraft::from(self)
    }

    fn check(draft: &CaseDraft, errors: FormErrors) -> bool {
        let mut right = errors.check(&draft.to_create());
        let mut must = |holds: bool, field: &'static str, code: &'static str| {
            if !holds {
                errors.mark(field, code);
                right = false;
            }
        };
        must(draft.client.is_some(), "contact_id", "required");
        let years = tax_years(leptos::prelude::untrack(now).date_naive());
        must(draft.year().is_some_and(|year| years.contains(&year)), "tax_year", "out_of_range");
        must(draft.kind.takes(draft.period), "period", "period_of_type");
        must(draft.has_right_fee(), "fee", "invalid_money");
        right
    }

    fn patch(now: &CaseDraft, before: &CaseDraft) -> Option<UpdateCase> {
        now.to_update(before)
    }

    async fn create(client: Client, draft: CaseDraft, _: bool) -> Result<Tagged<Self>, ApiError> {
        cases::create(client, &draft.to_create()).await
    }

    async fn read(self, client: Client) -> Result<Tagged<Self>, ApiError> {
        cases::get(client, self.id).await
    }

    async fn write(
        self,
        client: Client,
        etag: Option<String>,
        patch: UpdateCase,
    ) -> Result<Tagged<Self>, ApiError> {
        cases::update(client, self.id, etag.as_deref(), &patch).await
    }
}
