//! Signing and encryption keys.

use super::Source;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use std::path::Path;

/// The keys. Their `Debug` shows nothing of them.
#[derive(Clone, Debug)]
pub struct Keys {
    /// `JWT_SIGNING_KEY`: signs the access tokens of staff users; at least 32 bytes.
    pub jwt_signing_key: SecretString,
    /// `PORTAL_JWT_SIGNING_KEY`: signs those of portal users; another one.
    pub portal_jwt_signing_key: SecretString,
    /// `FIELD_ENCRYPTION_KEY`: Fernet keys separated by commas. The first encrypts, all
    /// decrypt.
    pub field_encryption_key: SecretString,
    /// `BLIND_INDEX_KEY`: keyed hashes by which encrypted numbers are found; at least 32
    /// bytes.
    pub blind_index_key: SecretString,
}

const NAMES: [&str; 4] =
    ["JWT_SIGNING_KEY", "PORTAL_JWT_SIGNING_KEY", "FIELD_ENCRYPTION_KEY", "BLIND_INDEX_KEY"];

/// Words of example configurations: a key that holds one was never replaced.
const PLACEHOLDERS: [&str; 5] = ["change", "example", "secret", "clave", "your-"];

impl Keys {
    pub(super) fn read(source: &mut Source, debug: bool, data_path: &Path) -> Self {
        let mut given: Vec<Option<SecretString>> =
            NAMES.iter().map(|name| source.secret(name)).collect();
        if debug && given.iter().any(Option::is_none) {
            match development_keys(data_path) {
                Ok(generated) => {
                    for (slot, key) in given.iter_mut().zip(generated) {
                        slot.get_or_insert(key);
                    }
                }
                Err(error) => source.wrong(
                    "DATA_PATH",
                    &format!("cannot hold generated development keys: {error}"),
                ),
            }
        }
        for (name, key) in NAMES.iter().zip(&given) {
            match key {
                None => source.wrong(name, "is missing; `ebenezer keys generate` makes one"),
                Some(key) => {
                    if let Some(problem) = weakness(name, key.expose_secret(), debug) {
                        source.wrong(name, problem);
                    }
                }
            }
        }
        let mut keys = given.into_iter().map(Option::unwrap_or_default);
        let mut next = || keys.next().unwrap_or_default();
        let keys = Self {
            jwt_signing_key: next(),
            portal_jwt_signing_key: next(),
            field_encryption_key: next(),
            blind_index_key: next(),
        };
        let (staff, portal) = (&keys.jwt_signing_key, &keys.portal_jwt_signing_key);
        if !staff.expose_secret().is_empty() && staff.expose_secret() == portal.expose_secret() {
            source.wrong("PORTAL_JWT_SIGNING_KEY", "must differ from JWT_SIGNING_KEY");
        }
        keys
    }
}

fn weakness(name: &str, key: &str, debug: bool) -> Option<&'static str> {
    if name == "FIELD_ENCRYPTION_KEY" {
        let bad = key.split(',').any(|one| fernet::Fernet::new(one.trim()).is_none());
        return bad.then_some("must be Fernet keys (32 bytes as URL-safe base64), comma-separated");
    }
    if key.len() < 32 {
        return Some("is shorter than 32 bytes");
    }
    let lower = key.to_ascii_lowercase();
    let few = key.bytes().collect::<std::collections::HashSet<_>>().len() < 12;
    let known = PLACEHOLDERS.iter().any(|word| lower.contains(word));
    (!debug && (few || known)).then_some("is weak: too few different characters or an example")
}

/// A new key of 32 random bytes for each variable, as lines of an environment file.
pub fn generate() -> Vec<(&'static str, SecretString)> {
    NAMES
        .iter()
        .map(|name| {
            let key = if *name == "FIELD_ENCRYPTION_KEY" {
                fernet::Fernet::generate_key()
            } else {
                URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
            };
            (*name, key.into())
        })
        .collect()
}

/// The keys of development: made once, kept under the data path, readable by the owner.
fn development_keys(data_path: &Path) -> std::io::Result<Vec<SecretString>> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;

    let path = data_path.join("development-keys.env");
    if !path.exists() {
        std::fs::create_dir_all(data_path)?;
        let lines: Vec<String> = generate()
            .iter()
            .map(|(name, key)| format!("{name}={}\n", key.expose_secret()))
            .collect();
        let text = lines.concat();
        // A link is made in one step and only once: of two processes that start at the
        // same time, one wins and both read its keys.
        let draft = data_path.join(format!("development-keys.{}.tmp", std::process::id()));
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&draft)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        let linked = std::fs::hard_link(&draft, &path);
        std::fs::remove_file(&draft)?;
        match linked {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
    }
    let text = std::fs::read_to_string(&path)?;
    Ok(NAMES
        .iter()
        .map(|name| {
            let found = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            found.unwrap_or_default().to_owned().into()
        })
        .collect())
}
