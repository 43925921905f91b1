//! The records that somebody opened lately, in this browser.
//!
//! Kept are kinds and ids, a line for each person and firm: what the records are called is
//! asked of the server, so that nothing of them lies in the browser, and what was deleted or
//! may no longer be seen is not shown.

use super::session::Session;
use super::storage;
use ebenezer_shared::ids::{TenantId, UserId};
use ebenezer_shared::record::RecordType;
use ebenezer_shared::search::RecordName;

/// So many are kept.
const KEPT: usize = 8;
/// So many people and firms are remembered at once.
const LINES: usize = 8;

fn person_and_firm(session: Session) -> Option<(UserId, TenantId)> {
    let account = session.account_now()?;
    Some((account.user.id, account.tenant?.id))
}

/// Remembers the record whose page has this path, if it is one.
pub fn note(session: Session, path: &str) {
    let Some(name) = record(path) else { return };
    let Some((user, firm)) = person_and_firm(session) else { return };
    let stored = storage::get(storage::RECENT).unwrap_or_default();
    storage::set(storage::RECENT, Some(&with(&stored, &format!("{user}/{firm}"), name)));
}

/// Those of the person in the firm, the last one first, without the one whose page has this
/// path.
pub fn others(session: Session, path: &str) -> Vec<RecordName> {
    let Some((user, firm)) = person_and_firm(session) else { return Vec::new() };
    let stored = storage::get(storage::RECENT).unwrap_or_default();
    let mut names = of(&stored, &format!("{user}/{firm}"));
    let here = record(path);
    names.retain(|name| Some(*name) != here);
    names
}

/// The record whose page has this path; none for lists and forms.
fn record(path: &str) -> Option<RecordName> {
    let mut parts = path.trim_start_matches('/').split('/');
    let kind = match parts.next()? {
        "contacts" => RecordType::Contact,
        "corporations" => RecordType::Corporation,
        "cases" => RecordType::Case,
        "documents" => RecordType::Document,
        "tasks" => RecordType::Task,
        "appointments" => RecordType::Appointment,
        "messages" => RecordType::Thread,
        _ => return None,
    };
    Some(RecordName { kind, id: parts.next()?.parse().ok()? })
}

fn of(stored: &str, who: &str) -> Vec<RecordName> {
    let line = stored.lines().find_map(|line| line.strip_prefix(who)?.strip_prefix(' '));
    line.unwrap_or_default().split(' ').filter_map(|name| name.parse().ok()).take(KEPT).collect()
}

/// What is stored when the record was opened as well.
fn with(stored: &str, who: &str, name: RecordName) -> String {
    let mut names = of(stored, who);
    names.retain(|other| *other != name);
    names.insert(0, name);
    let names: Vec<String> = names.iter().take(KEPT).map(ToString::to_string).collect();
    let own = format!("{who} {}", names.join(" "));
    let others = stored.lines().filter(|line| !line.starts_with(who)).take(LINES - 1);
    std::iter::once(own.as_str()).chain(others).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_known_by_their_paths() {
        let id = "01980000-0000-7000-8000-000000000001";
        let name = record(&format!("/contacts/{id}/edit")).unwrap();
        assert_eq!(name.to_string(), format!("contact:{id}"));
        for path in ["/", "/contacts", "/contacts/new", "/team/roles/x", "/cases/board"] {
            assert_eq!(record(path), None, "{path}");
        }
    }

    #[test]
    fn the_last_ones_are_kept_for_each() {
        let name = |number: usize| {
            record(&format!("/tasks/01980000-0000-7000-8000-{number:012}")).unwrap()
        };
        let stored =
            (0..10).fold(String::new(), |stored, number| with(&stored, "a/x", name(number)));
        let stored = with(&with(&stored, "b/x", name(1)), "a/x", name(5));
        let order: Vec<RecordName> = [5, 9, 8, 7, 6, 4, 3, 2].map(name).to_vec();
        assert_eq!(of(&stored, "a/x"), order);
        assert_eq!(of(&stored, "b/x"), [name(1)]);
        assert_eq!(of(&stored, "c/x"), []);
    }
}
