//! What is done to documents wherever they are listed.

use super::failure::said;
use crate::api::{self, ApiError, Client, use_client};
use crate::download;
use crate::state::toasts::ToastAction;
use crate::state::{Toasts, locale, locale_now, t, use_toasts};
use ebenezer_shared::crm::document::{Document, UpdateDocument};
use ebenezer_shared::ids::DocumentId;
use ebenezer_shared::texts;
use ebenezer_shared::texts::documents as d;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The acts, and who hears that something changed.
#[derive(Clone, Copy)]
pub struct Acts {
    /// The document whose form is open.
    pub editing: RwSignal<Option<DocumentId>>,
    /// The one of which it is asked whether it may go for good.
    pub purging: RwSignal<Option<Document>>,
    client: Client,
    toasts: Toasts,
    on_changed: Callback<()>,
}

impl Acts {
    pub fn new(on_changed: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            editing: RwSignal::new(None),
            purging: RwSignal::new(None),
            client: use_client(),
            toasts: use_toasts(),
            on_changed: Callback::new(move |()| on_changed()),
        }
    }

    /// Something changed.
    pub fn changed(self) {
        self.on_changed.try_run(());
    }

    fn refused(self, error: &ApiError) {
        self.toasts.error(said(error, locale_now()));
        self.changed();
    }

    /// Has the browser fetch what lies at that path.
    pub fn download(self, path: String) {
        spawn_local(async move {
            if let Err(error) = download::start(self.client, path).await {
                self.toasts.error(error.title(locale_now()));
            }
        });
    }

    /// Lets the client see it in the portal, or no longer.
    pub fn share(self, id: DocumentId, on: bool) {
        spawn_local(async move {
            let patch =
                UpdateDocument { shared_with_portal: Some(on), ..UpdateDocument::default() };
            match api::documents::update(self.client, id, None, &patch).await {
                Ok(_) => {
                    let back = Callback::new(move |()| self.share(id, !on));
                    let text = if on { d::NOW_SHARED } else { d::NO_LONGER_SHARED };
                    self.undoable(t(text), back);
                    self.changed();
                }
                Err(error) => self.refused(&error),
            }
        });
    }

    /// Puts it into the trash.
    pub fn trash(self, document: &Document) {
        let (id, name) = (document.id, document.name.clone());
        spawn_local(async move {
            match api::documents::trash(self.client, id).await {
                // Gone is gone, whoever did it.
                Err(error) if error.status() != Some(404) => self.refused(&error),
                _ => {
                    let back = Callback::new(move |()| self.restore(id));
                    self.undoable(move || d::trashed(locale(), &name), back);
                    self.changed();
                }
            }
        });
    }

    /// Takes it out of the trash.
    pub fn restore(self, id: DocumentId) {
        spawn_local(async move {
            match api::documents::restore(self.client, id).await {
                Ok(document) => {
                    self.toasts.success(move || d::restored(locale(), &document.name));
                    self.changed();
                }
                Err(error) => self.refused(&error),
            }
        });
    }

    /// Takes it away for good; `pending` while it is at it.
    pub fn purge(self, document: Document, pending: RwSignal<bool>) {
        pending.set(true);
        spawn_local(async move {
            let answer = api::documents::purge(self.client, document.id).await;
            pending.try_set(false);
            self.purging.try_set(None);
            match answer {
                Err(error) if error.status() != Some(404) => self.refused(&error),
                _ => {
                    self.toasts.success(move || d::purged(locale(), &document.name));
                    self.changed();
                }
            }
        });
    }

    fn undoable(self, text: impl Into<TextProp>, run: Callback<()>) {
        let action = ToastAction { label: t(texts::common::UNDO).into(), run };
        self.toasts.success_with(text, action);
    }
}
