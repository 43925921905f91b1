//! The tables that refer to contacts and to corporations.

use super::tie::{Ends, Tie};
use crate::crm::contacts::related::entity as person_relation;
use crate::crm::contacts::{entity as contact, link};
use crate::crm::corporations::entity as corporation;
use crate::crm::corporations::related::entity as company_relation;
use crate::crm::tags::{contact_tag, corporation_tag, entity as tag};
use ebenezer_shared::crm::link::LinkRole;
use ebenezer_shared::crm::merge::TieFacts;
use ebenezer_shared::crm::period::Period;
use sea_orm::{ColumnTrait as _, Condition};
use uuid::Uuid;

/// The companies of people who are merged.
pub struct PersonLinks;
/// The people of companies that are merged.
pub struct CompanyLinks;
pub struct PersonRelations;
pub struct CompanyRelations;
pub struct PersonTags;
pub struct CompanyTags;

/// One period out of two of the same tie: the earliest known day to the latest; it goes on
/// when either does.
fn joined(one: Period, other: Period) -> Period {
    let from = match (one.from, other.from) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    let to = one.to.zip(other.to).map(|(a, b)| a.max(b));
    // A later beginning of which an earlier end is known says less than nothing.
    let from = from.filter(|from| to.is_none_or(|to| *from <= to));
    Period { from, to }
}

fn join_links(kept: &mut link::Model, other: link::Model) {
    let period = |row: &link::Model| Period { from: row.starts_on, to: row.ends_on };
    let Period { from, to } = joined(period(kept), period(&other));
    (kept.starts_on, kept.ends_on) = (from, to);
    kept.role = kept.role.take().or(other.role);
    kept.share = kept.share.or(other.share);
    kept.created_at = kept.created_at.min(other.created_at);
}

macro_rules! links {
    ($tie:ident, $column:ident, $name:literal, $other:ty) => {
        impl Tie for $tie {
            type Entity = link::Entity;
            type Row = link::Model;
            type Active = link::ActiveModel;
            type Other = $other;
            const TABLE: &'static str = "contact_corporations";
            const COLUMNS: &'static [&'static str] = &[$name];

            fn refers(ids: &[Uuid]) -> Condition {
                Condition::all().add(link::Column::$column.is_in(ids.iter().copied()))
            }

            fn ends(row: &link::Model) -> Ends {
                (row.contact_id, row.corporation_id)
            }

            fn at((contact, corporation): Ends) -> Condition {
                Condition::all()
                    .add(link::Column::ContactId.eq(contact))
                    .add(link::Column::CorporationId.eq(corporation))
            }

            fn moved(row: link::Model, place: impl Fn(Uuid) -> Uuid) -> Option<link::Model> {
                let (contact, corporation) = (place(row.contact_id), place(row.corporation_id));
                Some(link::Model { contact_id: contact, corporation_id: corporation, ..row })
            }

            fn join(kept: &mut link::Model, other: link::Model) {
                join_links(kept, other);
            }

            fn facts(row: &link::Model, _: Uuid) -> TieFacts {
                TieFacts {
                    role: row.role.as_deref().and_then(LinkRole::named),
                    share: row.share,
                    from: row.starts_on,
                    to: row.ends_on,
                    ..TieFacts::default()
                }
            }
        }
    };
}

links!(PersonLinks, ContactId, "contact_id", corporation::Entity);
links!(CompanyLinks, CorporationId, "corporation_id", contact::Entity);

macro_rules! relations {
    ($tie:ident, $table:ident, $name:literal, $other:ty, $join:expr, $facts:expr) => {
        impl Tie for $tie {
            type Entity = $table::Entity;
            type Row = $table::Model;
            type Active = $table::ActiveModel;
            type Other = $other;
            const TABLE: &'static str = $name;
            const COLUMNS: &'static [&'static str] = &["low_id", "high_id"];

            fn refers(ids: &[Uuid]) -> Condition {
                Condition::any()
                    .add($table::Column::LowId.is_in(ids.iter().copied()))
                    .add($table::Column::HighId.is_in(ids.iter().copied()))
            }

            fn ends(row: &$table::Model) -> Ends {
                (row.low_id, row.high_id)
            }

            fn at((low, high): Ends) -> Condition {
                Condition::all()
                    .add($table::Column::LowId.eq(low))
                    .add($table::Column::HighId.eq(high))
            }

            fn moved(
                mut row: $table::Model,
                place: impl Fn(Uuid) -> Uuid,
            ) -> Option<$table::Model> {
                let (one, other) = (place(row.low_id), place(row.high_id));
                if one == other {
                    return None;
                }
                let kind = row.kind_for(row.low_id);
                (row.low_id, row.high_id) = (one.min(other), one.max(other));
                row.set_kind_for(one, kind);
                Some(row)
            }

            fn join(kept: &mut $table::Model, other: $table::Model) {
                // Of two kinds of relation the survivor's own is kept, as it is.
                if kept.kind == other.kind {
                    let period =
                        |row: &$table::Model| Period { from: row.starts_on, to: row.ends_on };
                    let Period { from, to } = joined(period(kept), period(&other));
                    (kept.starts_on, kept.ends_on) = (from, to);
                }
                kept.created_at = kept.created_at.min(other.created_at);
                $join(kept, other);
            }

            fn facts(row: &$table::Model, seen_from: Uuid) -> TieFacts {
                TieFacts {
                    kind: Some(row.kind_for(seen_from).as_str().to_owned()),
                    from: row.starts_on,
                    to: row.ends_on,
                    ..$facts(row)
                }
            }
        }
    };
}

relations!(
    PersonRelations,
    person_relation,
    "contact_relations",
    contact::Entity,
    |kept: &mut person_relation::Model, other: person_relation::Model| {
        kept.note = kept.note.take().or(other.note);
    },
    |row: &person_relation::Model| TieFacts { note: row.note.clone(), ..TieFacts::default() }
);
relations!(
    CompanyRelations,
    company_relation,
    "corporation_relations",
    corporation::Entity,
    |kept: &mut company_relation::Model, other: company_relation::Model| {
        // A share says something of parents alone, and only of the same one.
        if kept.kind == other.kind {
            kept.share = kept.share.or(other.share);
        }
    },
    |row: &company_relation::Model| TieFacts { share: row.share, ..TieFacts::default() }
);

macro_rules! tags {
    ($tie:ident, $table:ident, $name:literal, $column:ident, $field:ident, $refers:literal) => {
        impl Tie for $tie {
            type Entity = $table::Entity;
            type Row = $table::Model;
            type Active = $table::ActiveModel;
            type Other = tag::Entity;
            const TABLE: &'static str = $name;
            const COLUMNS: &'static [&'static str] = &[$refers];

            fn refers(ids: &[Uuid]) -> Condition {
                Condition::all().add($table::Column::$column.is_in(ids.iter().copied()))
            }

            fn ends(row: &$table::Model) -> Ends {
                (row.$field, row.tag_id)
            }

            fn at((record, tag): Ends) -> Condition {
                Condition::all()
                    .add($table::Column::$column.eq(record))
                    .add($table::Column::TagId.eq(tag))
            }

            fn moved(row: $table::Model, place: impl Fn(Uuid) -> Uuid) -> Option<$table::Model> {
                Some($table::Model { $field: place(row.$field), ..row })
            }

            fn join(_: &mut $table::Model, _: $table::Model) {}
        }
    };
}

tags!(PersonTags, contact_tag, "contact_tags", ContactId, contact_id, "contact_id");
tags!(
    CompanyTags,
    corporation_tag,
    "corporation_tags",
    CorporationId,
    corporation_id,
    "corporation_id"
);
