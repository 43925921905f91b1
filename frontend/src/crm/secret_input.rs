//! A masked value in a form: it stays unless something is typed over it or it is cleared.

use crate::state::{locale, t};
use crate::ui::{Button, ButtonKind, ButtonSize, Field, Model};
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use leptos::children::Children;
use leptos::prelude::*;

/// The field around the input of a masked value: says what is stored, and clears it.
#[component]
pub fn SecretField(
    label: Text,
    name: &'static str,
    error: Signal<Option<String>>,
    /// What is stored, masked.
    mask: Signal<Option<String>>,
    /// The stored value shall go.
    clear: Model<bool>,
    /// Something is typed that will replace it.
    replaced: Signal<bool>,
    /// The input.
    children: Children,
) -> impl IntoView {
    let help = move || {
        let locale = locale();
        match mask.get() {
            None => String::new(),
            Some(_) if replaced.get() => texts::pii::WILL_BE_REPLACED.get(locale).to_owned(),
            Some(_) if clear.get() => texts::pii::WILL_BE_CLEARED.get(locale).to_owned(),
            Some(mask) => texts::pii::stored(locale, mask),
        }
    };
    let action = move || {
        let text = if clear.get() { texts::pii::KEEP } else { texts::pii::CLEAR };
        text.get(locale())
    };
    let offers = move || mask.with(Option::is_some) && !replaced.get();
    view! {
        <div class="secret-field">
            <Field label=t(label) name error help=help>
                {children()}
            </Field>
            <Show when=offers>
                <Button
                    kind=ButtonKind::Ghost
                    size=ButtonSize::Small
                    on_click=move || clear.set(!clear.get_untracked())
                    attr:data-testid=format!("clear-{name}")
                    attr:aria-label=move || {
                        let locale = locale();
                        texts::pii::of_field(locale, action(), within_sentence(label.get(locale)))
                    }
                >
                    {action}
                </Button>
            </Show>
        </div>
    }
}

/// A label as it stands inside a sentence: small, unless it is an abbreviation.
fn within_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_keep_their_capitals() {
        assert_eq!(within_sentence("Fecha de nacimiento"), "fecha de nacimiento");
        assert_eq!(within_sentence("SSN o ITIN"), "SSN o ITIN");
        assert_eq!(within_sentence(""), "");
    }
}
