//! Spanish and English say the same things.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::workspace::Workspace;

const FILES: [&str; 2] = ["shared/locales/es.json", "shared/locales/en.json"];

/// Fails naming every key that is missing, empty or has other placeholders.
pub fn check(workspace: &Workspace) -> Result<()> {
    let [spanish, english] = FILES.map(|file| read(workspace, file));
    let problems = differences(&spanish?, &english?);
    if problems.is_empty() {
        return Ok(());
    }
    bail!("the languages differ:\n  {}", problems.join("\n  "))
}

type Texts = BTreeMap<String, String>;

fn read(workspace: &Workspace, file: &str) -> Result<Texts> {
    let content =
        fs::read_to_string(workspace.root.join(file)).with_context(|| format!("no {file}"))?;
    let value: Value = serde_json::from_str(&content).with_context(|| file.to_owned())?;
    let mut texts = Texts::new();
    flatten("", &value, &mut texts);
    Ok(texts)
}

/// Turns the tree into `area.key` -> text; a list counts as a branch.
fn flatten(path: &str, value: &Value, texts: &mut Texts) {
    let below = |key: &str| {
        if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
    };
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                flatten(&below(key), value, texts);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                flatten(&below(&index.to_string()), value, texts);
            }
        }
        Value::String(text) => drop(texts.insert(path.to_owned(), text.clone())),
        other => drop(texts.insert(path.to_owned(), other.to_string())),
    }
}

fn differences(spanish: &Texts, english: &Texts) -> Vec<String> {
    let keys: BTreeSet<_> = spanish.keys().chain(english.keys()).collect();
    keys.into_iter()
        .filter_map(|key| {
            let problem = match (spanish.get(key), english.get(key)) {
                (None, _) => "missing in Spanish".to_owned(),
                (_, None) => "missing in English".to_owned(),
                (Some(es), _) if es.trim().is_empty() => "empty in Spanish".to_owned(),
                (_, Some(en)) if en.trim().is_empty() => "empty in English".to_owned(),
                (Some(es), Some(en)) => placeholder_problem(es, en)?,
            };
            Some(format!("{key}: {problem}"))
        })
        .collect()
}

fn placeholder_problem(spanish: &str, english: &str) -> Option<String> {
    let (es, en) = (placeholders(spanish), placeholders(english));
    (es != en).then(|| format!("placeholders {es:?} in Spanish, {en:?} in English"))
}

/// Names in braces.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Texts, differences, flatten};

    fn texts(value: &serde_json::Value) -> Texts {
        let mut texts = Texts::new();
        flatten("", value, &mut texts);
        texts
    }

    #[test]
    fn the_same_keys_and_placeholders_are_in_order() {
        let es = texts(&json!({ "list": { "more": "{count} más de {total}" } }));
        let en = texts(&json!({ "list": { "more": "of {total}, {count} more" } }));
        assert!(differences(&es, &en).is_empty());
    }

    #[test]
    fn what_differs_is_named() {
        let es = texts(&json!({ "a": "Hola {name}", "b": "", "d": { "x": "1" } }));
        let en = texts(&json!({ "a": "Hello", "b": "b", "c": "c", "d": "1" }));
        assert_eq!(
            differences(&es, &en),
            [
                "a: placeholders {\"name\"} in Spanish, {} in English",
                "b: empty in Spanish",
                "c: missing in Spanish",
                "d: missing in Spanish",
                "d.x: missing in English",
            ]
        );
    }
}
