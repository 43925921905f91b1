//! Making one record of several: links move, one value of each field is kept, and all of it
//! can be undone.
//!
//! A table that refers to contacts or corporations takes part as a [`Tie`]. [`references`]
//! says which do, and a test compares it with the foreign keys of the schema; one that were
//! forgotten would stop the merge, since the database lets no record go that is referred to.

mod contacts;
mod corporations;
mod fields;
mod kind;
mod run;
mod stored;
mod tell;
mod tie;
mod ties;
mod undo;

pub use contacts::Contacts;
pub use corporations::Corporations;
pub(super) use fields::{Columns, opened, resealed};
pub use stored::Stored;
pub(super) use undo::undo;

use crate::crm::belongings;
use crate::routes::Routes;
use ebenezer_shared::deletion::RecordType;
use tie::Tie;

/// The tables that take part, with their columns that refer to the record type.
pub fn references() -> [(&'static str, Vec<(&'static str, &'static str)>); 2] {
    use ties::{
        CompanyLinks, CompanyRelations, CompanyTags, PersonLinks, PersonRelations, PersonTags,
    };
    let of = |all: [(&'static str, &'static [&'static str]); 3]| -> Vec<_> {
        all.into_iter()
            .flat_map(|(table, columns)| columns.iter().map(move |column| (table, *column)))
            .collect()
    };
    let mut people = of([
        (PersonLinks::TABLE, PersonLinks::COLUMNS),
        (PersonRelations::TABLE, PersonRelations::COLUMNS),
        (PersonTags::TABLE, PersonTags::COLUMNS),
    ]);
    let mut companies = of([
        (CompanyLinks::TABLE, CompanyLinks::COLUMNS),
        (CompanyRelations::TABLE, CompanyRelations::COLUMNS),
        (CompanyTags::TABLE, CompanyTags::COLUMNS),
    ]);
    people.extend(belongings::columns(RecordType::Contact));
    companies.extend(belongings::columns(RecordType::Corporation));
    [("contacts", people), ("corporations", companies)]
}

pub fn routes(routes: &mut Routes) {
    routes.add(contacts::__path_merge_contacts, contacts::merge_contacts);
    routes.add(corporations::__path_merge_corporations, corporations::merge_corporations);
}
