//! Passwords: hashing, checking, judging.

use crate::db::normalize;
use crate::error::ApiError;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Hashing takes 19 MiB each (OWASP's first choice for Argon2id): so many at once.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// A hash that no password has, checked when there is no such user, so that the time of
/// the answer does not tell whether an email exists.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    let random: [u8; 32] = rand::random();
    Argon2::default().hash_password(&random).map(|hash| hash.to_string()).unwrap_or_default()
});

/// The Argon2id hash, as PHC string.
pub async fn hash(password: &str) -> anyhow::Result<String> {
    let password = password.to_owned();
    let _turn = AT_ONCE.acquire().await?;
    tokio::task::spawn_blocking(move || {
        Argon2::default()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|error| anyhow::anyhow!("a password could not be hashed: {error}"))
    })
    .await?
}

/// Whether the password has that hash; without a hash, false after as long a time.
pub async fn verify(password: &str, hash: Option<&str>) -> anyhow::Result<bool> {
    let password = password.to_owned();
    let known = hash.map(str::to_owned);
    let _turn = AT_ONCE.acquire().await?;
    let verified = tokio::task::spawn_blocking(move || {
        let hash = known.as_deref().unwrap_or(&NOBODY);
        let matches = PasswordHash::new(hash).is_ok_and(|parsed| {
            Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok()
        });
        matches && known.is_some()
    });
    Ok(verified.await?)
}

/// So much must be left of a password without the user's own data.
const REST: usize = 10;

/// Refuses a password that is easy to guess (zxcvbn below 3 of 4), also when the user's own
/// data is taken out of it. Length is a rule of the DTO.
pub fn judge(field: &str, password: &str, own: &[impl AsRef<str>]) -> Result<(), ApiError> {
    let mut own: Vec<String> = own.iter().flat_map(|text| own_words(text.as_ref())).collect();
    own.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let words: Vec<&str> = own.iter().map(String::as_str).collect();
    let is_strong = |text: &str| u8::from(zxcvbn::zxcvbn(text, &words).score()) >= 3;
    let plain: String = normalize(password).chars().filter(|c| c.is_alphanumeric()).collect();
    let rest = words.iter().fold(plain.clone(), |rest, word| rest.replace(word, ""));
    let rest_is_enough = rest.chars().count() >= REST && is_strong(&rest);
    if is_strong(password) && (rest == plain || rest_is_enough) {
        Ok(())
    } else {
        Err(ApiError::invalid(field, "password_weak"))
    }
}

/// The words of a name or an email, and all of them in one.
fn own_words(text: &str) -> Vec<String> {
    let normal = normalize(text);
    let parts = normal.split(|c: char| !c.is_alphanumeric()).map(str::to_owned);
    let mut words: Vec<String> = parts.filter(|word| word.chars().count() > 2).collect();
    words.push(normal.chars().filter(|c| c.is_alphanumeric()).collect());
    words.retain(|word| !word.is_empty());
    words
}
