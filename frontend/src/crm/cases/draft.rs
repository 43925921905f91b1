//! A case as it is typed.

use super::super::clients::{chosen, contact_of, corporation_of};
use super::super::conflict::{FieldOf, chosen_label, field, text_field};
use super::super::typed::{change, id, text, text_change, unless_empty};
use crate::ui::Choice;
use chrono::NaiveDate;
use ebenezer_shared::crm::case::{Case, CaseStatus, CaseType, CreateCase, TaxPeriod, UpdateCase};
use ebenezer_shared::crm::priority::Priority;
use ebenezer_shared::ids::{ContactId, CorporationId};
use ebenezer_shared::locale::Locale;
use ebenezer_shared::money::Money;
use ebenezer_shared::texts;
use ebenezer_shared::texts::cases as c;

/// What fees are in unless something else is typed.
const CURRENCY: &str = "USD";

/// All that the form holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseDraft {
    pub client: Option<Choice>,
    pub joint: Option<Choice>,
    pub kind: CaseType,
    pub tax_year: String,
    pub period: TaxPeriod,
    /// None follows from the rules.
    pub due_on: Option<NaiveDate>,
    pub is_extended: bool,
    pub assignee: Option<Choice>,
    pub department: Option<Choice>,
    pub priority: Priority,
    /// As people write it: 350, 350.50
    pub fee: String,
    pub currency: String,
    pub notes: String,
    pub external_id: String,
}

impl Default for CaseDraft {
    fn default() -> Self {
        Self {
            client: None,
            joint: None,
            kind: CaseType::Form1040,
            tax_year: String::new(),
            period: TaxPeriod::Year,
            due_on: None,
            is_extended: false,
            assignee: None,
            department: None,
            priority: Priority::Normal,
            fee: String::new(),
            currency: CURRENCY.to_owned(),
            notes: String::new(),
            external_id: String::new(),
        }
    }
}

impl From<&Case> for CaseDraft {
    fn from(case: &Case) -> Self {
        Self {
            client: Some(chosen(&case.client)),
            joint: case.joint_contact.as_ref().map(chosen),
            kind: case.kind,
            tax_year: case.tax_year.to_string(),
            period: case.period,
            due_on: case.due_on.filter(|_| case.due_is_set),
            is_extended: case.is_extended,
            assignee: case
                .assignee
                .as_ref()
                .map(|it| Choice::new(it.id.to_string(), it.full_name.clone())),
            department: case
                .department
                .as_ref()
                .map(|it| Choice::new(it.id.to_string(), it.name.clone())),
            priority: case.priority,
            fee: case.fee.as_ref().map(|fee| written(fee.amount)).unwrap_or_default(),
            currency: case
                .fee
                .as_ref()
                .map_or_else(|| CURRENCY.to_owned(), |fee| fee.currency.clone()),
            notes: case.notes.clone().unwrap_or_default(),
            external_id: case.external_id.clone().unwrap_or_default(),
        }
    }
}

/// Cents as people write an amount.
pub fn written(cents: i64) -> String {
    if cents % 100 == 0 {
        (cents / 100).to_string()
    } else {
        format!("{}.{:02}", cents / 100, cents % 100)
    }
}

/// An amount in cents: digits, in groups or not, and at most two behind the last comma or dot.
pub fn cents(typed: &str) -> Option<i64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, part) = match typed.rfind([',', '.']) {
        Some(at) if typed.len() - at <= 3 => typed.split_at(at),
        _ => (typed.as_str(), ""),
    };
    let whole: String = whole.chars().filter(|c| !matches!(c, ',' | '.')).collect();
    let part = part.trim_start_matches([',', '.']);
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let part: i64 = if part.is_empty() { 0 } else { format!("{part:0<2}").parse().ok()? };
    whole.checked_mul(100)?.checked_add(part).filter(|cents| *cents >= 0)
}

impl CaseDraft {
    /// The chosen person.
    pub fn contact(&self) -> Option<ContactId> {
        contact_of(self.client.as_ref())
    }

    fn corporation(&self) -> Option<CorporationId> {
        corporation_of(self.client.as_ref())
    }

    /// The year that was typed.
    pub fn year(&self) -> Option<i32> {
        self.tax_year.trim().parse().ok()
    }

    fn fee(&self) -> Option<Money> {
        let amount = cents(&text(&self.fee)?)?;
        Some(Money { amount, currency: self.currency.trim().to_uppercase() })
    }

    /// Whether what stands in the fee's input is an amount, or nothing.
    pub fn has_right_fee(&self) -> bool {
        text(&self.fee).is_none_or(|typed| cents(&typed).is_some())
    }

    /// Only a person declares with another, and only on a personal return.
    fn joint(&self) -> Option<ContactId> {
        self.contact()?;
        self.joint.as_ref().and_then(id)
    }

    /// The whole case as a new one; the shared rules judge it, for changes too.
    pub fn to_create(&self) -> CreateCase {
        CreateCase {
            contact_id: self.contact(),
            corporation_id: self.corporation(),
            joint_contact_id: self.joint(),
            kind: self.kind,
            tax_year: self.year().unwrap_or_default(),
            period: self.period,
            status: CaseStatus::Intake,
            due_on: self.due_on,
            is_extended: self.is_extended,
            assignee_id: self.assignee.as_ref().and_then(id),
            department_id: self.department.as_ref().and_then(id),
            priority: self.priority,
            fee: self.fee(),
            notes: text(&self.notes),
            external_id: text(&self.external_id),
        }
    }

    /// What differs from `before`; none when nothing does.
    pub fn to_update(&self, before: &Self) -> Option<UpdateCase> {
        let moved = self.client != before.client;
        unless_empty(UpdateCase {
            contact_id: self.contact().filter(|_| moved),
            corporation_id: self.corporation().filter(|_| moved),
            joint_contact_id: change(before.joint(), self.joint()),
            kind: (self.kind != before.kind).then_some(self.kind),
            tax_year: self.year().filter(|year| before.year() != Some(*year)),
            period: (self.period != before.period).then_some(self.period),
            status: None,
            due_on: change(before.due_on, self.due_on),
            is_extended: (self.is_extended != before.is_extended).then_some(self.is_extended),
            assignee_id: change(
                before.assignee.as_ref().and_then(id),
                self.assignee.as_ref().and_then(id),
            ),
            department_id: change(
                before.department.as_ref().and_then(id),
                self.department.as_ref().and_then(id),
            ),
            priority: (self.priority != before.priority).then_some(self.priority),
            fee: change(before.fee(), self.fee()),
            notes: text_change(&before.notes, &self.notes),
            external_id: text_change(&before.external_id, &self.external_id),
        })
    }
}

fn yes_or_no(yes: bool, locale: Locale) -> String {
    let text = if yes { texts::common::YES } else { texts::common::NO };
    text.get(locale).to_owned()
}

/// Its fields, for the dialog that compares two versions.
pub static FIELDS: [FieldOf<CaseDraft>; 14] = [
    field!(client, "contact_id", c::CLIENT, |draft, _| chosen_label(draft.client.as_ref())),
    field!(joint, "joint_contact_id", c::JOINT, |draft, _| chosen_label(draft.joint.as_ref())),
    field!(kind, "type", c::TYPE, |draft, locale| draft.kind.text().get(locale).to_owned()),
    text_field!(tax_year, c::TAX_YEAR),
    field!(period, "period", c::PERIOD, |draft, locale| draft.period.label(locale)),
    field!(due_on, "due_on", c::DUE_ON, |draft, _| {
        draft.due_on.map(|day| day.to_string()).unwrap_or_default()
    }),
    field!(is_extended, "is_extended", c::EXTENDED, |draft, locale| {
        yes_or_no(draft.is_extended, locale)
    }),
    field!(priority, "priority", c::PRIORITY, |draft, locale| {
        draft.priority.text().get(locale).to_owned()
    }),
    field!(assignee, "assignee_id", c::ASSIGNEE, |draft, _| chosen_label(draft.assignee.as_ref())),
    field!(department, "department_id", c::DEPARTMENT, |draft, _| {
        chosen_label(draft.department.as_ref())
    }),
    text_field!(fee, c::FEE),
    text_field!(currency, c::CURRENCY),
    text_field!(external_id, c::EXTERNAL_ID),
    text_field!(notes, c::NOTES),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (typed, expected) in [
            ("350", Some(35_000)),
            ("350.5", Some(35_050)),
            ("1.250,75", Some(125_075)),
            ("1,250", Some(125_000)),
            (" 12 500 ", Some(1_250_000)),
            (",5", Some(50)),
            ("abc", None),
            ("-3", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(cents(typed), expected, "{typed}");
        }
        assert_eq!((written(35_000), written(35_050)), ("350".to_owned(), "350.50".to_owned()));
    }

    #[test]
    fn each_field_takes_part_when_two_versions_meet() {
        let mine = CaseDraft { tax_year: "2024".into(), ..CaseDraft::default() };
        let choice = |name: &str| Some(Choice::new("1", name));
        let theirs = CaseDraft {
            client: choice("Ana"),
            joint: choice("Luis"),
            kind: CaseType::Other,
            tax_year: "2023".into(),
            period: TaxPeriod::Q1,
            due_on: NaiveDate::from_ymd_opt(2024, 5, 1),
            is_extended: true,
            assignee: choice("Eva"),
            department: choice("Nómina"),
            priority: Priority::High,
            fee: "1".into(),
            currency: "COP".into(),
            notes: "x".into(),
            external_id: "y".into(),
        };
        let mut merged = mine.clone();
        for field in &FIELDS {
            assert!(!(field.same)(&merged, &theirs), "{}", field.name);
            (field.take)(&mut merged, &theirs);
        }
        assert_eq!(merged, theirs);
    }

    #[test]
    fn only_what_differs_is_sent() {
        let before = CaseDraft { tax_year: "2024".into(), ..CaseDraft::default() };
        assert!(before.to_update(&before).is_none());
        let now = CaseDraft { fee: "10".into(), ..before.clone() };
        let body = serde_json::to_value(now.to_update(&before)).unwrap();
        assert_eq!(body, serde_json::json!({ "fee": { "amount": 1000, "currency": "USD" } }));
    }
}
