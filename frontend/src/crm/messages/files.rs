//! Files for a message that is being written.

use super::super::documents::{PickFiles, Target, UploadRows, Uploads};
use crate::api::threads::ATTACHMENTS;
use crate::api::transport::Reply;
use crate::state::t;
use crate::ui::{Chip, Chips, Icon};
use ebenezer_shared::crm::thread::Attachment;
use ebenezer_shared::ids::AttachmentId;
use ebenezer_shared::texts::messages as m;
use leptos::prelude::*;
use web_sys::File;

/// Those on their way, and those that the server has.
#[derive(Clone, Copy)]
pub struct Files {
    uploads: Uploads,
    ready: RwSignal<Vec<Attachment>>,
}

impl Files {
    pub fn new() -> Self {
        let ready = RwSignal::new(Vec::new());
        let uploads = Uploads::new(move |(reply, _): (Reply, _)| {
            let file: Attachment = reply.json()?;
            ready.update(|all| all.push(file));
            Ok(())
        });
        Self { uploads, ready }
    }

    /// Whether some are still on their way; tracked.
    pub fn is_busy(self) -> bool {
        self.uploads.is_busy()
    }

    /// Those that go with the message.
    pub fn ids(self) -> Vec<AttachmentId> {
        self.ready.with_untracked(|all| all.iter().map(|file| file.id).collect())
    }

    /// They go with the message.
    pub fn take(self) -> Vec<Attachment> {
        self.ready.try_update(std::mem::take).unwrap_or_default()
    }

    /// It did not go.
    pub fn put_back(self, files: Vec<Attachment>) {
        self.ready.try_update(|ready| ready.splice(..0, files).count());
    }

    pub fn send(self) -> UnsyncCallback<Vec<File>> {
        UnsyncCallback::new(move |files: Vec<File>| {
            let target = Target { path: ATTACHMENTS.to_owned(), fields: Vec::new(), item: None };
            self.uploads.send(files, &target);
        })
    }
}

/// Their names, with a cross for each, and those on their way.
#[component]
pub fn FileRows(files: Files) -> impl IntoView {
    let chip = move |file: Attachment| {
        let id = file.id;
        let remove = move || files.ready.update(|all| all.retain(|it| it.id != id));
        view! { <Chip label=file.name icon=Icon::File on_remove=remove/> }
    };
    view! {
        <Show when=move || files.uploads.shown.with(|all| !all.is_empty())>
            <UploadRows uploads=files.uploads/>
        </Show>
        <Show when=move || files.ready.with(|all| !all.is_empty())>
            <Chips>
                <For each=move || files.ready.get() key=|file| file.id children=chip/>
            </Chips>
        </Show>
    }
}

/// The button that asks for files.
#[component]
pub fn Attach(files: Files) -> impl IntoView {
    view! { <PickFiles uploads=files.uploads many=true label=t(m::ATTACH) on_files=files.send()/> }
}
