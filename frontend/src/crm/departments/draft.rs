//! A department as it is typed.

use super::super::conflict::{FieldOf, text_field};
use super::super::typed::{text, text_change, unless_empty};
use ebenezer_shared::crm::department::{CreateDepartment, Department, UpdateDepartment};
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use ebenezer_shared::texts::departments as d;

/// Colours to choose from, and what they are called; any other can be mixed.
pub const COLORS: [(&str, Text); 8] = [
    ("#64748b", d::colors::GREY),
    ("#0f766e", d::colors::TEAL),
    ("#2563eb", d::colors::BLUE),
    ("#7c3aed", d::colors::VIOLET),
    ("#be185d", d::colors::PINK),
    ("#b91c1c", d::colors::RED),
    ("#c2410c", d::colors::ORANGE),
    ("#4d7c0f", d::colors::GREEN),
];

/// All that the form holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentDraft {
    pub name: String,
    pub code: String,
    /// `#rrggbb`
    pub color: String,
    pub is_active: bool,
    /// Its place in lists; the list sets it.
    pub order: i32,
}

impl Default for DepartmentDraft {
    fn default() -> Self {
        Self {
            name: String::new(),
            code: String::new(),
            color: COLORS.map(|(color, _)| color).first().copied().unwrap_or_default().to_owned(),
            is_active: true,
            order: 0,
        }
    }
}

impl From<&Department> for DepartmentDraft {
    fn from(department: &Department) -> Self {
        Self {
            name: department.name.clone(),
            code: department.code.clone(),
            color: department.color.to_lowercase(),
            is_active: department.is_active,
            order: department.order,
        }
    }
}

impl DepartmentDraft {
    /// A new department that stands at `order`.
    pub fn at(order: i32) -> Self {
        Self { order, ..Self::default() }
    }

    /// The whole department as a new one; the shared rules judge it, for changes too.
    pub fn to_create(&self) -> CreateDepartment {
        CreateDepartment {
            name: self.name.trim().to_owned(),
            code: self.code.trim().to_owned(),
            color: text(&self.color),
            icon: None,
            is_active: Some(self.is_active),
            order: Some(self.order),
        }
    }

    /// What differs from `before`; none when nothing does.
    pub fn to_update(&self, before: &Self) -> Option<UpdateDepartment> {
        unless_empty(UpdateDepartment {
            name: text_change(&before.name, &self.name),
            code: text_change(&before.code, &self.code),
            color: text_change(&before.color, &self.color),
            is_active: (before.is_active != self.is_active).then_some(self.is_active),
            ..UpdateDepartment::default()
        })
    }
}

/// Its fields, for the dialog that compares two versions.
pub static FIELDS: [FieldOf<DepartmentDraft>; 4] = [
    text_field!(name, d::NAME),
    text_field!(code, d::CODE),
    text_field!(color, d::COLOR),
    FieldOf {
        name: "is_active",
        label: d::ACTIVE,
        show: |draft, locale| {
            let text = if draft.is_active { texts::common::YES } else { texts::common::NO };
            text.get(locale).to_owned()
        },
        same: |a, b| a.is_active == b.is_active,
        take: |draft, other| draft.is_active = other.is_active,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_no_part_of_a_change() {
        let before = DepartmentDraft { name: "Impuestos".into(), ..DepartmentDraft::at(3) };
        let mut now = DepartmentDraft { order: 7, ..before.clone() };
        assert!(now.to_update(&before).is_none());
        now.is_active = false;
        let body = serde_json::to_value(now.to_update(&before)).unwrap();
        assert_eq!(body, serde_json::json!({ "is_active": false }));
    }
}
