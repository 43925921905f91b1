//! What people are to people, and companies to companies.

use crate::crm::contact::{ContactRef, ContactStatus};
use crate::crm::corporation::{CorporationRef, CorporationStatus};
use crate::crm::period;
use crate::ids::{ContactId, CorporationId};
use crate::patch::Patch;
use crate::validation as rule;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_with_macros::apply;
use validator::Validate;

macro_rules! kinds {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal <=> $inverse:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// The same relation seen from the other side.
            #[must_use]
            pub const fn inverse(self) -> Self {
                match self { $(Self::$variant => Self::$inverse),* }
            }

            /// The kind of that name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
            }
        }
    };
}

kinds! {
    /// What the other person is to this one.
    PersonRelation {
        Spouse = "spouse" <=> Spouse,
        /// Lives with them without being married.
        Partner = "partner" <=> Partner,
        Parent = "parent" <=> Child,
        Child = "child" <=> Parent,
        Sibling = "sibling" <=> Sibling,
        /// Is kept by them; a dependent on their tax return.
        Dependent = "dependent" <=> Guardian,
        Guardian = "guardian" <=> Dependent,
        Other = "other" <=> Other,
    }
}

kinds! {
    /// What the other company is to this one.
    CompanyRelation {
        Parent = "parent" <=> Subsidiary,
        Subsidiary = "subsidiary" <=> Parent,
        Affiliate = "affiliate" <=> Affiliate,
        SharedOwner = "shared_owner" <=> SharedOwner,
    }
}

impl CompanyRelation {
    /// Whether one holds a share of the other.
    pub const fn has_share(self) -> bool {
        matches!(self, Self::Parent | Self::Subsidiary)
    }
}

/// Somebody related to a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RelatedContact {
    pub contact: ContactRef,
    pub status: ContactStatus,
    /// What they are to the contact.
    pub kind: PersonRelation,
    pub from: Option<NaiveDate>,
    /// The last day; none while it goes on.
    pub to: Option<NaiveDate>,
    pub note: Option<String>,
}

/// `POST /api/contacts/{id}/related`
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<String> => #[serde(deserialize_with = "rule::trimmed_option")],
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateRelatedContact {
    /// The other person.
    pub contact_id: ContactId,
    /// What they are to the contact.
    pub kind: PersonRelation,
    #[validate(custom(function = "period::day"))]
    pub from: Option<NaiveDate>,
    #[validate(custom(function = "period::day"))]
    pub to: Option<NaiveDate>,
    #[validate(custom(function = "rule::line"))]
    pub note: Option<String>,
}

/// `PATCH /api/contacts/{id}/related/{contact_id}`
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, deserialize_with = "rule::not_null")]
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))],
    Patch => #[serde(default, skip_serializing_if = "Patch::is_absent")],
    Patch<String> => #[serde(deserialize_with = "rule::trimmed_patch")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))],
)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateRelatedContact {
    pub kind: Option<PersonRelation>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<NaiveDate>))]
    #[validate(custom(function = "period::day_patch"))]
    pub from: Patch<NaiveDate>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<NaiveDate>))]
    #[validate(custom(function = "period::day_patch"))]
    pub to: Patch<NaiveDate>,
    #[validate(custom(function = "rule::line"))]
    pub note: Patch<String>,
}

/// A company related to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RelatedCorporation {
    pub corporation: CorporationRef,
    pub status: CorporationStatus,
    /// What it is to the corporation.
    pub kind: CompanyRelation,
    /// What the parent holds of the subsidiary, in hundredths of a percent.
    pub share: Option<u16>,
    pub from: Option<NaiveDate>,
    /// The last day; none while it goes on.
    pub to: Option<NaiveDate>,
}

/// `POST /api/corporations/{id}/related`
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateRelatedCorporation {
    /// The other company.
    pub corporation_id: CorporationId,
    /// What it is to the corporation.
    pub kind: CompanyRelation,
    /// What the parent holds of the subsidiary, in hundredths of a percent; other kinds have
    /// none.
    #[validate(range(max = 10_000, code = "out_of_range"))]
    pub share: Option<u16>,
    #[validate(custom(function = "period::day"))]
    pub from: Option<NaiveDate>,
    #[validate(custom(function = "period::day"))]
    pub to: Option<NaiveDate>,
}

/// `PATCH /api/corporations/{id}/related/{corporation_id}`
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, deserialize_with = "rule::not_null")]
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))],
    Patch => #[serde(default, skip_serializing_if = "Patch::is_absent")],
)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateRelatedCorporation {
    pub kind: Option<CompanyRelation>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u16>, maximum = 10000))]
    #[validate(custom(function = "period::share_patch"))]
    pub share: Patch<u16>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<NaiveDate>))]
    #[validate(custom(function = "period::day_patch"))]
    pub from: Patch<NaiveDate>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<NaiveDate>))]
    #[validate(custom(function = "period::day_patch"))]
    pub to: Patch<NaiveDate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_relation_seen_twice_from_the_other_side_is_itself() {
        for kind in PersonRelation::ALL {
            assert_eq!(kind.inverse().inverse(), *kind);
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
        for kind in CompanyRelation::ALL {
            assert_eq!(kind.inverse().inverse(), *kind);
            assert_eq!(kind.has_share(), kind.inverse().has_share());
        }
        assert_eq!(PersonRelation::Dependent.inverse(), PersonRelation::Guardian);
    }
}
