//! Which members the list shows, as the URL says it.

use crate::api::team::ListMembers;
use crate::crm::filters::{BY_WORD, Filter, Order, SEARCH, ordering};
use crate::state::UrlState;
use ebenezer_shared::ids::DepartmentId;
use ebenezer_shared::team::RoleKey;
use ebenezer_shared::texts::team as t;

pub static BY_ROLE: Filter = Filter::of::<RoleKey>("role");
pub static BY_DEPARTMENT: Filter = Filter::of::<DepartmentId>("department_id");
pub static BY_ACTIVE: Filter = Filter::of::<bool>("active");

/// All that the list can be filtered by.
pub static FILTERS: [&Filter; 4] = [&BY_WORD, &BY_ROLE, &BY_DEPARTMENT, &BY_ACTIVE];

/// All that the list can be sorted by.
pub static ORDERS: [Order; 4] = [
    Order::text("name", t::NAME),
    Order::text("role", t::ROLE),
    Order::text("department", t::DEPARTMENT),
    Order::time("last_login_at", t::LAST_LOGIN),
];

/// What the URL asks for; values that make no sense are passed over. Tracked.
pub fn read(url: UrlState) -> ListMembers {
    ListMembers {
        search: url.text(SEARCH),
        ordering: ordering(url, &ORDERS),
        role: BY_ROLE.value(url),
        department_id: BY_DEPARTMENT.value(url),
        active: BY_ACTIVE.value(url),
    }
}
