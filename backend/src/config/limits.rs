//! How much one may ask for.

use super::Source;

/// Limits on requests and sizes. Per-minute numbers are also the largest burst.
#[derive(Clone, Debug)]
pub struct Limits {
    /// `RATE_LIMIT_ENABLED` (default true).
    pub enabled: bool,
    /// `RATE_LIMIT_ANONYMOUS` (default 20): requests a minute without credential, per address.
    pub anonymous_per_minute: u32,
    /// `RATE_LIMIT_AUTHENTICATED` (default 200): requests a minute per account.
    pub authenticated_per_minute: u32,
    /// `RATE_LIMIT_LOGIN` (default 5): logins a minute per email and address.
    pub login_per_minute: u32,
    /// `RATE_LIMIT_LOGIN_ADDRESS` (default 30): logins a minute per address.
    pub login_per_address_per_minute: u32,
    /// `RATE_LIMIT_PASSWORD_RESET` (default 3): reset mails an hour per email and address.
    pub password_reset_per_hour: u32,
    /// `RATE_LIMIT_EXPORT` (default 20): exports an hour per account.
    pub exports_per_hour: u32,
    /// `EXPORT_CSV_ROWS` (default 500,000): most rows of a CSV file.
    pub export_csv_rows: u32,
    /// `EXPORT_XLSX_ROWS` (default 100,000): most rows of a workbook.
    pub export_xlsx_rows: u32,
    /// `RATE_LIMIT_INVITATIONS` (default 60): invitation mails an hour per firm.
    pub invitations_per_hour: u32,
    /// `RATE_LIMIT_PER_MINUTE` (default 300): requests a minute of a firm, for each of its
    /// active users.
    pub tenant_per_minute: u32,
    /// `RATE_LIMIT_BURST` (default 50): how many of a firm's requests may come at once, for
    /// each of its active users.
    pub tenant_burst: u32,
    /// `MAX_JSON_SIZE` in bytes (default 1 MiB).
    pub max_json_bytes: usize,
}

impl Limits {
    pub(super) fn read(source: &mut Source) -> Self {
        let limits = Self {
            enabled: source.flag("RATE_LIMIT_ENABLED", true),
            anonymous_per_minute: source.number("RATE_LIMIT_ANONYMOUS", 20),
            authenticated_per_minute: source.number("RATE_LIMIT_AUTHENTICATED", 200),
            login_per_minute: source.number("RATE_LIMIT_LOGIN", 5),
            login_per_address_per_minute: source.number("RATE_LIMIT_LOGIN_ADDRESS", 30),
            password_reset_per_hour: source.number("RATE_LIMIT_PASSWORD_RESET", 3),
            exports_per_hour: source.number("RATE_LIMIT_EXPORT", 20),
            export_csv_rows: source.number("EXPORT_CSV_ROWS", 500_000),
            export_xlsx_rows: source.number("EXPORT_XLSX_ROWS", 100_000),
            invitations_per_hour: source.number("RATE_LIMIT_INVITATIONS", 60),
            tenant_per_minute: source.number("RATE_LIMIT_PER_MINUTE", 300),
            tenant_burst: source.number("RATE_LIMIT_BURST", 50),
            max_json_bytes: source.number("MAX_JSON_SIZE", 1 << 20),
        };
        for (name, value) in [
            ("RATE_LIMIT_ANONYMOUS", limits.anonymous_per_minute),
            ("RATE_LIMIT_AUTHENTICATED", limits.authenticated_per_minute),
            ("RATE_LIMIT_LOGIN", limits.login_per_minute),
            ("RATE_LIMIT_LOGIN_ADDRESS", limits.login_per_address_per_minute),
            ("RATE_LIMIT_PASSWORD_RESET", limits.password_reset_per_hour),
            ("RATE_LIMIT_EXPORT", limits.exports_per_hour),
            ("EXPORT_CSV_ROWS", limits.export_csv_rows),
            ("EXPORT_XLSX_ROWS", limits.export_xlsx_rows),
            ("RATE_LIMIT_INVITATIONS", limits.invitations_per_hour),
            ("RATE_LIMIT_PER_MINUTE", limits.tenant_per_minute),
            ("RATE_LIMIT_BURST", limits.tenant_burst),
        ] {
            if value == 0 {
                source.wrong(name, "must be at least 1");
            }
        }
        limits
    }
}
