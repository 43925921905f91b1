//! The fields of a corporation, for the dialog that compares two versions.

use super::super::conflict::{FieldOf, text_field};
use super::super::tags::{ids, names};
use super::super::typed::text;
use super::draft::CorporationDraft;
use super::sections::fiscal_year_end;
use ebenezer_shared::texts;
use ebenezer_shared::texts::corporations as c;

/// All of them, in the order of the form.
pub static FIELDS: [FieldOf<CorporationDraft>; 13] = [
    text_field!(name, c::NAME),
    text_field!(legal_name, c::LEGAL_NAME),
    FieldOf {
        name: "ein",
        label: c::EIN,
        show: |draft, _| draft.ein.shown(text(&draft.ein.typed)),
        same: |a, b| a.ein == b.ein,
        take: |draft, other| draft.ein.clone_from(&other.ein),
    },
    FieldOf {
        name: "type",
        label: c::TYPE,
        show: |draft, locale| {
            draft
                .corporation_type()
                .map(|kind| kind.text().get(locale).to_owned())
                .unwrap_or_default()
        },
        same: |a, b| a.kind == b.kind,
        take: |draft, other| draft.kind.clone_from(&other.kind),
    },
    FieldOf {
        name: "status",
        label: c::STATUS,
        show: |draft, locale| draft.status.text().get(locale).to_owned(),
        same: |a, b| a.status == b.status,
        take: |draft, other| draft.status = other.status,
    },
    text_field!(industry, c::INDUSTRY),
    FieldOf {
        name: "fiscal_year_end",
        label: c::FISCAL_YEAR_END,
        show: |draft, locale| fiscal_year_end(&draft.fiscal_year_end, locale),
        same: |a, b| a.fiscal_year_end == b.fiscal_year_end,
        take: |draft, other| draft.fiscal_year_end.clone_from(&other.fiscal_year_end),
    },
    text_field!(phone, c::PHONE),
    text_field!(email, c::EMAIL),
    FieldOf {
        name: "address",
        label: texts::address::TITLE,
        show: |draft, _| draft.address.one_line(),
        same: |a, b| a.address.to_address() == b.address.to_address(),
        take: |draft, other| draft.address.clone_from(&other.address),
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
