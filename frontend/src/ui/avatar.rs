//! A person or company as two letters on a colour that stays theirs.

use leptos::prelude::*;

/// How large an avatar is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarSize {
    Small,
    #[default]
    Medium,
    Large,
}

impl AvatarSize {
    const fn as_attribute(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

/// How many colours `avatar.css` knows.
const HUES: u32 = 8;

/// Initials beside a name; decorative, the name says it.
#[component]
pub fn Avatar(
    #[prop(into)] name: Signal<String>,
    #[prop(optional)] size: AvatarSize,
    /// A company: a square instead of a circle.
    #[prop(optional)]
    company: bool,
) -> impl IntoView {
    view! {
        <span
            class="avatar"
            aria-hidden="true"
            data-size=size.as_attribute()
            data-shape=company.then_some("square")
            data-hue=move || name.with(|name| hue(name)).to_string()
            // Shown by the style sheet: a picture, not text to read or to copy.
            data-initials=move || name.with(|name| initials(name))
        ></span>
    }
}

/// First letters of the first two words: “María García López” is MG.
pub fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()))
        .take(2)
        .flat_map(char::to_uppercase)
        .collect()
}

/// The same name has the same colour everywhere (FNV-1a).
fn hue(name: &str) -> u32 {
    let hash = name
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash >> 16) % HUES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_the_figures() {
        assert_eq!(initials("María García"), "MG");
        assert_eq!(initials("Carlos Rodríguez Peña"), "CR");
        assert_eq!(initials("  élite  "), "É");
        assert_eq!(initials("(ABC) 123"), "A1");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn colours_spread_over_names() {
        let hues: std::collections::HashSet<_> =
            ["María", "Juan", "Carlos", "Ana", "Luis", "Sofía", "Pedro", "Lucía"].map(hue).into();
        assert!(hues.len() >= 4, "{hues:?}");
    }
}
