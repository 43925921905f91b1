//! A subdomain proposed from the firm's name.

use ebenezer_shared::validation::subdomain as check;

/// “García & Asociados, S.A.S.” becomes `garcia-asociados-sas`; empty when nothing remains.
pub fn propose(company: &str) -> String {
    let mut out = String::new();
    for letter in company.to_lowercase().chars() {
        let plain = without_accent(letter);
        if plain.is_ascii_alphanumeric() {
            out.push(plain);
        } else if !matches!(plain, '.' | '\'' | '’') && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let mut proposed: String = out.chars().take(40).collect();
    while proposed.ends_with('-') {
        proposed.pop();
    }
    if check(&proposed).is_ok() { proposed } else { String::new() }
}

/// The letter that people type when they leave the accent away.
const fn without_accent(letter: char) -> char {
    match letter {
        'á' | 'à' | 'ä' | 'â' | 'ã' => 'a',
        'é' | 'è' | 'ë' | 'ê' => 'e',
        'í' | 'ì' | 'ï' | 'î' => 'i',
        'ó' | 'ò' | 'ö' | 'ô' | 'õ' => 'o',
        'ú' | 'ù' | 'ü' | 'û' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_addresses() {
        assert_eq!(propose("García & Asociados, S.A.S."), "garcia-asociados-sas");
        assert_eq!(propose("Ebenezer Tax Services"), "ebenezer-tax-services");
        assert_eq!(propose("  Ñandú "), "nandu");
        assert_eq!(propose("É"), "");
        assert_eq!(propose("Portal"), "");
        assert_eq!(propose(&"largo ".repeat(12)).len(), 40);
    }
}
