//! Turns `locales/es.json` and `locales/en.json` into typed texts.
//!
//! A leaf without placeholders becomes a constant (`texts::contacts::TITLE`), a leaf with
//! `{placeholders}` a function (`texts::contacts::more(locale, count)`), and an object of
//! exactly `one` and `other` a function that takes `count` and picks the right form.
//! A key or placeholder that only one language knows stops the build and is named.

use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, process};

fn main() {
    println!("cargo::rerun-if-changed=locales");
    let es = read("locales/es.json");
    let en = read("locales/en.json");
    let mut out = String::new();
    let mut problems = Vec::new();
    module(&es, &en, "", &mut out, &mut problems);
    if !problems.is_empty() {
        for problem in problems {
            println!("cargo::error={problem}");
        }
        process::exit(1);
    }
    let dir = env::var("OUT_DIR").unwrap_or_default();
    if let Err(error) = fs::write(Path::new(&dir).join("texts.rs"), out) {
        println!("cargo::error=texts.rs could not be written: {error}");
        process::exit(1);
    }
}

fn read(path: &str) -> Map<String, Value> {
    let parsed = fs::read_to_string(path)
        .map_err(|error| error.to_string())
        .and_then(|text| serde_json::from_str(&text).map_err(|error| error.to_string()));
    match parsed {
        Ok(map) => map,
        Err(error) => {
            println!("cargo::error={path}: {error}");
            process::exit(1);
        }
    }
}

fn module(
    es: &Map<String, Value>,
    en: &Map<String, Value>,
    path: &str,
    out: &mut String,
    problems: &mut Vec<String>,
) {
    for key in en.keys().filter(|key| !es.contains_key(*key)) {
        problems.push(format!("es.json lacks {path}{key}"));
    }
    for (key, spanish) in es {
        let here = format!("{path}{key}");
        let Some(english) = en.get(key) else {
            problems.push(format!("en.json lacks {here}"));
            continue;
        };
        match (spanish, english) {
            (Value::String(a), Value::String(b)) => leaf(key, &here, a, b, out, problems),
            (Value::Object(a), Value::Object(b)) if is_plural(a) || is_plural(b) => {
                plural(key, &here, a, b, out, problems);
            }
            (Value::Object(a), Value::Object(b)) => {
                let _ = writeln!(out, "/// Texts of `{here}`.\npub mod {key} {{");
                module(a, b, &format!("{here}."), out, problems);
                out.push_str("}\n");
            }
            _ => {
                problems.push(format!("{here} is a text in one language and a group in the other"));
            }
        }
    }
}

fn is_plural(map: &Map<String, Value>) -> bool {
    map.len() == 2 && map.contains_key("one") && map.contains_key("other")
}

fn placeholders(text: &str) -> BTreeSet<String> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
        .collect()
}

/// The function's parameters, and the pairs that fill them in.
fn parameters(names: &BTreeSet<String>) -> (String, String) {
    let (mut arguments, mut pairs) = (String::new(), String::new());
    for name in names {
        let _ = write!(arguments, ", {name}: impl std::fmt::Display");
        let _ = write!(pairs, "({name:?}, {name}.to_string()),");
    }
    (arguments, pairs)
}

fn constant(key: &str) -> String {
    key.to_uppercase()
}

fn leaf(key: &str, here: &str, es: &str, en: &str, out: &mut String, problems: &mut Vec<String>) {
    let names = placeholders(es);
    if names != placeholders(en) {
        problems.push(format!("{here} has other placeholders in es.json than in en.json"));
        return;
    }
    let _ = writeln!(out, "/// “{}”", es.replace('\n', " "));
    if names.is_empty() {
        let name = constant(key);
        let _ = writeln!(
            out,
            "pub const {name}: crate::locale::Text = crate::locale::Text::new({es:?}, {en:?});"
        );
        return;
    }
    let (arguments, pairs) = parameters(&names);
    let _ = writeln!(
        out,
        "#[must_use] pub fn {key}(locale: crate::locale::Locale{arguments}) -> String {{ \
         crate::locale::fill(crate::locale::Text::new({es:?}, {en:?}).get(locale), &[{pairs}]) }}"
    );
}

fn plural(
    key: &str,
    here: &str,
    es: &Map<String, Value>,
    en: &Map<String, Value>,
    out: &mut String,
    problems: &mut Vec<String>,
) {
    let text = |map: &Map<String, Value>, form: &str| {
        map.get(form).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let forms = [text(es, "one"), text(es, "other"), text(en, "one"), text(en, "other")];
    if forms.iter().any(String::is_empty) {
        problems.push(format!("{here} needs `one` and `other` in both languages"));
        return;
    }
    let mut names: BTreeSet<String> = forms.iter().flat_map(|form| placeholders(form)).collect();
    names.remove("count");
    let (arguments, pairs) = parameters(&names);
    let [uno, otros, single, plural] = forms;
    let _ = writeln!(
        out,
        "/// “{otros}”\n#[must_use] pub fn {key}(locale: crate::locale::Locale, count: u64{arguments}) -> String {{ \
         let text = if count == 1 {{ crate::locale::Text::new({uno:?}, {single:?}) }} \
         else {{ crate::locale::Text::new({otros:?}, {plural:?}) }}; \
         crate::locale::fill(text.get(locale), &[(\"count\", crate::locale::number(locale, count)), {pairs}]) }}"
    );
}
