//! An appointment as it is typed.

use super::super::clients::{chosen, contact_of, corporation_of};
use super::super::conflict::{FieldOf, chosen_label, field, text_field};
use super::super::typed::{change, id, text, text_change, unless_empty};
use super::words::{REMINDERS, clock};
use crate::format;
use crate::ui::Choice;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use ebenezer_shared::crm::appointment::{
    Appointment, AppointmentStatus, CreateAppointment, UpdateAppointment,
};
use ebenezer_shared::texts::appointments as a;

/// The reminder that new ones have.
const USUAL_REMINDER: &str = "1440";

/// All that the form holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppointmentDraft {
    pub title: String,
    pub day: Option<NaiveDate>,
    /// `14:30`
    pub from: String,
    pub last_day: Option<NaiveDate>,
    pub to: String,
    pub staff: Option<Choice>,
    pub client: Option<Choice>,
    pub place: String,
    pub video_url: String,
    pub status: AppointmentStatus,
    pub notes: String,
    /// In minutes before it begins; empty for none.
    pub reminder: String,
    pub external_id: String,
    /// Whether the client is told when it is saved.
    pub notify: bool,
    /// Whether it is saved whatever else the colleague has then.
    pub insist: bool,
}

impl Default for AppointmentDraft {
    fn default() -> Self {
        Self {
            title: String::new(),
            day: None,
            from: String::new(),
            last_day: None,
            to: String::new(),
            staff: None,
            client: None,
            place: String::new(),
            video_url: String::new(),
            status: AppointmentStatus::Scheduled,
            notes: String::new(),
            reminder: USUAL_REMINDER.to_owned(),
            external_id: String::new(),
            notify: false,
            insist: false,
        }
    }
}

impl From<&Appointment> for AppointmentDraft {
    fn from(it: &Appointment) -> Self {
        let (from, to) = (format::local(it.starts_at), format::local(it.ends_at));
        Self {
            title: it.title.clone(),
            day: Some(from.0),
            from: clock(from.1),
            last_day: Some(to.0),
            to: clock(to.1),
            staff: Some(Choice::new(it.staff.id.to_string(), it.staff.full_name.clone())),
            client: it.client.as_ref().map(chosen),
            place: it.place.clone().unwrap_or_default(),
            video_url: it.video_url.clone().unwrap_or_default(),
            status: it.status,
            notes: it.notes.clone().unwrap_or_default(),
            reminder: it.remind_minutes.map(|it| it.to_string()).unwrap_or_default(),
            external_id: it.external_id.clone().unwrap_or_default(),
            notify: false,
            insist: false,
        }
    }
}

fn shown(day: Option<NaiveDate>, time: &str) -> Option<NaiveDateTime> {
    Some(day?.and_time(time.parse::<NaiveTime>().ok()?))
}

impl AppointmentDraft {
    /// One that begins then.
    pub fn at(start: NaiveDateTime, minutes: i64) -> Self {
        let mut draft = Self::default();
        draft.set_start(Some(start.date()), clock(start.time()));
        draft.set_end(start + TimeDelta::minutes(minutes));
        draft
    }

    /// When it begins and ends on the clock on the wall, as far as that can be read.
    pub fn span(&self) -> (Option<NaiveDateTime>, Option<NaiveDateTime>) {
        (shown(self.day, &self.from), shown(self.last_day, &self.to))
    }

    /// Another beginning: its end moves along.
    pub fn set_start(&mut self, day: Option<NaiveDate>, from: String) {
        let (before, end) = self.span();
        (self.day, self.from) = (day, from);
        if let (Some(start), Some(before), Some(end)) = (self.span().0, before, end) {
            self.set_end(start + (end - before));
        } else if self.last_day.is_none() {
            self.last_day = day;
        }
    }

    fn set_end(&mut self, end: NaiveDateTime) {
        (self.last_day, self.to) = (Some(end.date()), clock(end.time()));
    }

    /// The whole appointment as a new one; the shared rules judge it, for changes too.
    pub fn to_create(&self) -> CreateAppointment {
        let at = |shown: Option<NaiveDateTime>| {
            shown.map_or(DateTime::<Utc>::UNIX_EPOCH, format::moment)
        };
        let (start, end) = self.span();
        CreateAppointment {
            title: self.title.trim().to_owned(),
            starts_at: at(start),
            ends_at: at(end),
            staff_id: self.staff.as_ref().and_then(id),
            contact_id: contact_of(self.client.as_ref()),
            corporation_id: corporation_of(self.client.as_ref()),
            place: text(&self.place),
            video_url: text(&self.video_url),
            status: self.status,
            notes: text(&self.notes),
            remind_minutes: self.reminder.parse().ok(),
            external_id: text(&self.external_id),
            allow_conflict: self.insist,
            notify_client: self.notify,
        }
    }

    /// What differs from `before`; none when nothing does.
    pub fn to_update(&self, before: &Self) -> Option<UpdateAppointment> {
        let (was, is) = (before.to_create(), self.to_create());
        let patch = unless_empty(UpdateAppointment {
            title: text_change(&before.title, &self.title),
            starts_at: (is.starts_at != was.starts_at).then_some(is.starts_at),
            ends_at: (is.ends_at != was.ends_at).then_some(is.ends_at),
            staff_id: is.staff_id.filter(|_| is.staff_id != was.staff_id),
            contact_id: change(was.contact_id, is.contact_id),
            corporation_id: change(was.corporation_id, is.corporation_id),
            place: text_change(&before.place, &self.place),
            video_url: text_change(&before.video_url, &self.video_url),
            status: (is.status != was.status).then_some(is.status),
            notes: text_change(&before.notes, &self.notes),
            remind_minutes: change(was.remind_minutes, is.remind_minutes),
            external_id: text_change(&before.external_id, &self.external_id),
            notify_client: is.notify_client,
            allow_conflict: false,
        })?;
        Some(UpdateAppointment { allow_conflict: is.allow_conflict, ..patch })
    }
}

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// Its fields, for the dialog that compares two versions.
pub static FIELDS: [FieldOf<AppointmentDraft>; 13] = [
    text_field!(title, a::WHAT),
    field!(day, "starts_at", a::DAY, |draft, _| day(draft.day)),
    text_field!(from, a::FROM),
    field!(last_day, "ends_at", a::ENDS_AT, |draft, _| day(draft.last_day)),
    text_field!(to, a::TO),
    field!(staff, "staff_id", a::STAFF, |draft, _| chosen_label(draft.staff.as_ref())),
    field!(client, "contact_id", a::CLIENT, |draft, _| chosen_label(draft.client.as_ref())),
    text_field!(place, a::PLACE),
    text_field!(video_url, a::VIDEO_URL),
    field!(status, "status", a::STATUS, |draft, locale| {
        draft.status.text().get(locale).to_owned()
    }),
    field!(reminder, "remind_minutes", a::REMINDER, |draft, locale| {
        let known = REMINDERS.iter().find(|(minutes, _)| *minutes == draft.reminder);
        known.map_or(draft.reminder.clone(), |(_, text)| text.get(locale).to_owned())
    }),
    text_field!(notes, a::NOTES),
    text_field!(external_id, a::EXTERNAL_ID),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_takes_part_when_two_versions_meet() {
        let mine = AppointmentDraft::default();
        let choice = |name: &str| Some(Choice::new("1", name));
        let theirs = AppointmentDraft {
            title: "x".into(),
            day: NaiveDate::from_ymd_opt(2030, 1, 1),
            from: "10:00".into(),
            last_day: NaiveDate::from_ymd_opt(2030, 1, 2),
            to: "09:00".into(),
            staff: choice("Eva"),
            client: choice("Ana"),
            place: "p".into(),
            video_url: "v".into(),
            status: AppointmentStatus::Done,
            notes: "y".into(),
            reminder: "15".into(),
            external_id: "z".into(),
            ..mine.clone()
        };
        let mut merged = mine.clone();
        for field in &FIELDS {
            assert!(!(field.same)(&merged, &theirs), "{}", field.name);
            (field.take)(&mut merged, &theirs);
        }
        assert_eq!(merged, theirs);
    }

    #[test]
    fn the_end_moves_along_with_the_beginning() {
        let at = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        let mut draft = AppointmentDraft::at(at("2030-05-06 23:30"), 60);
        assert_eq!(draft.span().1, Some(at("2030-05-07 00:30")));
        draft.set_start(draft.day, "09:00".to_owned());
        assert_eq!(draft.span().1, Some(at("2030-05-06 10:00")));
        draft.set_start(NaiveDate::from_ymd_opt(2030, 5, 8), "09:00".to_owned());
        assert_eq!(draft.span().1, Some(at("2030-05-08 10:00")));
        // What cannot be read yet moves nothing.
        draft.set_start(draft.day, String::new());
        assert_eq!(draft.span(), (None, Some(at("2030-05-08 10:00"))));
    }
}
