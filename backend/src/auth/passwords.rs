//! Passwords: hashing, checking, judging.

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

/// Refuses a password that is easy to guess (zxcvbn below 3 of 4) or made of the user's
/// own data. Length is a rule of the DTO.
pub fn judge(field: &str, password: &str, own: &[&str]) -> Result<(), ApiError> {
    let mut words: Vec<&str> = own.to_vec();
    for text in own {
        words.extend(text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2));
    }
    let score = u8::from(zxcvbn::zxcvbn(password, &words).score());
    if score < 3 { Err(ApiError::invalid(field, "password_weak")) } else { Ok(()) }
}
