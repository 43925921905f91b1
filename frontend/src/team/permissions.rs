//! Permissions as a table: modules by group, what one does with each, and the named ones.

use super::words::{action_text, group_text, module_text, named_text};
use crate::state::{locale, t};
use crate::ui::{Checkbox, Model};
use ebenezer_shared::permission::{Action, Module, ModuleGroup, Named, Permission, PermissionSet};
use ebenezer_shared::texts::permissions as p;
use leptos::prelude::*;

/// What is shown and what may be changed of it.
#[derive(Clone, Copy)]
pub struct Editing {
    /// What is ticked.
    pub value: Model<PermissionSet>,
    /// Ticked as well, and not to be changed here: what the role gives.
    pub given: Signal<PermissionSet>,
    /// What the person who edits may do; nobody gives or takes more.
    pub own: PermissionSet,
    /// Nothing can be changed.
    pub read_only: bool,
}

impl Editing {
    fn is_on(self, permission: Permission) -> bool {
        self.value.with(|set| set.contains(permission))
            || self.given.with(|set| set.contains(permission))
    }

    fn is_locked(self, permission: Permission) -> bool {
        self.read_only
            || !self.own.contains(permission)
            || self.given.with(|set| set.contains(permission))
    }

    /// Whoever adds, changes or deletes sees as well; who does not see does nothing else.
    fn set(self, permission: Permission, on: bool) {
        let mut set = self.value.get_untracked();
        let further: &[Action] = match permission {
            Permission::Module(_, Action::View) if !on => Action::ALL,
            Permission::Module(..) if on => &[Action::View],
            Permission::Named(_) | Permission::Module(..) => &[],
        };
        let mut change = |permission: Permission| {
            if !self.own.contains(permission) {
                return;
            }
            if on { set.insert(permission) } else { set.remove(permission) }
        };
        change(permission);
        if let Permission::Module(module, _) = permission {
            for action in further {
                change(Permission::Module(module, *action));
            }
        }
        self.value.set(set);
    }
}

/// The table and the named permissions below it.
#[component]
pub fn PermissionEditor(editing: Editing, modules: StoredValue<Vec<Module>>) -> impl IntoView {
    let modules = modules.get_value();
    let modules = modules.as_slice();
    let groups = ModuleGroup::ALL.iter().filter_map(|group| {
        let own: Vec<Module> =
            modules.iter().copied().filter(|module| module.group() == *group).collect();
        (!own.is_empty()).then(|| view! { <Group editing group=*group modules=own/> })
    });
    let groups = groups.collect_view();
    let named = Named::ALL.iter().filter(|named| {
        Permission::Named(**named).module().is_none_or(|module| modules.contains(&module))
    });
    let named = named.map(|named| {
        let permission = Permission::Named(*named);
        view! { <li>{cell(editing, permission, t(named_text(*named)).into(), false)}</li> }
    });
    view! {
        <div class="permissions" data-testid="permissions">
            <table class="permission-table">
                <thead>
                    <tr>
                        <th scope="col">{t(p::MODULE)}</th>
                        {Action::ALL.iter().map(|action| view! {
                            <th scope="col">{t(action_text(*action))}</th>
                        }).collect_view()}
                    </tr>
                </thead>
                {groups}
            </table>
            <h3 class="permission-heading">{t(p::SPECIAL)}</h3>
            <ul class="permission-named">{named.collect_view()}</ul>
            {(!editing.read_only).then(|| view! { <p class="quiet">{t(p::LOCKED)}</p> })}
        </div>
    }
}

#[component]
fn Group(editing: Editing, group: ModuleGroup, modules: Vec<Module>) -> impl IntoView {
    let rows = modules.into_iter().map(|module| {
        let cells = Action::ALL.iter().map(|action| {
            let (permission, action) = (Permission::Module(module, *action), *action);
            let label = move || {
                let locale = locale();
                p::cell(locale, action_text(action).get(locale), module_text(module).get(locale))
            };
            view! { <td>{cell(editing, permission, label.into(), true)}</td> }
        });
        view! {
            <tr>
                <th scope="row">{t(module_text(module))}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    view! {
        <tbody>
            <tr class="permission-group"><th scope="rowgroup" colspan="5">{t(group_text(group))}</th></tr>
            {rows.collect_view()}
        </tbody>
    }
}

/// A box for one permission. The browser keeps what the server would refuse out of reach.
fn cell(editing: Editing, permission: Permission, label: TextProp, hidden: bool) -> impl IntoView {
    let checked = Model::new(Signal::derive(move || editing.is_on(permission)), move |on| {
        editing.set(permission, on);
    });
    let disabled = Signal::derive(move || editing.is_locked(permission));
    view! {
        <span class="permission-cell" data-testid=format!("permission-{permission}")>
            <Checkbox checked label label_hidden=hidden disabled/>
        </span>
    }
}
