//! Handing events to those who watch, in this process and the others.

use super::Event;
use futures_util::StreamExt as _;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{AsyncTypedCommands as _, Client};
use secrecy::{ExposeSecret as _, SecretString};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{broadcast, mpsc};
use tokio::task::JoinHandle;

/// The channel in Redis.
const CHANNEL: &str = "ebenezer:live";
/// What is told there after others went untold.
const MISSED: &str = "missed";
/// Whoever is behind by more is told to read everything anew.
const CAPACITY: usize = 1024;
const PAUSE_AFTER_ERROR: Duration = Duration::from_secs(1);

/// What a watcher is told.
#[derive(Clone, Debug)]
pub enum Message {
    Event(Event),
    /// Events may have been missed.
    Resync,
    /// The server stops.
    Stop,
}

/// Where events go.
pub struct Hub {
    local: broadcast::Sender<Message>,
    shared: Option<Shared>,
}

struct Shared {
    /// What is to be told to all processes.
    queue: mpsc::Sender<Event>,
    speaker: JoinHandle<()>,
    listener: JoinHandle<()>,
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.speaker.abort();
        self.listener.abort();
    }
}

impl Hub {
    /// With Redis events reach the watchers of all processes.
    pub fn new(redis: Option<&SecretString>) -> Self {
        let (local, _) = broadcast::channel(CAPACITY);
        let shared = redis.and_then(|url| Shared::connect(url, local.clone()));
        Self { local, shared }
    }

    /// Tells everybody, soon, and holds nobody up. While Redis is away, those of this process
    /// alone.
    pub fn publish(&self, event: Event) {
        let event = match &self.shared {
            Some(shared) => match shared.queue.try_send(event) {
                Ok(()) => return,
                Err(TrySendError::Full(event) | TrySendError::Closed(event)) => event,
            },
            None => event,
        };
        // Nobody watches: that is fine.
        let _ = self.local.send(Message::Event(event));
    }

    /// From now on.
    pub fn watch(&self) -> broadcast::Receiver<Message> {
        self.local.subscribe()
    }

    /// Ends every watcher's stream, so that the server can stop.
    pub fn stop(&self) {
        let _ = self.local.send(Message::Stop);
    }
}

impl Shared {
    fn connect(url: &SecretString, local: broadcast::Sender<Message>) -> Option<Self> {
        let client = Client::open(url.expose_secret())
            .inspect_err(|error| tracing::error!(%error, "REDIS_URL cannot be used"))
            .ok()?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(Duration::from_millis(500)))
            .set_response_timeout(Some(Duration::from_millis(500)))
            .set_number_of_retries(1);
        let connection = ConnectionManager::new_lazy_with_config(client.clone(), config)
            .inspect_err(|error| tracing::error!(%error, "REDIS_URL cannot be used"))
            .ok()?;
        let (queue, events) = mpsc::channel(CAPACITY);
        let speaker = tokio::spawn(speak(events, connection, local.clone()));
        Some(Self { queue, speaker, listener: tokio::spawn(listen(client, local)) })
    }
}

/// Hands events to Redis, one after the other. One that it does not take is told in this process
/// alone, and so are those of the next moment; later everybody is told to read anew.
async fn speak(
    mut events: mpsc::Receiver<Event>,
    mut connection: ConnectionManager,
    local: broadcast::Sender<Message>,
) {
    let mut silent_since: Option<Instant> = None;
    while let Some(event) = events.recv().await {
        let rests = silent_since.is_some_and(|since| since.elapsed() < PAUSE_AFTER_ERROR);
        if !rests && tell_all(&mut connection, &event, silent_since.is_some()).await {
            silent_since = None;
            continue;
        }
        if !rests {
            silent_since = Some(Instant::now());
        }
        let _ = local.send(Message::Event(event));
    }
}

/// Whether Redis took it.
async fn tell_all(connection: &mut ConnectionManager, event: &Event, were_missed: bool) -> bool {
    let Ok(text) = serde_json::to_string(event) else { return false };
    let mut published = connection.publish(CHANNEL, text).await;
    if published.is_ok() && were_missed {
        published = connection.publish(CHANNEL, MISSED).await;
    }
    published.inspect_err(|error| tracing::warn!(%error, "redis takes no live event")).is_ok()
}

/// Hands on what comes over Redis, for ever.
async fn listen(client: Client, local: broadcast::Sender<Message>) {
    let mut was_lost = false;
    loop {
        if let Err(error) = hand_on(&client, &local, was_lost).await
            && !was_lost
        {
            tracing::warn!(%error, "live events of other processes are not heard");
        }
        was_lost = true;
        tokio::time::sleep(PAUSE_AFTER_ERROR).await;
    }
}

async fn hand_on(
    client: &Client,
    local: &broadcast::Sender<Message>,
    was_lost: bool,
) -> redis::RedisResult<()> {
    let mut channel = client.get_async_pubsub().await?;
    channel.subscribe(CHANNEL).await?;
    if was_lost {
        tracing::info!("live events of other processes are heard again");
        let _ = local.send(Message::Resync);
    }
    let mut messages = channel.into_on_message();
    while let Some(message) = messages.next().await {
        let text: String = message.get_payload()?;
        if text == MISSED {
            let _ = local.send(Message::Resync);
        } else if let Ok(event) = serde_json::from_str(&text) {
            let _ = local.send(Message::Event(event));
        }
    }
    Ok(())
}
