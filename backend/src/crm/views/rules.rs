//! Who sees a view, who changes it, and what it may hold.

use super::entity::Model;
use crate::auth::TenantScope;
use crate::error::ApiError;
use ebenezer_shared::crm::view::{Filters, ListName};
use ebenezer_shared::permission::{Action, Module, Permission};
use ebenezer_shared::problem::ProblemCode;

/// 403 unless the caller sees the list.
pub fn sees(scope: &TenantScope, list: ListName) -> Result<(), ApiError> {
    let needed = list.permission();
    if scope.may(needed) { Ok(()) } else { Err(ApiError::missing(&needed)) }
}

/// Whether the caller sees the view: it is theirs or shared, and so is the list.
pub fn is_seen(scope: &TenantScope, view: &Model) -> bool {
    let list = list_name(&view.resource);
    (view.is_shared || view.created_by == scope.user_id()) && scope.may(list.permission())
}

/// Whether the caller may change a view that they see.
pub fn may_change(scope: &TenantScope, view: &Model) -> bool {
    view.created_by == scope.user_id() || scope.may(SETTINGS)
}

const SETTINGS: Permission = Permission::Module(Module::Settings, Action::Change);

/// 404 unless the caller sees the view, 403 unless they may change it.
pub fn changes(scope: &TenantScope, view: &Model) -> Result<(), ApiError> {
    if !is_seen(scope, view) {
        return Err(ProblemCode::NotFound.into());
    }
    if may_change(scope, view) { Ok(()) } else { Err(ApiError::missing(&SETTINGS)) }
}

/// 422 unless the list can be filtered so.
pub fn check_filters(list: ListName, filters: &Filters) -> Result<(), ApiError> {
    let known = filters.keys().all(|name| list.filters().contains(&name.as_str()));
    if known { Ok(()) } else { Err(ApiError::invalid("filters", "unknown_value")) }
}

/// The list that a row is about.
pub fn list_name(text: &str) -> ListName {
    if text == ListName::Corporations.as_str() {
        ListName::Corporations
    } else {
        ListName::Contacts
    }
}
