//! Making one record of several: links move, one value of each field is kept, and all of it
//! can be undone.
//!
//! A table that refers to contacts or corporations takes part as a [`Tie`]. [`references`]
//! says which do, and a test compares it with the foreign keys of the schema; one that were
//! forgotten would stop the merge, since the database lets no record go that is referred to.

mod aside;
mod contacts;
mod corporations;
pub(super) mod ends;
mod fields;
mod kind;
mod run;
mod stored;
mod tell;
pub(super) mod tie;
mod ties;
mod undo;

pub use contacts::Contacts;
pub use corporations::Corporations;
pub(super) use fields::{Columns, id_in, opened, resealed};
pub(super) use kind::Kind;
pub use stored::Stored;
pub(super) use tell::{State, tell};
pub(super) use tie::Tie;
pub(super) use undo::undo;

use crate::crm::belongings;
use crate::error::ApiError;
use crate::routes::Routes;
use ebenezer_shared::crm::client::ClientKind;
use ebenezer_shared::problem::ProblemCode;
use sea_orm::{DbErr, SqlErr};

/// The tables that take part, with their columns that refer to the record type.
pub fn references() -> [(&'static str, Vec<(&'static str, &'static str)>); 2] {
    use ties::{
        CompanyLinks, CompanyRelations, CompanyTags, PersonLinks, PersonRelations, PersonTags,
    };
    let of = |all: [(&'static str, &'static [&'static str]); 3], client: &'static str| -> Vec<_> {
        let ties = all
            .into_iter()
            .flat_map(|(table, columns)| columns.iter().map(move |column| (table, *column)));
        ties.chain([("folders", client)]).collect()
    };
    let mut people = of(
        [
            (PersonLinks::TABLE, PersonLinks::COLUMNS),
            (PersonRelations::TABLE, PersonRelations::COLUMNS),
            (PersonTags::TABLE, PersonTags::COLUMNS),
        ],
        "contact_id",
    );
    let mut companies = of(
        [
            (CompanyLinks::TABLE, CompanyLinks::COLUMNS),
            (CompanyRelations::TABLE, CompanyRelations::COLUMNS),
            (CompanyTags::TABLE, CompanyTags::COLUMNS),
        ],
        "corporation_id",
    );
    people.extend(belongings::columns(ClientKind::Contact));
    companies.extend(belongings::columns(ClientKind::Corporation));
    [("contacts", people), ("corporations", companies)]
}

/// 409 where something that is needed went, or was taken, at the same time: it was there when it
/// was looked for, and the database found out at the last moment.
pub(super) fn raced(error: ApiError) -> ApiError {
    let cause = match &error {
        ApiError::Internal(cause) => cause.downcast_ref::<DbErr>().and_then(DbErr::sql_err),
        _ => None,
    };
    match cause {
        Some(SqlErr::UniqueConstraintViolation(_) | SqlErr::ForeignKeyConstraintViolation(_)) => {
            ProblemCode::StateConflict.into()
        }
        _ => error,
    }
}

pub fn routes(routes: &mut Routes) {
    routes.add(contacts::__path_merge_contacts, contacts::merge_contacts);
    routes.add(corporations::__path_merge_corporations, corporations::merge_corporations);
}
