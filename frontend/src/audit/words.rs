//! What entries say, in words.

use ebenezer_shared::locale::{Locale, Text};
use ebenezer_shared::texts;
use ebenezer_shared::texts::audit::{self as a, account_acts as u, acts, fields as f, kinds as k};
use serde_json::Value;

/// What entries are about.
pub static KINDS: [(&str, Text); 11] = [
    ("contact", k::CONTACT),
    ("corporation", k::CORPORATION),
    ("department", k::DEPARTMENT),
    ("tag", k::TAG),
    ("view", k::VIEW),
    ("member", k::MEMBER),
    ("role", k::ROLE),
    ("invitation", k::INVITATION),
    ("tenant", k::TENANT),
    ("account", k::ACCOUNT),
    ("audit_log", k::AUDIT_LOG),
];

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
    if let Some(text) = account_act(action) {
        return text.get(locale).to_owned();
    }
    let Some((kind, act)) = action.rsplit_once('.') else { return action.to_owned() };
    let kind_text = KINDS.iter().find(|(name, _)| *name == kind).map(|(_, text)| *text);
    match (act_named(act), kind_text) {
        (Some(act), Some(kind)) => a::act_on(locale, act.text.get(locale), kind.get(locale)),
        _ => action.to_owned(),
    }
}

const fn account_acts() -> [(&'static str, Text); 20] {
    [
        ("login", acts::LOGIN),
        ("login.failed", acts::LOGIN_FAILED),
        ("logout", acts::LOGOUT),
        ("session.switched", u::SESSION_SWITCHED),
        ("session.ended", u::SESSION_ENDED),
        ("session.refresh_token_reused", u::TOKEN_REUSED),
        ("password.changed", u::PASSWORD_CHANGED),
        ("password.forgotten", u::PASSWORD_FORGOTTEN),
        ("password.reset", u::PASSWORD_RESET),
        ("2fa.setup", u::FACTOR_SETUP),
        ("2fa.enabled", u::FACTOR_ENABLED),
        ("2fa.disabled", u::FACTOR_DISABLED),
        ("2fa.recovery_codes_renewed", u::CODES_RENEWED),
        ("2fa.recovery_code_used", u::CODE_USED),
        ("2fa.reset", u::FACTOR_RESET),
        ("profile.changed", u::PROFILE_CHANGED),
        ("email.change_asked", u::EMAIL_CHANGE_ASKED),
        ("email.changed", u::EMAIL_CHANGED),
        ("invitation.accepted", u::INVITATION_ACCEPTED),
        ("tenant.registered", u::REGISTERED),
    ]
}

fn account_act(action: &str) -> Option<Text> {
    account_acts().into_iter().find(|(name, _)| *name == action).map(|(_, text)| text)
}

/// What a field is called.
pub fn field(locale: Locale, name: &str) -> String {
    use texts::{address as d, contacts as c, corporations as o, firm, tags, team as m, ties};
    let known = [
        ("first_name", c::FIRST_NAME),
        ("last_name", c::LAST_NAME),
        ("name", c::NAME),
        ("full_name", c::NAME),
        ("email", c::EMAIL_SHORT),
        ("phone", c::PHONE),
        ("phone_display", c::PHONE),
        ("status", c::STATUS),
        ("client_since", c::CLIENT_SINCE),
        ("primary_corporation_id", c::PRIMARY_CORPORATION),
        ("corporations", c::CORPORATIONS),
        ("former_corporations", ties::FORMER),
        ("department", c::DEPARTMENT),
        ("owner", c::OWNER),
        ("address", d::TITLE),
        ("line1", d::LINE1),
        ("line2", d::LINE2),
        ("city", d::CITY),
        ("region", d::REGION),
        ("postal_code", d::POSTAL_CODE),
        ("country", d::COUNTRY),
        ("date_of_birth", c::DATE_OF_BIRTH),
        ("ssn", c::SSN),
        ("ein", o::EIN),
        ("legal_name", o::LEGAL_NAME),
        ("type", o::TYPE),
        ("industry", o::INDUSTRY),
        ("fiscal_year_end", o::FISCAL_YEAR_END),
        ("preferred_language", c::PREFERRED_LANGUAGE),
        ("tags", tags::TITLE),
        ("notes", c::NOTES),
        ("external_id", c::EXTERNAL_ID),
        ("color", tags::COLOR),
        ("role", m::ROLE),
        ("extra_permissions", m::EXTRA),
        ("active", f::IS_ACTIVE),
        ("is_active", f::IS_ACTIVE),
        ("code", f::CODE),
        ("sort_order", f::SORT_ORDER),
        ("permissions", f::PERMISSIONS),
        ("expires_at", f::EXPIRES_AT),
        ("message", f::MESSAGE),
        ("reason", f::REASON),
        ("field", f::FIELD),
        ("filters", f::FILTERS),
        ("relations", f::RELATIONS),
        ("shared", f::SHARED),
        ("merged", acts::MERGE),
        ("merged_into", f::MERGED_INTO),
        ("related", texts::ties::RELATION),
        ("contact", k::CONTACT),
        ("corporation", k::CORPORATION),
        ("kind", f::KIND),
        ("from", ties::FROM),
        ("to", ties::TO),
        ("is_primary", c::PRIMARY),
        ("contact_count", c::TITLE),
        ("note", ties::NOTE),
        ("share", ties::SHARE),
        ("require_2fa", firm::REQUIRE_2FA),
        ("require_primary_corporation", firm::REQUIRE_PRIMARY),
        ("company", firm::COMPANY),
        ("locale", firm::LANGUAGE),
        ("time_zone", firm::TIME_ZONE),
        ("default_country", firm::COUNTRY),
    ];
    let text = known.into_iter().find(|(known, _)| *known == name).map(|(_, text)| text);
    text.map_or_else(|| name.replace('_', " "), |text| text.get(locale).to_owned())
}

/// What stands in a field. Ids of other things are left out: they say nothing to a reader.
pub fn value(locale: Locale, value: &Value) -> String {
    match value {
        Value::Null => "—".to_owned(),
        Value::Bool(true) => texts::common::YES.get(locale).to_owned(),
        Value::Bool(false) => texts::common::NO.get(locale).to_owned(),
        Value::String(text) if text.is_empty() => "—".to_owned(),
        Value::String(text) if text.bytes().all(|byte| byte == b'*') => {
            a::SECRET.get(locale).to_owned()
        }
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) if items.is_empty() => "—".to_owned(),
        Value::Array(items) => {
            items.iter().map(|item| self::value(locale, item)).collect::<Vec<_>>().join(", ")
        }
        Value::Object(object) => {
            for name in ["name", "full_name"] {
                if let Some(Value::String(text)) = object.get(name) {
                    return text.clone();
                }
            }
            let parts: Vec<String> = object
                .iter()
                .filter(|(name, part)| !part.is_null() && *name != "id" && !name.ends_with("_id"))
                .map(|(name, part)| match part {
                    Value::Object(_) => self::value(locale, part),
                    _ => format!("{}: {}", field(locale, name), self::value(locale, part)),
                })
                .collect();
            if parts.is_empty() { "—".to_owned() } else { parts.join(" · ") }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

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
    fn values_are_told_without_ids() {
        let es = Locale::Es;
        let people = json!([{ "id": "1", "name": "ABC" }, { "id": "2", "full_name": "Ana" }]);
        assert_eq!(value(es, &people), "ABC, Ana");
        assert_eq!(value(es, &json!(null)), "—");
        assert_eq!(value(es, &json!("***")), "oculto");
        assert_eq!(value(es, &json!({ "city": "Cali", "x_id": "7" })), "Ciudad: Cali".to_owned());
    }

    #[test]
    fn a_filter_asks_for_few_enough_actions() {
        for act in &ACTS {
            assert!(act.actions().split(',').count() <= 50, "{}", act.name);
        }
    }
}
