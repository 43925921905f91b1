//! What entries say, in words.

use ebenezer_shared::audit::words;
pub use ebenezer_shared::audit::words::KINDS;
use ebenezer_shared::locale::{Locale, Text};
use ebenezer_shared::texts::audit::{self as a, acts};

/// Something that is done: to one of [`KINDS`], or with an account.
pub struct Act {
    pub name: &'static str,
    pub text: Text,
    /// Names of account actions; empty for what is done to things.
    account: &'static [&'static str],
}

impl Act {
    const fn to_things(name: &'static str, text: Text) -> Self {
        Self { name, text, account: &[] }
    }

    /// The actions of the API, with commas.
    pub fn actions(&self) -> String {
        if self.account.is_empty() {
            KINDS.map(|(kind, _)| format!("{kind}.{}", self.name)).join(",")
        } else {
            self.account.join(",")
        }
    }
}

/// What people filter by.
pub static ACTS: [Act; 13] = [
    Act::to_things("create", acts::CREATE),
    Act::to_things("update", acts::UPDATE),
    Act::to_things("delete", acts::DELETE),
    Act::to_things("relate", acts::RELATE),
    Act::to_things("merge", acts::MERGE),
    Act::to_things("unmerge", acts::UNMERGE),
    Act::to_things("restore", acts::RESTORE),
    Act::to_things("reveal", acts::REVEAL),
    Act::to_things("export", acts::EXPORT),
    Act { name: "login", text: acts::LOGIN, account: &["login"] },
    Act { name: "failed", text: acts::LOGIN_FAILED, account: &["login.failed"] },
    Act { name: "logout", text: acts::LOGOUT, account: &["logout"] },
    Act {
        name: "security",
        text: acts::SECURITY,
        account: &[
            "password.changed",
            "password.forgotten",
            "password.reset",
            "2fa.setup",
            "2fa.enabled",
            "2fa.disabled",
            "2fa.recovery_codes_renewed",
            "2fa.recovery_code_used",
            "2fa.reset",
            "profile.changed",
            "email.change_asked",
            "email.changed",
            "session.ended",
            "sessions.ended_others",
            "session.refresh_token_reused",
        ],
    },
];

/// The act of that name.
pub fn act_named(name: &str) -> Option<&'static Act> {
    ACTS.iter().find(|act| act.name == name)
}

/// What was done, as a headline; an action that has no words yet is named as it is.
pub fn headline(locale: Locale, action: &str) -> String {
    if let Some(text) = words::named(&words::ACCOUNT_ACTS, action) {
        return text.get(locale).to_owned();
    }
    let Some((kind, act)) = action.rsplit_once('.') else { return action.to_owned() };
    match (words::named(&words::ACTS, act), words::named(&KINDS, kind)) {
        (Some(act), Some(kind)) => a::act_on(locale, act.get(locale), kind.get(locale)),
        _ => action.to_owned(),
    }
}

/// What a field is called.
pub fn field(locale: Locale, name: &str) -> String {
    words::field(name).map_or_else(|| name.replace('_', " "), |text| text.get(locale).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_told_in_words() {
        let es = Locale::Es;
        assert_eq!(headline(es, "contact.update"), "Cambio: Contacto");
        assert_eq!(headline(es, "login.failed"), "Ingreso fallido");
        assert_eq!(headline(es, "something.new"), "something.new");
        assert_eq!(field(es, "first_name"), "Nombre");
        assert_eq!(field(es, "not_known"), "not known");
    }

    #[test]
    fn a_filter_asks_for_few_enough_actions() {
        for act in &ACTS {
            assert!(act.actions().split(',').count() <= 50, "{}", act.name);
        }
    }
}
