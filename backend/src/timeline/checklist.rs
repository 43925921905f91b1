//! What became of a case's checklist.

use ebenezer_shared::locale::Locale;
use ebenezer_shared::texts::timeline as t;
use serde_json::Value;

/// One phrase for each thing that is new, done, open again, called otherwise or gone; one for
/// all where only their order changed.
pub fn phrases(locale: Locale, change: &Value) -> Vec<String> {
    let side = |side: &str| change.get(side).and_then(Value::as_array).cloned();
    let (before, after) = (side("before").unwrap_or_default(), side("after").unwrap_or_default());
    let find = |list: &[Value], item: &Value| {
        list.iter().find(|other| other.get("id") == item.get("id")).cloned()
    };
    let mut phrases = Vec::new();
    for item in &after {
        match find(&before, item) {
            None => phrases.push(t::checklist_added(locale, label(item))),
            Some(old) => {
                if label(&old) != label(item) {
                    phrases.push(t::checklist_renamed(locale, label(item), label(&old)));
                }
                match (is_done(&old), is_done(item)) {
                    (false, true) => phrases.push(t::checklist_done(locale, label(item))),
                    (true, false) => phrases.push(t::checklist_open(locale, label(item))),
                    _ => {}
                }
            }
        }
    }
    let gone = before.iter().filter(|item| find(&after, item).is_none());
    phrases.extend(gone.map(|item| t::checklist_removed(locale, label(item))));
    if phrases.is_empty() {
        phrases.push(t::CHECKLIST_ORDERED.get(locale).to_owned());
    }
    phrases
}

fn label(item: &Value) -> &str {
    item.get("label").and_then(Value::as_str).unwrap_or_default()
}

fn is_done(item: &Value) -> bool {
    item.get("is_done").and_then(Value::as_bool).unwrap_or_default()
}
