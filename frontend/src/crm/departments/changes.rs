//! What is done to departments from the list: moving, turning on and off, deleting. The list
//! shows it at once, and how it was again should the server refuse.

use crate::api::{self, ApiError, Client, use_client};
use crate::state::toasts::ToastAction;
use crate::state::{Query, Toasts, locale, locale_now, t, use_toasts};
use ebenezer_shared::crm::department::{CreateDepartment, Department, UpdateDepartment};
use ebenezer_shared::ids::DepartmentId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::texts;
use ebenezer_shared::texts::departments as d;
use futures::lock::Mutex;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The distance between two places, so that one between them stays free.
const STEP: i32 = 10;

/// The list and what changes it.
#[derive(Clone, Copy)]
pub struct Changes {
    pub list: Query<Page<Department>>,
    /// A department that is still in use, and could not be deleted.
    pub in_use: RwSignal<Option<Department>>,
    client: Client,
    toasts: Toasts,
    /// One change of places after the other, however quick the presses.
    turn: StoredValue<Arc<Mutex<()>>>,
}

impl Changes {
    /// Changes to that list.
    pub fn new(list: Query<Page<Department>>) -> Self {
        Self {
            list,
            in_use: RwSignal::new(None),
            client: use_client(),
            toasts: use_toasts(),
            turn: StoredValue::new(Arc::default()),
        }
    }

    /// All of them at this moment.
    pub fn now(self) -> Vec<Department> {
        self.list.data_now().map(|page| page.items).unwrap_or_default()
    }

    /// The place after the last one.
    pub fn next_place(self) -> i32 {
        next_place(&self.now())
    }

    fn show(self, items: Vec<Department>) {
        self.list.set(Page::whole(items));
    }

    /// It did not work: the list is as the server has it.
    fn failed(self, error: &ApiError) {
        self.toasts.error(error.title(locale_now()));
        self.list.reload();
    }

    /// Moves it up or down by one.
    pub fn shift(self, id: DepartmentId, up: bool) {
        let before = self.now();
        let Some(after) = moved(before.clone(), id, up) else { return };
        let changed: Vec<_> = after
            .iter()
            .filter(|it| before.iter().any(|old| old.id == it.id && old.order != it.order))
            .map(|it| (it.id, it.order))
            .collect();
        self.show(after);
        let turn = self.turn.get_value();
        spawn_local(async move {
            let _turn = turn.lock().await;
            for (id, order) in changed {
                let patch = UpdateDepartment { order: Some(order), ..UpdateDepartment::default() };
                if let Err(error) = api::departments::update(self.client, id, None, &patch).await {
                    self.failed(&error);
                    return;
                }
            }
        });
    }

    /// Turns it on or off.
    pub fn activate(self, id: DepartmentId, on: bool) {
        let mut items = self.now();
        for department in items.iter_mut().filter(|it| it.id == id) {
            department.is_active = on;
        }
        self.show(items);
        spawn_local(async move {
            let patch = UpdateDepartment { is_active: Some(on), ..UpdateDepartment::default() };
            if let Err(error) = api::departments::update(self.client, id, None, &patch).await {
                self.failed(&error);
            }
        });
    }

    /// Deletes it and offers to take that back; one in use stays, and it is said why.
    pub fn delete(self, department: Department) {
        if department.contact_count + department.member_count > 0 {
            self.in_use.set(Some(department));
            return;
        }
        let rest = self.now().into_iter().filter(|it| it.id != department.id).collect();
        self.show(rest);
        spawn_local(async move {
            match api::departments::delete(self.client, department.id, None).await {
                Err(error) if error.is(ProblemCode::InUse) => {
                    self.list.reload();
                    self.in_use.try_set(Some(department));
                }
                Err(error) if error.status() != Some(404) => self.failed(&error),
                _ => self.offer_undo(department),
            }
        });
    }

    /// Nothing belonged to it, so one made anew is the same. The offer outlives the page.
    fn offer_undo(self, department: Department) {
        let name = department.name.clone();
        let body = again(department);
        let run = Callback::new(move |()| {
            let body = body.clone();
            spawn_local(async move {
                match api::departments::create(self.client, &body).await {
                    Ok(restored) => {
                        let name = restored.value.name;
                        self.toasts.success(move || d::restored(locale(), &name));
                        self.list.reload();
                    }
                    Err(error) => self.toasts.error(error.title(locale_now())),
                }
            });
        });
        let action = ToastAction { label: t(texts::common::UNDO).into(), run };
        self.toasts.success_with(move || d::deleted(locale(), &name), action);
    }
}

fn again(department: Department) -> CreateDepartment {
    CreateDepartment {
        name: department.name,
        code: department.code,
        color: Some(department.color),
        icon: department.icon,
        is_active: Some(department.is_active),
        order: Some(department.order),
    }
}

fn next_place(all: &[Department]) -> i32 {
    all.iter().map(|it| it.order.saturating_add(STEP)).max().unwrap_or_default().min(10_000)
}

/// The list with one department moved by one, and places that say so; none when it stands
/// at the end already.
fn moved(mut all: Vec<Department>, id: DepartmentId, up: bool) -> Option<Vec<Department>> {
    let from = all.iter().position(|it| it.id == id)?;
    let to = if up { from.checked_sub(1)? } else { from + 1 };
    if to >= all.len() {
        return None;
    }
    // The two change places; where several stand at one, each gets its own.
    all.swap(from, to);
    let place = |all: &[Department], at: usize| all.get(at).map(|it| it.order);
    let (first, second) = (place(&all, from)?, place(&all, to)?);
    for (at, order) in [(from, second), (to, first)] {
        if let Some(department) = all.get_mut(at) {
            department.order = order;
        }
    }
    let mut least = i32::MIN;
    for (place, department) in (0..).step_by(10).zip(&mut all) {
        if department.order <= least {
            department.order = (least + 1).max(place);
        }
        least = department.order;
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn departments(orders: &[i32]) -> Vec<Department> {
        let department = |(index, order): (usize, &i32)| Department {
            id: uuid::Uuid::from_u128(index as u128).into(),
            name: index.to_string(),
            code: index.to_string(),
            color: String::new(),
            icon: None,
            is_active: true,
            order: *order,
            contact_count: 0,
            member_count: 0,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
        };
        orders.iter().enumerate().map(department).collect()
    }

    fn after(orders: &[i32], index: u128, up: bool) -> Option<Vec<(String, i32)>> {
        let moved = moved(departments(orders), uuid::Uuid::from_u128(index).into(), up)?;
        Some(moved.into_iter().map(|it| (it.name, it.order)).collect())
    }

    fn named(pairs: [(&str, i32); 3]) -> Vec<(String, i32)> {
        pairs.map(|(name, order)| (name.to_owned(), order)).to_vec()
    }

    #[test]
    fn neighbours_change_places() {
        assert_eq!(after(&[0, 10, 20], 1, true), Some(named([("1", 0), ("0", 10), ("2", 20)])));
        assert_eq!(after(&[0, 10, 20], 1, false), Some(named([("0", 0), ("2", 10), ("1", 20)])));
    }

    #[test]
    fn departments_at_one_place_get_their_own() {
        assert_eq!(after(&[0, 0, 0], 2, true), Some(named([("0", 0), ("2", 10), ("1", 20)])));
    }

    #[test]
    fn the_ends_stay() {
        assert_eq!(after(&[0, 10, 20], 0, true), None);
        assert_eq!(after(&[0, 10, 20], 2, false), None);
    }

    #[test]
    fn a_new_one_comes_last() {
        assert_eq!(next_place(&departments(&[0, 20, 10])), 30);
        assert_eq!(next_place(&[]), 0);
    }
}
