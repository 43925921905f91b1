//! Which corporations the list shows, as the URL says it.

use super::super::filters::{BY_NAME, BY_WORD, Filter, Order, SEARCH, STATUS, ordering};
use super::super::listing::{page_number, page_size};
use super::super::status::{corporation_status, corporation_type};
use super::super::tags::{TAG, tags_of};
use super::super::views::Shape;
use crate::api::corporations::ListCorporations;
use crate::state::UrlState;
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::texts::{address, corporations as c, record, tags};

/// The type's name in the URL, that of the API.
const TYPE: &str = "type";

pub static BY_STATUS: Filter =
    Filter { key: STATUS, known: |name| corporation_status(name).is_some() };
pub static BY_TYPE: Filter = Filter { key: TYPE, known: |name| corporation_type(name).is_some() };

/// All that the list can be filtered by.
pub static FILTERS: [&Filter; 4] = [&BY_WORD, &BY_STATUS, &BY_TYPE, &TAG];

/// All that the list can be sorted by.
pub static ORDERS: [Order; 4] = [
    Order::text(BY_NAME, c::NAME),
    Order::text("status", c::STATUS),
    Order::time("created_at", record::CREATED),
    Order::time("updated_at", record::UPDATED),
];

/// What the list can be filtered, sorted and shown by.
pub static SHAPE: Shape = Shape {
    list: ListName::Corporations,
    filters: &FILTERS,
    orders: &ORDERS,
    columns: &[
        ("ein", c::EIN),
        ("type", c::TYPE),
        ("phone", c::PHONE),
        ("email", c::EMAIL),
        ("people", c::PEOPLE),
        ("status", c::STATUS),
        ("tags", tags::TITLE),
        ("industry", c::INDUSTRY),
        ("city", address::CITY),
        ("region", address::REGION),
        ("created_at", record::CREATED),
        ("updated_at", record::UPDATED),
    ],
    shown: &["ein", "type", "phone", "people", "status", "tags"],
};

/// What the URL asks for; values that make no sense are passed over. Tracked.
pub fn read(url: UrlState) -> ListCorporations {
    ListCorporations {
        page: page_number(url),
        page_size: page_size(url),
        search: url.text(SEARCH),
        ordering: ordering(url, &ORDERS),
        status: url.get(STATUS).and_then(|name| corporation_status(&name)),
        kind: url.get(TYPE).and_then(|name| corporation_type(&name)),
        tags: tags_of(url),
    }
}
