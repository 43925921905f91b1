//! What files may be called.

use crate::db::normalize;
use crate::storage::FileType;
use ebenezer_shared::validation::NAME_MAX;
use unicode_normalization::UnicodeNormalization as _;

/// What a file is called that says nothing of itself.
const NAMELESS: &str = "documento";

/// A file's name and extension apart.
pub fn split(name: &str) -> (&str, &str) {
    name.rsplit_once('.').unwrap_or((name, ""))
}

/// The name as it is kept: without a path, without what is invisible or means something to
/// file systems, not too long, and with the extension of its type.
pub fn clean(name: &str, kind: FileType) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let (stem, extension) = split(last);
    // Of another extension it is a part of the name.
    let stem = if FileType::of_extension(extension) == Some(kind) { stem } else { last };
    let plain: String = stem.nfc().filter(|c| !is_invisible(*c)).map(visible).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = plain.trim_matches(['.', ' ']);
    let room = NAME_MAX - kind.extension().len() - 1;
    let plain: String = plain.chars().take(room).collect();
    let plain = if plain.trim().is_empty() { NAMELESS } else { plain.trim_end() };
    format!("{plain}.{}", kind.extension())
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// Controls become spaces, what Windows refuses a dash.
fn visible(c: char) -> char {
    match c {
        c if c.is_control() => ' ',
        '<' | '>' | ':' | '"' | '|' | '?' | '*' => '-',
        c => c,
    }
}

/// What a search looks at: the name, with its parts apart.
pub fn search_text(name: &str, note: Option<&str>) -> String {
    normalize(&format!("{name} {}", note.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_what_people_read() {
        for (given, kept) in [
            ("Declaración 2024.pdf", "Declaración 2024.pdf"),
            ("../../etc/passwd.pdf", "passwd.pdf"),
            ("C:\\Users\\ana\\W2.PDF", "W2.pdf"),
            ("a\u{202E}fdp.exe.pdf", "afdp.exe.pdf"),
            ("con\r\nlínea\t.pdf", "con línea.pdf"),
            ("¿qué?.pdf", "¿qué-.pdf"),
            (".pdf", "documento.pdf"),
            ("..", "documento.pdf"),
            ("foto.jpg", "foto.jpg.pdf"),
            ("e\u{301}.pdf", "é.pdf"),
        ] {
            assert_eq!(clean(given, FileType::Pdf), kept, "{given:?}");
        }
        let long = clean(&"ñ".repeat(400), FileType::Xlsx);
        assert_eq!(long.chars().count(), NAME_MAX);
        assert_eq!(clean("a.jpeg", FileType::Jpg), "a.jpg");
    }
}
