//! Configuration by environment: all that is wrong is named at once, and nothing secret told.

use ebenezer::config::{Config, ConfigError, Source, generate_keys};
use secrecy::ExposeSecret as _;
use std::collections::HashMap;

/// A configuration that production accepts.
fn production() -> HashMap<String, String> {
    let keys = generate_keys();
    let keys = keys.iter().map(|(name, key)| (*name, key.expose_secret().to_owned()));
    let more = [
        ("DEBUG", "false"),
        ("PUBLIC_URL", "https://crm.firma.test"),
        ("BIND_ADDRESS", "0.0.0.0:80"),
    ];
    let more = more.map(|(name, value)| (name, value.to_owned()));
    keys.chain(more).map(|(name, value)| (name.to_owned(), value)).collect()
}

fn read(variables: HashMap<String, String>) -> Result<Config, String> {
    Config::read(Source::from_pairs(variables)).map_err(|error: ConfigError| error.to_string())
}

/// The complaint about a configuration that is fine but for one variable.
fn refused(name: &str, value: &str) -> String {
    let mut variables = production();
    variables.insert(name.to_owned(), value.to_owned());
    let complaint = read(variables).expect_err(&format!("{name}={value} is accepted"));
    assert!(complaint.contains(name), "{complaint}");
    assert!(value.len() < 12 || !complaint.contains(value), "it tells {value}");
    complaint
}

#[test]
fn production_settings_are_accepted() {
    let config = read(production()).unwrap();
    assert!(!config.debug && config.log_json && config.network.is_https());
    assert_eq!(config.limits.anonymous_per_minute, 20);
    assert_eq!(config.limits.authenticated_per_minute, 200);
    assert_eq!(config.limits.login_per_minute, 5);
    assert_eq!(config.limits.login_per_address_per_minute, 30);
    assert_eq!(config.limits.tenant_per_minute, 300);
    assert_eq!(config.limits.tenant_burst, 50);
    let shown = format!("{config:?}");
    for (name, value) in production() {
        assert!(!name.ends_with("_KEY") || !shown.contains(&value), "{name} is shown");
    }
}

#[test]
fn production_does_not_start_without_its_keys() {
    for name in
        ["JWT_SIGNING_KEY", "PORTAL_JWT_SIGNING_KEY", "FIELD_ENCRYPTION_KEY", "BLIND_INDEX_KEY"]
    {
        let mut variables = production();
        variables.remove(name);
        let complaint = read(variables).unwrap_err();
        assert!(complaint.contains(name) && complaint.contains("missing"), "{complaint}");
        refused(name, "short");
    }
}

#[test]
fn weak_keys_are_refused_in_production() {
    for weak in [
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "change-me-change-me-change-me-change-me-1",
        "your-super-SECRET-key-0123456789-abcdefgh",
    ] {
        refused("JWT_SIGNING_KEY", weak);
        refused("BLIND_INDEX_KEY", weak);
    }
    refused("FIELD_ENCRYPTION_KEY", "not-a-fernet-key-not-a-fernet-key-not-a-k");
    let mut variables = production();
    let staff = variables["JWT_SIGNING_KEY"].clone();
    variables.insert("PORTAL_JWT_SIGNING_KEY".into(), staff);
    assert!(read(variables).unwrap_err().contains("PORTAL_JWT_SIGNING_KEY"));
}

#[test]
fn development_serves_this_machine_alone() {
    let folder = tempfile::tempdir().unwrap();
    let development = |bind: &str| {
        let path = folder.path().display().to_string();
        let pairs = [("BIND_ADDRESS", bind.to_owned()), ("DATA_PATH", path)];
        read(pairs.map(|(name, value)| (name.to_owned(), value)).into())
    };
    let first = development("127.0.0.1:8080").unwrap();
    let second = development("[::1]:8080").unwrap();
    let key = |config: &Config| config.keys.jwt_signing_key.expose_secret().to_owned();
    assert_eq!(key(&first), key(&second), "generated once and kept");
    assert!(development("0.0.0.0:8080").unwrap_err().contains("BIND_ADDRESS"));
    let file = folder.path().join("development-keys.env");
    let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600, "for the owner's eyes");
}

#[test]
fn secrets_come_from_files_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key");
    let mut variables = production();
    let key = variables.remove("JWT_SIGNING_KEY").unwrap();
    std::fs::write(&file, format!("{key}\n")).unwrap();
    variables.insert("JWT_SIGNING_KEY_FILE".into(), file.display().to_string());
    let config = read(variables.clone()).unwrap();
    assert_eq!(config.keys.jwt_signing_key.expose_secret(), key);
    std::fs::write(&file, " \n").unwrap();
    assert!(read(variables.clone()).unwrap_err().contains("JWT_SIGNING_KEY_FILE"));
    variables.insert("JWT_SIGNING_KEY_FILE".into(), "/no/such/file".into());
    assert!(read(variables).unwrap_err().contains("JWT_SIGNING_KEY_FILE"));
}

#[test]
fn everything_wrong_is_named_at_once() {
    let wrong = [
        ("DATABASE_URL", "mysql://localhost/x"),
        ("PUBLIC_URL", "nowhere"),
        ("PUBLIC_URL", "http://crm.firma.test"),
        ("DEFAULT_FROM_EMAIL", "nobody"),
        ("EMAIL_PORT", "70000"),
        ("EMAIL_HOST_PASSWORD", "without a user"),
        ("WORKER_LEASE_SECONDS", "0"),
        ("BIND_ADDRESS", "everywhere"),
        ("TIME_ZONE", "Macondo"),
        ("DEFAULT_COUNTRY", "Nirgendwo"),
        ("RATE_LIMIT_LOGIN", "0"),
        ("RATE_LIMIT_BURST", "many"),
        ("TRUSTED_PROXIES", "10.0.0.0/8, x"),
        ("CORS_ALLOWED_ORIGINS", "not an origin"),
        ("DATABASE_MAX_CONNECTIONS", "0"),
        ("JWT_SIGNING_KEY", "short"),
    ];
    let mut variables = production();
    for (name, value) in wrong {
        refused(name, value);
        variables.insert(name.into(), value.into());
    }
    let complaint = read(variables).unwrap_err();
    for (name, _) in wrong {
        assert!(complaint.contains(name), "{name} is not named: {complaint}");
    }
}
