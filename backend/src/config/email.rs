//! How mails leave.

use super::Source;
use lettre::message::Mailbox;
use secrecy::SecretString;

/// The mail server and the sender. Without a server mails are written as `.eml` files to
/// `outbox/` under the data path.
#[derive(Clone, Debug)]
pub struct Email {
    pub server: Option<MailServer>,
    /// `DEFAULT_FROM_EMAIL` (default `Ebenezer <no-reply@localhost>`).
    pub from: Mailbox,
}

/// An SMTP server that takes mails for everybody.
#[derive(Clone, Debug)]
pub struct MailServer {
    /// `EMAIL_HOST`
    pub host: String,
    /// `EMAIL_PORT` (default 587; 465 speaks TLS from the first byte).
    pub port: u16,
    /// `EMAIL_USE_TLS` (default true): insist on an encrypted connection.
    pub tls: bool,
    /// `EMAIL_HOST_USER` and `EMAIL_HOST_PASSWORD`, both or none.
    pub login: Option<(String, SecretString)>,
}

const SENDER: &str = "Ebenezer <no-reply@localhost>";

impl Email {
    pub(super) fn read(source: &mut Source) -> Self {
        let from = source.text("DEFAULT_FROM_EMAIL", SENDER).parse::<Mailbox>();
        if from.is_err() {
            source.wrong("DEFAULT_FROM_EMAIL", "must be an address such as Firm <mail@firm.com>");
        }
        let user = source.get("EMAIL_HOST_USER").map(str::to_owned);
        let password = source.secret("EMAIL_HOST_PASSWORD");
        if user.is_some() != password.is_some() {
            source.wrong("EMAIL_HOST_PASSWORD", "and EMAIL_HOST_USER are needed together");
        }
        let port = source.number("EMAIL_PORT", 587);
        let tls = source.flag("EMAIL_USE_TLS", true);
        let server = source.get("EMAIL_HOST").map(|host| MailServer {
            host: host.to_owned(),
            port,
            tls,
            login: user.zip(password),
        });
        Self { server, from: from.unwrap_or_else(|_| fallback()) }
    }
}

fn fallback() -> Mailbox {
    #[expect(clippy::expect_used, reason = "a constant that parses")]
    SENDER.parse().expect("constant")
}
