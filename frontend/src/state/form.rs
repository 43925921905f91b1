//! What is wrong with a form.

use super::locale::{locale, locale_now};
use crate::api::ApiError;
use ebenezer_shared::locale::{Locale, Text};
use ebenezer_shared::problem::FieldError;
use ebenezer_shared::validation::{field_errors, field_message};
use leptos::prelude::*;
use validator::Validate;

/// The wrong fields of a form and the problem as a whole, found here by the shared rules
/// or answered by the server.
#[derive(Clone, Copy)]
pub struct FormErrors {
    fields: RwSignal<Vec<FieldError>>,
    problem: RwSignal<Option<ApiError>>,
    /// Texts that forms said by themselves.
    own: RwSignal<Vec<Text>>,
    /// Counts failures; the form focuses its first wrong field at each.
    failures: RwSignal<u32>,
}

impl FormErrors {
    /// Nothing is wrong yet.
    pub fn new() -> Self {
        Self {
            fields: RwSignal::new(Vec::new()),
            problem: RwSignal::new(None),
            own: RwSignal::new(Vec::new()),
            failures: RwSignal::new(0),
        }
    }

    /// The message for a field, in the language of the moment.
    pub fn of(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            let locale = locale();
            self.fields.with(|fields| {
                let found = fields.iter().find(|error| error.field == field)?;
                let own = self.own.with_untracked(|own| own_text(own, &found.message));
                Some(
                    own.map_or_else(|| message_in(found, locale), |own| own.get(locale).to_owned()),
                )
            })
        })
    }

    /// The problem as a whole; tracked.
    pub fn problem(self) -> Option<ApiError> {
        self.problem.get()
    }

    /// Checks a request by the rules that the server has too. True when it may be sent.
    pub fn check(self, request: &impl Validate) -> bool {
        self.clear();
        match request.validate() {
            Ok(()) => true,
            Err(errors) => {
                self.fields.set(field_errors(&errors, locale_now()));
                self.fail();
                false
            }
        }
    }

    /// Shows what the server found: at the fields where it names any, else as a whole.
    pub fn show(self, error: ApiError) {
        self.fields.set(error.field_errors().to_vec());
        self.problem.set(Some(error));
        self.fail();
    }

    /// Shows what the server found as a whole, and leaves the focus where it is.
    pub fn report(self, error: ApiError) {
        self.problem.set(Some(error));
    }

    /// Marks one field, with a code of `shared::validation`.
    pub fn mark(self, field: &str, code: &str) {
        let error = FieldError::new(field, code, None, locale_now());
        self.fields.update(|fields| fields.push(error));
        self.fail();
    }

    /// Marks one field with a text of the interface; it follows the language.
    pub fn mark_text(self, field: &str, text: Text) {
        self.fields.update(|fields| {
            fields.push(FieldError {
                field: field.to_owned(),
                code: String::new(),
                message: text.get(locale_now()).to_owned(),
            });
        });
        self.own.update(|own| own.push(text));
        self.fail();
    }

    /// Nothing is wrong any more.
    pub fn clear(self) {
        self.fields.update(Vec::clear);
        self.own.update(Vec::clear);
        self.problem.set(None);
    }

    /// The person logged in again: that the session had ended is no longer true.
    pub fn forget_ended_session(self) {
        if self.problem.with_untracked(|it| it.as_ref().is_some_and(ApiError::ended_the_session)) {
            self.problem.set(None);
        }
    }

    /// The person works on the field: its message goes.
    pub fn clear_field(self, field: &str) {
        if self.fields.with_untracked(|fields| fields.iter().any(|error| error.field == field)) {
            self.fields.update(|fields| fields.retain(|error| error.field != field));
        }
    }

    /// Changes at each failure; tracked.
    pub fn failures(self) -> u32 {
        self.failures.get()
    }

    fn fail(self) {
        self.failures.update(|count| *count = count.wrapping_add(1));
    }
}

impl Default for FormErrors {
    fn default() -> Self {
        Self::new()
    }
}

/// The form's own text that the message is, in whichever language.
fn own_text(own: &[Text], message: &str) -> Option<Text> {
    own.iter().copied().find(|text| Locale::ALL.into_iter().any(|known| text.get(known) == message))
}

/// The message in another language when it is the table's, else as it came.
fn message_in(error: &FieldError, locale: Locale) -> String {
    let from_table = Locale::ALL
        .into_iter()
        .any(|known| field_message(&error.code, None, known) == error.message);
    if from_table { field_message(&error.code, None, locale) } else { error.message.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_of_the_table_follows_the_language() {
        let error = FieldError::new("email", "invalid_email", None, Locale::Es);
        assert_eq!(
            message_in(&error, Locale::En),
            field_message("invalid_email", None, Locale::En)
        );
    }

    #[test]
    fn a_message_with_numbers_stays_as_it_came() {
        let error = FieldError::new("name", "too_long", Some(150), Locale::Es);
        assert_eq!(message_in(&error, Locale::En), error.message);
    }
}
