//! Files on their way to the server: a few at a time, each with its progress and its end.

use super::failure::{Failure, judge};
use super::words::size;
use crate::api::sending::Form;
use crate::api::transport::Reply;
use crate::api::{ApiError, Client, use_client};
use crate::state::{guard_unsaved, use_session};
use ebenezer_shared::ids::{DocumentRequestId, RequestItemId};
use ebenezer_shared::locale::Locale;
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::tenant::UploadRules;
use ebenezer_shared::texts::documents as d;
use futures::future::{AbortHandle, Abortable};
use gloo_timers::future::sleep;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;
use uuid::Uuid;
use web_sys::{File, FormData};

/// So many are sent at once: more make none of them faster.
const AT_ONCE: usize = 3;
/// How long to wait where the server does not say.
const PAUSE: u64 = 10;

/// Where a file goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The API's path.
    pub path: String,
    /// What is sent beside the file.
    pub fields: Vec<(&'static str, String)>,
    /// The thing asked for that it is.
    pub item: Option<Wanted>,
}

/// Something that a client is asked for.
pub type Wanted = (DocumentRequestId, RequestItemId);

/// How far a file is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    Waiting,
    /// So much of it was sent, from 0 to 1.
    Sending(f64),
    Failed(Failure),
}

/// A file, as the page shows it.
#[derive(Clone)]
pub struct Upload {
    pub id: u64,
    pub name: String,
    pub bytes: u64,
    pub item: Option<Wanted>,
    pub stage: ArcRwSignal<Stage>,
}

/// A file, as it is sent.
#[derive(Clone)]
struct Parcel {
    file: File,
    target: Target,
    /// The same however often it is tried: the server stores it once.
    key: String,
    running: Option<AbortHandle>,
}

/// Files that are being sent from a place of the page.
#[derive(Clone, Copy)]
pub struct Uploads {
    /// Those that are not there yet.
    pub shown: RwSignal<Vec<Upload>>,
    /// So many came since something was under way last.
    pub arrived: RwSignal<u64>,
    parcels: StoredValue<BTreeMap<u64, Parcel>, LocalStorage>,
    last: StoredValue<u64>,
    /// The server asked for patience.
    pausing: StoredValue<bool>,
    client: Client,
    rules: Signal<UploadRules>,
    on_arrived: Callback<(Reply, Option<Wanted>), Result<(), ApiError>>,
}

impl Uploads {
    /// None yet. `on_arrived` reads what the server answers to each. Who leaves the page ends
    /// what is under way, so the page asks first.
    pub fn new(
        on_arrived: impl Fn((Reply, Option<Wanted>)) -> Result<(), ApiError> + Send + Sync + 'static,
    ) -> Self {
        let session = use_session();
        let rules =
            Signal::derive(move || session.tenant().map(|it| it.uploads).unwrap_or_default());
        let uploads = Self {
            shown: RwSignal::new(Vec::new()),
            arrived: RwSignal::new(0),
            parcels: StoredValue::new_local(BTreeMap::new()),
            last: StoredValue::new(0),
            pausing: StoredValue::new(false),
            client: use_client(),
            rules,
            on_arrived: Callback::new(on_arrived),
        };
        guard_unsaved(Signal::derive(move || uploads.is_busy()));
        on_cleanup(move || {
            let parcels = uploads.parcels.try_update_value(std::mem::take);
            for handle in parcels.into_iter().flatten().filter_map(|(_, it)| it.running) {
                handle.abort();
            }
        });
        uploads
    }

    /// What may be sent, for the browser's dialog: `.pdf,.png`.
    pub fn accept(self) -> String {
        self.rules.with(|rules| {
            rules.extensions.iter().map(|it| format!(".{it}")).collect::<Vec<_>>().join(",")
        })
    }

    /// What may be sent, for people; tracked.
    pub fn limits(self, locale: Locale) -> String {
        self.rules.with(|rules| {
            d::limits(locale, rules.extensions.join(", "), size(locale, rules.max_bytes))
        })
    }

    /// Whether something is under way; tracked.
    pub fn is_busy(self) -> bool {
        self.shown.with(|all| all.iter().any(|it| !matches!(it.stage.get(), Stage::Failed(_))))
    }

    /// Sends these files there, as soon as it is their turn.
    pub fn send(self, files: Vec<File>, target: &Target) {
        if !untrack(|| self.is_busy()) {
            self.arrived.set(0);
        }
        let rules = self.rules.get_untracked();
        for file in files {
            let id = self.last.with_value(|last| last + 1);
            self.last.set_value(id);
            let bytes = bytes_of(&file);
            let stage = match judge(&rules, &file.name(), bytes) {
                Some(failure) => Stage::Failed(failure),
                None => Stage::Waiting,
            };
            let name = file.name();
            let key = Uuid::new_v4().to_string();
            let parcel = Parcel { file, target: target.clone(), key, running: None };
            self.parcels.update_value(|all| {
                all.insert(id, parcel);
            });
            let stage = ArcRwSignal::new(stage);
            self.shown.update(|all| all.push(Upload { id, name, bytes, item: target.item, stage }));
        }
        self.go_on();
    }

    /// Tries once more.
    pub fn retry(self, upload: &Upload) {
        upload.stage.set(Stage::Waiting);
        self.go_on();
    }

    /// Tries all once more that may pass.
    pub fn retry_all(self) {
        for upload in self.shown.get_untracked() {
            if matches!(upload.stage.get_untracked(), Stage::Failed(failure) if failure.may_pass())
            {
                upload.stage.set(Stage::Waiting);
            }
        }
        self.go_on();
    }

    /// Gives a file up, however far it is.
    pub fn drop_one(self, id: u64) {
        if let Some(handle) = self.take(id).and_then(|parcel| parcel.running) {
            handle.abort();
        }
        self.go_on();
    }

    /// Gives all up.
    pub fn drop_all(self) {
        for upload in self.shown.get_untracked() {
            if let Some(handle) = self.take(upload.id).and_then(|parcel| parcel.running) {
                handle.abort();
            }
        }
    }

    fn take(self, id: u64) -> Option<Parcel> {
        self.shown.try_update(|all| all.retain(|it| it.id != id));
        self.parcels.try_update_value(|all| all.remove(&id)).flatten()
    }

    /// Starts those whose turn it is.
    fn go_on(self) {
        let Some(all) = self.shown.try_get_untracked() else { return };
        if self.pausing.try_get_value() != Some(false) {
            return;
        }
        let at = |upload: &&Upload| matches!(upload.stage.get_untracked(), Stage::Sending(_));
        let free = AT_ONCE.saturating_sub(all.iter().filter(at).count());
        let waiting = |upload: &Upload| upload.stage.get_untracked() == Stage::Waiting;
        for upload in all.into_iter().filter(waiting).take(free) {
            self.start(upload);
        }
    }

    fn start(self, upload: Upload) {
        let (handle, registration) = AbortHandle::new_pair();
        let parcel = self.parcels.try_update_value(|all| {
            let parcel = all.get_mut(&upload.id)?;
            parcel.running = Some(handle);
            Some(parcel.clone())
        });
        let Some(parcel) = parcel.flatten() else { return };
        upload.stage.set(Stage::Sending(0.0));
        let progress = upload.stage.clone();
        let form = form(&parcel, Rc::new(move |part| progress.set(Stage::Sending(part))));
        let client = self.client;
        spawn_local(async move {
            let sent = async {
                let Some(form) = form else { return Err(ApiError::Offline) };
                client.upload(&parcel.target.path, &parcel.key, form).await
            };
            // Whoever aborts has taken it away.
            let Ok(answer) = Abortable::new(sent, registration).await else { return };
            self.settle(&upload, answer);
            self.go_on();
        });
    }

    fn settle(self, upload: &Upload, answer: Result<Reply, ApiError>) {
        let answer = answer
            .and_then(|reply| self.on_arrived.try_run((reply, upload.item)).unwrap_or(Ok(())));
        match answer {
            Ok(()) => {
                drop(self.take(upload.id));
                self.arrived.try_update(|count| *count += 1);
            }
            Err(error) if error.is(ProblemCode::RateLimited) => {
                upload.stage.set(Stage::Waiting);
                self.pause(&error);
            }
            Err(error) => upload.stage.set(Stage::Failed(Failure::Refused(error))),
        }
    }

    fn pause(self, error: &ApiError) {
        let wait = match error {
            ApiError::Problem { retry_after, .. } => *retry_after,
            ApiError::Offline | ApiError::Unreadable { .. } => None,
        };
        if self.pausing.try_get_value() != Some(false) {
            return;
        }
        self.pausing.set_value(true);
        spawn_local(async move {
            sleep(Duration::from_secs(wait.unwrap_or(PAUSE).max(1))).await;
            if self.pausing.try_update_value(|pausing| *pausing = false).is_some() {
                self.go_on();
            }
        });
    }
}

fn form(parcel: &Parcel, on_progress: Rc<dyn Fn(f64)>) -> Option<Form> {
    let data = FormData::new().ok()?;
    for (name, value) in &parcel.target.fields {
        data.append_with_str(name, value).ok()?;
    }
    data.append_with_blob_and_filename("file", &parcel.file, &parcel.file.name()).ok()?;
    Some(Form { data, on_progress })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "browsers tell sizes as whole positive numbers"
)]
fn bytes_of(file: &File) -> u64 {
    file.size() as u64
}
