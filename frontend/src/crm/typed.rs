//! From what stands in inputs to what goes over the wire. A blank input is no value, and
//! spaces around a text are not part of it: the server reads bodies the same way.

use crate::ui::Choice;
use ebenezer_shared::patch::Patch;
use std::str::FromStr;

/// The text of an optional field.
pub fn text(typed: &str) -> Option<String> {
    let typed = typed.trim();
    (!typed.is_empty()).then(|| typed.to_owned())
}

/// The change of a text field, absent when it says the same as before.
pub fn text_change(before: &str, now: &str) -> Patch<String> {
    change(text(before), text(now))
}

/// The change of a field, absent when nothing changed.
pub fn change<T: PartialEq>(before: Option<T>, now: Option<T>) -> Patch<T> {
    match (before, now) {
        (before, now) if before == now => Patch::Absent,
        (_, now) => Patch::from(now),
    }
}

/// The body of a `PATCH`, unless it asks for nothing: a draft can differ from another by
/// spaces alone.
pub fn unless_empty<T: Default + PartialEq>(body: T) -> Option<T> {
    (body != T::default()).then_some(body)
}

/// The id behind a choice.
pub fn id<I: FromStr>(choice: &Choice) -> Option<I> {
    choice.value.parse().ok()
}

/// A masked value in a form: as it is, taken away, or replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hidden<T> {
    /// What is stored, masked; none when nothing is.
    pub mask: Option<String>,
    /// The stored value shall go.
    pub clear: bool,
    /// What was typed over it.
    pub typed: T,
}

impl<T: Default> Hidden<T> {
    /// Stored, masked, not touched.
    pub fn new(mask: Option<String>) -> Self {
        Self { mask, clear: false, typed: T::default() }
    }
}

impl<T> Hidden<T> {
    /// What the field shall become; `read` makes a value of what was typed.
    pub fn change<U>(&self, read: impl FnOnce(&T) -> Option<U>) -> Patch<U> {
        match read(&self.typed) {
            Some(value) => Patch::Value(value),
            None if self.clear && self.mask.is_some() => Patch::Null,
            None => Patch::Absent,
        }
    }

    /// How it reads: `typed` when something was typed, else the mask, unless it shall go.
    pub fn shown(&self, typed: Option<String>) -> String {
        let kept = self.mask.clone().filter(|_| !self.clear);
        typed.or(kept).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_alone_change_nothing() {
        assert_eq!(text_change("Ana", " Ana "), Patch::Absent);
        assert_eq!(text_change("", "  "), Patch::Absent);
        assert_eq!(text_change("Ana", " "), Patch::Null);
        assert_eq!(text_change("Ana", "Eva"), Patch::Value("Eva".to_owned()));
    }

    #[test]
    fn a_masked_value_stays_until_it_is_replaced_or_cleared() {
        let read = |typed: &String| text(typed);
        let mut ssn = Hidden::<String>::new(Some("***-**-6789".to_owned()));
        assert_eq!(ssn.change(read), Patch::Absent);
        ssn.clear = true;
        assert_eq!(ssn.change(read), Patch::Null);
        ssn.typed = "123-45-6789".to_owned();
        assert_eq!(ssn.change(read), Patch::Value("123-45-6789".to_owned()));
        assert_eq!(Hidden { clear: true, ..Hidden::new(None) }.change(read), Patch::Absent);
    }
}
