//! What is the person's own: language, theme, keys, password, sessions, logging out.

use super::language::LanguageChoices;
use super::theme::ThemeChoices;
use crate::routes::Route;
use crate::state::shortcuts::use_shortcuts;
use crate::state::{locale, t, use_session, use_unsaved};
use crate::ui::float::FloatAlign;
use crate::ui::{Avatar, Icon, Menu, MenuGroup, MenuItem, MenuLink, MenuSeparator, MenuToggle};
use ebenezer_shared::auth::CurrentUser;
use ebenezer_shared::permission::Role;
use ebenezer_shared::tenant::TenantAccess;
use ebenezer_shared::texts;
use leptos::prelude::*;

/// The menu behind the person's initials.
#[component]
pub fn PersonMenu() -> impl IntoView {
    let session = use_session();
    let unsaved = use_unsaved();
    let tenant = session.account_now()?.tenant;
    let user = Memo::new(move |_| session.account().map(|account| account.user));
    let text = move |look: fn(&CurrentUser) -> &str| {
        user.with(|user| user.as_ref().map(|user| look(user).to_owned()).unwrap_or_default())
    };
    let name = Signal::derive(move || text(|user| &user.full_name));
    let email = move || text(|user| &user.email);
    let label = move || texts::shell::person_menu(locale(), name.get());
    let trigger = move || view! { <Avatar name/> };
    let log_out = move || unsaved.guard(Callback::new(move |()| session.logout()));
    Some(view! {
        <Menu label trigger icon_only=true align=FloatAlign::End>
            <div class="menu-person" role="presentation">
                <p class="menu-person-name">{name}</p>
                <p class="quiet">{email}</p>
                {tenant.clone().map(|tenant| view! { <p class="quiet">{move || role_name(&tenant)}</p> })}
            </div>
            <MenuSeparator/>
            <MenuGroup label=t(texts::shell::LANGUAGE)><LanguageChoices/></MenuGroup>
            <MenuSeparator/>
            <MenuGroup label=t(texts::shell::THEME)><ThemeChoices/></MenuGroup>
            <MenuSeparator/>
            <ShortcutsChoice/>
            <MenuLink icon=Icon::Person href=Route::Profile.path()>
                {t(texts::profile::TITLE)}
            </MenuLink>
            <MenuLink icon=Icon::Key href=Route::ChangePassword.path()>
                {t(texts::shell::CHANGE_PASSWORD)}
            </MenuLink>
            <MenuLink icon=Icon::Lock href=Route::Security.path()>
                {t(texts::two_factor::TITLE)}
            </MenuLink>
            <MenuLink icon=Icon::Devices href=Route::Sessions.path()>
                {t(texts::sessions::TITLE)}
            </MenuLink>
            <MenuSeparator/>
            <MenuItem icon=Icon::LogOut on_select=log_out>{t(texts::shell::LOG_OUT)}</MenuItem>
        </Menu>
    })
}

#[component]
fn ShortcutsChoice() -> impl IntoView {
    let shortcuts = use_shortcuts();
    view! {
        <MenuToggle
            icon=Icon::Keyboard
            checked=Signal::derive(move || shortcuts.get())
            on_select=move || shortcuts.set(!shortcuts.get_untracked())
        >
            {t(texts::shell::SHORTCUTS)}
        </MenuToggle>
    }
}

/// A built-in role in the reader's language; a firm's own role as the firm named it.
fn role_name(tenant: &TenantAccess) -> String {
    match (&tenant.role_name, tenant.role.parse::<Role>()) {
        (Some(name), _) => name.clone(),
        (None, Ok(role)) => role.label().get(locale()).to_owned(),
        (None, Err(_)) => tenant.role.clone(),
    }
}
