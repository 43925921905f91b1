//! A task as it is typed.

use super::super::clients::{chosen, contact_of, corporation_of};
use super::super::conflict::{FieldOf, chosen_label, field, text_field};
use super::super::typed::{change, id, text, text_change, unless_empty};
use super::words::end_of_day;
use crate::format;
use crate::ui::Choice;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use ebenezer_shared::crm::case::CaseRef;
use ebenezer_shared::crm::priority::Priority;
use ebenezer_shared::crm::task::{CreateTask, Frequency, Recurrence, Task, TaskStatus, UpdateTask};
use ebenezer_shared::texts::tasks as k;

/// All that the form holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskDraft {
    pub title: String,
    pub day: Option<NaiveDate>,
    /// `14:30`; empty for any time of the day.
    pub time: String,
    pub assignee: Option<Choice>,
    pub priority: Priority,
    pub status: TaskStatus,
    pub client: Option<Choice>,
    /// What it is about instead of a client.
    pub case: Option<CaseRef>,
    /// None does not come again.
    pub unit: Option<Frequency>,
    pub every: String,
    pub until: Option<NaiveDate>,
    pub notes: String,
    pub external_id: String,
}

impl Default for TaskDraft {
    fn default() -> Self {
        Self {
            title: String::new(),
            day: None,
            time: String::new(),
            assignee: None,
            priority: Priority::Normal,
            status: TaskStatus::Open,
            client: None,
            case: None,
            unit: None,
            every: "1".to_owned(),
            until: None,
            notes: String::new(),
            external_id: String::new(),
        }
    }
}

impl From<&Task> for TaskDraft {
    fn from(task: &Task) -> Self {
        let due = task.due_at.map(format::local);
        let time = due.map(|(_, time)| time).filter(|time| *time != end_of_day());
        let again = task.recurrence.as_ref();
        Self {
            title: task.title.clone(),
            day: due.map(|(day, _)| day),
            time: time.map(|time| time.format("%H:%M").to_string()).unwrap_or_default(),
            assignee: task
                .assignee
                .as_ref()
                .map(|it| Choice::new(it.id.to_string(), it.full_name.clone())),
            priority: task.priority,
            status: task.status,
            client: task.client.as_ref().filter(|_| task.case.is_none()).map(chosen),
            case: task.case.clone(),
            unit: again.map(|again| again.unit),
            every: again.map_or(1, |again| again.every).to_string(),
            until: again.and_then(|again| again.until),
            notes: task.notes.clone().unwrap_or_default(),
            external_id: task.external_id.clone().unwrap_or_default(),
        }
    }
}

impl TaskDraft {
    fn due_at(&self) -> Option<DateTime<Utc>> {
        let time = self.time.parse::<NaiveTime>().unwrap_or_else(|_| end_of_day());
        self.day.map(|day| format::moment(day.and_time(time)))
    }

    fn recurrence(&self) -> Option<Recurrence> {
        // What is no number is refused as none: the rule names the field.
        let every = self.every.trim().parse().unwrap_or_default();
        Some(Recurrence { unit: self.unit?, every, until: self.until })
    }

    /// Whether what comes again has a day to come from, and does not end before it.
    pub fn has_beginning(&self) -> bool {
        self.unit.is_none() || self.day.is_some()
    }

    /// Whether it does not end before it begins.
    pub fn ends_late_enough(&self) -> bool {
        let ends = self.until.filter(|_| self.unit.is_some()).zip(self.day);
        ends.is_none_or(|(last, first)| last >= first)
    }

    /// The whole task as a new one; the shared rules judge it, for changes too.
    pub fn to_create(&self) -> CreateTask {
        let client = self.client.as_ref().filter(|_| self.case.is_none());
        CreateTask {
            title: self.title.trim().to_owned(),
            due_at: self.due_at(),
            assignee_id: self.assignee.as_ref().and_then(id),
            priority: self.priority,
            status: self.status,
            contact_id: contact_of(client),
            corporation_id: corporation_of(client),
            case_id: self.case.as_ref().map(|case| case.id),
            recurrence: self.recurrence(),
            notes: text(&self.notes),
            external_id: text(&self.external_id),
        }
    }

    /// What differs from `before`; none when nothing does.
    pub fn to_update(&self, before: &Self) -> Option<UpdateTask> {
        let (was, is) = (before.to_create(), self.to_create());
        unless_empty(UpdateTask {
            title: text_change(&before.title, &self.title),
            due_at: change(was.due_at, is.due_at),
            assignee_id: change(was.assignee_id, is.assignee_id),
            priority: (is.priority != was.priority).then_some(is.priority),
            status: (is.status != was.status).then_some(is.status),
            contact_id: change(was.contact_id, is.contact_id),
            corporation_id: change(was.corporation_id, is.corporation_id),
            case_id: change(was.case_id, is.case_id),
            recurrence: change(was.recurrence, is.recurrence),
            notes: text_change(&before.notes, &self.notes),
            external_id: text_change(&before.external_id, &self.external_id),
        })
    }
}

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// Its fields, for the dialog that compares two versions.
pub static FIELDS: [FieldOf<TaskDraft>; 13] = [
    text_field!(title, k::WHAT),
    field!(day, "due_at", k::DUE_DAY, |draft, _| day(draft.day)),
    text_field!(time, k::DUE_TIME),
    field!(assignee, "assignee_id", k::ASSIGNEE, |draft, _| chosen_label(draft.assignee.as_ref())),
    field!(priority, "priority", k::PRIORITY, |draft, locale| {
        draft.priority.text().get(locale).to_owned()
    }),
    field!(status, "status", k::STATUS, |draft, locale| {
        draft.status.text().get(locale).to_owned()
    }),
    field!(client, "contact_id", k::CLIENT, |draft, _| chosen_label(draft.client.as_ref())),
    field!(case, "case_id", k::CASE, |draft, locale| {
        let case = draft.case.as_ref();
        case.map(|it| super::super::cases::title(locale, it.kind, it.tax_year, it.period))
            .unwrap_or_default()
    }),
    field!(unit, "recurrence", k::RECURRENCE, |draft, locale| {
        draft.recurrence().map(|again| again.label(locale)).unwrap_or_default()
    }),
    text_field!(every, k::EVERY),
    field!(until, "until", k::UNTIL, |draft, _| day(draft.until)),
    text_field!(notes, k::NOTES),
    text_field!(external_id, k::EXTERNAL_ID),
];

#[cfg(test)]
mod tests {
    use super::*;
    use ebenezer_shared::crm::case::{CaseType, TaxPeriod};
    use ebenezer_shared::ids::CaseId;

    #[test]
    fn each_field_takes_part_when_two_versions_meet() {
        let mine = TaskDraft::default();
        let choice = |name: &str| Some(Choice::new("1", name));
        let case = CaseRef {
            id: CaseId(uuid::Uuid::nil()),
            kind: CaseType::Other,
            tax_year: 2024,
            period: TaxPeriod::Year,
        };
        let theirs = TaskDraft {
            title: "x".into(),
            day: NaiveDate::from_ymd_opt(2030, 1, 1),
            time: "10:00".into(),
            assignee: choice("Eva"),
            priority: Priority::High,
            status: TaskStatus::Done,
            client: choice("Ana"),
            case: Some(case),
            unit: Some(Frequency::Week),
            every: "2".into(),
            until: NaiveDate::from_ymd_opt(2031, 1, 1),
            notes: "y".into(),
            external_id: "z".into(),
        };
        let mut merged = mine.clone();
        for field in &FIELDS {
            assert!(!(field.same)(&merged, &theirs), "{}", field.name);
            (field.take)(&mut merged, &theirs);
        }
        assert_eq!(merged, theirs);
    }
}
