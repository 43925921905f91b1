//! How hard a password is to guess, at a glance. A hint while typing; the server judges.

use crate::state::locale;
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use ebenezer_shared::validation::PASSWORD_MIN;
use leptos::prelude::*;

/// Steps of the meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    TooShort,
    Weak,
    Fair,
    Good,
    Strong,
}

impl Strength {
    const fn text(self) -> Text {
        match self {
            Self::TooShort => texts::auth::STRENGTH_SHORT,
            Self::Weak => texts::auth::STRENGTH_WEAK,
            Self::Fair => texts::auth::STRENGTH_FAIR,
            Self::Good => texts::auth::STRENGTH_GOOD,
            Self::Strong => texts::auth::STRENGTH_STRONG,
        }
    }

    const fn level(self) -> u8 {
        self as u8
    }
}

/// Words that guessers try first.
const COMMON: [&str; 12] = [
    "password",
    "contrasena",
    "contraseña",
    "qwerty",
    "asdf",
    "123456",
    "abcdef",
    "111111",
    "bienvenido",
    "welcome",
    "ebenezer",
    "iloveyou",
];

/// Rates a password. `own` is what others know of the person: names, email, firm.
pub fn rate(password: &str, own: &[String]) -> Strength {
    if password.chars().count() < PASSWORD_MIN {
        return Strength::TooShort;
    }
    let lower = password.to_lowercase();
    let mut rest = lower.clone();
    let known = own.iter().flat_map(|text| words(text)).chain(COMMON.map(str::to_owned));
    for word in known {
        rest = rest.replace(&word, "");
    }
    match guesses(&rest) {
        0..24 => Strength::Weak,
        24..44 => Strength::Fair,
        44..64 => Strength::Good,
        _ => Strength::Strong,
    }
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.chars().count() >= 3)
        .map(ToOwned::to_owned)
        .collect()
}

/// Bits, roughly: the kinds of letters used, times the letters that do not repeat or follow
/// the one before.
fn guesses(text: &str) -> u32 {
    let letters: Vec<char> = text.chars().collect();
    let mut telling = 0;
    let mut seen = Vec::new();
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|at| letters.get(at)).copied();
        let follows = before.is_some_and(|before| (*letter as u32).abs_diff(before as u32) <= 1);
        let often = seen.iter().filter(|known| *known == letter).count() >= 3;
        if !follows && !often {
            telling += 1;
        }
        seen.push(*letter);
    }
    let has = |kind: fn(char) -> bool| letters.iter().any(|letter| kind(*letter));
    let kinds = u32::from(has(char::is_alphabetic)) * 3
        + u32::from(has(|letter| letter.is_ascii_digit()))
        + u32::from(has(|letter| !letter.is_alphanumeric()));
    telling * kinds.clamp(1, 4)
}

/// The meter under a new password.
#[component]
pub fn StrengthMeter(
    #[prop(into)] password: Signal<String>,
    /// What the password should not be made of.
    #[prop(into)]
    own: Signal<Vec<String>>,
) -> impl IntoView {
    let strength = Memo::new(move |_| {
        password
            .with(|password| (!password.is_empty()).then(|| own.with(|own| rate(password, own))))
    });
    let level = move || strength.get().map_or(0, Strength::level).to_string();
    let text = move || {
        strength
            .get()
            .map(|strength| texts::auth::strength(locale(), strength.text().get(locale())))
    };
    view! {
        <div class="strength" data-level=level>
            <span class="strength-bar" aria-hidden="true"></span>
            <p class="strength-text" aria-live="polite">{text}</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_ones_are_short_whatever_they_hold() {
        assert_eq!(rate("aB3$xY9!", &[]), Strength::TooShort);
    }

    #[test]
    fn repetition_sequences_and_own_words_do_not_help() {
        for weak in ["aaaaaaaaaaaaaaa", "123456789012", "abcdefghijklm", "passwordpassword"] {
            assert_eq!(rate(weak, &[]), Strength::Weak, "{weak}");
        }
        let own = ["María García".to_owned(), "garcia-tax".to_owned()];
        assert_eq!(rate("garcíamaría12", &own), Strength::Weak);
    }

    #[test]
    fn several_words_are_good() {
        assert!(rate("caballo-lluvia-tren-papel", &[]) >= Strength::Good);
        assert!(rate("tres platos frescos", &[]) >= Strength::Fair);
    }
}
