//! Licence expressions as SPDX writes them, and as older crates do (`MIT/Apache-2.0`).

/// Whether `expression` can be met with licences of `allowed` alone.
pub fn allowed(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { tokens: &tokens, allowed };
    let met = reader.any_of();
    met && reader.tokens.is_empty()
}

struct Reader<'a> {
    tokens: &'a [&'a str],
    allowed: &'a [&'a str],
}

impl Reader<'_> {
    /// `a OR b`: what is left is read even when the first already holds.
    fn any_of(&mut self) -> bool {
        let mut met = self.all_of();
        while self.take("OR") {
            met |= self.all_of();
        }
        met
    }

    /// `a AND b`, which binds closer.
    fn all_of(&mut self) -> bool {
        let mut met = self.one();
        while self.take("AND") {
            met &= self.one();
        }
        met
    }

    fn one(&mut self) -> bool {
        if self.take("(") {
            let met = self.any_of();
            return self.take(")") && met;
        }
        let Some((licence, rest)) = self.tokens.split_first() else {
            return false;
        };
        self.tokens = rest;
        if !self.take("WITH") {
            return self.allowed.contains(licence);
        }
        let Some((exception, rest)) = self.tokens.split_first() else {
            return false;
        };
        self.tokens = rest;
        self.allowed.contains(&format!("{licence} WITH {exception}").as_str())
    }

    fn take(&mut self, token: &str) -> bool {
        match self.tokens.split_first() {
            Some((first, rest)) if *first == token => {
                self.tokens = rest;
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::allowed;

    const LIST: [&str; 4] = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "ISC"];

    #[test]
    fn one_of_several_is_enough() {
        assert!(allowed("MIT", &LIST));
        assert!(allowed("GPL-3.0-only OR MIT", &LIST));
        assert!(allowed("MIT/Apache-2.0", &LIST));
        assert!(allowed("Apache-2.0 WITH LLVM-exception OR GPL-2.0-only", &LIST));
    }

    #[test]
    fn all_of_several_are_asked() {
        assert!(allowed("ISC AND (MIT OR GPL-3.0-only)", &LIST));
        assert!(!allowed("MIT AND GPL-3.0-only", &LIST));
        assert!(allowed("MIT OR ISC AND GPL-3.0-only", &LIST));
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for expression in ["", "(none)", "MIT MIT", "(MIT", "MIT WITH", "MIT WITH x"] {
            assert!(!allowed(expression, &LIST), "{expression}");
        }
    }
}
