//! A conversation with a mail server (RFC 5321), command by command: which one was refused
//! says whether the recipient's address is wrong, or the server's settings or ours are.

use crate::config::MailServer;
use crate::jobs::Failure;
use anyhow::anyhow;
use lettre::Address;
use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use secrecy::ExposeSecret as _;
use std::error::Error as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A server that does not answer a call for so long counts as down.
const PATIENCE: Duration = Duration::from_secs(20);
/// No mail takes longer; a server may think for ten minutes about one (RFC 5321, 4.5.3.2.6).
const LONGEST: Duration = Duration::from_mins(11);
/// A connection is used for the next mail if that comes within so long.
const KEPT: Duration = Duration::from_secs(30);
/// The port that speaks TLS from the first byte (RFC 8314).
const SUBMISSIONS: u16 = 465;

/// The mail server of the configuration.
pub struct Server {
    host: String,
    port: u16,
    tls: Tls,
    login: Option<Credentials>,
    name: ClientId,
    idle: Mutex<Vec<(Instant, AsyncSmtpConnection)>>,
}

enum Tls {
    None,
    /// After STARTTLS.
    Later(TlsParameters),
    FromTheStart(TlsParameters),
}

impl Server {
    pub fn new(config: &MailServer) -> anyhow::Result<Self> {
        let parameters = || TlsParameters::new(config.host.clone());
        let tls = match (config.tls, config.port) {
            (false, _) => Tls::None,
            (true, SUBMISSIONS) => Tls::FromTheStart(parameters()?),
            (true, _) => Tls::Later(parameters()?),
        };
        let login = config.login.as_ref().map(|(user, password)| {
            Credentials::new(user.clone(), password.expose_secret().to_owned())
        });
        let (host, port) = (config.host.clone(), config.port);
        Ok(Self { host, port, tls, login, name: ClientId::default(), idle: Mutex::default() })
    }

    /// Hands a mail over. [`Failure::Never`] when the server refuses the recipient; whatever
    /// else goes wrong may be mended by those who run this program or that one.
    pub async fn send(&self, envelope: &Envelope, content: &[u8]) -> Result<(), Failure> {
        let talk = async {
            let mut connection = self.connection().await.map_err(again)?;
            let outcome = deliver(&mut connection, envelope, content).await;
            match &outcome {
                Ok(()) => self.keep(connection),
                Err(_) => connection.abort().await,
            }
            outcome
        };
        let in_time = tokio::time::timeout(LONGEST, talk).await;
        in_time.unwrap_or_else(|_| Err(Failure::Again(anyhow!("the mail server does not answer"))))
    }

    /// One that was kept and still lives, or a new one.
    async fn connection(&self) -> Result<AsyncSmtpConnection, Error> {
        while let Some((since, mut connection)) = self.kept() {
            if since.elapsed() < KEPT && connection.test_connected().await {
                return Ok(connection);
            }
            connection.abort().await;
        }
        let at_once = match &self.tls {
            Tls::FromTheStart(parameters) => Some(parameters.clone()),
            Tls::None | Tls::Later(_) => None,
        };
        let address = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(address, Some(PATIENCE), &self.name, at_once, None)
                .await?;
        if let Tls::Later(parameters) = &self.tls {
            connection.starttls(parameters.clone(), &self.name).await?;
        }
        if let Some(login) = &self.login {
            connection.auth(DEFAULT_MECHANISMS, login).await?;
        }
        Ok(connection)
    }

    fn kept(&self) -> Option<(Instant, AsyncSmtpConnection)> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.push((Instant::now(), connection));
    }
}

async fn deliver(
    connection: &mut AsyncSmtpConnection,
    envelope: &Envelope,
    content: &[u8],
) -> Result<(), Failure> {
    let mut parameters = Vec::new();
    if !envelope.to().iter().chain(envelope.from()).all(is_ascii) {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            let why = "the mail server takes no addresses with letters beyond ASCII";
            return Err(Failure::Never(anyhow!(why)));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    let from = Mail::new(envelope.from().cloned(), parameters);
    connection.command(from).await.map_err(again)?;
    for to in envelope.to() {
        connection.command(Rcpt::new(to.clone(), Vec::new())).await.map_err(refused)?;
    }
    connection.command(Data).await.map_err(again)?;
    connection.message(content).await.map_err(again)?;
    Ok(())
}

fn is_ascii(address: &Address) -> bool {
    AsRef::<str>::as_ref(address).is_ascii()
}

fn again(error: Error) -> Failure {
    Failure::Again(error.into())
}

/// What a refusal of `RCPT` means.
fn refused(error: Error) -> Failure {
    let said = error.source().map(ToString::to_string).unwrap_or_default();
    let is_theirs = error.status().is_some_and(|code| is_about_recipient(code.into(), &said));
    if is_theirs { Failure::Never(error.into()) } else { again(error) }
}

/// Whether an answer to `RCPT` says that there is no such mailbox. Servers wait for this
/// command to also say that they know neither us nor our address; with the more exact codes
/// of RFC 3463 (5.7.x, 5.1.7, 5.1.8) that can be told apart.
fn is_about_recipient(code: u16, said: &str) -> bool {
    let exact = said.split([' ', '\n']).next().unwrap_or_default();
    match exact.strip_prefix("5.").and_then(|rest| rest.split_once('.')) {
        Some(("1", detail)) => !["7", "8"].contains(&detail),
        // A mailbox that is disabled; a full one (5.2.2) may be emptied.
        Some(("2", detail)) => detail == "1",
        Some(_) => false,
        None => [550, 551, 553, 556].contains(&code),
    }
}

#[cfg(test)]
mod tests {
    use super::is_about_recipient;

    #[test]
    fn a_missing_mailbox_is_told_from_a_refusal_of_ours() {
        for (code, said) in [
            (550, "no such person"),
            (550, "5.1.1 <nadie@firma.test>: Recipient address rejected: User unknown"),
            (550, "5.2.1 The email account that you tried to reach is disabled"),
            (553, "5.1.3 bad address\n5.1.3 see https://ayuda.test"),
            (556, "domain takes no mail"),
        ] {
            assert!(is_about_recipient(code, said), "{code} {said}");
        }
        for (code, said) in [
            (450, "4.2.0 greylisted"),
            (530, "authentication required"),
            (530, "5.7.0 Must issue a STARTTLS command first"),
            (535, "5.7.8 bad credentials"),
            (550, "5.7.1 not allowed to send from here"),
            (552, "5.2.2 mailbox full"),
            (553, "5.1.8 Sender address rejected: Domain not found"),
            (553, "5.7.1 <oficina@firma.test>: Sender address rejected: not owned by user"),
            (554, "5.7.1 <rosa@firma.test>: Relay access denied"),
            (554, "no"),
        ] {
            assert!(!is_about_recipient(code, said), "{code} {said}");
        }
    }
}
