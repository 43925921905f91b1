//! The parts of the corporation form.

use super::super::editor::{Editor, part};
use super::super::secret_input::SecretField;
use super::super::status::{corporation_status, corporation_statuses, corporation_types};
use super::super::tags::TagField;
use super::draft::CorporationDraft;
use crate::format;
use crate::state::{locale, t};
use crate::ui::{Choice, Field, FieldRow, InputKind, Model, Select, TextArea, TextInput};
use chrono::{Datelike as _, NaiveDate};
use ebenezer_shared::locale::Locale;
use ebenezer_shared::texts;
use ebenezer_shared::texts::corporations as c;
use leptos::prelude::*;

type Corporation = Editor<CorporationDraft>;

/// A year without February 29, which is no fiscal year end.
const COMMON_YEAR: i32 = 2025;

/// What it is called and what it is.
#[component]
pub fn Identity(editor: Corporation, autofocus: bool) -> impl IntoView {
    let errors = editor.errors;
    let status = editor.part(
        "status",
        |draft| draft.status.as_str().to_owned(),
        |draft, name: String| draft.status = corporation_status(&name).unwrap_or_default(),
    );
    view! {
        <div class="fields">
            <FieldRow>
                <Field label=t(c::NAME) name="name" help=t(c::NAME_HELP) error=errors.of("name") required=true>
                    <TextInput value=part!(editor, name) autofocus/>
                </Field>
                <Field label=t(c::LEGAL_NAME) name="legal_name" help=t(c::LEGAL_NAME_HELP) error=errors.of("legal_name")>
                    <TextInput value=part!(editor, legal_name)/>
                </Field>
            </FieldRow>
            <FieldRow>
                <Field label=t(c::TYPE) name="type" error=errors.of("type")>
                    <Select
                        value=part!(editor, kind, "type")
                        options=Signal::derive(corporation_types)
                        placeholder=t(c::NO_TYPE)
                    />
                </Field>
                <Field label=t(c::STATUS) name="status" error=errors.of("status")>
                    <Select value=status options=Signal::derive(corporation_statuses)/>
                </Field>
            </FieldRow>
            <TagField value=part!(editor, tags, "tag_ids") error=errors.of("tag_ids")/>
        </div>
    }
}

/// What the tax office knows it by.
#[component]
pub fn Tax(editor: Corporation) -> impl IntoView {
    let errors = editor.errors;
    let typed = Signal::derive(move || editor.with(|draft| !draft.ein.typed.trim().is_empty()));
    view! {
        <div class="fields">
            <FieldRow>
                <SecretField
                    label=c::EIN
                    name="ein"
                    error=errors.of("ein")
                    mask=Signal::derive(move || editor.with(|draft| draft.ein.mask.clone()))
                    clear=part!(editor, ein.clear, "ein")
                    replaced=typed
                >
                    <TextInput value=part!(editor, ein.typed, "ein") kind=InputKind::Digits/>
                </SecretField>
                <FiscalYearEnd editor/>
            </FieldRow>
            <FieldRow>
                <Field label=t(c::INDUSTRY) name="industry" error=errors.of("industry")>
                    <TextInput value=part!(editor, industry)/>
                </Field>
            </FieldRow>
        </div>
    }
}

/// Month ends to choose from, and whatever other day is stored.
#[component]
fn FiscalYearEnd(editor: Corporation) -> impl IntoView {
    let value: Model<String> = part!(editor, fiscal_year_end);
    let options = Signal::derive(move || {
        let locale = locale();
        let mut days: Vec<String> = (1..=12).filter_map(month_end).collect();
        let own = value.get();
        if !own.is_empty() && !days.contains(&own) {
            days.insert(0, own);
        }
        days.into_iter()
            .map(|day| Choice::new(day.clone(), fiscal_year_end(&day, locale)))
            .collect::<Vec<_>>()
    });
    view! {
        <Field
            label=t(c::FISCAL_YEAR_END)
            name="fiscal_year_end"
            error=editor.errors.of("fiscal_year_end")
        >
            <Select value options placeholder=t(c::NO_FISCAL_YEAR_END)/>
        </Field>
    }
}

/// The last day of a month, `MM-DD`.
fn month_end(month: u32) -> Option<String> {
    let first = NaiveDate::from_ymd_opt(COMMON_YEAR, month, 1)?;
    let last = first.checked_add_months(chrono::Months::new(1))?.pred_opt()?;
    Some(format!("{:02}-{:02}", last.month(), last.day()))
}

/// `12-31` as people write it: 31 de diciembre, December 31.
pub fn fiscal_year_end(day: &str, locale: Locale) -> String {
    format!("{COMMON_YEAR}-{day}")
        .parse::<NaiveDate>()
        .map_or_else(|_| day.to_owned(), |date| format::day_of_year(locale, date))
}

/// How to reach it.
#[component]
pub fn Reach(editor: Corporation) -> impl IntoView {
    let errors = editor.errors;
    view! {
        <FieldRow>
            <Field label=t(c::PHONE) name="phone" error=errors.of("phone")>
                <TextInput value=part!(editor, phone) kind=InputKind::Phone/>
            </Field>
            <Field label=t(c::EMAIL) name="email" error=errors.of("email")>
                <TextInput value=part!(editor, email) kind=InputKind::Email/>
            </Field>
        </FieldRow>
    }
}

/// What fits nowhere else.
#[component]
pub fn Notes(editor: Corporation) -> impl IntoView {
    let errors = editor.errors;
    view! {
        <div class="fields">
            <Field label=t(c::NOTES) name="notes" error=errors.of("notes")>
                <TextArea value=part!(editor, notes)/>
            </Field>
            <FieldRow>
                <Field
                    label=t(c::EXTERNAL_ID)
                    name="external_id"
                    help=t(texts::contacts::EXTERNAL_ID_HELP)
                    error=errors.of("external_id")
                >
                    <TextInput value=part!(editor, external_id)/>
                </Field>
            </FieldRow>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ebenezer_shared::crm::corporation::month_and_day;

    #[test]
    fn every_month_has_an_end_that_the_rules_accept() {
        let ends: Vec<_> = (1..=12).filter_map(month_end).collect();
        assert_eq!(ends.len(), 12);
        assert_eq!(ends.get(1).map(String::as_str), Some("02-28"));
        assert!(ends.iter().all(|end| month_and_day(end).is_ok()));
    }
}
