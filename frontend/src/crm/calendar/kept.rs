//! An appointment as its form saves it.

use super::super::conflict::FieldOf;
use super::super::saving::Kept;
use super::draft::{AppointmentDraft, FIELDS};
use crate::api::{ApiError, Client, Tagged, appointments};
use crate::format;
use crate::state::FormErrors;
use chrono::NaiveDateTime;
use ebenezer_shared::crm::appointment::{Appointment, LONGEST, UpdateAppointment};

impl Kept for Appointment {
    type Draft = AppointmentDraft;
    type Patch = UpdateAppointment;

    fn fields() -> &'static [FieldOf<AppointmentDraft>] {
        &FIELDS
    }

    fn draft(&self) -> AppointmentDraft {
        AppointmentDraft::from(self)
    }

    fn check(draft: &AppointmentDraft, errors: FormErrors) -> bool {
        let mut right = errors.check(&draft.to_create());
        let mut must = |holds: bool, field: &'static str, code: &'static str| {
            if !holds {
                errors.mark(field, code);
                right = false;
            }
        };
        let (start, end) = draft.span();
        for (shown, field) in [(start, "starts_at"), (end, "ends_at")] {
            must(shown.is_some(), field, "required");
            must(shown.is_none_or(exists), field, "hour_skipped");
        }
        if start.is_some_and(exists) && end.is_some_and(exists) {
            let whole = draft.to_create();
            must(whole.starts_at < whole.ends_at, "ends_at", "ends_first");
            must(whole.ends_at - whole.starts_at <= LONGEST, "ends_at", "over_a_day");
        }
        right
    }

    fn patch(now: &AppointmentDraft, before: &AppointmentDraft) -> Option<UpdateAppointment> {
        now.to_update(before)
    }

    async fn create(
        client: Client,
        draft: AppointmentDraft,
        _: bool,
    ) -> Result<Tagged<Self>, ApiError> {
        appointments::create(client, &draft.to_create()).await
    }

    async fn read(self, client: Client) -> Result<Tagged<Self>, ApiError> {
        appointments::get(client, self.id).await
    }

    async fn write(
        self,
        client: Client,
        etag: Option<String>,
        patch: UpdateAppointment,
    ) -> Result<Tagged<Self>, ApiError> {
        appointments::update(client, self.id, etag.as_deref(), &patch).await
    }
}

/// Whether the clock on the wall ever shows that: in spring it leaves out an hour.
fn exists(shown: NaiveDateTime) -> bool {
    let (day, time) = format::local(format::moment(shown));
    day.and_time(time) == shown
}
