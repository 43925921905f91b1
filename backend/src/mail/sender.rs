//! Handing mails over: to an SMTP server, or to a folder.

use super::{Letter, layout};
use crate::config::{Config, Email, MailServer};
use crate::jobs::Failure;
use anyhow::Context as _;
use chrono::{DateTime, Utc};
use lettre::address::Envelope;
use lettre::message::header::ContentTransferEncoding;
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use secrecy::ExposeSecret as _;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};
use uuid::Uuid;

/// How mails leave this process.
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

enum Way {
    Server(AsyncSmtpTransport<Tokio1Executor>),
    /// One `.eml` file a mail.
    Folder(PathBuf),
}

/// A server that does not answer for so long counts as down.
const PATIENCE: Duration = Duration::from_secs(20);
/// The port that speaks TLS from the first byte (RFC 8314).
const SUBMISSIONS: u16 = 465;

impl Mailer {
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let Email { server, from } = &config.email;
        let way = match server {
            Some(server) => Way::Server(transport(server)?),
            None => Way::Folder(config.data_path.join("outbox")),
        };
        Ok(Self { from: from.clone(), way })
    }

    /// Hands a mail over. `id` and `date` are the same at every attempt: a file is written
    /// once under its id, and whoever gets a mail twice because an answer was lost sees one
    /// `Message-ID`.
    pub async fn send(
        &self,
        letter: &Letter,
        id: Uuid,
        date: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let message = self.message(letter, id, date).map_err(Failure::Never)?;
        match &self.way {
            Way::Server(transport) => match transport.send(message).await {
                Ok(_) => Ok(()),
                Err(error) if error.is_permanent() => Err(Failure::Never(error.into())),
                Err(error) => Err(Failure::Again(error.into())),
            },
            Way::Folder(folder) => {
                let (folder, bytes) = (folder.clone(), message.formatted());
                tokio::task::spawn_blocking(move || write(&folder, id, &bytes))
                    .await
                    .map_err(|error| Failure::Again(error.into()))??;
                Ok(())
            }
        }
    }

    fn message(&self, letter: &Letter, id: Uuid, date: DateTime<Utc>) -> anyhow::Result<Message> {
        let to: Address = letter.email.parse().context("the address is none")?;
        let envelope = Envelope::new(Some(self.from.email.clone()), vec![to.clone()])?;
        let body = letter.body();
        let part = |kind: fn() -> lettre::message::SinglePartBuilder, text: String| {
            kind().header(ContentTransferEncoding::QuotedPrintable).body(text)
        };
        let plain = part(
            || SinglePart::builder().header(lettre::message::header::ContentType::TEXT_PLAIN),
            layout::text(&body, letter.locale),
        );
        let html = part(
            || SinglePart::builder().header(lettre::message::header::ContentType::TEXT_HTML),
            layout::html(&body, letter.locale),
        );
        let message = Message::builder()
            .envelope(envelope)
            .from(self.from.clone())
            .to(Mailbox::new(Some(letter.name.clone()), to))
            .subject(body.subject)
            .date(SystemTime::from(date))
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .multipart(MultiPart::alternative().singlepart(plain).singlepart(html))?;
        Ok(message)
    }
}

fn transport(server: &MailServer) -> anyhow::Result<AsyncSmtpTransport<Tokio1Executor>> {
    let host = server.host.as_str();
    let builder = match (server.tls, server.port) {
        (false, _) => AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host),
        (true, SUBMISSIONS) => AsyncSmtpTransport::<Tokio1Executor>::relay(host)?,
        (true, _) => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(host)?,
    };
    let builder = builder.port(server.port).timeout(Some(PATIENCE));
    Ok(match &server.login {
        Some((user, password)) => {
            let login = Credentials::new(user.clone(), password.expose_secret().to_owned());
            builder.credentials(login).build()
        }
        None => builder.build(),
    })
}

/// Whole or not at all, and once: a file of that name is the same mail.
fn write(folder: &std::path::Path, id: Uuid, bytes: &[u8]) -> anyhow::Result<()> {
    use std::io::Write as _;
    std::fs::create_dir_all(folder).context("the outbox folder cannot be made")?;
    let unfinished = folder.join(format!(".{id}.part"));
    let mut file = std::fs::File::create(&unfinished).context("a mail cannot be written")?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&unfinished, folder.join(format!("{id}.eml")))?;
    Ok(())
}
