//! The fields of a contact, for the dialog that compares two versions.

use super::super::conflict::{FieldOf, text_field};
use super::super::tags::{ids, names};
use super::super::typed::text;
use super::draft::ContactDraft;
use crate::format;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::texts;
use ebenezer_shared::texts::contacts as c;

/// All of them, in the order of the form.
pub static FIELDS: [FieldOf<ContactDraft>; 16] = [
    text_field!(first_name, c::FIRST_NAME),
    text_field!(last_name, c::LAST_NAME),
    text_field!(email, c::EMAIL),
    text_field!(phone, c::PHONE),
    FieldOf {
        name: "corporations",
        label: c::CORPORATIONS,
        show: corporations,
        same: |a, b| a.corporations.same(&b.corporations),
        take: |draft, other| draft.corporations.clone_from(&other.corporations),
    },
    FieldOf {
        name: "status",
        label: c::STATUS,
        show: |draft, locale| draft.status.text().get(locale).to_owned(),
        same: |a, b| a.status == b.status,
        take: |draft, other| draft.status = other.status,
    },
    FieldOf {
        name: "client_since",
        label: c::CLIENT_SINCE,
        show: |draft, locale| {
            draft.client_since.map(|day| format::date(locale, day)).unwrap_or_default()
        },
        same: |a, b| a.client_since == b.client_since,
        take: |draft, other| draft.client_since = other.client_since,
    },
    FieldOf {
        name: "department_id",
        label: c::DEPARTMENT,
        show: |draft, _| draft.department.as_ref().map(|it| it.label.clone()).unwrap_or_default(),
        same: |a, b| a.department == b.department,
        take: |draft, other| draft.department.clone_from(&other.department),
    },
    FieldOf {
        name: "owner_id",
        label: c::OWNER,
        show: |draft, _| draft.owner.as_ref().map(|it| it.label.clone()).unwrap_or_default(),
        same: |a, b| a.owner == b.owner,
        take: |draft, other| draft.owner.clone_from(&other.owner),
    },
    FieldOf {
        name: "preferred_language",
        label: c::PREFERRED_LANGUAGE,
        show: language,
        same: |a, b| a.preferred_language == b.preferred_language,
        take: |draft, other| draft.preferred_language.clone_from(&other.preferred_language),
    },
    FieldOf {
        name: "address",
        label: texts::address::TITLE,
        show: |draft, _| draft.address.one_line(),
        same: |a, b| a.address.to_address() == b.address.to_address(),
        take: |draft, other| draft.address.clone_from(&other.address),
    },
    FieldOf {
        name: "date_of_birth",
        label: c::DATE_OF_BIRTH,
        show: |draft, locale| {
            let typed = draft.date_of_birth.typed.map(|day| format::date(locale, day));
            draft.date_of_birth.shown(typed)
        },
        same: |a, b| a.date_of_birth == b.date_of_birth,
        take: |draft, other| draft.date_of_birth.clone_from(&other.date_of_birth),
    },
    FieldOf {
        name: "ssn",
        label: c::SSN,
        show: |draft, _| draft.ssn.shown(text(&draft.ssn.typed)),
        same: |a, b| a.ssn == b.ssn,
        take: |draft, other| draft.ssn.clone_from(&other.ssn),
    },
    FieldOf {
        name: "tag_ids",
        label: texts::tags::TITLE,
        show: |draft, _| names(&draft.tags),
        same: |a, b| ids(&a.tags) == ids(&b.tags),
        take: |draft, other| draft.tags.clone_from(&other.tags),
    },
    text_field!(notes, c::NOTES),
    text_field!(external_id, c::EXTERNAL_ID),
];

fn corporations(draft: &ContactDraft, locale: Locale) -> String {
    let corporations = &draft.corporations;
    let primary = corporations.primary.iter().map(|it| c::named_primary(locale, &it.label));
    let further = corporations.further.iter().map(|it| it.label.clone());
    primary.chain(further).collect::<Vec<_>>().join("\n")
}

fn language(draft: &ContactDraft, locale: Locale) -> String {
    let text = match draft.language() {
        Some(Locale::Es) => texts::languages::ES,
        Some(Locale::En) => texts::languages::EN,
        None => return String::new(),
    };
    text.get(locale).to_owned()
}
