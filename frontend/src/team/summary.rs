//! What a set of permissions allows, in words.

use super::words::{group_text, module_text, named_text};
use crate::state::{locale, t};
use ebenezer_shared::locale::Locale;
use ebenezer_shared::permission::{Action, Module, ModuleGroup, Named, Permission, PermissionSet};
use ebenezer_shared::texts::permissions as p;
use leptos::prelude::*;

type Say = fn(Locale, String) -> String;

/// “Ve todo en Clientes y Gastos. Agrega contactos.” and the named ones.
#[component]
pub fn Summary(#[prop(into)] set: Signal<PermissionSet>, modules: Vec<Module>) -> impl IntoView {
    let sentences = Memo::new(move |_| sentences(set.get(), &modules, locale()));
    view! {
        <div class="permission-summary" data-testid="permission-summary">
            <p class="permission-summary-title">{t(p::SUMMARY)}</p>
            <ul>
                {move || sentences.get().into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}
            </ul>
        </div>
    }
}

/// The same without a page: one sentence for each.
pub fn sentences(set: PermissionSet, modules: &[Module], locale: Locale) -> Vec<String> {
    let counts = |permission: &Permission| {
        permission.module().is_none_or(|module| modules.contains(&module))
    };
    if Permission::all().filter(counts).all(|permission| set.contains(permission)) {
        return vec![p::EVERYTHING.get(locale).to_owned()];
    }
    let says: [(Action, Say); 4] = [
        (Action::View, |locale, list| p::may_view(locale, list)),
        (Action::Add, |locale, list| p::may_add(locale, list)),
        (Action::Change, |locale, list| p::may_change(locale, list)),
        (Action::Delete, |locale, list| p::may_delete(locale, list)),
    ];
    let mut found = Vec::new();
    for (action, say) in says {
        let things = things(set, modules, action, locale);
        if !things.is_empty() {
            found.push(say(locale, joined(&things, locale)));
        }
    }
    let named = Named::ALL.iter().filter(|named| {
        let permission = Permission::Named(**named);
        counts(&permission) && set.contains(permission)
    });
    found.extend(named.map(|named| named_text(*named).get(locale).to_owned()));
    if found.is_empty() {
        found.push(p::NOTHING.get(locale).to_owned());
    }
    found
}

/// The modules that the action is allowed on; whole groups by their names.
fn things(set: PermissionSet, modules: &[Module], action: Action, locale: Locale) -> Vec<String> {
    let mut things = Vec::new();
    for group in ModuleGroup::ALL {
        let own: Vec<Module> =
            modules.iter().copied().filter(|module| module.group() == *group).collect();
        let allowed: Vec<Module> =
            own.iter().copied().filter(|module| set.allows(*module, action)).collect();
        if own.len() > 2 && allowed.len() == own.len() {
            things.push(p::whole_group(locale, group_text(*group).get(locale)));
        } else {
            things.extend(allowed.iter().map(|it| module_text(*it).get(locale).to_lowercase()));
        }
    }
    things
}

fn joined(things: &[String], locale: Locale) -> String {
    match things.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {} {last}", rest.join(", "), p::AND.get(locale)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ebenezer_shared::permission::Role;

    #[test]
    fn permissions_are_told_in_words() {
        let modules = [
            Module::Dashboard,
            Module::Contacts,
            Module::Corporations,
            Module::Cases,
            Module::Expenses,
        ];
        let mut set: PermissionSet = ["contacts.view", "corporations.view", "contacts.add"]
            .iter()
            .map(|name| name.parse().unwrap())
            .collect();
        assert_eq!(
            sentences(set, &modules, Locale::En),
            ["Sees contacts and corporations.", "Adds contacts."]
        );
        set.insert("cases.view".parse().unwrap());
        set.insert("expenses.view".parse().unwrap());
        set.insert("pii.reveal".parse().unwrap());
        assert_eq!(
            sentences(set, &modules, Locale::Es),
            [
                "Ve todo en Clientes y gastos.",
                "Agrega contactos.",
                "Mostrar completos los SSN, EIN y fechas de nacimiento.",
            ]
        );
        let nothing = PermissionSet::default();
        assert_eq!(sentences(nothing, &modules, Locale::En), ["May do nothing yet."]);
        let all = Role::Owner.permissions();
        assert_eq!(sentences(all, &modules, Locale::En), ["May do everything."]);
    }
}
