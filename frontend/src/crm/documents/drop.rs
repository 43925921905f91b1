//! Where files are let fall, and the button that opens the browser's dialog.

use super::uploads::Uploads;
use crate::ui::{Button, ButtonKind, ButtonSize, Icon};
use leptos::children::Children;
use leptos::ev::DragEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{File, FileList, HtmlInputElement, Node};

fn all(files: Option<FileList>) -> Vec<File> {
    let Some(files) = files else { return Vec::new() };
    (0..files.length()).filter_map(|at| files.get(at)).collect()
}

/// Whether files are dragged, not something of the page.
fn brings_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|transfer| transfer.types());
    types.is_some_and(|types| types.iter().any(|name| name.as_string().as_deref() == Some("Files")))
}

/// Takes files that fall on it.
#[component]
pub fn DropArea(
    /// Whether the person may upload at all.
    enabled: Signal<bool>,
    on_files: UnsyncCallback<Vec<File>>,
    /// What it says while files are above it.
    #[prop(into)]
    label: TextProp,
    children: Children,
) -> impl IntoView {
    let over = RwSignal::new(false);
    let leave = move |event: DragEvent| {
        let into = event.related_target().and_then(|it| it.dyn_into::<Node>().ok());
        let area = event.current_target().and_then(|it| it.dyn_into::<Node>().ok());
        if !area.is_some_and(|area| area.contains(into.as_ref())) {
            over.set(false);
        }
    };
    view! {
        <div
            class="drop-area"
            data-testid="drop-area"
            data-over=move || over.get().then_some("true")
            on:dragover=move |event| {
                if enabled.get_untracked() && brings_files(&event) {
                    event.prevent_default();
                    over.set(true);
                }
            }
            on:dragleave=leave
            on:drop=move |event| {
                if enabled.get_untracked() && brings_files(&event) {
                    event.prevent_default();
                    over.set(false);
                    on_files.run(all(event.data_transfer().and_then(|it| it.files())));
                }
            }
        >
            {children()}
            <p class="drop-hint" aria-hidden="true">{move || label.get()}</p>
        </div>
    }
}

/// A button that asks which files to upload.
#[component]
pub fn PickFiles(
    uploads: Uploads,
    /// More than one.
    #[prop(optional)]
    many: bool,
    #[prop(optional)] kind: ButtonKind,
    #[prop(into)] label: TextProp,
    on_files: UnsyncCallback<Vec<File>>,
) -> impl IntoView {
    let input = NodeRef::<leptos::html::Input>::new();
    let pick = move || {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let on_change = move |event: leptos::ev::Event| {
        let input = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        on_files.run(all(input.files()));
        // The same file can be chosen once more.
        input.set_value("");
    };
    view! {
        <input
            type="file"
            hidden=true
            multiple=many
            accept=uploads.accept()
            node_ref=input
            on:change=on_change
        />
        <Button kind size=ButtonSize::Small icon=Icon::Upload on_click=pick attr:data-testid="pick-files">
            {move || label.get()}
        </Button>
    }
}
