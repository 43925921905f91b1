//! What is brought to a client while their page is open. It outlives the parts of the page,
//! which are drawn anew whenever the client changes.

use super::super::clients::ClientId;
use super::failure::said;
use super::uploads::{Target, Uploads, Wanted};
use crate::api::documents::PATH;
use crate::api::transport::Reply;
use crate::api::{self, use_client};
use crate::state::{locale_now, use_session, use_toasts};
use ebenezer_shared::crm::document::Document;
use ebenezer_shared::ids::{ContactId, CorporationId, FolderId};
use ebenezer_shared::permission::{Action, Module};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

/// Of many that are uploaded at once, lists are read anew after so many.
const READ_AFTER: u64 = 20;

/// The client, what is on its way to them, and a count that changes when something came.
#[derive(Clone, Copy)]
pub struct Bringing {
    pub whose: ClientId,
    pub uploads: Uploads,
    pub touched: RwSignal<u32>,
}

impl Bringing {
    /// Lists of what is the client's are read anew.
    pub fn touch(self) {
        self.touched.try_update(|count| *count = count.wrapping_add(1));
    }

    /// Files that go to a folder, or to the client's first one.
    pub fn bring(self, files: Vec<File>, folder: Option<FolderId>, item: Option<Wanted>) {
        let field = match folder {
            Some(id) => ("folder_id", id.to_string()),
            None => self.whose.field(),
        };
        self.uploads.send(files, &Target { path: PATH.to_owned(), fields: vec![field], item });
    }
}

/// Call in the page of a contact, once for each.
pub fn bring_to_contact(id: ContactId) {
    provide(ClientId::Contact(id));
}

/// Call in the page of a corporation, once for each.
pub fn bring_to_corporation(id: CorporationId) {
    provide(ClientId::Corporation(id));
}

fn provide(whose: ClientId) {
    let (client, toasts) = (use_client(), use_toasts());
    let touched = RwSignal::new(0);
    let touch = move || touched.try_update(|count: &mut u32| *count = count.wrapping_add(1));
    let arrived = move |(reply, item): (Reply, Option<Wanted>)| {
        let document: Document = reply.json()?;
        let Some((request, item)) = item else { return Ok(()) };
        spawn_local(async move {
            let id = Some(document.id);
            let answer = api::document_requests::fulfil(client, request, item, id).await;
            if let Err(error) = answer {
                toasts.error(said(&error, locale_now()));
            }
            touch();
        });
        Ok(())
    };
    let uploads = Uploads::new(arrived);
    // When all are there, and now and then while many come.
    Effect::new(move |before: Option<(u64, bool)>| {
        let (arrived, busy) = (uploads.arrived.get(), uploads.is_busy());
        let (last, was_busy) = before.unwrap_or_default();
        let last = last.min(arrived);
        let new = arrived - last;
        if new >= READ_AFTER || (was_busy && !busy && new > 0) {
            touch();
            return (arrived, busy);
        }
        (last, busy)
    });
    provide_context(Bringing { whose, uploads, touched });
}

/// What is brought to the client of the page; none for who may not see documents.
pub fn use_bringing() -> Option<Bringing> {
    let session = use_session();
    use_context().filter(|_| untrack(|| session.allows(Module::Documents, Action::View)))
}
