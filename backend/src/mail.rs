//! Mails: what they say, how they look, how they leave.

mod appointment;
#[cfg(test)]
mod facts;
mod layout;
mod sender;
mod server;

pub use appointment::{AppointmentAct, AppointmentMail};
pub use sender::Mailer;

use crate::platform::user;
use crate::timeline;
use chrono::NaiveDate;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::texts::mails as t;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A mail to one person.
#[derive(Clone, Serialize, Deserialize)]
pub struct Letter {
    pub email: String,
    pub name: String,
    pub locale: Locale,
    pub content: Content,
}

/// What a mail is about.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Content {
    /// A link that sets a new password.
    PasswordReset { link: String },
    /// The password was changed, by whomever.
    PasswordChanged,
    /// A link that makes the reader's email the one to log in with.
    EmailChange { link: String },
    /// To the present email: another one was asked for.
    EmailChangeAsked,
    /// To the email of before: another one opens the account now.
    EmailChanged,
    /// Logins ask for a second factor from now on.
    TwoFactorEnabled,
    /// They ask for it no longer.
    TwoFactorDisabled,
    /// Whoever runs the platform took it away, for a lost phone.
    TwoFactorReset,
    /// There is a new set of recovery codes.
    RecoveryCodesRenewed,
    /// Somebody logged in with a recovery code; so many are left.
    RecoveryCodeUsed { left: u64 },
    /// A link that joins a firm.
    Invitation {
        link: String,
        company: String,
        inviter: String,
        role: String,
        message: Option<String>,
    },
    /// What a client is asked for and has not brought.
    DocumentsWanted {
        company: String,
        title: String,
        message: Option<String>,
        due_on: Option<NaiveDate>,
        items: Vec<String>,
    },
    /// What holds of an appointment, with a file for calendars.
    Appointment(Box<AppointmentMail>),
}

/// What a mail says, in one language.
#[derive(Default)]
pub struct Body {
    pub subject: Cow<'static, str>,
    pub greeting: String,
    pub paragraphs: Vec<Cow<'static, str>>,
    /// Things, each on a line of its own.
    pub list: Vec<String>,
    /// After the list.
    pub more: Option<String>,
    /// Somebody's own words, line by line.
    pub quote: Vec<String>,
    /// A label and where it leads.
    pub button: Option<(&'static str, String)>,
    /// After the button.
    pub notes: Vec<&'static str>,
}

impl Letter {
    /// A letter to a user.
    pub fn to(user: &user::Model, locale: Locale, content: Content) -> Self {
        Self { email: user.email.clone(), name: user.full_name.clone(), locale, content }
    }

    /// The file that goes with it: its name and what is in it (`text/calendar`).
    pub fn calendar(&self) -> Option<(String, &str)> {
        match &self.content {
            Content::Appointment(mail) => Some((mail.file(self.locale), &mail.calendar)),
            _ => None,
        }
    }

    /// What it says.
    pub fn body(&self) -> Body {
        let say = |text: ebenezer_shared::locale::Text| text.get(self.locale);
        let greeting = if self.name.is_empty() {
            say(t::GREETING_TO_STRANGERS).to_owned()
        } else {
            t::greeting(self.locale, &self.name)
        };
        match &self.content {
            Content::PasswordReset { link } => Body {
                subject: say(t::password_reset::SUBJECT).into(),
                greeting,
                paragraphs: vec![say(t::password_reset::INTRODUCTION).into()],
                button: Some((say(t::password_reset::BUTTON), link.clone())),
                notes: vec![say(t::password_reset::EXPIRY), say(t::password_reset::NOT_YOU)],
                ..Body::default()
            },
            Content::PasswordChanged => Body::notice(
                say(t::password_changed::SUBJECT),
                greeting,
                say(t::password_changed::INTRODUCTION),
                say(t::password_changed::NOT_YOU),
            ),
            Content::EmailChange { link } => Body {
                subject: say(t::email_change::SUBJECT).into(),
                greeting,
                paragraphs: vec![say(t::email_change::INTRODUCTION).into()],
                button: Some((say(t::email_change::BUTTON), link.clone())),
                notes: vec![say(t::email_change::EXPIRY), say(t::email_change::NOT_YOU)],
                ..Body::default()
            },
            Content::EmailChangeAsked => Body::notice(
                say(t::email_change::ASKED_SUBJECT),
                greeting,
                say(t::email_change::ASKED),
                say(t::email_change::STOP),
            ),
            Content::EmailChanged => Body::notice(
                say(t::email_change::CHANGED_SUBJECT),
                greeting,
                say(t::email_change::CHANGED),
                say(t::two_factor::NOT_YOU),
            ),
            Content::TwoFactorEnabled => Body::notice(
                say(t::two_factor::ENABLED_SUBJECT),
                greeting,
                say(t::two_factor::ENABLED),
                say(t::two_factor::NOT_YOU),
            ),
            Content::TwoFactorDisabled => Body::notice(
                say(t::two_factor::DISABLED_SUBJECT),
                greeting,
                say(t::two_factor::DISABLED),
                say(t::two_factor::NOT_YOU),
            ),
            Content::TwoFactorReset => Body::notice(
                say(t::two_factor::RESET_SUBJECT),
                greeting,
                say(t::two_factor::RESET),
                say(t::two_factor::NOT_YOU),
            ),
            Content::RecoveryCodesRenewed => Body::notice(
                say(t::two_factor::CODES_RENEWED_SUBJECT),
                greeting,
                say(t::two_factor::CODES_RENEWED),
                say(t::two_factor::NOT_YOU),
            ),
            Content::RecoveryCodeUsed { left } => Body::notice(
                say(t::two_factor::CODE_USED_SUBJECT),
                greeting,
                t::two_factor::code_used(self.locale, *left),
                say(t::two_factor::NOT_YOU),
            ),
            Content::Invitation { link, company, inviter, role, message } => Body {
                subject: t::invitation::subject(self.locale, company).into(),
                greeting,
                paragraphs: vec![
                    t::invitation::introduction(self.locale, company, inviter, role).into(),
                ],
                quote: lines(message.as_deref()),
                button: Some((say(t::invitation::BUTTON), link.clone())),
                notes: vec![say(t::invitation::EXPIRY), say(t::invitation::NOT_YOU)],
                ..Body::default()
            },
            Content::DocumentsWanted { .. } => self.documents_wanted(greeting),
            Content::Appointment(mail) => mail.body(self.locale, greeting),
        }
    }
}

impl Letter {
    /// What the client has not brought.
    fn documents_wanted(&self, greeting: String) -> Body {
        let Content::DocumentsWanted { company, title, message, due_on, items } = &self.content
        else {
            return Body::notice("", greeting, "", "");
        };
        let by = due_on
            .map(|day| t::documents_wanted::due(self.locale, timeline::day(day, self.locale)));
        let introduction = t::documents_wanted::introduction(self.locale, company, title);
        Body {
            subject: t::documents_wanted::subject(self.locale, company).into(),
            greeting,
            paragraphs: vec![introduction.into()],
            list: items.clone(),
            more: by,
            quote: lines(message.as_deref()),
            button: None,
            notes: vec![t::documents_wanted::HOW.get(self.locale)],
        }
    }
}

impl Body {
    /// What happened, and what to do if it was not the reader who did it.
    fn notice(
        subject: &'static str,
        greeting: String,
        what: impl Into<Cow<'static, str>>,
        not_you: &'static str,
    ) -> Self {
        let paragraphs = vec![what.into(), not_you.into()];
        let subject = subject.into();
        Self { subject, greeting, paragraphs, ..Self::default() }
    }
}

fn lines(message: Option<&str>) -> Vec<String> {
    message.into_iter().flat_map(str::lines).map(str::to_owned).collect()
}
