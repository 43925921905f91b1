//! Small preferences kept in the browser. Where storage is refused (private windows,
//! policies) they last as long as the page.

/// Language of the interface.
pub const LOCALE: &str = "ebenezer.locale";
/// Light or dark, when the person chose.
pub const THEME: &str = "ebenezer.theme";
/// Whether single keys such as `j` act on lists.
pub const SHORTCUTS: &str = "ebenezer.shortcuts";
/// When somebody last used any tab, in milliseconds since 1970.
pub const ACTIVITY: &str = "ebenezer.activity";
/// [`SESSION_OPEN`] from a login in this browser until its end, so that nobody asks for a
/// session that never was. Says nothing of whose it is.
pub const SESSION: &str = "ebenezer.session";
/// There may be a session to take up.
pub const SESSION_OPEN: &str = "open";
/// Which records were opened lately, by person and firm: kinds and ids, no names. Forgotten at
/// logout.
pub const RECENT: &str = "ebenezer.recent";
/// Changes whenever somebody logs out, so that other tabs do as well.
pub const LOGOUT: &str = "ebenezer.logout";

fn store() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Whether anything is kept at all.
pub fn works() -> bool {
    store().is_some()
}

/// The stored value.
pub fn get(key: &str) -> Option<String> {
    store()?.get_item(key).ok().flatten()
}

/// Stores a value, or forgets it.
pub fn set(key: &str, value: Option<&str>) {
    let Some(store) = store() else { return };
    // A full or refused store costs the preference, nothing else.
    let _ = match value {
        Some(value) => store.set_item(key, value),
        None => store.remove_item(key),
    };
}
