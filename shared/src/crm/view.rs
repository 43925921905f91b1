//! Saved views: how a list is filtered, sorted and shown, under a name.

use crate::crm::staff::StaffRef;
use crate::crm::tag::{short_name, short_name_patch};
use crate::ids::ViewId;
use crate::pagination::MAX_PAGE_SIZE;
use crate::patch::Patch;
use crate::permission::{Action, Module, Permission};
use crate::validation as rule;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use validator::{Validate, ValidationError};

/// Most columns that a list can show.
pub const MAX_COLUMNS: usize = 40;
/// Longest value of a filter: twenty ids with commas.
const FILTER_MAX: usize = 1000;
/// Most filters of a view.
const MAX_FILTERS: usize = 20;

/// A list that views are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ListName {
    Contacts,
    Corporations,
}

impl ListName {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Corporations => "corporations",
        }
    }

    /// What seeing the list needs.
    pub const fn permission(self) -> Permission {
        let module = match self {
            Self::Contacts => Module::Contacts,
            Self::Corporations => Module::Corporations,
        };
        Permission::Module(module, Action::View)
    }

    /// What the list can be filtered by, the search word aside.
    pub const fn filters(self) -> &'static [&'static str] {
        match self {
            Self::Contacts => &["status", "corporation_id", "department_id", "owner_id", "tag"],
            Self::Corporations => &["status", "type", "tag"],
        }
    }
}

/// Filters by their names in the list's query.
pub type Filters = BTreeMap<String, String>;

fn too_many(max: usize) -> ValidationError {
    let mut error = ValidationError::new("too_many");
    error.add_param("max".into(), &max);
    error
}

fn some_filters(filters: &Filters) -> Result<(), ValidationError> {
    if filters.len() > MAX_FILTERS {
        return Err(too_many(MAX_FILTERS));
    }
    let long =
        |value: &String| value.chars().count() > FILTER_MAX || value.chars().any(char::is_control);
    if filters.values().any(long) {
        return Err(ValidationError::new("out_of_range"));
    }
    Ok(())
}

/// Names of columns: a few, each on one line.
pub fn column_names(columns: &[String]) -> Result<(), ValidationError> {
    if columns.len() > MAX_COLUMNS {
        return Err(too_many(MAX_COLUMNS));
    }
    columns.iter().try_for_each(short_name)
}

#[expect(clippy::ptr_arg, reason = "validator hands over the field itself")]
fn some_columns(columns: &Vec<String>) -> Result<(), ValidationError> {
    column_names(columns)
}

fn some_columns_patch(columns: &Patch<Vec<String>>) -> Result<(), ValidationError> {
    columns.value().map_or(Ok(()), |columns| column_names(columns))
}

fn page_size_patch(size: &Patch<u64>) -> Result<(), ValidationError> {
    match size.value() {
        Some(size) if !(1..=MAX_PAGE_SIZE).contains(size) => {
            Err(ValidationError::new("out_of_range"))
        }
        _ => Ok(()),
    }
}

/// `POST /api/views`
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateView {
    pub resource: ListName,
    /// Unique among one's own views of the list, whatever case and accents.
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "short_name"))]
    pub name: String,
    /// Whether everybody who sees the list sees the view.
    #[serde(default)]
    pub shared: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rule::kept_search"))]
    pub search: Option<String>,
    /// By their names in the list's query: `{"status": "active"}`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[validate(custom(function = "some_filters"))]
    pub filters: Filters,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rule::line"))]
    pub ordering: Option<String>,
    /// Names of columns in their order; none for the person's own choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "some_columns"))]
    pub columns: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 200))]
    #[validate(range(min = 1, max = MAX_PAGE_SIZE, code = "out_of_range"))]
    pub page_size: Option<u64>,
}

/// `PATCH /api/views/{id}`. `filters` and `columns` replace the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateView {
    #[serde(
        default,
        deserialize_with = "rule::trimmed_patch",
        skip_serializing_if = "Patch::is_absent"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "short_name_patch"))]
    pub name: Patch<String>,
    #[serde(default, deserialize_with = "rule::not_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = bool, required = false))]
    pub shared: Option<bool>,
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::kept_search"))]
    pub search: Patch<String>,
    #[serde(default, deserialize_with = "rule::not_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, String>, required = false))]
    #[validate(custom(function = "some_filters"))]
    pub filters: Option<Filters>,
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::line"))]
    pub ordering: Patch<String>,
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<String>>))]
    #[validate(custom(function = "some_columns_patch"))]
    pub columns: Patch<Vec<String>>,
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u64>, minimum = 1, maximum = 200))]
    #[validate(custom(function = "page_size_patch"))]
    pub page_size: Patch<u64>,
}

/// How a list is filtered, sorted and shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ViewState {
    #[serde(default)]
    pub search: Option<String>,
    #[serde(default)]
    pub filters: Filters,
    #[serde(default)]
    pub ordering: Option<String>,
    /// None for the person's own choice.
    #[serde(default)]
    pub columns: Option<Vec<String>>,
    #[serde(default)]
    pub page_size: Option<u64>,
}

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedView {
    pub id: ViewId,
    pub resource: ListName,
    pub name: String,
    pub shared: bool,
    /// Who made it.
    pub maker: StaffRef,
    /// Whether the caller may change it.
    pub may_change: bool,
    #[serde(flatten)]
    pub state: ViewState,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// How the caller wants a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListPreference {
    pub resource: ListName,
    /// Names of columns in their order; none for the list's own.
    pub columns: Option<Vec<String>>,
    /// The view that the list starts with.
    pub default_view_id: Option<ViewId>,
}

/// `PATCH /api/list-preferences`
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateListPreference {
    pub resource: ListName,
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<String>>))]
    #[validate(custom(function = "some_columns_patch"))]
    pub columns: Patch<Vec<String>>,
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<ViewId>))]
    pub default_view_id: Patch<ViewId>,
}
