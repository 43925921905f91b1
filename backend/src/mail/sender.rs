//! Handing mails over: to an SMTP server, or to a folder.

use super::server::Server;
use super::{Letter, layout};
use crate::config::{Config, Email};
use crate::jobs::Failure;
use anyhow::Context as _;
use chrono::{DateTime, Utc};
use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart, SinglePartBuilder};
use lettre::{Address, Message};
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;
use uuid::Uuid;

/// How mails leave this process.
pub struct Mailer {
    from: Mailbox,
    way: Way,
    /// What was handed over and is not noted in the database.
    handed_over: Mutex<HashSet<Uuid>>,
}

enum Way {
    Server(Server),
    /// One `.eml` file a mail.
    Folder(PathBuf),
}

impl Mailer {
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let Email { server, from } = &config.email;
        let way = match server {
            Some(server) => Way::Server(Server::new(server)?),
            None => Way::Folder(config.data_path.join("outbox")),
        };
        Ok(Self { from: from.clone(), way, handed_over: Mutex::default() })
    }

    /// Hands a mail over. `id` and `date` are the same at every attempt: a file is written
    /// once under its id, and whoever gets a mail twice because an answer was lost sees one
    /// `Message-ID`. What was handed over before, and not noted since, is not sent again.
    pub async fn send(
        &self,
        letter: &Letter,
        id: Uuid,
        date: DateTime<Utc>,
    ) -> Result<(), Failure> {
        if self.has_sent(id) {
            return Ok(());
        }
        let message = self.message(letter, id, date).map_err(Failure::Never)?;
        match &self.way {
            Way::Server(server) => server.send(message.envelope(), &message.formatted()).await?,
            Way::Folder(folder) => {
                let (folder, bytes) = (folder.clone(), message.formatted());
                tokio::task::spawn_blocking(move || write(&folder, id, &bytes))
                    .await
                    .map_err(|error| Failure::Again(error.into()))??;
            }
        }
        self.handed_over().insert(id);
        Ok(())
    }

    /// Whether this process handed it over, which is not noted yet.
    pub fn has_sent(&self, id: Uuid) -> bool {
        self.handed_over().contains(&id)
    }

    /// The database knows by now that it was sent, or somebody else sends it.
    pub fn is_noted(&self, id: Uuid) {
        self.handed_over().remove(&id);
    }

    fn handed_over(&self) -> MutexGuard<'_, HashSet<Uuid>> {
        self.handed_over.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn message(&self, letter: &Letter, id: Uuid, date: DateTime<Utc>) -> anyhow::Result<Message> {
        let to: Address = letter.email.parse().context("the address is none")?;
        let envelope = Envelope::new(Some(self.from.email.clone()), vec![to.clone()])?;
        let body = letter.body();
        let part = |kind: fn() -> SinglePartBuilder, text: String| {
            kind().header(ContentTransferEncoding::QuotedPrintable).body(text)
        };
        let plain = part(
            || SinglePart::builder().header(ContentType::TEXT_PLAIN),
            layout::text(&body, letter.locale),
        );
        let html = part(
            || SinglePart::builder().header(ContentType::TEXT_HTML),
            layout::html(&body, letter.locale),
        );
        let text = MultiPart::alternative().singlepart(plain).singlepart(html);
        let parts = match letter.calendar() {
            Some((name, calendar)) => {
                let kind = ContentType::parse("text/calendar; charset=utf-8; method=PUBLISH")?;
                let file = Attachment::new(name).body(calendar.to_owned(), kind);
                MultiPart::mixed().multipart(text).singlepart(file)
            }
            None => text,
        };
        let message = Message::builder()
            .envelope(envelope)
            .from(self.from.clone())
            .to(Mailbox::new(Some(letter.name.clone()), to))
            .subject(body.subject)
            .date(SystemTime::from(date))
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .multipart(parts)?;
        Ok(message)
    }
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
