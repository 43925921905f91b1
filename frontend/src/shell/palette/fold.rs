//! Texts without accents and case, as the server's search has them.

/// The text in lower case and without accents.
pub fn fold(text: &str) -> String {
    unmarked(text).flat_map(char::to_lowercase).collect()
}

/// Its characters without their marks.
fn unmarked(text: &str) -> impl Iterator<Item = char> {
    let apart = String::from(js_sys::JsString::from(text).normalize("NFKD"));
    apart.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect::<Vec<_>>().into_iter()
}

/// The words of what was typed.
pub fn words(typed: &str) -> Vec<String> {
    fold(typed).split_whitespace().map(str::to_owned).collect()
}

/// Whether each word begins one of the label's.
pub fn fits(label: &str, words: &[String]) -> bool {
    let label = fold(label);
    words.iter().all(|word| label.split_whitespace().any(|part| part.starts_with(word.as_str())))
}

/// The label in parts, and which of them the words are.
pub fn marked(label: &str, words: &[String]) -> Vec<(String, bool)> {
    let chars: Vec<char> = label.chars().collect();
    let plain: Vec<char> = unmarked(label).map(|c| c.to_lowercase().next().unwrap_or(c)).collect();
    // Ligatures and the like come apart in several: then nothing is marked.
    let mut hit = vec![false; chars.len()];
    if plain.len() == chars.len() {
        for word in words {
            let word: Vec<char> = word.chars().collect();
            let at = plain.windows(word.len().max(1)).position(|part| part == word);
            let from = at.unwrap_or(chars.len());
            hit.iter_mut().skip(from).take(word.len()).for_each(|it| *it = true);
        }
    }
    let mut parts: Vec<(String, bool)> = Vec::new();
    for (c, hit) in chars.into_iter().zip(hit) {
        match parts.last_mut() {
            Some((text, same)) if *same == hit => text.push(c),
            _ => parts.push((c.to_string(), hit)),
        }
    }
    parts
}
