//! Where values come from, and what was wrong with them.

use secrecy::SecretString;
use std::collections::HashMap;
use std::str::FromStr;

/// Variables by name, and the problems found while reading them.
pub struct Source {
    variables: HashMap<String, String>,
    problems: Vec<String>,
}

impl Source {
    /// The process environment.
    pub fn environment() -> Self {
        Self::from_pairs(std::env::vars())
    }

    /// Given variables, for tests and tools.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { variables: pairs.into_iter().collect(), problems: Vec::new() }
    }

    /// A value that is set and not blank.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    pub fn text(&self, name: &str, default: &str) -> String {
        self.get(name).unwrap_or(default).to_owned()
    }

    pub fn flag(&mut self, name: &str, default: bool) -> bool {
        match self.get(name).map(str::to_ascii_lowercase).as_deref() {
            None => default,
            Some("true" | "1" | "yes" | "on") => true,
            Some("false" | "0" | "no" | "off") => false,
            Some(_) => {
                self.wrong(name, "must be true or false");
                default
            }
        }
    }

    pub fn number<T: FromStr>(&mut self, name: &str, default: T) -> T {
        match self.get(name).map(str::parse) {
            None => default,
            Some(Ok(value)) => value,
            Some(Err(_)) => {
                self.wrong(name, "must be a whole number in range");
                default
            }
        }
    }

    /// A list separated by commas, each item parsed.
    pub fn list<T: FromStr>(&mut self, name: &str, what: &str) -> Vec<T> {
        let mut items = Vec::new();
        let mut bad = false;
        for part in self.get(name).unwrap_or_default().split(',').map(str::trim) {
            if part.is_empty() {
                continue;
            }
            match part.parse() {
                Ok(item) => items.push(item),
                Err(_) => bad = true,
            }
        }
        if bad {
            self.wrong(name, &format!("must be a comma-separated list of {what}"));
        }
        items
    }

    /// A secret from `NAME` or from the file that `NAME_FILE` names.
    pub fn secret(&mut self, name: &str) -> Option<SecretString> {
        if let Some(value) = self.get(name) {
            return Some(value.to_owned().into());
        }
        let file_variable = format!("{name}_FILE");
        let path = self.get(&file_variable)?.to_owned();
        match std::fs::read_to_string(&path) {
            Ok(text) if !text.trim().is_empty() => Some(text.trim().to_owned().into()),
            Ok(_) => {
                self.wrong(&file_variable, "names an empty file");
                None
            }
            Err(error) => {
                self.wrong(&file_variable, &format!("names a file that cannot be read: {error}"));
                None
            }
        }
    }

    /// Notes a problem with a variable.
    pub fn wrong(&mut self, name: &str, problem: &str) {
        self.problems.push(format!("  {name} {problem}"));
    }

    /// The problems, when there were any.
    pub fn finish(self) -> Result<(), Vec<String>> {
        if self.problems.is_empty() { Ok(()) } else { Err(self.problems) }
    }
}
