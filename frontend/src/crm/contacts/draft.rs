//! A contact as it is typed.

use super::super::address::{AddressDraft, HasAddress};
use super::super::tags::{choices, ids};
use super::super::typed::{Hidden, change, id, text, text_change, unless_empty};
use crate::ui::Choice;
use chrono::NaiveDate;
use ebenezer_shared::crm::contact::{Contact, ContactStatus, CreateContact, UpdateContact};
use ebenezer_shared::crm::link::ContactLink;
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::locale::Locale;

/// All that the form holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactDraft {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub phone: String,
    pub status: ContactStatus,
    pub client_since: Option<NaiveDate>,
    pub corporations: Corporations,
    pub department: Option<Choice>,
    pub owner: Option<Choice>,
    pub address: AddressDraft,
    pub date_of_birth: Hidden<Option<NaiveDate>>,
    pub ssn: Hidden<String>,
    /// A language tag, empty for none.
    pub preferred_language: String,
    pub tags: Vec<Choice>,
    pub notes: String,
    pub external_id: String,
}

impl HasAddress for ContactDraft {
    fn address(&self) -> &AddressDraft {
        &self.address
    }

    fn address_mut(&mut self) -> &mut AddressDraft {
        &mut self.address
    }
}

impl From<&Contact> for ContactDraft {
    fn from(contact: &Contact) -> Self {
        let some = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            first_name: contact.first_name.clone(),
            last_name: contact.last_name.clone(),
            email: some(&contact.email),
            phone: contact
                .phone_display
                .clone()
                .or_else(|| contact.phone.clone())
                .unwrap_or_default(),
            status: contact.status,
            client_since: contact.client_since,
            corporations: Corporations::of(contact),
            department: contact
                .department
                .as_ref()
                .map(|it| Choice::new(it.id.to_string(), &*it.name)),
            owner: contact.owner.as_ref().map(|it| Choice::new(it.id.to_string(), &*it.full_name)),
            address: AddressDraft::from(&contact.address),
            date_of_birth: Hidden::new(contact.date_of_birth.clone()),
            ssn: Hidden::new(contact.ssn.clone()),
            preferred_language: contact
                .preferred_language
                .map(|language| language.tag().to_owned())
                .unwrap_or_default(),
            tags: choices(&contact.tags),
            notes: some(&contact.notes),
            external_id: some(&contact.external_id),
        }
    }
}

impl ContactDraft {
    /// The language chosen.
    pub fn language(&self) -> Option<Locale> {
        Locale::ALL.into_iter().find(|locale| locale.tag() == self.preferred_language)
    }

    /// The whole contact as a new one. The shared rules judge it, for changes too: they
    /// name each line of an address.
    pub fn to_create(&self, allow_duplicate: bool) -> CreateContact {
        CreateContact {
            first_name: self.first_name.trim().to_owned(),
            last_name: self.last_name.trim().to_owned(),
            email: text(&self.email),
            phone: text(&self.phone),
            status: self.status,
            client_since: self.client_since,
            primary_corporation_id: self.corporations.primary_id(),
            corporation_ids: self.corporations.ids(),
            department_id: self.department.as_ref().and_then(id),
            owner_id: self.owner.as_ref().and_then(id),
            address: self.address.to_address(),
            date_of_birth: self.date_of_birth.typed,
            ssn: text(&self.ssn.typed),
            preferred_language: self.language(),
            tag_ids: ids(&self.tags),
            notes: text(&self.notes),
            external_id: text(&self.external_id),
            allow_duplicate,
        }
    }

    /// What differs from `before`; none when nothing does.
    pub fn to_update(&self, before: &Self) -> Option<UpdateContact> {
        let (now, corporations) = (self, &self.corporations);
        let update = UpdateContact {
            first_name: text_change(&before.first_name, &now.first_name),
            last_name: text_change(&before.last_name, &now.last_name),
            email: text_change(&before.email, &now.email),
            phone: text_change(&before.phone, &now.phone),
            status: (before.status != now.status).then_some(now.status),
            client_since: change(before.client_since, now.client_since),
            primary_corporation_id: change(
                before.corporations.primary_id(),
                corporations.primary_id(),
            ),
            corporation_ids: (!corporations.same_set(&before.corporations))
                .then(|| corporations.ids()),
            department_id: change(
                before.department.as_ref().and_then(id),
                now.department.as_ref().and_then(id),
            ),
            owner_id: change(before.owner.as_ref().and_then(id), now.owner.as_ref().and_then(id)),
            address: change(before.address.to_address(), now.address.to_address()).map(Into::into),
            date_of_birth: now.date_of_birth.change(|typed| *typed),
            ssn: now.ssn.change(|typed| text(typed)),
            preferred_language: change(before.language(), now.language()),
            tag_ids: (ids(&before.tags) != ids(&now.tags)).then(|| ids(&now.tags)),
            notes: text_change(&before.notes, &now.notes),
            external_id: text_change(&before.external_id, &now.external_id),
        };
        unless_empty(update)
    }
}

/// A person's companies: one primary, any number of further ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corporations {
    pub primary: Option<Choice>,
    pub further: Vec<Choice>,
}

impl Corporations {
    fn of(contact: &Contact) -> Self {
        let (primary, further): (Vec<_>, Vec<_>) =
            contact.corporations.iter().partition(|corporation| corporation.is_primary);
        let choice = |list: Vec<&ContactLink>| {
            list.into_iter().map(|it| Choice::new(it.id.to_string(), it.name.clone())).collect()
        };
        let primary: Vec<Choice> = choice(primary);
        Self { primary: primary.into_iter().next(), further: choice(further) }
    }

    /// Makes `next` the primary one. The former one stays as a further one: who wants it
    /// gone takes it away there. Without `next`, the primary one is taken away.
    pub fn set_primary(&mut self, next: Option<Choice>) {
        let Some(next) = next else {
            self.primary = None;
            return;
        };
        self.further.retain(|it| it.value != next.value);
        let former = self.primary.replace(next.clone());
        if let Some(former) = former.filter(|former| former.value != next.value) {
            self.further.insert(0, former);
        }
    }

    /// Adds a further one, unless it is there.
    pub fn add(&mut self, choice: Choice) {
        let known = self.all().any(|it| it.value == choice.value);
        if !known {
            self.further.push(choice);
        }
    }

    /// Every one, the primary first.
    pub fn all(&self) -> impl Iterator<Item = &Choice> {
        self.primary.iter().chain(&self.further)
    }

    /// There are some, and none is the primary one.
    pub fn lacks_primary(&self) -> bool {
        self.primary.is_none() && !self.further.is_empty()
    }

    fn primary_id(&self) -> Option<CorporationId> {
        self.primary.as_ref().and_then(id)
    }

    fn ids(&self) -> Vec<CorporationId> {
        self.all().filter_map(id).collect()
    }

    fn same_set(&self, other: &Self) -> bool {
        let sorted = |corporations: &Self| {
            let mut ids = corporations.ids();
            ids.sort_unstable();
            ids
        };
        sorted(self) == sorted(other)
    }

    /// The same companies and the same primary, in whatever order.
    pub fn same(&self, other: &Self) -> bool {
        self.primary_id() == other.primary_id() && self.same_set(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(id: u128, name: &str) -> Choice {
        Choice::new(uuid::Uuid::from_u128(id).to_string(), name)
    }

    fn carlos() -> ContactDraft {
        ContactDraft {
            first_name: "Carlos".into(),
            last_name: "Rodríguez".into(),
            email: "carlos.r@email.com".into(),
            corporations: Corporations {
                primary: Some(choice(1, "ABC Corp")),
                further: vec![choice(2, "XYZ Inc"), choice(3, "Tech Solutions LLC")],
            },
            ..ContactDraft::default()
        }
    }

    fn body(now: &ContactDraft, before: &ContactDraft) -> serde_json::Value {
        serde_json::to_value(now.to_update(before)).unwrap()
    }

    #[test]
    fn only_what_changed_is_sent() {
        let before = carlos();
        let mut now = carlos();
        assert_eq!(now.to_update(&before).map(|_| ()), None);
        now.first_name = " Carlos ".into();
        assert_eq!(now.to_update(&before).map(|_| ()), None);
        now.email = String::new();
        now.notes = "Llamar".into();
        assert_eq!(body(&now, &before), serde_json::json!({ "email": null, "notes": "Llamar" }));
    }

    #[test]
    fn the_former_primary_stays_as_a_further_one() {
        let mut corporations = carlos().corporations;
        corporations.set_primary(Some(choice(2, "XYZ Inc")));
        let names: Vec<_> = corporations.all().map(|it| it.label.as_str()).collect();
        assert_eq!(names, ["XYZ Inc", "ABC Corp", "Tech Solutions LLC"]);
        assert!(corporations.same_set(&carlos().corporations));
        assert!(!corporations.same(&carlos().corporations));
        let mut now = carlos();
        now.corporations = corporations;
        let sent = body(&now, &carlos());
        assert_eq!(
            sent,
            serde_json::json!({ "primary_corporation_id": uuid::Uuid::from_u128(2).to_string() })
        );
    }

    #[test]
    fn taking_the_primary_away_is_explicit_and_lacks_one_then() {
        let mut corporations = carlos().corporations;
        corporations.set_primary(None);
        assert!(corporations.lacks_primary());
        assert_eq!(corporations.further.len(), 2);
        corporations.further.clear();
        assert!(!corporations.lacks_primary());
        corporations.add(choice(2, "XYZ Inc"));
        corporations.add(choice(2, "XYZ Inc"));
        assert_eq!(corporations.further.len(), 1);
    }

    #[test]
    fn removing_a_further_one_sends_the_rest() {
        let mut now = carlos();
        now.corporations.further.remove(0);
        let ids = [1, 3].map(|id| uuid::Uuid::from_u128(id).to_string());
        assert_eq!(body(&now, &carlos()), serde_json::json!({ "corporation_ids": ids }));
    }
}
