//! Pages that need a permission.

use crate::state::use_session;
use crate::ui::ForbiddenState;
use ebenezer_shared::permission::{Action, Module, Permission};
use leptos::children::ChildrenFn;
use leptos::prelude::*;

/// Shows its children to who may do this, by role and by product, and says to all others
/// what they lack. The server checks again.
#[component]
pub fn Allowed(
    module: Module,
    #[prop(default = Action::View)] action: Action,
    children: ChildrenFn,
) -> impl IntoView {
    let session = use_session();
    let permission = Permission::Module(module, action);
    view! {
        <Show
            when=move || session.can(permission)
            fallback=move || view! { <ForbiddenState permission=permission.to_string()/> }
        >
            {children()}
        </Show>
    }
}
