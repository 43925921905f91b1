//! `GET /api/live`: a stream of server-sent events (WHATWG HTML, 9.2).

use super::hub::Message;
use crate::auth::{Place, Principal, Watcher};
use crate::crm::threads;
use crate::error::ApiError;
use crate::http::answer::Stream;
use crate::routes::Routes;
use actix_web::web::Bytes;
use ebenezer_shared::live::Change;
use ebenezer_shared::permission::{Named, Permission};
use ebenezer_shared::record::RecordType;
use futures_util::stream;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Interval, MissedTickBehavior, interval};

/// How often a silent stream shows that it is alive, and the session is looked at.
const BEAT: Duration = Duration::from_secs(15);

/// What changes in the firm, as it happens: `event: change` with a `Change`, as far as the
/// caller may see such records; `event: resync` when some may have been missed. It ends with
/// the session, and with the access token: come back with a new one. Watching is no activity:
/// it does not keep a session open.
#[utoipa::path(get, path = "/api/live", tag = "live",
    responses((status = 200, content_type = "text/event-stream", body = Change)))]
pub async fn watch_changes(watcher: Watcher) -> Result<Stream, ApiError> {
    let messages = watcher.state.live.watch();
    let mut beat = interval(BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let feed = Feed { watcher, messages, beat, has_begun: false };
    let frames = stream::unfold(feed, |mut feed| async move {
        let frame = feed.next().await?;
        Some((Ok(Bytes::from(frame)), feed))
    });
    Ok(Stream::new("text/event-stream", frames).header("X-Accel-Buffering", "no"))
}

/// One watcher's stream.
struct Feed {
    watcher: Watcher,
    messages: Receiver<Message>,
    beat: Interval,
    has_begun: bool,
}

impl Feed {
    /// The next thing to send; none at the end.
    async fn next(&mut self) -> Option<String> {
        if !self.has_begun {
            self.has_begun = true;
            // The first tick comes at once.
            self.beat.tick().await;
            return Some("retry: 2000\nevent: ready\ndata: {}\n\n".to_owned());
        }
        loop {
            tokio::select! {
                message = self.messages.recv() => match message {
                    Ok(Message::Event(event)) if event.tenant == self.watcher.tenant => {
                        let principal = self.still_there().await?;
                        if sees(&principal, &event.change)
                            && let Some(change) = self.told(&principal, event.change.clone()).await
                        {
                            return Some(frame(&change));
                        }
                    }
                    Ok(Message::Event(_)) => {}
                    Ok(Message::Resync) | Err(RecvError::Lagged(_)) => {
                        return Some("event: resync\ndata: {}\n\n".to_owned());
                    }
                    Ok(Message::Stop) | Err(RecvError::Closed) => return None,
                },
                _ = self.beat.tick() => {
                    self.still_there().await?;
                    return Some(": \n\n".to_owned());
                }
            }
        }
    }

    /// What the watcher is told. Who is not in a thread between colleagues learns nothing of
    /// it; but who was in one that was deleted, or from which they were taken, must hear of it,
    /// and who was in it is not known any more: all hear its id then, and nothing else.
    async fn told(&self, principal: &Principal, change: Change) -> Option<Change> {
        if change.subject != RecordType::Thread {
            return Some(change);
        }
        let place = principal.place.as_ref()?;
        let db = self.watcher.state.planes.tenant(&place.tenant).ok()?;
        let whose = (place.tenant.id, principal.user.id);
        let may = |needed| may(place, needed);
        if threads::sight::sees(&db, whose, change.record, may).await.unwrap_or(false) {
            return Some(change);
        }
        let is_gone = ["update", "delete"].contains(&change.verb.as_str());
        is_gone.then(|| Change { by: None, by_name: String::new(), ..change })
    }

    /// The watcher, as long as session, membership and token last.
    async fn still_there(&self) -> Option<Arc<Principal>> {
        self.watcher.again().await.ok()
    }
}

/// What one needs to see every note on a record.
const OF_NOTES: [Permission; 3] =
    [RecordType::Contact.needs(), RecordType::Corporation.needs(), RecordType::Case.needs()];

fn sees(principal: &Principal, change: &Change) -> bool {
    let Some(place) = &principal.place else { return false };
    let needed = change.subject.needs();
    // An event does not say of which department a document is, nor on what a note is.
    let also: &[Permission] = match change.subject {
        RecordType::Folder | RecordType::Document | RecordType::DocumentRequest => {
            &[Permission::Named(Named::DocumentsViewAllDepartments)]
        }
        RecordType::Note => &OF_NOTES,
        _ => &[],
    };
    may(place, needed)
        && also.iter().all(|also| place.permissions.contains(*also) || !has_module(place, *also))
}

fn may(place: &Place, needed: Permission) -> bool {
    has_module(place, needed) && place.permissions.contains(needed)
}

fn has_module(place: &Place, needed: Permission) -> bool {
    needed.module().is_none_or(|module| place.modules.contains(&module))
}

fn frame(change: &Change) -> String {
    let data = serde_json::to_string(change).unwrap_or_default();
    format!("id: {}\nevent: change\ndata: {data}\n\n", change.id)
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_watch_changes, watch_changes);
}
