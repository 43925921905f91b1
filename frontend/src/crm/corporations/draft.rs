//! A corporation as it is typed.

use super::super::address::{AddressDraft, HasAddress};
use super::super::status::corporation_type;
use super::super::tags::{choices, ids};
use super::super::typed::{Hidden, change, text, text_change, unless_empty};
use crate::ui::Choice;
use ebenezer_shared::crm::corporation::{
    Corporation, CorporationStatus, CorporationType, CreateCorporation, UpdateCorporation,
};

/// All that the form holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CorporationDraft {
    pub name: String,
    pub legal_name: String,
    pub ein: Hidden<String>,
    /// Name of a type, empty for none.
    pub kind: String,
    pub status: CorporationStatus,
    pub industry: String,
    pub fiscal_year_end: String,
    pub address: AddressDraft,
    pub phone: String,
    pub email: String,
    pub tags: Vec<Choice>,
    pub notes: String,
    pub external_id: String,
}

impl HasAddress for CorporationDraft {
    fn address(&self) -> &AddressDraft {
        &self.address
    }

    fn address_mut(&mut self) -> &mut AddressDraft {
        &mut self.address
    }
}

impl From<&Corporation> for CorporationDraft {
    fn from(corporation: &Corporation) -> Self {
        let some = |text: &Option<String>| text.clone().unwrap_or_default();
        let phone = corporation.phone_display.as_ref().or(corporation.phone.as_ref());
        Self {
            name: corporation.name.clone(),
            legal_name: some(&corporation.legal_name),
            ein: Hidden::new(corporation.ein.clone()),
            kind: corporation.kind.map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
            status: corporation.status,
            industry: some(&corporation.industry),
            fiscal_year_end: some(&corporation.fiscal_year_end),
            address: AddressDraft::from(&corporation.address),
            phone: phone.cloned().unwrap_or_default(),
            email: some(&corporation.email),
            tags: choices(&corporation.tags),
            notes: some(&corporation.notes),
            external_id: some(&corporation.external_id),
        }
    }
}

impl CorporationDraft {
    /// The type chosen.
    pub fn corporation_type(&self) -> Option<CorporationType> {
        corporation_type(&self.kind)
    }

    /// The whole corporation as a new one; the shared rules judge it, for changes too.
    pub fn to_create(&self) -> CreateCorporation {
        CreateCorporation {
            name: self.name.trim().to_owned(),
            legal_name: text(&self.legal_name),
            ein: text(&self.ein.typed),
            kind: self.corporation_type(),
            status: self.status,
            industry: text(&self.industry),
            fiscal_year_end: text(&self.fiscal_year_end),
            address: self.address.to_address(),
            phone: text(&self.phone),
            email: text(&self.email),
            tag_ids: ids(&self.tags),
            notes: text(&self.notes),
            external_id: text(&self.external_id),
        }
    }

    /// What differs from `before`; none when nothing does.
    pub fn to_update(&self, before: &Self) -> Option<UpdateCorporation> {
        let now = self;
        let update = UpdateCorporation {
            name: text_change(&before.name, &now.name),
            legal_name: text_change(&before.legal_name, &now.legal_name),
            ein: now.ein.change(|typed| text(typed)),
            kind: change(before.corporation_type(), now.corporation_type()),
            status: (before.status != now.status).then_some(now.status),
            industry: text_change(&before.industry, &now.industry),
            fiscal_year_end: text_change(&before.fiscal_year_end, &now.fiscal_year_end),
            address: change(before.address.to_address(), now.address.to_address()).map(Into::into),
            phone: text_change(&before.phone, &now.phone),
            email: text_change(&before.email, &now.email),
            tag_ids: (ids(&before.tags) != ids(&now.tags)).then(|| ids(&now.tags)),
            notes: text_change(&before.notes, &now.notes),
            external_id: text_change(&before.external_id, &now.external_id),
        };
        unless_empty(update)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_sent() {
        let before = CorporationDraft {
            name: "ABC Corp".into(),
            kind: "llc".into(),
            ein: Hidden::new(Some("**-***6789".into())),
            ..CorporationDraft::default()
        };
        let mut now = before.clone();
        assert!(now.to_update(&before).is_none());
        now.kind = String::new();
        now.ein.typed = "12-3456789".into();
        now.status = CorporationStatus::Inactive;
        let body = serde_json::to_value(now.to_update(&before)).unwrap();
        assert_eq!(
            body,
            serde_json::json!({ "type": null, "ein": "12-3456789", "status": "inactive" })
        );
    }
}
