//! Both parts of every mail carry all that it is to tell, in both languages.

use super::{AppointmentAct, AppointmentMail, Content, Letter, layout};
use crate::timeline;
use chrono::{DateTime, NaiveDate};
use ebenezer_shared::locale::Locale;
use serde_json::Value;

/// Where each kind of mail stands among the samples. Whoever adds one adds its sample.
const fn place(content: &Content) -> usize {
    match content {
        Content::PasswordReset { .. } => 0,
        Content::PasswordChanged => 1,
        Content::EmailChange { .. } => 2,
        Content::EmailChangeAsked => 3,
        Content::EmailChanged => 4,
        Content::TwoFactorEnabled => 5,
        Content::TwoFactorDisabled => 6,
        Content::TwoFactorReset => 7,
        Content::RecoveryCodesRenewed => 8,
        Content::RecoveryCodeUsed { .. } => 9,
        Content::Invitation { .. } => 10,
        Content::DocumentsWanted { .. } => 11,
        Content::Appointment(_) => 12,
    }
}

/// One of each, with facts that HTML must not take for its own.
fn samples() -> Vec<Content> {
    let link = |path: &str| format!("https://crm.firma.test/{path}#Abc-123_xyz?a=1&b=2");
    let company = "Núñez & Hijos <SAS>".to_owned();
    let message = Some("Hola:\nnos vemos el <lunes> & el martes".to_owned());
    vec![
        Content::PasswordReset { link: link("reset-password") },
        Content::PasswordChanged,
        Content::EmailChange { link: link("confirm-email") },
        Content::EmailChangeAsked,
        Content::EmailChanged,
        Content::TwoFactorEnabled,
        Content::TwoFactorDisabled,
        Content::TwoFactorReset,
        Content::RecoveryCodesRenewed,
        Content::RecoveryCodeUsed { left: 7 },
        Content::Invitation {
            link: link("accept-invitation"),
            company: company.clone(),
            inviter: "Ana \"La\" Gil".to_owned(),
            role: "Gerencia".to_owned(),
            message: message.clone(),
        },
        Content::DocumentsWanted {
            company: company.clone(),
            title: "Declaración de 2025".to_owned(),
            message,
            due_on: NaiveDate::from_ymd_opt(2026, 4, 15),
            items: vec!["Forma W-2".to_owned(), "Recibos > 500 & facturas".to_owned()],
        },
        Content::Appointment(Box::new(AppointmentMail {
            act: AppointmentAct::Made,
            company,
            title: "Firma & <entrega>".to_owned(),
            starts_at: DateTime::UNIX_EPOCH,
            ends_at: DateTime::UNIX_EPOCH,
            zone: "America/Bogota".to_owned(),
            with: Some("Ana \"La\" Gil".to_owned()),
            place: Some("Calle 1 & 2".to_owned()),
            video_url: Some(link("sala")),
            calendar: String::new(),
        })),
    ]
}

/// All that a mail was given to tell, line by line.
fn facts(value: &Value, locale: Locale, found: &mut Vec<String>) {
    match value {
        Value::String(text) => match text.parse::<NaiveDate>() {
            Ok(date) => found.push(timeline::day(date, locale)),
            Err(_) => found.extend(text.lines().map(str::to_owned)),
        },
        Value::Number(number) => found.push(number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| facts(item, locale, found)),
        Value::Object(fields) => {
            // Kinds, files, and moments, which mails tell by the clock of the firm.
            let hidden = ["about", "act", "calendar", "starts_at", "ends_at"];
            let told = fields.iter().filter(|(name, _)| !hidden.contains(&name.as_str()));
            told.for_each(|(_, inner)| facts(inner, locale, found));
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// What a mail program shows of HTML: a line for each paragraph.
fn shown(html: &str) -> String {
    let body = html.split_once("<body").unwrap().1.split_once('>').unwrap().1;
    let mut text = String::new();
    for (number, part) in body.split('<').enumerate() {
        let (tag, rest) = if number == 0 { ("", part) } else { part.split_once('>').unwrap() };
        if tag == "/p" || tag == "br" {
            text.push('\n');
        }
        text.push_str(rest);
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    entities.iter().fold(text, |text, (entity, character)| text.replace(entity, character))
}

#[test]
fn there_is_a_sample_of_each_mail() {
    let places: Vec<usize> = samples().iter().map(place).collect();
    assert_eq!(places, (0..places.len()).collect::<Vec<_>>());
    assert_eq!(places.len(), 13);
}

#[test]
fn both_parts_tell_everything_in_both_languages() {
    for locale in [Locale::Es, Locale::En] {
        for content in samples() {
            let mut given = vec!["Rosa <Peña> & Co".to_owned()];
            facts(&serde_json::to_value(&content).unwrap(), locale, &mut given);
            let name = given[0].clone();
            let letter = Letter { email: "rosa@firma.test".into(), name, locale, content };
            let body = letter.body();
            let (text, html) = (layout::text(&body, locale), layout::html(&body, locale));
            let seen = shown(&html);
            for fact in &given {
                assert!(text.contains(fact), "{fact} is not in the text:\n{text}");
                assert!(seen.contains(fact), "{fact} is not in the HTML:\n{seen}");
            }
            if let Some((label, link)) = &body.button {
                let href = format!("href=\"{}\"", link.replace('&', "&amp;"));
                assert_eq!(html.matches(&href).count(), 2, "a button and the address itself");
                assert!(text.contains(label) && seen.contains(label));
                assert!(given.contains(link));
            }
            // Whatever stands in the one stands in the other.
            for line in text
                .lines()
                .map(|line| line.trim_start_matches(['>', '-', ' ']).trim_end_matches(':'))
            {
                assert!(
                    line.is_empty() || seen.contains(line),
                    "{line} is not in the HTML:\n{seen}"
                );
            }
            assert!(!body.subject.is_empty() && !body.subject.contains(['\n', '{']));
        }
    }
}

#[test]
fn the_two_languages_differ() {
    for content in samples() {
        let [es, en] = [Locale::Es, Locale::En].map(|locale| {
            let name = String::new();
            let letter = Letter { email: String::new(), name, locale, content: content.clone() };
            layout::text(&letter.body(), locale)
        });
        let (es, en): (Vec<&str>, Vec<&str>) = (es.lines().collect(), en.lines().collect());
        assert_eq!(es.len(), en.len(), "{es:?} {en:?}");
        assert!(es[0] != en[0] && es.last() != en.last() && es[2] != en[2], "{es:?} {en:?}");
    }
}
