//! Mails about an appointment.

use super::Body;
use crate::timeline;
use chrono::{DateTime, NaiveDateTime, NaiveTime, Timelike as _, Utc};
use chrono_tz::Tz;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::texts::mails::appointment as t;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Why the mail is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppointmentAct {
    Made,
    Changed,
    Cancelled,
    /// To the client: it is soon.
    Reminder,
    /// To the colleague: it is soon.
    Colleague,
}

/// What the mail tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct AppointmentMail {
    pub act: AppointmentAct,
    pub company: String,
    pub title: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// The firm's time zone, by its name.
    pub zone: String,
    /// The other one of the two who meet.
    pub with: Option<String>,
    pub place: Option<String>,
    pub video_url: Option<String>,
    /// The appointment as a calendar file.
    pub calendar: String,
}

impl AppointmentMail {
    /// The name of the file.
    pub fn file(&self, locale: Locale) -> String {
        format!("{}.ics", t::FILE_NAME.get(locale))
    }

    /// What the mail says.
    pub fn body(&self, locale: Locale, greeting: String) -> Body {
        let is_off = self.act == AppointmentAct::Cancelled;
        let facts = [
            Some(t::when(locale, self.when(locale))),
            self.with.as_ref().map(|name| t::who(locale, name)),
            self.place.as_ref().map(|place| t::place(locale, place)),
        ];
        let file = if is_off { t::FILE_CANCELLED } else { t::FILE };
        let is_for_client = !matches!(self.act, AppointmentAct::Colleague);
        let excuse = (is_for_client && !is_off).then(|| t::NO_ANSWER.get(locale));
        let link = self.video_url.clone().filter(|_| !is_off);
        Body {
            subject: self.subject(locale).into(),
            greeting,
            paragraphs: vec![Cow::from(self.introduction(locale))],
            list: facts.into_iter().flatten().collect(),
            button: link.map(|link| (t::VIDEO.get(locale), link)),
            notes: [file.get(locale)].into_iter().chain(excuse).collect(),
            ..Body::default()
        }
    }

    fn subject(&self, locale: Locale) -> String {
        let (company, when) = (&self.company, self.start(locale));
        match self.act {
            AppointmentAct::Made => t::made_subject(locale, company, when),
            AppointmentAct::Changed => t::changed_subject(locale, company, when),
            AppointmentAct::Cancelled => t::cancelled_subject(locale, company, when),
            AppointmentAct::Reminder => t::reminder_subject(locale, company, when),
            AppointmentAct::Colleague => t::colleague_subject(locale, &self.title, when),
        }
    }

    fn introduction(&self, locale: Locale) -> String {
        let (company, title) = (&self.company, &self.title);
        match self.act {
            AppointmentAct::Made => t::made(locale, company, title),
            AppointmentAct::Changed => t::changed(locale, company, title),
            AppointmentAct::Cancelled => t::cancelled(locale, company, title),
            AppointmentAct::Reminder => t::reminder(locale, company, title),
            AppointmentAct::Colleague => t::colleague(locale, title),
        }
    }

    fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.zone.parse::<Tz>().unwrap_or(Tz::UTC)).naive_local()
    }

    /// `17 mar 2026, 14:30`
    fn start(&self, locale: Locale) -> String {
        let start = self.local(self.starts_at);
        format!("{}, {}", timeline::day(start.date(), locale), clock(start.time(), locale))
    }

    /// From when to when, and by whose clocks.
    fn when(&self, locale: Locale) -> String {
        let (from, to) = (self.local(self.starts_at), self.local(self.ends_at));
        let day = timeline::day(from.date(), locale);
        let (begins, ends) = (clock(from.time(), locale), clock(to.time(), locale));
        if from.date() == to.date() {
            return t::zone(locale, day, begins, ends, &self.zone);
        }
        let last = timeline::day(to.date(), locale);
        t::zone_days(locale, day, begins, last, ends, &self.zone)
    }
}

/// A time as the language writes it: `14:30`, `2:30 PM`.
fn clock(time: NaiveTime, locale: Locale) -> String {
    match locale {
        Locale::Es => format!("{}:{:02}", time.hour(), time.minute()),
        Locale::En => {
            let (is_afternoon, hour) = time.hour12();
            let half = if is_afternoon { "PM" } else { "AM" };
            format!("{hour}:{:02} {half}", time.minute())
        }
    }
}
