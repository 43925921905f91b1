//! A tie as it is typed.

use super::super::typed::{change, text, text_change};
use crate::ui::Choice;
use chrono::NaiveDate;
use ebenezer_shared::crm::link::{LinkRole, UpdateLink};
use ebenezer_shared::crm::period::{Period, read_share, share_number};
use ebenezer_shared::crm::relation::{
    CompanyRelation, CreateRelatedContact, CreateRelatedCorporation, PersonRelation,
    UpdateRelatedContact, UpdateRelatedCorporation,
};
use ebenezer_shared::locale::Locale;

/// All that the form holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TieDraft {
    /// The other record, while it is chosen.
    pub other: Option<Choice>,
    /// The role or relation by its name on the wire, empty for none.
    pub kind: String,
    /// As people write it.
    pub share: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub note: String,
    /// Which corporation is the primary one from now on, when another must be.
    pub next_primary: String,
}

impl TieDraft {
    /// A tie as it is stored.
    pub fn new(
        locale: Locale,
        kind: &str,
        share: Option<u16>,
        period: Period,
        note: Option<&str>,
    ) -> Self {
        Self {
            kind: kind.to_owned(),
            share: share.map(|it| share_number(it.into(), locale)).unwrap_or_default(),
            from: period.from,
            to: period.to,
            note: note.unwrap_or_default().to_owned(),
            ..Self::default()
        }
    }

    /// What stands in the share, when it can be read.
    fn share(&self) -> Option<u16> {
        read_share(&self.share)
    }

    /// The field whose content cannot be read.
    pub fn has_wrong_share(&self) -> bool {
        !self.share.trim().is_empty() && self.share().is_none()
    }

    pub fn has_impossible_dates(&self) -> bool {
        !Period { from: self.from, to: self.to }.is_possible()
    }

    pub fn to_link(&self, before: &Self) -> UpdateLink {
        UpdateLink {
            role: change(LinkRole::named(&before.kind), LinkRole::named(&self.kind)),
            share: change(before.share(), self.share()),
            from: change(before.from, self.from),
            to: change(before.to, self.to),
            primary_corporation_id: self.next_primary.parse().ok(),
        }
    }

    pub fn to_person(&self) -> Option<CreateRelatedContact> {
        Some(CreateRelatedContact {
            contact_id: self.other.as_ref()?.value.parse().ok()?,
            kind: PersonRelation::named(&self.kind)?,
            from: self.from,
            to: self.to,
            note: text(&self.note),
        })
    }

    pub fn to_person_change(&self, before: &Self) -> UpdateRelatedContact {
        UpdateRelatedContact {
            kind: PersonRelation::named(&self.kind),
            from: change(before.from, self.from),
            to: change(before.to, self.to),
            note: text_change(&before.note, &self.note),
        }
    }

    pub fn to_company(&self) -> Option<CreateRelatedCorporation> {
        let kind = CompanyRelation::named(&self.kind)?;
        Some(CreateRelatedCorporation {
            corporation_id: self.other.as_ref()?.value.parse().ok()?,
            kind,
            share: self.share().filter(|_| kind.has_share()),
            from: self.from,
            to: self.to,
        })
    }

    pub fn to_company_change(&self, before: &Self) -> UpdateRelatedCorporation {
        let kind = CompanyRelation::named(&self.kind);
        let share = self.share().filter(|_| kind.is_some_and(CompanyRelation::has_share));
        UpdateRelatedCorporation {
            kind,
            share: change(before.share(), share),
            from: change(before.from, self.from),
            to: change(before.to, self.to),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_sent() {
        let before = TieDraft::new(Locale::Es, "owner", Some(3350), Period::default(), None);
        assert_eq!(before.share, "33,5");
        let mut now = TieDraft { share: "33.50 %".into(), ..before.clone() };
        assert_eq!(now.to_link(&before), UpdateLink::default());
        now.kind.clear();
        now.share.clear();
        let sent = serde_json::to_value(now.to_link(&before)).unwrap();
        assert_eq!(sent, serde_json::json!({ "role": null, "share": null }));
    }

    #[test]
    fn who_only_shares_an_owner_has_no_share() {
        let before = TieDraft::new(Locale::Es, "parent", Some(5000), Period::default(), None);
        let now = TieDraft { kind: "affiliate".into(), ..before.clone() };
        let sent = serde_json::to_value(now.to_company_change(&before)).unwrap();
        assert_eq!(sent, serde_json::json!({ "kind": "affiliate", "share": null }));
    }
}
